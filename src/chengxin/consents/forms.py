"""What a person ticks and types; nothing is ticked for them."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.consents.contracts import Terms
from chengxin.ui.facade import DateInput


class CodeForm(forms.Form):
    """The code an institution shows."""

    code = forms.CharField(
        label=_("授权码"),
        help_text=_("机构给您看的16位码，扫二维码也可以。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ConsentForm(forms.Form):
    """Which of the items asked for the person lets the institution see."""

    items = forms.MultipleChoiceField(
        label=_("您同意提供的信息"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: object = None, *, choices: Sequence[tuple[str, str]]) -> None:
        """Offer the items; none is ticked."""
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["items"].choices = choices  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    """The terms of a data-cooperation agreement."""

    number = forms.CharField(label=_("协议文号"), max_length=60)
    partner = forms.CharField(label=_("合作单位代码"), help_text=_("已经登记的单位的代码。"), max_length=40)
    purpose = forms.CharField(label=_("做什么用"), help_text=_("会公开。"), max_length=200)
    basis = forms.CharField(
        label=_("法律依据"), help_text=_("法规库的写法，几条用空格分开，例如 EC/25 DSL/40。"), max_length=200
    )
    item_fields = forms.CharField(
        label=_("提供哪些字段"),
        help_text=_("每行一个目录条目，例如 licence: remark。公开的不用写，个人信息不能写。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    summary = forms.CharField(
        label=_("公开的摘要"), help_text=_("会公开。"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_on = forms.DateField(label=_("开始日期"), widget=DateInput())
    ends_on = forms.DateField(label=_("结束日期"), help_text=_("从这一天零时起不再提供。"), widget=DateInput())

    def terms(self) -> Terms:
        """Return what was filled in."""
        said = self.cleaned_data
        lines = (line.replace("：", ":").partition(":") for line in said["item_fields"].splitlines() if line.strip())
        fields = {code.strip(): tuple(names.replace("，", " ").replace(",", " ").split()) for code, _, names in lines}
        return Terms(**{**said, "basis": tuple(said["basis"].split()), "item_fields": fields})


class StopForm(forms.Form):
    """Why an agreement is stopped."""

    because = forms.CharField(label=_("停用的理由"), help_text=_("会公开。"), max_length=200)
