"""Challenge a look, add a word, take it back; hand on what nobody explained, make a lead of what had no ground."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Look
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.law import facade as law
from chengxin.looks.queries import CHALLENGE, absent, challenges_of, own_side
from chengxin.looks.rules import why_not_challenge
from chengxin.misuse import facade as misuse
from chengxin.notices import facade as notices

CHALLENGE_CLOCK: Final = "look.challenge"
KEEPER: Final = platform("looks")
_LONGEST: Final = 1000
_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_BACK: Final = timedelta(days=30)


def challenge(actor: Actor, event_id: UUID, *, now: datetime) -> Case:
    """Challenge a look (我不认可这次查询): one press opens the case, and the body that looked must explain.

    Nothing else changes by it: a consent stands until the person takes it back.
    """
    me, subject_id = _challenger(actor, now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=CHALLENGE):
        _wait_for_twin(event_id)
        look = audit.find_look(subject_id, event_id)
        if look is None:
            raise Refused(absent())
        states = [case.state for case in challenges_of(subject_id).get(event_id, ())]
        refuse_if(why_not_challenge(look, states=states))
        case = casework.open_case(
            CHALLENGE,
            ref=Ref(kind="look", id=str(event_id), subject_id=subject_id),
            body=look.body,
            opened_by=me,
            facts=_facts(look, reviewer=_reviewer_of(look.body)),
            now=now,
        )
        _tell(case, subject_id, actor=me, now=now)
    return case


def add_words(actor: Actor, event_id: UUID, *, words: str, now: datetime) -> Case:
    """Say something more in one's own challenge; both sides read it."""
    words = words.strip()
    if not 0 < len(words) <= _LONGEST:
        raise Refused(
            Refusal(
                code="LOOK-WORDS",
                what="请写一两句话，最多 {most} 个字。",
                field="words",
                values={"most": str(_LONGEST)},
            )
        )
    if _NUMBER.search(words):
        raise Refused(
            Refusal(code="LOOK-ID-NO", what="这里不要写身份证号码。", next_step="去掉号码再提交。", field="words")
        )
    return _take(actor, event_id, verb="add_words", reasons=words, now=now)


def take_back(actor: Actor, event_id: UUID, *, now: datetime) -> Case:
    """Take a challenge back (撤回); the same look may be challenged again."""
    return _take(actor, event_id, verb="take_back", reasons="", now=now)


def hand_on_unexplained(*, now: datetime) -> int:
    """Hand to review what the body that looked has not explained in time; return how many."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=CHALLENGE):
        waiting = [case for case in casework.list_overdue(CHALLENGE, now=now) if case.state == "explaining"]
    for case in waiting:
        casework.carry_out(case.id, verb="not_explained", actor=KEEPER, now=now)
    return len(waiting)


def raise_leads(*, since: datetime | None, now: datetime) -> int:
    """Hand each look found to have no ground to the detection of misuse, once; return how many became leads."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=CHALLENGE):
        ended = casework.list_ended(CHALLENGE, state="groundless", since=(since or now) - _BACK)
    return sum(
        misuse.raise_lead(UUID(case.ref.id), at=datetime.fromisoformat(str(case.facts["at"])), now=now)
        for case in ended
    )


def _challenger(actor: Actor, *, now: datetime) -> tuple[Actor, UUID]:
    me, subject_id = own_side(actor, now=now)
    resource = Resource(kind="look", subject_id=subject_id)
    access.require(me, action="look.challenge", resource=resource, purpose=CHALLENGE, now=now)
    return me, subject_id


def _take(actor: Actor, event_id: UUID, *, verb: str, reasons: str, now: datetime) -> Case:
    me, subject_id = _challenger(actor, now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=CHALLENGE):
        standing = next((case for case in challenges_of(subject_id).get(event_id, ()) if not case.is_closed), None)
        if standing is None:
            raise Refused(absent())
        return casework.take(standing.id, verb=verb, actor=me, reasons=reasons, now=now)


def _reviewer_of(body: str) -> str:
    """Return the office that decides: the credit office over the body, or the highest one where none is over it."""
    over = casework.supervisor_of(body)
    own = access.credit_office_of(access.get_body(body).area)
    if not over and own is None:
        raise Refused(
            Refusal(
                code="LOOK-NO-OFFICE",
                what="没有找到审查这次查询的信用主管部门。",
                next_step="请拨打平台电话，由平台运行单位答复您。",
            )
        )
    return over or (own.code if own else "")


def _facts(look: Look, *, reviewer: str) -> Mapping[str, object]:
    """Return what both sides read of the look: codes and moments, nothing of the person and nobody of the staff."""
    return {
        "reviewer": reviewer,
        "looked_body": look.body,
        "at": look.at.isoformat(),
        "kind": look.kind,
        "role": look.role,
        "purpose": look.purpose,
        "basis": list(look.basis),
        "categories": list(look.categories),
        "outcome": look.outcome,
        "count": look.count,
        "reason": look.reason,
        "channel": look.channel,
        "reference": look.reference,
    }


def _tell(case: Case, subject_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Give the person a receipt, and tell the body that looked."""
    due = case.due_on.isoformat() if case.due_on else ""
    on = legal_day(now)
    answered = law.due(CHALLENGE_CLOCK, on=on, start=on, pack=settings.LAW_PACK).last_day.isoformat()
    told = {"number": case.number, "body": casework.body_name(case.body)}
    for to_subject, to_body, text, last in (
        (subject_id, "", "look_challenged", answered),
        (None, case.body, "look_to_explain", due),
    ):
        notices.serve(
            kind=f"{CHALLENGE}.open",
            text=text,
            parameters={**told, "day": last},
            reference=case.number,
            to_subject=to_subject,
            to_body=to_body,
            actor=actor,
            now=now,
        )


def _wait_for_twin(event_id: UUID) -> None:
    """Wait until nobody else challenges this look; from here to the end of the transaction we do."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"look {event_id}"])
