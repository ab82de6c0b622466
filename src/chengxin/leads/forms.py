"""What a merchant fills in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """What a merchant says about what was found."""

    text = forms.CharField(
        label=_("您的说明"),
        help_text=_("写清楚是哪些订单、为什么会这样、有哪些单据。请不要写买家的姓名、电话和证件号码。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
