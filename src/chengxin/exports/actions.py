"""Register an export before it leaves, and find out which one a leaked file is from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Obligation, Resource
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.database.contracts import Channel
from chengxin.exports import models
from chengxin.exports.marks import trace
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.codes import random_signs
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused

LIFE: Final = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Export:
    """One export as its file and its trace show it."""

    id: UUID
    number: str
    actor_key: str
    body: str
    purpose: str
    reference: str
    persons: int
    made_at: datetime
    approved_by: str
    delete_by: datetime


def register(
    *,
    actor: Actor,
    now: datetime,
    purpose: str,
    channel: str,
    reference: str,
    categories: tuple[str, ...],
    persons: int,
    rows: int,
    approved_by: str = "",
    tags: Collection[bytes] = (),
) -> Export:
    """Register an export (导出登记) in the running transaction: authorised, counted, logged, with a day to delete it.

    Write the file from what this returns: its number where people see it, its marks by `arrange`. `tags` are the keyed
    hashes of the numbers it holds (`subjects.number_tag`): by them the persons are told if it leaks.
    """
    allow = access.require(actor, action="export.make", resource=Resource(body=actor.body), purpose=purpose, now=now)
    if persons > models.MOST_PERSONS and approved_by in {"", actor.key}:
        raise Refused(_too_many())
    with access.honouring(allow) as duties:
        row = models.Export.objects.create(
            id=new_id(now),
            number="DC" + random_signs(10),
            actor_key=actor.key,
            body=actor.body,
            area=actor.area,
            purpose=purpose,
            reference=reference,
            persons=persons,
            made_at=now,
            approved_by=approved_by,
            delete_by=now + LIFE,
        )
        models.Person.objects.bulk_create(models.Person(export_id=row.id, tag=tag) for tag in sorted(set(tags)))
        duties.done(Obligation.WATERMARK, Obligation.DELETE_BY)
        _record(row, actor=actor, channel=channel, categories=categories, rows=rows)
        duties.done(Obligation.LOG)
    return _export(row)


def trace_file(cells: Sequence[Sequence[str]]) -> Export | None:
    """Return the export a leaked file is from (溯源), or None."""
    with access.acting_for(platform("trace"), channel=Channel.JOB, purpose="misuse_detection"):
        known = {row.id: row for row in models.Export.objects.order_by("id")}
    match = trace(cells, list(known))
    return _export(known[match.export_id]) if match else None


def find_number(number: str) -> Export | None:
    """Return the export with a number, or None; the tracing asks."""
    with access.acting_for(platform("trace"), channel=Channel.JOB, purpose="misuse_detection"):
        row = models.Export.objects.filter(number=number).first()
    return _export(row) if row else None


def tags_of(export_id: UUID) -> frozenset[bytes]:
    """Return the keyed hashes of the persons an export holds; the tracing asks."""
    with access.acting_for(platform("trace"), channel=Channel.JOB, purpose="misuse_detection"):
        found = models.Person.objects.filter(export_id=export_id).values_list("tag", flat=True)
        return frozenset(bytes(tag) for tag in found)


def _record(row: models.Export, *, actor: Actor, channel: str, categories: tuple[str, ...], rows: int) -> None:
    event = Event(
        kind=Kind.DISCLOSE,
        actor=actor,
        at=row.made_at,
        purpose=row.purpose,
        channel=channel,
        categories=categories,
        reference=row.number,
        count=rows,
    )
    record_event(event)


def _export(row: models.Export) -> Export:
    return Export(
        id=row.id,
        number=row.number,
        actor_key=row.actor_key,
        body=row.body,
        purpose=row.purpose,
        reference=row.reference,
        persons=row.persons,
        made_at=row.made_at,
        approved_by=row.approved_by,
        delete_by=row.delete_by,
    )


def _too_many() -> Refusal:
    return Refusal(
        code="X-FIFTY",
        what="一次最多导出50人的信息。",
        why="超过50人的，要由另一个人批准。",
        next_step="请分批导出，或者请有审核权的同事批准。",
    )
