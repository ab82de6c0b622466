"""A platform's reports as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.leads import facade
from chengxin.leads.contracts import Filed, Grade, Outcome
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Page, State, Table, Tone, moment, reads_english


def kinds() -> list[tuple[str, str]]:
    """Return the behaviours a platform may report, in words."""
    return [(code, rule.says[reads_english()]) for code, rule in facade.behaviours().items()]


def reports_page(*, problems: bool) -> Page:
    """Return the head of the page."""
    return Page(
        title=_("报送线索"),
        lead=_(
            "报送的是平台认定，不是主管部门的认定：不公开，不记入信用记录。由主管部门核查，店铺先说明，结果在这里告诉您。"
        ),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("报送线索"))),
        wide=True,
        problems=problems,
    )


def reports_table(found: Sequence[Filed]) -> Table:
    """Return what was reported, whose word it is now, and what came of it."""
    words = dict(kinds())
    return Table(
        caption=_("报送过的"),
        columns=tuple(Column(title=one) for one in (_("编号"), _("店铺"), _("行为"), _("是谁的认定"), _("结果"))),
        rows=[
            (
                Cell(value=one.reference, hint=moment(one.filed_at)),
                Cell(value=one.shop),
                Cell(value=words[one.behaviour], hint=_grade(one.grade)),
                Cell(value=_("主管部门核查过") if one.is_decided else _("平台认定")),
                Cell(state=_result(one.outcome)),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有报送"), meaning=_("报送以后，核查的结果显示在这里。")),
    )


def _grade(grade: str) -> str:
    return {
        Grade.AGREED: _("有另一类证据相符"),
        Grade.NAMED: _("写明了订单"),
        Grade.WORDS: _("只有说明"),
    }[Grade(grade)]


def _result(outcome: Outcome) -> State:
    return {
        Outcome.OPEN: State(word=_("核查中"), tone=Tone.INFO),
        Outcome.FOUNDED: State(word=_("情况属实"), tone=Tone.DONE),
        Outcome.UNFOUNDED: State(word=_("不成立"), tone=Tone.ENDED),
        Outcome.EXPIRED: State(word=_("没有人决定，已失效"), tone=Tone.ENDED),
    }[outcome]
