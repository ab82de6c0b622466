"""Who is held up as honest: nominated, asked, visited where it is a place, shown to everybody, honoured by another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from chengxin.casework import facade as casework
from chengxin.demo.life.listing import HEARING
from chengxin.demo.life.stage import Doing, Stage, Told
from chengxin.honours import facade as honours
from chengxin.honours.contracts import Answer
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, simulated
from chengxin.subjects import facade as subjects

_HOUR = timedelta(hours=1)


def nominate(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Nominate one of the cast; with an `answer` they agree and are shown, with an `approver` they are honoured."""
    draft = honours.Draft(who=_who(stage, told["nominee"], now=now), story=told["story"])
    nomination_id, number = honours.nominate(actor, told["kind"], draft, now=now)
    if "answer" not in told:
        return
    nominee, then = stage.actor(told["nominee"], on=legal_day(now)), now + _HOUR
    with simulated(then):
        honours.answer(nominee, number, Answer(told["answer"]), now=then)
        if "visit" in told:
            honours.visit(actor, nomination_id, found=told["visit"], now=then)
        honours.check(actor, nomination_id, now=then)
        case_id = honours.open_of_body(actor, nomination_id, now=then).case.id
        casework.carry_out(case_id, verb="publish", actor=actor, now=then)
    if "approver" not in told:
        return
    over = now + HEARING
    approver = stage.actor(told["approver"], on=legal_day(over))
    with simulated(over):
        reasons = "公示期满，没有异议，事迹属实。"
        casework.carry_out(case_id, verb="propose", actor=actor, now=over, reasons=reasons)
        honours.check(actor, nomination_id, now=over)
        casework.carry_out(case_id, verb="award", actor=approver, now=over, reasons=reasons)
        casework.carry_out(case_id, verb="enter", actor=actor, now=over)


def _who(stage: Stage, key: str, *, now: datetime) -> dict[str, str]:
    member = next(one for one in stage.province.cast if one.key == key)
    if member.is_person and not member.runs_shop:
        return {"subject_name": member.name, "id_type": "身份证", "id_no": stage.province.id_no_of(key)}
    subject_id = stage.subject(key, on=legal_day(now))
    operator = subjects.operators_of([subject_id])[subject_id]
    return {"subject_name": operator.name, "uscc": operator.uscc or ""}


DOINGS: Mapping[str, Doing] = {"nominate": nominate}
