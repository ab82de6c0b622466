"""The forms of a case page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.rules import REASONS_LENGTH

FOR_COLLEAGUES = _("提交的人会看到。退回时必须填写。")


class StepForm(forms.Form):
    """Ask for the reasons of a step and a word to colleagues."""

    reasons = forms.CharField(
        label=_("理由"),
        help_text=_("当事人会看到。请写明事实和依据。"),
        max_length=REASONS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    note = forms.CharField(
        label=_("给同事的话"),
        help_text=_("只有承办单位能看到。"),
        max_length=REASONS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
