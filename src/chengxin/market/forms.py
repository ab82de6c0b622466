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
