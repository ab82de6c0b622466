"""What follows a courier company's entry of the serious list (列入严重失信名单的寄递企业): asked, looked at, ended.

It rests on a public entry that stands, and on nothing else; an entry that ends takes all of it along. Platforms act
under their own rules (EC 32, 36), the licensing body by its own course: to stop or to revoke is decided there alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref, Step, Taken
from chengxin.couriers import models
from chengxin.couriers.contracts import Company, Task
from chengxin.couriers.queries import get_company, list_companies, watches_couriers
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.law.facade import cites
from chengxin.lists import facade as lists
from chengxin.lists.contracts import Shown
from chengxin.market import facade as market
from chengxin.notices.facade import serve

LIMIT, TASK = "courier_limit", "courier_task"
HANDLING, OWN = "case_handling", "own_archive"
_KIND: Final = "courier"
_KEEPER: Final = platform("courier-limits")
_NOT_POST: Final = Refusal(
    code="CO-AUTHORITY",
    what="寄递企业名单的处理由邮政管理部门提出。",
    why="快递业的信用记录和监督管理由邮政管理部门负责。",
    next_step="请所在地的邮政管理部门办理。",
    basis=("KD/8",),
)
_NO_ENTRY: Final = Refusal(
    code="CO-NO-ENTRY",
    what="这家企业现在不在公示的严重失信主体名单里。",
    why="只有公示中的名单可以作依据；已经移出、修复、冻结的不用。",
    next_step="请核对名单；没有依据的，不能提出，也不能决定。",
    basis=("D/courier-limit",),
    field="uscc",
)
_OPEN: Final = Refusal(
    code="CO-LIMIT-OPEN",
    what="这家企业已经有一件没有结束的处理。",
    why="同一条名单只处理一次。",
    next_step="请在那一件里办理。",
    field="uscc",
)
_OTHER_SIDE: Final = Refusal(
    code="CO-OTHER-SIDE",
    what="这一步由对方办理。",
    why="提出任务的一方和办理任务的一方各办各的；自己不能替对方看自己的页面。",
    next_step="请等对方办理，或者办理您这一方的步骤。",
)


def list_limitable(*, now: datetime) -> list[tuple[Company, Shown]]:
    """Return the courier companies with a public entry that stands, each with that entry."""
    companies = {one.subject_id: one for one in list_companies()}
    found = lists.list_shown(lists.list_public_of(list(companies), kinds=(_KIND,)), at=now)
    return [(companies[one.subject_id], one) for one in sorted(found.values(), key=lambda one: str(one.id))]


@cites("KD/8", "SEED2/2.4", "D/courier-limit")
def propose_limit(actor: Actor, uscc: str, *, reasons: str, now: datetime) -> Case:
    """Propose what follows a company's entry (拟处理): the company is told first, nothing changes yet."""
    company = get_company(uscc)
    shown = next((entry for one, entry in list_limitable(now=now) if one.id == company.id), None)
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING), transaction.atomic():
        resource = Resource(kind=LIMIT, body=actor.body)
        access.require(actor, action="courier.limit", resource=resource, purpose=HANDLING, now=now)
        if not watches_couriers(actor.body):
            raise Refused(_NOT_POST)
        if shown is None:
            raise Refused(_NO_ENTRY)
        refuse_if(_OPEN if casework.find_open_case(LIMIT, ref_id=str(company.id)) else None)
        case = casework.open_case(
            LIMIT,
            ref=Ref(kind="courier", id=str(company.id), subject_id=company.subject_id),
            body=actor.body,
            opened_by=actor,
            facts={"entry": str(shown.id), "uscc": uscc, "name": company.name, "asker": actor.body},
            reasons=reasons,
            now=now,
        )
        parameters = {"number": case.number, "day": case.due_on.isoformat() if case.due_on else ""}
        _tell("limit_proposed", case, parameters, to_subject=company.subject_id, actor=actor, now=now)
    return case


def confirm(taken: Taken) -> None:
    """Ask each platform and the licensing body once, if the entry stands and the company was heard."""
    entry = UUID(str(taken.case.facts["entry"]))
    if entry not in lists.shown_here([entry], at=taken.at):
        raise Refused(_NO_ENTRY)
    until = casework.heard_until(taken, key="courier.limit_reply", state="proposed")
    if until is not None:
        raise Refused(
            Refusal(
                code="CO-NOT-HEARD",
                what="企业说明的期限还没有过。",
                why="决定以前先听企业说明。",
                next_step="请在企业说明以后，或者{until}以后再决定。",
                basis=("D/courier-limit",),
                retry_on=until,
                values={"until": until},
            )
        )
    company = models.Company.objects.get(id=taken.case.ref.id)
    asked = [(body, "platform") for body in market.platform_bodies()] + [(company.authority, "licence")]
    for body, what in asked:
        _ask(taken, body=body, what=what)


def _ask(taken: Taken, *, body: str, what: str) -> None:
    case = casework.open_case(
        TASK,
        ref=Ref(kind="courier_task", id=str(new_id(taken.at))),
        body=body,
        opened_by=taken.actor,
        facts={**taken.case.facts, "limit": taken.case.number, "addressee": body, "what": what},
        reasons=taken.reasons,
        now=taken.at,
    )
    _tell("task_sent", case, {"number": case.number}, to_body=body, actor=taken.actor, now=taken.at)


def require_addressee(taken: Taken) -> None:
    """Refuse that anybody but who was asked says what was done."""
    if taken.actor.body != taken.case.facts["addressee"]:
        raise Refused(_OTHER_SIDE)


def require_asker(taken: Taken) -> None:
    """Refuse that anybody but an officer of the asking body says what its page shows."""
    if taken.actor.body != taken.case.facts["asker"]:
        raise Refused(_OTHER_SIDE)


def end_limits(*, now: datetime) -> Mapping[str, int]:
    """End what rests on an entry that no longer stands, then every task whose case is over; may run twice."""
    with access.acting_for(_KEEPER, channel=Channel.JOB, purpose=HANDLING):
        limits, tasks = casework.list_open(LIMIT), casework.list_open(TASK)
    shown = lists.list_shown([UUID(str(case.facts["entry"])) for case in limits], at=now)
    standing = {case.number for case in limits if UUID(str(case.facts["entry"])) in shown}
    over = [case for case in limits if case.number not in standing]
    for case in over:
        casework.carry_out(case.id, verb="end", actor=_KEEPER, now=now)
    orphans = [case for case in tasks if case.facts["limit"] not in standing and case.state != "lifting"]
    for case in orphans:
        verb = "end" if case.state in {"claimed", "confirmed"} else "call_off"
        casework.carry_out(case.id, verb=verb, actor=_KEEPER, now=now)
    return {"limits": len(over), "tasks": len(orphans)}


def list_limits(actor: Actor) -> list[Case]:
    """Return the matters of somebody's body, the newest first."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        return casework.list_of(LIMIT)


def list_tasks(actor: Actor) -> list[Task]:
    """Return the tasks somebody's body asked for or was asked, the newest first, each with its receipt and look."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        cases = casework.list_of(TASK)
        courses = casework.timelines(cases, actor=actor)
        return [_task(case, courses[case.id]) for case in cases]


def list_own_limits(actor: Actor) -> list[Case]:
    """Return the matters about the company somebody signs in for, the newest first."""
    if actor.subject_id is None:
        return []
    with access.acting_for(actor.as_person(), channel=Channel.SELF, purpose=OWN):
        return [one for one in casework.list_of(LIMIT) if one.ref.subject_id == actor.subject_id]


def answer_limit(actor: Actor, case_id: UUID, *, words: str, now: datetime) -> Case:
    """Explain as the company (说明), before a second officer decides."""
    return casework.carry_out(case_id, verb="answer_own", actor=actor.as_person(), now=now, reasons=words)


def _task(case: Case, steps: Sequence[Step]) -> Task:
    receipt = next((step.at for step in reversed(steps) if step.verb in {"claim", "decline", "lift"}), None)
    look = next((step.at for step in reversed(steps) if step.verb in {"seen", "not_seen"}), None)
    return Task(case=case, receipt_at=receipt, looked_at=look)


def _tell(
    text: str,
    case: Case,
    parameters: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
    to_subject: UUID | None = None,
    to_body: str = "",
) -> None:
    serve(
        kind=f"couriers.{text}",
        text=text,
        parameters=parameters,
        reference=case.number,
        to_subject=to_subject,
        to_body=to_body,
        actor=actor,
        now=now,
    )
