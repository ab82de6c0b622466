"""What an officer fills in: whom to watch, for which measure, on what basis, until which last day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.screening.contracts import Kind
from chengxin.ui.facade import DateInput
from chengxin.watches.contracts import Asked

KINDS = ((Kind.ENTERPRISE.value, _("企业或者其他组织")), (Kind.PERSON.value, _("自然人")))


class WatchForm(forms.Form):
    """One subject to watch."""

    kind = forms.ChoiceField(label=_("关注谁"), choices=KINDS, widget=forms.RadioSelect, initial=Kind.ENTERPRISE.value)
    number = forms.CharField(
        label=_("统一社会信用代码或者身份证号"),
        help_text=_("只凭号码，不凭名称。当事人马上看得到这次关注。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    purpose = forms.ChoiceField(label=_("为了什么"), help_text=_("只看这一项依据的名单。"))
    ground = forms.ChoiceField(label=_("凭什么依据"), widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("案件编号或者授权编号"),
        help_text=_("依据是本单位的许可的，不用填写。"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    last_day = forms.DateField(
        label=_("最后一日"), help_text=_("最长一年。依据终止的，当时停止，不等到这一日。"), widget=DateInput()
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django has it
        purposes: Sequence[tuple[str, str]],
        grounds: Sequence[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 - as Django has it
    ) -> None:
        """Offer what the viewer's body may watch for, and on what."""
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = list(purposes)  # type: ignore[attr-defined]
        self.fields["ground"].choices = list(grounds)  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """Return what was filled in."""
        given = self.cleaned_data
        return Asked(
            kind=given["kind"],
            number=given["number"],
            purpose=given["purpose"],
            ground=given["ground"],
            reference=given["reference"].strip(),
            last_day=given["last_day"],
        )
