"""What officers fill in: whom to look at, a proposal, an end, a result."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.facade import PapersField
from chengxin.determinations.facade import DraftForm
from chengxin.measures.contracts import Because, Role
from chengxin.measures.papers import ASKED

ROLES = {
    Role.LEGAL_REPRESENTATIVE: _("法定代表人"),
    Role.PRINCIPAL: _("主要负责人"),
    Role.CONTROLLER: _("实际控制人"),
    Role.DIRECTLY_LIABLE: _("直接责任人员"),
}


class OperatorForm(forms.Form):
    """Whose facts are looked at."""

    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18)


class ProposalForm(DraftForm):
    """The words of a proposal, and whether it is for a responsible person whom the document names."""

    person = forms.ChoiceField(
        label=_("对谁实施"),
        help_text=_("责任人员以文书写明的为准，不能自己填写；家属和其他人一律不行。"),
        required=False,
    )

    def __init__(self, *args: Any, persons: Collection[Role], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the roles of those who answer that the text of the measure names."""
        super().__init__(*args, asked=ASKED, **kwargs)
        if not persons:
            del self.fields["person"]
            return
        choices = [("", _("主体本身")), *((role.value, title) for role, title in ROLES.items() if role in persons)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


class AloneForm(forms.Form):
    """How the person named put things right, with papers; what is missing is the action's to say."""

    words = forms.CharField(
        label=_("您本人怎样改正的"),
        help_text=_("写明您本人改正了什么、应当由您履行的怎样履行。最多1000字，请不要写证件号码。"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    papers = PapersField(label=_("证明材料"), help_text=_("照片或者 PDF，每份最多 10 MB。不需要企业盖章。"))


class EndForm(forms.Form):
    """Why a measure is lifted before its end."""

    because = forms.ChoiceField(label=_("为什么解除"))
    reasons = forms.CharField(
        label=_("理由"), help_text=_("当事人会看到。"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the reasons in the reader's language."""
        super().__init__(*args, **kwargs)
        titles = {Because.LIFTED: _("不再需要"), Because.ROLE_ENDED: _("责任人员不再担任该职务")}
        self.fields["because"].choices = [(code.value, title) for code, title in titles.items()]  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    """What became of a measure."""

    result = forms.CharField(
        label=_("实施结果"),
        help_text=_("当事人会看到，只能写一次。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
