"""Accept an approved batch: all of it in one transaction, or none of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import polars as pl
from django.conf import settings
from django.db import connection

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.casework.contracts import Taken
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion
from chengxin.database.facade import refresh_statistics
from chengxin.files import facade as files
from chengxin.files.facade import open_sheet
from chengxin.intake.actions import plan
from chengxin.intake.ahead import ahead
from chengxin.intake.clock_columns import as_filed_by
from chengxin.intake.contracts import BatchState
from chengxin.intake.doors import BY_CHANNEL
from chengxin.intake.models import Batch, QuestionedRow
from chengxin.intake.preparation import Prepared, assign, row_keys, shape
from chengxin.intake.queries import get_for_change
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.records import facade as records
from chengxin.subjects import facade as subjects

# Below this a plan for an empty table does no harm.
_MANY = 10_000
_DECIDED = (
    *("state", "approved_by", "accepted_at", "receipt_id", "published"),
    *("accepted", "corrected", "repeated", "linked", "late", "held"),
)


def accept_approved(taken: Taken) -> None:
    """Carry out the approval of a batch: the effect of `batch_approval.approve`."""
    batch = get_for_change(UUID(taken.case.ref.id), states=(BatchState.SUBMITTED,))
    now, actor = taken.at, taken.actor
    access.require(
        actor,
        action="batch.approve",
        resource=Resource(
            kind="batch",
            body=batch.body,
            item_code=batch.item_code,
            source_bodies=access.source_bodies(batch.item_code, on=legal_day(now)),
            proposed_by=batch.uploaded_by,
        ),
        purpose="filing_review",
        now=now,
    )
    enter(batch, actor=actor, approved_by=actor.key, now=now)


def enter(batch: Batch, *, actor: Actor, approved_by: str, now: datetime) -> None:
    """Enter a locked batch that two people stand behind: records, publicity, who is told, its receipt."""
    filing = _accept(batch, actor=actor, now=now)
    if batch.corrected:
        records.tell_corrected(body=batch.body, actor=actor, now=now)
    batch.published = records.publish_due(actor=actor, now=now, filing=filing)
    _refresh_statistics(batch.accepted + batch.corrected)
    batch.state, batch.approved_by, batch.accepted_at = BatchState.ACCEPTED, approved_by, now
    batch.receipt_id = audit.record_event(
        Event(
            kind=Kind.ACCEPT,
            actor=actor,
            at=now,
            purpose="filing_review",
            channel="intake",
            categories=(batch.item_code,),
            reference=batch.number,
            count=batch.accepted + batch.corrected,
        )
    ).event_id
    batch.save(update_fields=_DECIDED)


def _refresh_statistics(added: int) -> None:
    """Let the readers of a large batch have good plans from its commit on."""
    if added >= _MANY:
        with connection.cursor() as cursor:
            refresh_statistics(cursor, [*records.MASS_TABLES, *subjects.MASS_TABLES], added=added)


def return_for_more(taken: Taken) -> None:
    """Give a batch back to who handed it in: the effect of `batch_approval.return`."""
    batch = get_for_change(UUID(taken.case.ref.id), states=(BatchState.SUBMITTED,))
    batch.state, batch.returned_because = BatchState.RETURNED, taken.reasons
    batch.save(update_fields=["state", "returned_because"])


def _accept(batch: Batch, *, actor: Actor, now: datetime) -> records.Filing:
    """Read the sealed file once more, prepare its good rows block by block, write them, and say what they share."""
    item = as_filed_by(catalogue.get_item_version(batch.item_code, version=batch.item.version), batch.body)
    totals = {"linked": 0, "late": 0, "held": 0}

    def frames() -> Iterator[pl.DataFrame]:
        for prepared in _prepared(batch, item, actor=actor, now=now):
            totals["linked"] += prepared.linked
            totals["late"] += prepared.late
            totals["held"] += len(prepared.held)
            _hold(batch, item, prepared.held)
            yield prepared.versions

    filing = records.Filing(
        batch_id=batch.id,
        item_id=batch.item_id,
        item_code=batch.item_code,
        body=batch.body,
        nature=item.nature,
        reason=f"更正报送 {batch.number}",
        now=now,
    )
    written = records.write_versions(frames(), filing=filing)
    batch.accepted, batch.corrected, batch.repeated = written.added, written.corrected, written.repeated
    batch.linked, batch.late, batch.held = totals["linked"], totals["late"], totals["held"]
    return filing


def _prepared(batch: Batch, item: ItemVersion, *, actor: Actor, now: datetime) -> Iterator[Prepared]:
    """Prepare block after block; while the database takes one in, the next is read, checked and shaped."""
    with files.opened(batch.file_digest, unlock=audit.unlock) as path:
        sheet = open_sheet(path, limits=BY_CHANNEL[batch.channel])
        validator = plan(item, sheet.headings, body=batch.body, now=now, batch_id=batch.id)
        checked = (validator.check(block).good for block in sheet.blocks)
        shaped = (
            shape(good, item=item, body=batch.body, pack=settings.LAW_PACK, now=now) for good in checked if good.height
        )
        resolver = subjects.Resolver(now=now, actor=actor, source=batch.number)
        for frame in ahead(shaped):
            yield assign(frame, resolver)


def _hold(batch: Batch, item: ItemVersion, held: list[tuple[int, str]]) -> None:
    """Question the rows whose subject is not certain: a person looks, nothing is merged by itself."""
    QuestionedRow.objects.bulk_create(
        [
            QuestionedRow(batch_id=batch.id, row=row, field=item.row_key[-1], code=code, body=batch.body)
            for row, code in held
        ],
        ignore_conflicts=True,
    )


def difference(batch_id: UUID, *, now: datetime) -> dict[str, int]:
    """Return what accepting a batch would do: rows new, correcting, and standing already."""
    batch = Batch.objects.select_related("item").get(id=batch_id)
    item = catalogue.get_item_version(batch.item_code, version=batch.item.version)
    standing = total = 0
    with files.opened(batch.file_digest, unlock=audit.unlock) as path, connection.cursor() as cursor:
        sheet = open_sheet(path, limits=BY_CHANNEL[batch.channel])
        validator = plan(item, sheet.headings, body=batch.body, now=now, batch_id=batch.id)
        for block in sheet.blocks:
            good = validator.check(block).good
            keys = row_keys(good, item=item, body=batch.body)
            cursor.execute(
                "select count(*) from records_version where row_key = any(%s) and superseded_at is null", [keys]
            )
            standing += cursor.fetchone()[0]
            total += len(keys)
    return {"new": total - standing, "standing": standing}
