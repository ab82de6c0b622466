"""Forms of misuse detection."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.misuse.contracts import SampleOutcome


class FreezeForm(forms.Form):
    """Freeze the posts of an account for some days."""

    days = forms.IntegerField(label=_("冻结天数"), min_value=1, max_value=15, help_text=_("最长15天，到期自动解除。"))
    reasons = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ExplainForm(forms.Form):
    """Explain one's looks, or appeal against a finding."""

    alert = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("说明"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("请写查询的工作原因，例如案件编号。不要写他人的姓名和号码。"),
    )


class NumberForm(forms.Form):
    """The identity number of somebody one declares; it is hashed at once and kept nowhere."""

    number = forms.CharField(
        label=_("身份证号码"), max_length=18, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class ReviewForm(forms.Form):
    """What a reviewer found of one sampled look."""

    sample = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("结论"),
        choices=[(SampleOutcome.SOUND.value, _("查询正当")), (SampleOutcome.DOUBTFUL.value, _("需要核查"))],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label=_("理由"), max_length=500)
