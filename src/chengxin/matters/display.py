"""A matter in words: what may be seen for it, hits to confirm, what runs already, hints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.archives import facade as archives
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.catalogue import facade as catalogue
from chengxin.incentives import facade as incentives
from chengxin.kernel.clock import legal_day
from chengxin.lists import facade as lists
from chengxin.matching import facade as matching
from chengxin.matching.contracts import Outcome
from chengxin.matters.contracts import Kind, Matched, Opened
from chengxin.measures import facade as measures
from chengxin.measures.contracts import Applied
from chengxin.ui.facade import Cell, Column, Crumb, Fact, Page, State, Table, Tone, day, in_language, series

_TONES = {Outcome.HITS: Tone.TODO, Outcome.NONE: Tone.DONE}


def choices(kinds: Sequence[Kind]) -> list[tuple[str, str]]:
    """Return kinds as a form offers them."""
    return [(kind.code, kind_title(kind)) for kind in kinds]


def kind_title(kind: Kind) -> str:
    """Return the title of a kind in the reader's language."""
    return in_language(kind.title.zh, kind.title.en)


def choose_page(*, problems: bool) -> Page:
    """Return the head of the page that asks for a matter."""
    return Page(
        title=_("办件"),
        lead=_("办理企业的申请时，看这个事项可以看的信息、名单命中和激励提示。怎么办，由您决定。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("办件"))),
        problems=problems,
    )


def matter_page(opened: Opened, *, problems: bool) -> Page:
    """Return the head of one matter."""
    number = opened.asked.number
    return Page(
        title=_("办件 %s") % number,
        lead=_("系统只提示，不替您决定。没有提示的，照常办理。"),
        crumbs=(Crumb(text=_("办件"), url=reverse("matters")), Crumb(text=number)),
        problems=problems,
    )


def matter_parts(opened: Opened, *, on: datetime) -> dict[str, Any]:
    """Return the parts of the page, in the order in which an officer reads them."""
    today = legal_day(on)
    return {
        "summary": _summary(opened),
        "matched": [_matched(one, matter=opened.asked.number) for one in opened.matched],
        "running": _running(opened),
        "cards": [incentives.hint_card(one, opened.choices, matter=opened.asked.number) for one in opened.hints],
        "has_hints": opened.asked.kind.occasion is not None,
        "lines": [archives.public_record(line, today=today, objects=False) for line in opened.facts],
    }


def _summary(opened: Opened) -> list[Fact]:
    kind, applicant = opened.asked.kind, opened.applicant
    basis = series(catalogue.citation(one) for one in kind.basis)
    on = legal_day(applicant.as_of)
    found = [catalogue.find_item(code, on=on) for code in sorted(kind.facts)]
    return [
        Fact(name=_("办理事项"), value=kind_title(kind)),
        Fact(name=_("申请人"), value=applicant.name, hint=applicant.uscc),
        Fact(name=_("依据"), value=basis + (_("（暂定）") if kind.is_provisional else "")),
        Fact(
            name=_("可以看哪些"),
            value=series(in_language(item.title.zh, item.title.en) for item in found if item),
            hint=_("与这个事项无关的，不在这里显示。"),
        ),
    ]


def _matched(one: Matched, *, matter: str) -> dict[str, Any]:
    measure = measures.get_measure(one.measure)
    return {
        "title": _("比对是为了这项措施：%s") % in_language(measure.title.zh, measure.title.en),
        "relevance": in_language(measure.relevance.zh, measure.relevance.en),
        "state": State(word=matching.outcome_words(one.outcome), tone=_TONES.get(one.outcome, Tone.ALERT)),
        "said": _(one.said) if one.said else "",
        "cards": [matching.hit_card(hit, purpose=one.measure, may_clear=True, matter=matter) for hit in one.hits],
    }


def _running(opened: Opened) -> Table | None:
    """Return what the body itself proposes or applies about the applicant, or None where there is nothing."""
    rows = [*(_proposed(one) for one in opened.proposed), *(_applied(one) for one in opened.applied)]
    if not rows:
        return None
    columns = (_("措施"), _("状态"), _("到哪天"))
    return Table(caption=_("本单位提出或者实施的措施"), columns=[Column(title=one) for one in columns], rows=rows)


def _proposed(case: Case) -> tuple[Cell, ...]:
    url = reverse("determination", args=[case.ref.id])
    matter = str(case.facts.get("matter", ""))
    hint = series([case.number, matter]) if matter else case.number
    return (
        Cell(value=_title(str(case.facts["item"])), url=url, hint=hint),
        Cell(state=casework.state_of(case)),
        Cell(value=_("还没有生效")),
    )


def _applied(one: Applied) -> tuple[Cell, ...]:
    end = day(lists.last_day(one.ends_on)) if one.ends_on else _("所依据的信息结束时")
    return (
        Cell(value=_title(one.measure), url=reverse("dept_measure", args=[one.id]), hint=one.number),
        Cell(state=State(word=_("实施中"), tone=Tone.TODO)),
        Cell(value=end),
    )


def _title(code: str) -> str:
    measure = measures.get_measure(code)
    return in_language(measure.title.zh, measure.title.en)
