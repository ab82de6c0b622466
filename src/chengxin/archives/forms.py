"""What a subject writes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.archives.actions import LONGEST_STATEMENT


class StatementForm(forms.Form):
    """One's own statement about a line."""

    text = forms.CharField(
        label=_("本人说明"),
        help_text=_("会和这一条一起出现。最多500字，请不要写证件号码和别人的信息。"),
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class VerifyForm(forms.Form):
    """A verification code."""

    code = forms.CharField(label=_("验真码"), max_length=40)
