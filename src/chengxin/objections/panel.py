"""What this package adds to a case page of staff: the ground, the way to both sides, and how like cases ended."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Outcome, Panel
from chengxin.kernel import clock
from chengxin.kernel.actor import Actor, Role
from chengxin.objections.contracts import OBJECTION
from chengxin.objections.display import ground_name, item_title
from chengxin.ui.facade import Cell, Column, Empty, Fact, Link, Table, day, share

_OPEN = {"checking", "extended", "unverified"}


def case_panel(case: Case, *, actor: Actor, now: datetime) -> Panel:
    """Return the panel of an objection or a review."""
    on = clock.legal_day(now)
    facts = [
        Fact(name=_("目录条目"), value=item_title(str(case.facts["item"]), on=on)),
        Fact(name=_("异议事由"), value=ground_name(str(case.facts["ground"]))),
    ]
    if "reviewed_body" in case.facts:
        reviewed = casework.body_name(str(case.facts["reviewed_body"]))
        facts.append(Fact(name=_("原处理单位"), value=reviewed, hint=str(case.facts["reviewed_number"])))
    links = []
    if case.body == actor.body:
        links.append(Link(text=_("看双方材料"), url=reverse("objection_content", args=[case.id]), strong=True))
        if case.procedure == OBJECTION and case.state in _OPEN and actor.has(Role.CLERK):
            links.append(Link(text=_("更正或补充这一条"), url=reverse("objection_correct", args=[case.id])))
    context = {
        "facts": facts,
        "links": links,
        "alike": alike_table(case),
        "outcomes": outcome_table(_outcomes(case), procedure=case.procedure),
    }
    return Panel(template="objections/panel.html", context=context)


def alike_table(case: Case) -> Table:
    """Return the latest decisions of the body on the same item and ground, with their reasons."""
    procedure = casework.get_procedure(case.procedure, version=case.procedure_version)
    found = casework.list_decided_alike(case, alike=procedure.alike)
    return Table(
        caption=_("本单位处理过的同类异议"),
        columns=(Column(title=_("编号")), Column(title=_("结果")), Column(title=_("理由"))),
        rows=[
            (
                Cell(value=one.number, hint=day(one.closed_at)),
                Cell(state=casework.state_of(one)),
                Cell(value=reasons),
            )
            for one, reasons in found
        ],
        empty=Empty(title=_("还没有同类的处理"), meaning=_("本单位没有处理过同一条目、同一事由的异议。")),
    )


def outcome_table(found: list[Outcome], *, procedure: str, with_kind: bool = False) -> Table:
    """Return how like cases ended, body by body: each share with what it is a share of."""
    states = casework.get_procedure(procedure).states
    totals: dict[tuple[tuple[str, ...], str], int] = {}
    for one in found:
        totals[one.alike, one.body] = totals.get((one.alike, one.body), 0) + one.cases
    kinds = (Column(title=_("条目和事由")),) if with_kind else ()
    return Table(
        caption=_("各单位对同类异议的结果"),
        columns=(*kinds, Column(title=_("单位")), Column(title=_("结果")), Column(title=_("件数"), numeric=True)),
        rows=[
            (
                *((Cell(value=_kind(one)),) if with_kind else ()),
                Cell(value=casework.body_name(one.body)),
                Cell(value=casework.text(states[one.state].title) if one.state in states else one.state),
                Cell(value=_part(one.cases, totals[one.alike, one.body])),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有可比的结果"), meaning=_("最近一年各单位没有办结同类异议，或者平台还没有统计。")),
    )


def _outcomes(case: Case) -> list[Outcome]:
    return casework.list_outcomes(case.procedure, alike=[str(case.facts["item"]), str(case.facts["ground"])])


def _kind(one: Outcome) -> str:
    item, ground = (*one.alike, "", "")[:2]
    return f"{item_title(item, on=clock.legal_day(clock.now()))} · {ground_name(ground)}"


def _part(value: int, out_of: int) -> str:
    return f"{value} / {out_of}（{share(value, out_of)}）"
