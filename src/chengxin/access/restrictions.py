"""Slow or freeze the work of one account for a time: a machine may slow, only a named person freezes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from chengxin.access import models, queries
from chengxin.access.contracts import Resource, Restriction
from chengxin.access.decisions import require
from chengxin.access.identity import acting_for
from chengxin.access.rules import account_key
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused

SLOW_PER_MINUTE = 6
SLOW_FOR = timedelta(days=1)
LONGEST_FREEZE = timedelta(days=15)


def slow_account(account_id: UUID, *, actor: Actor, now: datetime, reasons: str, case_number: str = "") -> None:
    """Slow an account for a day (限速), inside the transaction of the alert."""
    _write(account_id, "slow", SLOW_FOR, actor=actor, now=now, reasons=reasons, case_number=case_number)


def freeze_account(
    account_id: UUID, *, days: int, actor: Actor, now: datetime, reasons: str, case_number: str = ""
) -> None:
    """Freeze the posts of an account for some days (冻结权限): it signs in, answers, and opens nothing of a post."""
    account = queries.find_account_by_id(account_id, on=legal_day(now))
    areas = {post.area for post in account.posts} if account else set()
    require(
        actor, action="access.freeze", resource=Resource(area=min(areas, default="")), purpose="administration", now=now
    )
    if (
        actor.key == account_key(account_id)
        or not reasons.strip()
        or not timedelta() < timedelta(days=days) <= LONGEST_FREEZE
    ):
        raise Refused(
            Refusal(
                code="A-FREEZE",
                what="不能这样冻结账户。",
                why="冻结要写明理由，最长15天，不能冻结自己的账户。",
                next_step="请核对账户、天数和理由。",
                field="reasons",
            )
        )
    with acting_for(actor, channel=Channel.OFFICE, purpose="administration"):
        length = timedelta(days=days)
        _write(account_id, "freeze", length, actor=actor, now=now, reasons=reasons.strip(), case_number=case_number)


def lift_restrictions(account_id: UUID, *, actor: Actor, now: datetime) -> int:
    """Lift what still limits an account, inside the transaction of the finding; return how many were lifted."""
    running = models.Restriction.objects.filter(account_id=account_id, lifted_at__isnull=True, ends_at__gt=now)
    lifted = running.update(lifted_at=now)
    _record(actor, f"lift:{account_id}", now=now)
    return lifted


def list_restrictions(account_id: UUID, *, now: datetime) -> tuple[Restriction, ...]:
    """Return what limits an account at a moment; a freeze comes first."""
    running = models.Restriction.objects.filter(
        account_id=account_id, lifted_at__isnull=True, starts_at__lte=now, ends_at__gt=now
    )
    return tuple(
        Restriction(
            kind=row.kind,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            ordered_by=row.ordered_by,
            reasons=row.reasons,
            case_number=row.case_number,
        )
        for row in running.order_by("kind", "-ends_at", "id")
    )


def _write(
    account_id: UUID, kind: str, length: timedelta, *, actor: Actor, now: datetime, reasons: str, case_number: str
) -> None:
    models.Restriction.objects.create(
        id=new_id(now),
        account_id=account_id,
        kind=kind,
        per_minute=SLOW_PER_MINUTE if kind == "slow" else 0,
        starts_at=now,
        ends_at=now + length,
        ordered_by=actor.key,
        reasons=reasons,
        case_number=case_number,
    )
    _record(actor, f"{kind}:{account_id}", now=now)


def _record(actor: Actor, what: str, *, now: datetime) -> None:
    record_event(
        Event(
            kind=Kind.ADMINISTER,
            actor=actor,
            at=now,
            purpose="administration",
            channel=Channel.OFFICE,
            reference=what,
        )
    )
