"""Supervisors and their visits (消费监督员、神秘买家): what they report with proof becomes a lead, never a finding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref, Step, Taken
from chengxin.database.contracts import Channel
from chengxin.inspections.queries import KEEPER, OWN, PURPOSE
from chengxin.inspections.rules import why_not_regulator
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law.facade import cites
from chengxin.leads import facade as leads
from chengxin.leads.contracts import Finding, Row
from chengxin.market import facade as market
from chengxin.notices.facade import serve
from chengxin.reviews.facade import masked
from chengxin.subjects import facade as subjects

SUPERVISION: Final = "supervision"
SHOPPING: Final = "mystery_shopping"
MODEL: Final = "supervisor 2026-11"


@cites("CPL/6", "CPL/15", "D/supervision")
def apply(actor: Actor, *, body: str, words: str, now: datetime) -> Case:
    """Apply as a volunteer to a market regulator (申请担任监督员)."""
    me = _person(actor)
    refuse_if(why_not_regulator(access.get_body(body)))
    with access.acting_for(me, channel=Channel.SELF, purpose=OWN):
        found = subjects.find_subject(me.subject_id) if me.subject_id else None
        if found is None or found.kind is not SubjectKind.NATURAL_PERSON:
            raise Refused(_refusal("IN-NOT-A-PERSON", "监督员由个人担任。", "请用本人的账户登录。"))
        if casework.find_open_case(SUPERVISION, ref_id=str(me.subject_id)):
            raise Refused(_refusal("IN-APPLIED", "您已经申请过，或者在任期内。", "请看下面的进展。"))
        return casework.open_case(
            SUPERVISION,
            ref=Ref(kind="supervisor", id=str(me.subject_id), subject_id=me.subject_id),
            body=body,
            opened_by=me,
            reasons=masked(words)[0],
            now=now,
        )


def assign(officer: Actor, supervision: UUID, *, platform: str, shop: str, words: str, now: datetime) -> Case:
    """Give a supervisor in office a shop to visit (派发任务); nobody tells the merchant."""
    with access.acting_for(officer, channel=Channel.BODY, purpose=PURPOSE):
        resource = Resource(kind="inspection", body=officer.body)
        access.require(officer, action="inspection.plan", resource=resource, purpose=PURPOSE, now=now)
        appointed = casework.access_case(supervision, actor=officer)
        known = market.find_shop(platform, shop)
        if appointed.procedure != SUPERVISION or appointed.state != "appointed" or appointed.body != officer.body:
            raise Refused(
                _refusal("IN-NO-SUPERVISOR", "这个人现在不是监督员。", "请选择任期内的监督员。", "supervisor")
            )
        if known is None or known.subject_id is None or known.subject_id == appointed.ref.subject_id:
            raise Refused(_refusal("IN-SHOP", "这家店铺不能派任务。", "请核对店铺编号；个人卖家不派。", "shop"))
        case = casework.open_case(
            SHOPPING,
            ref=Ref(kind="shopping", id=str(new_id(now)), subject_id=appointed.ref.subject_id),
            body=officer.body,
            opened_by=officer,
            facts={"supervision": str(supervision), "platform": platform, "shop": shop, "shop_id": str(known.id)},
            reasons=masked(words)[0],
            now=now,
        )
        assert case.due_on is not None
        serve(
            kind="inspection.shopping",
            text="shopping_assigned",
            parameters={"number": case.number, "day": case.due_on.isoformat()},
            reference=case.number,
            to_subject=appointed.ref.subject_id,
            actor=officer,
            now=now,
        )
    return case


def report_visit(actor: Actor, number: str, *, words: str, papers: Sequence[str], now: datetime) -> Case:
    """Report a visit with proof of the purchase (报告); numbers of people are masked before anything is kept."""
    case = find_own_case(actor, number)
    return casework.carry_out(
        case.id, verb="report", actor=actor.as_person(), now=now, reasons=masked(words)[0], evidence=papers
    )


@cites("D/provenance", "D/supervision")
def pass_on(officer: Actor, case_id: UUID, *, now: datetime) -> str:
    """Make a lead of a report whose proof an officer found whole; return the number of the lead's case."""
    with access.acting_for(officer, channel=Channel.BODY, purpose=PURPOSE):
        resource = Resource(kind="inspection", body=officer.body)
        access.require(officer, action="inspection.plan", resource=resource, purpose=PURPOSE, now=now)
        case = casework.access_case(case_id, actor=officer)
        steps = casework.timeline(case_id, actor=officer)
    visit = next((step for step in steps if step.verb == "report" and step.evidence), None)
    if case.procedure != SHOPPING or case.state != "credible" or case.body != officer.body or visit is None:
        raise Refused(_refusal("IN-NOT-CREDIBLE", "这份报告现在不能转为线索。", "请先打开凭证核对，写明凭证齐全。"))
    taken = leads.take([_finding(case, visit)], now=now)
    if not taken.new:
        raise Refused(_refusal("IN-NO-LEAD", "没有转成线索。", "店铺的经营者没有核实，或者同样的情况已经在核查。"))
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=PURPOSE):
        casework.take(case_id, verb="pass_on", actor=KEEPER, now=now)
    return ", ".join(taken.opened)


def require_office(taken: Taken) -> None:
    """Refuse a report of somebody who is no supervisor any more."""
    mine = casework.find_open_case(SUPERVISION, ref_id=str(taken.case.ref.subject_id))
    if mine is None or mine.state != "appointed":
        raise Refused(_refusal("IN-NO-SUPERVISOR", "您现在不是监督员。", "看到的情况可以作为消费者投诉、举报。"))


def list_supervisors(officer: Actor) -> list[Case]:
    """Return who applied to or is in office with one's own body, the newest first."""
    return _list(officer, SUPERVISION)


def list_visits(officer: Actor) -> list[Case]:
    """Return the visits one's own body gave out, the newest first."""
    return _list(officer, SHOPPING)


def list_own_cases(actor: Actor) -> list[Case]:
    """Return one's own application, appointment and visits, the newest first."""
    me = _person(actor)
    with access.acting_for(me, channel=Channel.SELF, purpose=OWN):
        found = [*casework.list_of(SUPERVISION), *casework.list_of(SHOPPING)]
        return [one for one in found if one.ref.subject_id == me.subject_id]


def find_own_case(actor: Actor, number: str) -> Case:
    """Return one of them, or refuse as absent."""
    found = next((one for one in list_own_cases(actor) if one.number == number), None)
    if found is None:
        raise Refused(Refusal(code="ABSENT", what="没有找到这件任务。", next_step="请从“消费监督员”打开。"))
    return found


def own_course(actor: Actor, case: Case) -> list[Step]:
    """Return the steps of one of one's own cases."""
    me = _person(actor)
    with access.acting_for(me, channel=Channel.SELF, purpose=OWN):
        return casework.timeline(case.id, actor=me)


def _list(officer: Actor, procedure: str) -> list[Case]:
    with access.acting_for(officer, channel=Channel.BODY, purpose=PURPOSE):
        return [one for one in casework.list_of(procedure) if one.body == officer.body]


def _finding(case: Case, visit: Step) -> Finding:
    day = legal_day(visit.at)
    return leads.declared(
        "supervisor",
        "visit",
        platform=str(case.facts["platform"]),
        shop=str(case.facts["shop"]),
        first_day=day,
        end_day=day + timedelta(days=1),
        rows=[Row(day=day, order=case.number, values={"papers": len(visit.evidence)})],
        values={"told": visit.reasons},
        model=MODEL,
    )


def _person(actor: Actor) -> Actor:
    if actor.subject_id is None:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="登录以后可以申请。"))
    return actor.as_person()


def _refusal(code: str, what: str, next_step: str, field: str = "") -> Refusal:
    return Refusal(code=code, what=what, next_step=next_step, field=field)
