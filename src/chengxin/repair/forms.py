"""What an applicant, a visitor of the guide and the deciding body fill in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from chengxin.casework.contracts import Words
from chengxin.catalogue import facade as catalogue
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law
from chengxin.repair.rules import Paper
from chengxin.repair.trial import Tried
from chengxin.ui.facade import DateInput, reads_english

_FIRST, _LAST = date(1990, 1, 1), date(2099, 12, 31)
_FORMATS = _("PDF、JPEG 或者 PNG，最多 10 MB。加密保存，只有承办单位能打开。")
PAPER_TITLES = {
    Paper.PERFORMANCE: _("履行义务的凭证，例如缴款收据"),
    Paper.CORRECTION: _("纠正失信行为、消除影响的材料"),
}


class PapersForm(forms.Form):
    """One file for each paper that is asked for; which are missing is the action's to say."""

    def __init__(self, *args: Any, papers: Sequence[Paper] = tuple(Paper), whole: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Ask for the papers of this line; with `whole` for each of them."""
        super().__init__(*args, **kwargs)
        for paper in papers:
            self.fields[paper.value] = forms.FileField(
                label=PAPER_TITLES[paper],
                help_text=_FORMATS,
                required=whole,
                widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
            )
        self.order_fields([paper.value for paper in papers])


class ApplicationForm(PapersForm):
    """The papers, what is done, and the promise."""

    is_corrected = forms.BooleanField(label=_("失信行为已经纠正，不良影响已经消除"), required=False)
    is_performed = forms.BooleanField(label=_("决定书上的义务已经全部履行"), required=False)
    is_promised = forms.BooleanField(
        label=_("我承诺：以上内容和材料真实，今后守法诚信；承诺不实的，接受撤销修复"), required=False
    )


class StatementForm(forms.Form):
    """A statement before a repair is revoked."""

    text = forms.CharField(
        label=_("陈述申辩"),
        help_text=_("写明您认为承诺属实的事实和理由。请不要写证件号码。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class QuestionForm(forms.Form):
    """Why a promise is held to be untrue."""

    reasons = forms.CharField(
        label=_("哪一项承诺不实，依据是什么"),
        help_text=_("当事人会看到，并据此陈述申辩。"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class TrialForm(forms.Form):
    """What the calculator of the guide asks: nothing of it names anyone, and nothing is kept."""

    determined_on = forms.DateField(
        label=_("决定书上的日期"), help_text=_("处罚决定书或者认定决定书写明的日期。"), widget=DateInput()
    )
    severity = forms.ChoiceField(label=_("严重程度"), help_text=_("不清楚的选“一般”。"))
    penalty = forms.ChoiceField(label=_("处罚或者认定的种类"), required=False)
    subject = forms.ChoiceField(label=_("谁的记录"))
    is_market = forms.BooleanField(label=_("由市场监督管理部门处罚"), required=False)
    is_special = forms.BooleanField(label=_("属于食品药品、特种设备、安全生产、消防领域"), required=False)
    pack = forms.ChoiceField(label=_("地区"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the choices in the reader's language."""
        super().__init__(*args, **kwargs)
        choices = {
            "severity": [(one, catalogue.label("severity", one)) for one in ("general", "minor", "serious")],
            "penalty": [
                ("", _("没有处罚，或者不清楚")),
                *((code.value, catalogue.label("penalty_kind", code.value)) for code in _penalties()),
            ],
            "subject": [("operator", _("企业、个体工商户或者其他组织")), ("person", _("个人"))],
            "pack": [(pack.code, _in(pack.title)) for pack in law.list_packs()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        self.fields["pack"].initial = settings.LAW_PACK

    def clean_determined_on(self) -> date:
        """Ask for a day the platform can count from."""
        day: date = self.cleaned_data["determined_on"]
        if not _FIRST <= day <= _LAST:
            raise forms.ValidationError(_("请填写1990年到2099年之间的日期。"))
        return day

    def tried(self) -> Tried:
        """Return what was filled in."""
        given = self.cleaned_data
        kind = given["penalty"]
        return Tried(
            determined_on=given["determined_on"],
            severity=given["severity"],
            penalty_kinds=frozenset({kind} if kind else ()),
            subject_kind=SubjectKind.NATURAL_PERSON if given["subject"] == "person" else SubjectKind.LEGAL_PERSON,
            is_market_penalty=given["is_market"],
            is_special_field=given["is_special"],
            pack=given["pack"] or settings.LAW_PACK,
        )


def _penalties() -> Sequence[Any]:
    return catalogue.get_code_list("penalty_kind")


def _in(words: Words | law.Words) -> str:
    return words.en if reads_english() else words.zh
