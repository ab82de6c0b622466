"""Read one's own looks, and prove them; row security shows a person nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import orjson

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import LookFilter, Side
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, start_of
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.looks.contracts import OwnLook, OwnLooks
from chengxin.looks.withheld import count_withheld, find_withheld

PURPOSE: Final = "own_archive"
CHALLENGE: Final = "look_challenge"
_MOST_CASES: Final = 500
_YEAR: Final = timedelta(days=365)


def own_looks(
    actor: Actor, *, now: datetime, chosen: LookFilter | None = None, limit: int = 20, offset: int = 0
) -> OwnLooks:
    """Return who looked at the subject who asks (谁看过我), the newest first, and the same counted by days."""
    me, subject_id = own_side(actor, now=now)
    chosen = chosen or LookFilter()
    until = chosen.until or start_of(legal_day(now) + timedelta(days=1))
    since = max(chosen.since or until - _YEAR, until - _YEAR)
    counted = replace(chosen, since=since, until=until, side=chosen.side or Side.OTHERS)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        return OwnLooks(
            chosen=chosen,
            lines=audit.list_looks(subject_id, limit=limit, offset=offset, chosen=chosen),
            total=audit.count_looks(subject_id, chosen=chosen),
            days=audit.list_look_days(subject_id, chosen=counted),
            challenges={event_id: cases[0] for event_id, cases in challenges_of(subject_id).items()},
            since=legal_day(since),
            until=legal_day(until),
            withheld=count_withheld(),
        )


def count_own_looks(actor: Actor, *, now: datetime, chosen: LookFilter) -> int:
    """Return how many looks at the subject who asks are as asked for."""
    me, subject_id = own_side(actor, now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        return audit.count_looks(subject_id, chosen=chosen)


def own_askers(actor: Actor, *, now: datetime) -> list[tuple[str, str]]:
    """Return each body and purpose that occurs among the looks at the subject who asks."""
    me, subject_id = own_side(actor, now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        return audit.list_askers(subject_id)


def own_look(actor: Actor, event_id: UUID, *, now: datetime) -> OwnLook:
    """Return one look at the subject who asks with its challenge; another's and none look the same."""
    me, subject_id = own_side(actor, now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        look = audit.find_look(subject_id, event_id)
        if look is None:
            raise Refused(absent())
        cases = challenges_of(subject_id).get(event_id, [])
        steps = casework.timeline(cases[0].id, actor=me) if cases else []
        was_withheld = find_withheld(event_id)
    return OwnLook(look=look, challenge=cases[0] if cases else None, steps=steps, was_withheld=was_withheld)


def challenges_of(subject_id: UUID) -> dict[UUID, list[Case]]:
    """Return the challenges of a subject by the look they are about, the newest first."""
    found: dict[UUID, list[Case]] = {}
    for case in casework.list_cases_about(subject_id, limit=_MOST_CASES):
        if case.procedure == CHALLENGE:
            found.setdefault(UUID(case.ref.id), []).append(case)
    return found


def absent() -> Refusal:
    """Return the refusal that tells neither that a look exists nor that it does not."""
    return Refusal(code="ABSENT", what="没有找到这次查询。", next_step="请从“谁看过我”里打开。")


def own_proof(actor: Actor, event_id: UUID, *, now: datetime) -> bytes:
    """Return the proof of a look as the file `chengxin-verify proof` reads."""
    me, _ = own_side(actor, now=now)
    return orjson.dumps(audit.prove_event(event_id, actor=me, now=now), option=orjson.OPT_INDENT_2)


def log_keys() -> str:
    """Return the public keys a proof is checked with, one a line."""
    return audit.public_keys()


def own_side(actor: Actor, *, now: datetime) -> tuple[Actor, UUID]:
    """Return the actor as the subject alone, without the body it may also work for, and who that is; or refuse."""
    if actor.subject_id is None:
        raise Refused(
            Refusal(
                code="SIGN_IN_REQUIRED",
                what="请先登录，再看谁查询过您的信息。",
                why="查询记录只给本人看。",
                next_step="请用您的账户登录；没有账户的，可以到就近的信用窗口查询。",
                basis=("PIPL/45",),
            )
        )
    me = actor.as_person()
    resource = Resource(kind="archive", subject_id=actor.subject_id)
    access.require(me, action="looks.read_own", resource=resource, purpose=PURPOSE, now=now)
    return me, actor.subject_id
