"""Hits and clearances in words: what was compared on both sides, what it rests on, what would change it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.archives.facade import body_name
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.lists import facade as lists
from chengxin.matching.contracts import Answer, Clearance, Hit, Outcome
from chengxin.matching.rules import lists_of
from chengxin.measures import facade as measures
from chengxin.screening.contracts import Action
from chengxin.screening.facade import rule_text
from chengxin.ui.facade import (
    Crumb,
    Fact,
    Link,
    Page,
    State,
    Tone,
    day,
    in_language,
    moment,
    series,
)


def page_of(*, problems: bool = False) -> Page:
    """Return the head of the page."""
    return Page(
        title=_("名单比对"),
        lead=_(
            "办理事项以前，看当事人是否在依法可以采取措施的名单上。比对只提示，是不是同一主体、是否采取措施，由经办人决定。"
        ),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("名单比对"))),
        problems=problems,
    )


def measures_for(actor: Actor) -> list[tuple[str, str]]:
    """Return the measures a body may apply that rest on lists."""
    fields, on = access.get_body(actor.body).fields_of_work, legal_day(now())
    return [
        (one.code, in_language(one.title.zh, one.title.en))
        for one in measures.measures().values()
        if lists_of(one, lists.kinds())
        and measures.why_not_by(one, body_fields=fields, on=on, pack=settings.LAW_PACK) is None
        and not (one.is_announced and one.objects == {SubjectKind.NATURAL_PERSON})
    ]


def answer_facts(answer: Answer) -> list[Fact]:
    """Return what the answer rests on."""
    (row,) = answer.rows
    facts = [
        Fact(name=_("结果"), value=outcome_words(row.outcome), hint=_(row.said) if row.said else ""),
        Fact(name=_("看了哪些名单"), value=series(_list_title(kind) for kind in answer.places)),
        Fact(name=_("比对时间"), value=moment(answer.as_of)),
    ]
    return (
        [*facts, Fact(name=_("注意"), value=_("名单没有及时更新，没有命中的也不能当作不在名单上。"))]
        if answer.code
        else facts
    )


def outcome_words(outcome: Outcome) -> str:
    """Say what a row was answered with."""
    return {
        Outcome.HITS: _("有命中，请核对"),
        Outcome.NONE: _("没有命中，请照常办理"),
        Outcome.DEGRADED: _("不能确定，请稍后再比对"),
        Outcome.UNANSWERED: _("没有比对"),
    }[outcome]


def action_state(hit: Hit) -> State:
    """Return what may follow from a hit."""
    return {
        Action.BLOCK_PROPOSED: State(word=_("号码相同，请核对是否采取措施"), tone=Tone.TODO),
        Action.REVIEW: State(word=_("名称相近，请先核对是不是同一主体"), tone=Tone.TODO),
        Action.INFORMATION: State(word=_("仅供参考"), tone=Tone.INFO),
        Action.NONE: State(word=_("已经排除"), tone=Tone.DONE),
    }[hit.action]


def hit_card(hit: Hit, *, purpose: str, may_clear: bool, matter: str = "", asked: str = "") -> dict[str, Any]:
    """Return one hit with both values, where they differ, the entry and what would change the outcome.

    In a `matter` the link to a proposal carries its number. `asked` names the side that nobody typed.
    """
    facts = [Fact(name=_("为什么提示"), value=_(rule_text(hit.rule)))]
    if hit.values.query or hit.values.entry:
        facts += [
            Fact(name=asked or _("您填写的"), value=hit.values.query),
            Fact(name=_("名单上的"), value=hit.values.entry),
        ]
    if hit.alignment:
        facts.append(Fact(name=_("不同的地方"), value=hit.alignment.partition(" @")[0].replace("≈", " ≈ ")))
    facts += [
        Fact(name=_("怎样会改变"), value=_(hit.would_change)),
        Fact(name=_("名单"), value=_list_title(hit.list), hint=body_name(hit.body)),
    ]
    if hit.document_no:
        facts += [Fact(name=_("文号"), value=hit.document_no), Fact(name=_("列入事由"), value=hit.reason)]
    ends = day(lists.last_day(hit.ends_on)) if hit.ends_on else _("没有写明")
    facts.append(Fact(name=_("列入日期"), value=day(hit.listed_on)))
    facts.append(Fact(name=_("最后一日"), value=ends))
    if hit.has_objection:
        facts.append(Fact(name=_("异议"), value=_("正在异议处理中，处理完毕以前不得采取新的措施。")))
    if hit.cleared_until:
        facts.append(Fact(name=_("排除有效到"), value=day(lists.last_day(hit.cleared_until))))
    propose = reverse("measure_new", args=[hit.subject_id, hit.record_id, purpose])
    propose += f"?{urlencode({'matter': matter})}" if matter else ""
    is_open = hit.action is Action.BLOCK_PROPOSED or hit.action is Action.REVIEW
    return {
        "id": hit.entry_id,
        "purpose": purpose,
        "title": hit.values.entry or _("名单上的一个人"),
        "state": action_state(hit),
        "facts": facts,
        "link": Link(text=_("核对无误，提出措施"), url=propose) if is_open else None,
        "may_clear": may_clear and hit.cleared_until is None and is_open,
    }


def nameless() -> str:
    """Name a clearance whose query left no name."""
    return _("没有留下名称")


def clearance_facts(one: Clearance) -> list[Fact]:
    """Return what a second officer checks."""
    return [
        Fact(name=_("名单"), value=_list_title(one.list)),
        Fact(name=_("为什么提示"), value=_(rule_text(one.rule))),
        Fact(name=_("为什么不是同一主体"), value=one.reasons),
        Fact(name=_("排除时间"), value=moment(one.proposed_at)),
        Fact(name=_("排除有效到"), value=day(lists.last_day(one.ends_on))),
    ]


def clearance_state(one: Clearance) -> State:
    """Tell whether a clearance counts."""
    if one.holds:
        return State(word=_("有效"), tone=Tone.DONE)
    return State(word=_("等另一人确认"), tone=Tone.TODO)


def _list_title(code: str) -> str:
    kind = lists.get_kind(code)
    return in_language(kind.title.zh, kind.title.en)
