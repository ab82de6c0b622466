"""Keep the lists (名单维护): put on what stands, take off what does not, write each as an event, tell who follows.

One writer at a time. It looks at what stands, never at what it did, so it may run twice, and after days away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Q

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.database.contracts import Channel
from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Draft
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.lists import models
from chengxin.lists.contracts import Because, Settled
from chengxin.lists.kinds import get_kind, item_codes, kind_of_item
from chengxin.lists.rules import ends_on, why_ended
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Way
from chengxin.records.contracts import Duty, MarkKind, Record

PURPOSE: Final = "list_keeping"
KEEPER: Final = platform("lists")
SLACK: Final = timedelta(minutes=15)
"""A signed context lasts this long: what was written in the run before may have been committed since."""
AT_ONCE: Final = 500
_LOCK: Final = "select pg_advisory_xact_lock(hashtext('chengxin.lists'))"
Key = tuple[UUID, UUID]


def settle(*, now: datetime, since: datetime | None, whole: bool = False) -> Settled:
    """Bring entries to what stands at a moment; with `whole`, every entry that stands is read again.

    `since` is when the run before began, None before the first.
    """
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=PURPOSE), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_LOCK)
        earliest = since - SLACK if since else datetime.min.replace(tzinfo=UTC)
        moved = records.list_moved(item_codes(), since=earliest)
        keys = sorted({*moved, *_drop_baseless(moved, now=now), *_standing_keys(now, whole=whole)})
        done = Settled()
        for start in range(0, len(keys), AT_ONCE):
            done = _plus(done, _settle(keys[start : start + AT_ONCE], now=now))
    return done


def _standing_keys(now: datetime, *, whole: bool) -> Iterable[Key]:
    """Return the keys of entries that stand and may end today; those not yet public are looked at again too."""
    standing = models.Entry.objects.filter(ended_at__isnull=True)
    if not whole:
        standing = standing.filter(ends_on__lte=legal_day(now))
    return standing.values_list("subject_id", "record_id").order_by("subject_id", "record_id")


def _drop_baseless(moved: Sequence[Key], *, now: datetime) -> list[Key]:
    """Withdraw the records of listings whose own basis was withdrawn: they leave every outlet in this transaction."""
    resting = models.Entry.objects.filter(
        ended_at__isnull=True, basis_record_id__in=[record_id for _subject, record_id in moved]
    ).order_by("id")
    fallen = [row for row in resting if _basis_fell(row)]
    for row in fallen:
        records.withdraw(
            subject_id=row.subject_id,
            record_id=row.record_id,
            reason="列入名单所依据的记录已经撤回。",
            reference=str(row.id),
            actor=KEEPER,
            now=now,
        )
    return [(row.subject_id, row.record_id) for row in fallen]


def _settle(keys: Sequence[Key], *, now: datetime) -> Settled:
    found = {record.record_id: record for record in records.list_by_ids(keys)}
    rows = {
        row.record_id: row
        for row in models.Entry.objects.filter(record_id__in=[key[1] for key in keys], ended_at__isnull=True)
    }
    ended = [(row, because) for row in rows.values() if (because := _why_ended(row, found.get(row.record_id), now))]
    _end(ended, now=now)
    gone = {row.record_id for row, _because in ended}
    fresh = [record for record in found.values() if record.record_id not in rows and _may_stand(record, now)]
    listed = _list(fresh, now=now)
    standing = [row for row in rows.values() if row.record_id not in gone] + listed
    shown = _show([row for row in standing if row.public_at is None], found, now=now)
    _keep_ends(standing, found)
    changes = _write_changes(shown, [row for row, _because in ended if row.public_at is not None], now=now)
    return Settled(listed=len(listed), shown=len(shown), ended=len(ended), told=_tell(changes, now=now))


def _why_ended(row: models.Entry, record: Record | None, now: datetime) -> Because | None:
    stands = record is not None and records.usable(record, channel=Way.LISTED, at=now)
    because = why_ended(record, family=get_kind(row.kind).family, stands=stands, at=now)
    if because is Because.WITHDRAWN and row.basis_record_id is not None and _basis_fell(row):
        return Because.BASIS_FELL
    return because


def _basis_fell(row: models.Entry) -> bool:
    assert row.basis_record_id is not None
    basis = records.find_by_id(row.subject_id, row.basis_record_id)
    return basis is None or MarkKind.WITHDRAWN in {mark.kind for mark in basis.marks}


def _may_stand(record: Record, now: datetime) -> bool:
    kind = kind_of_item(record.item_code)
    stands = records.usable(record, channel=Way.LISTED, at=now)
    return kind is not None and why_ended(record, family=kind.family, stands=stands, at=now) is None


def _list(found: Sequence[Record], *, now: datetime) -> list[models.Entry]:
    bases = dict(
        models.Listing.objects.filter(record_id__in=[record.record_id for record in found]).values_list(
            "record_id", "basis_record_id"
        )
    )
    rows = [_row(record, basis=bases.get(record.record_id), now=now) for record in found]
    _write_events(rows, kind=Kind.LIST, now=now)
    return models.Entry.objects.bulk_create(rows)


def _row(record: Record, *, basis: UUID | None, now: datetime) -> models.Entry:
    kind = kind_of_item(record.item_code)
    assert kind is not None
    return models.Entry(
        id=new_id(now),
        kind=kind.code,
        subject_id=record.subject_id,
        subject_kind=record.subject_kind,
        record_id=record.record_id,
        basis_record_id=basis,
        item_code=record.item_code,
        body=record.body,
        listed_on=record.determined_on or legal_day(record.lineage.accepted_at),
        ends_on=ends_on(record),
        listed_at=now,
    )


def _end(ended: Sequence[tuple[models.Entry, Because]], *, now: datetime) -> None:
    for row, because in ended:
        row.ended_at, row.ended_because = now, because.value
    _write_events([row for row, _because in ended], kind=Kind.DELIST, now=now)
    for row, _because in ended:
        row.save(update_fields=["ended_at", "ended_because", "ended_event"])


def _show(rows: Sequence[models.Entry], found: Mapping[UUID, Record], *, now: datetime) -> list[models.Entry]:
    """Note which entries became public: those the public outlet lets out from now on."""
    shown = [row for row in rows if records.usable(found[row.record_id], channel=Way.PUBLIC, at=now)]
    for row in shown:
        row.public_at = now
        row.save(update_fields=["public_at"])
    return shown


def _keep_ends(rows: Sequence[models.Entry], found: Mapping[UUID, Record]) -> None:
    for row in rows:
        last = ends_on(found[row.record_id])
        if row.ends_on != last:
            row.ends_on = last
            row.save(update_fields=["ends_on"])


def _write_events(rows: Sequence[models.Entry], *, kind: Kind, now: datetime) -> None:
    """Write one event per entry into the tree of lists: its leaf is salted, so it proves and does not name."""
    receipts = audit.record_events(
        [
            Event(
                kind=kind,
                actor=KEEPER,
                at=now,
                purpose=PURPOSE,
                channel=Channel.JOB,
                subject_id=row.subject_id,
                categories=(row.item_code,),
                reference=str(row.id),
                reason=row.ended_because,
            )
            for row in rows
        ]
    )
    for row, receipt in zip(rows, receipts, strict=True):
        if kind is Kind.LIST:
            row.listed_event = receipt.event_id
        else:
            row.ended_event = receipt.event_id


def _write_changes(
    shown: Sequence[models.Entry], left: Sequence[models.Entry], *, now: datetime
) -> list[tuple[models.Change, models.Entry]]:
    kinds = {row.kind for row in (*shown, *left)}
    places = {kind: models.Change.objects.filter(kind=kind).aggregate(last=Max("place"))["last"] or 0 for kind in kinds}
    written = []
    for row, is_listed in [*((row, True) for row in shown), *((row, False) for row in left)]:
        places[row.kind] += 1
        change = models.Change(
            kind=row.kind,
            place=places[row.kind],
            entry_id=row.id,
            is_listed=is_listed,
            because="" if is_listed else row.ended_because,
            at=now,
        )
        written.append((change, row))
    models.Change.objects.bulk_create([change for change, _row in written])
    return written


def _tell(changes: Sequence[tuple[models.Change, models.Entry]], *, now: datetime) -> int:
    """Put one message per change and follower; each answers with its receipt."""
    if not changes:
        return 0
    following = Q(kind__in={change.kind for change, _row in changes}, ended_at__isnull=True)
    followers = list(models.Subscriber.objects.filter(following).order_by("id"))
    drafts = [
        Draft(
            topic="list.changed",
            recipient=follower.recipient,
            key=f"list:{change.kind}:{change.place}",
            subject_id=row.subject_id,
            reference=str(row.id),
            payload={
                "at": now.isoformat(),
                "because": change.because,
                "change": "listed" if change.is_listed else "ended",
                "do": (Duty.REPLACE if change.is_listed else Duty.DELETE).value,
                "entry": str(row.id),
                "item": row.item_code,
                "list": change.kind,
                "place": change.place,
                "record": str(row.record_id),
                "source": row.body,
            },
        )
        for change, row in changes
        for follower in followers
        if follower.kind == change.kind
    ]
    return jobs.put(drafts, actor=KEEPER, now=now)


def _plus(one: Settled, other: Settled) -> Settled:
    return replace(
        one,
        listed=one.listed + other.listed,
        shown=one.shown + other.shown,
        ended=one.ended + other.ended,
        told=one.told + other.told,
    )
