"""What an officer fills in: for which measure, about whom; why a hit is somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.screening.contracts import Kind, Query

KINDS = ((Kind.ENTERPRISE.value, _("企业或者其他组织")), (Kind.PERSON.value, _("自然人")))


class AskForm(forms.Form):
    """One query by hand."""

    purpose = forms.ChoiceField(
        label=_("为了哪一项措施"), help_text=_("只列出本单位可以实施的；比对只看这项措施依据的名单。")
    )
    kind = forms.ChoiceField(label=_("比对谁"), choices=KINDS, widget=forms.RadioSelect, initial=Kind.ENTERPRISE.value)
    name = forms.CharField(label=_("名称或者姓名"), required=False, max_length=200)
    number = forms.CharField(
        label=_("统一社会信用代码或者身份证号"),
        help_text=_("自然人只凭身份证号比对，并且本人看得到这次比对。"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, measures: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the measures the viewer's body may apply."""
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = list(measures)  # type: ignore[attr-defined]

    def query(self) -> Query:
        """Return what was filled in as a query."""
        given = self.cleaned_data
        number = "id_no" if given["kind"] == Kind.PERSON else "uscc"
        return Query(id="1", kind=given["kind"], name=given["name"])._replace(**{number: given["number"]})


class ClearForm(forms.Form):
    """Why a hit is somebody else."""

    reasons = forms.CharField(
        label=_("为什么不是同一主体"),
        help_text=_("写明核对了什么。任何一方的内容有变动，排除自动失效。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
