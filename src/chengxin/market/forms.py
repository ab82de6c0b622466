"""The forms by which somebody asks whether a badge belongs to a site, and a platform answers a message."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SiteForm(forms.Form):
    """The site on which a badge was seen."""

    site = forms.CharField(label=_("您看到标识的网站"), max_length=300, required=False)


class ReceiptForm(forms.Form):
    """The receipt of one message about a warning."""

    message = forms.UUIDField()


class NumberForm(forms.Form):
    """Any number the way of a trade may begin with."""

    number = forms.CharField(
        label=_("包裹单号、订单号、店铺网址或者统一社会信用代码"), help_text=_("不用登录，单号不保存。"), max_length=200
    )
