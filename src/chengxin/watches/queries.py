"""Read watches under row security: a body its own, the watched their own; the ground is asked again each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.jobs import facade as jobs
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.watches import models
from chengxin.watches.bases import OWN_PROCEDURE, living
from chengxin.watches.contracts import OwnWatch, Watch
from chengxin.watches.rules import PURPOSE, why_over

WATCHER = platform("watches")


def list_of_body(actor: Actor, *, now: datetime, limit: int = 50, offset: int = 0) -> list[tuple[Watch, bool]]:
    """Return the watches of the actor's body, newest first, each with whether it still runs."""
    require_read(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        rows = models.Watch.objects.filter(body=actor.body).order_by("-id")[offset : offset + limit]
        found = [watch_of(row) for row in rows]
    runs = running(found, at=now)
    return [(one, one.id in runs) for one in found]


def count_of_body(actor: Actor) -> int:
    """Return how many watches the actor's body ever set."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        return models.Watch.objects.filter(body=actor.body).count()


def get_of_body(actor: Actor, watch_id: UUID, *, now: datetime) -> tuple[Watch, bool]:
    """Return a watch of the actor's own body with whether it still runs, or refuse as if there were none."""
    require_read(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        row = models.Watch.objects.filter(id=watch_id, body=actor.body).first()
    if row is None:
        raise Refused(absent())
    found = watch_of(row)
    return found, found.id in running([found], at=now)


def warnings_of(actor: Actor, watch: Watch) -> list[Case]:
    """Return the warnings that came of a watch, newest first."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        found = casework.list_cases_about(watch.subject_id, limit=200)
    return [one for one in found if one.procedure == OWN_PROCEDURE and one.ref.id == str(watch.id)]


def list_own(actor: Actor, *, now: datetime) -> list[OwnWatch]:
    """Return who watches or watched the subject who asks, newest first, and what each body was told."""
    if actor.subject_id is None:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="登录后可以查看哪些单位在关注您。"))
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        rows = models.Watch.objects.filter(subject_id=actor.subject_id).order_by("-id")
        found = [watch_of(row) for row in rows]
        told = {
            one.id: [
                (message.created_at, message.topic, message.receipt_kind)
                for message in jobs.list_about(actor.subject_id, str(one.id))
            ]
            for one in found
        }
    runs = running(found, at=now)
    return [OwnWatch(watch=one, runs=one.id in runs, told=told[one.id]) for one in found]


def running(watches: Sequence[Watch], *, at: datetime) -> frozenset[UUID]:
    """Return which of some watches run at a moment: not ended, in time, and what they rest on lives."""
    standing = [one for one in watches if one.ended_at is None]
    if not standing:
        return frozenset()
    with access.acting_for(WATCHER, channel=Channel.JOB, purpose=PURPOSE):
        lives = living(standing, at=at)
    on = legal_day(at)
    return frozenset(one.id for one in standing if why_over(one, lives=one.id in lives, on=on) is None)


def require_read(actor: Actor, *, now: datetime) -> None:
    """Refuse who may not read the watches of their body."""
    resource = Resource(kind="watch", body=actor.body)
    access.require(actor, action="watch.read", resource=resource, purpose=PURPOSE, now=now)


def watch_of(row: models.Watch) -> Watch:
    """Return a row as a value."""
    return Watch(
        id=row.id,
        number=row.number,
        body=row.body,
        subject_id=row.subject_id,
        subject_kind=SubjectKind(row.subject_kind),
        purpose=row.purpose,
        lists=tuple(row.lists),
        ground=row.ground,
        reference=row.reference,
        basis=tuple(row.basis),
        set_at=row.set_at,
        ends_on=row.ends_on,
        ended_at=row.ended_at,
        ended_because=row.ended_because,
    )


def absent() -> Refusal:
    """Return the refusal that tells nothing."""
    return Refusal(code="ABSENT", what="没有找到这次关注，或者您无权查看。", next_step="请从“名单关注”重新进入。")
