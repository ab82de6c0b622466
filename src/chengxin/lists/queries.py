"""Read entries: the index nominates, the record is read again through `usable` before anything is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple
from uuid import UUID

import orjson
from django.db.models import Count, Q

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Step
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import FieldUse
from chengxin.database.contracts import Channel as Door
from chengxin.database.facade import ask
from chengxin.jobs import facade as jobs
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.lists import models
from chengxin.lists.contracts import Change, Entry, ListEntry, Shown
from chengxin.lists.keeping import KEEPER, PURPOSE
from chengxin.lists.kinds import get_kind, item_codes, kinds
from chengxin.lists.rules import ends_on
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, MarkKind, Record
from chengxin.subjects import facade as subjects
from chengxin.subjects.contracts import Operator

VIEWING: Final = "public_viewing"
AT_ONCE: Final = 500
_DAY: Final = timedelta(days=1)
_PLACES: Final = """
    select k.kind, (select max(c.place) from lists_change c where c.kind = k.kind) from unnest(%s::text[]) as k (kind)
"""
_PLACED: Final = """
    select id, kind, subject_id, record_id, body from lists_entry where id = any(%s::uuid[]) order by id
"""


class _Place(NamedTuple):
    """Of an entry, what leads to its record."""

    id: UUID
    kind: str
    subject_id: UUID
    record_id: UUID
    body: str


def count_public(*, at: datetime) -> dict[str, int]:
    """Return how many entries each public list has; what ended since the last settling is not counted."""
    with access.acting_for(ANYONE, channel=Door.PUBLIC, purpose=VIEWING):
        rows = models.Entry.objects.exclude(ends_on__lte=legal_day(at)).values("kind").annotate(found=Count("id"))
        return {row["kind"]: row["found"] for row in rows.order_by("kind")}


def list_public(kind: str, *, at: datetime, limit: int, offset: int = 0) -> list[Shown]:
    """Return the entries of a list the public may read, newest first; an ended one is not among them."""
    with access.acting_for(ANYONE, channel=Door.PUBLIC, purpose=VIEWING):
        rows = models.Entry.objects.filter(kind=kind).order_by("-listed_on", "-id")[offset : offset + limit]
        return _shown([_Place(*cells) for cells in rows.values_list(*_Place._fields)], at=at)


def list_shown(entry_ids: Sequence[UUID], *, at: datetime) -> dict[UUID, Shown]:
    """Return those of some entries that the public may read at this moment."""
    with access.acting_for(ANYONE, channel=Door.PUBLIC, purpose=VIEWING):
        return shown_here(entry_ids, at=at)


def shown_here(entry_ids: Sequence[UUID], *, at: datetime) -> dict[UUID, Shown]:
    """Return the same inside the reader's context, which may see less."""
    rows = [_Place(*cells) for cells in ask(_PLACED, [list(entry_ids)])]
    return {one.id: one for one in _shown(rows, at=at)}


def list_moved(*, since: datetime) -> set[UUID]:
    """Return whose entries came, ended, were corrected or marked since a moment; the platform asks in its context."""
    rows = models.Entry.objects.filter(Q(listed_at__gte=since) | Q(ended_at__gte=since))
    moved = {subject_id for subject_id, _record in records.list_moved(item_codes(), since=since)}
    return moved | set(rows.values_list("subject_id", flat=True))


def list_changes(kind: str, *, after: int, limit: int) -> list[Change]:
    """Return the changes of a public list after a place, in their order."""
    rows = models.Change.objects.filter(kind=kind, place__gt=after).order_by("place")[:limit]
    return [
        Change(
            kind=row.kind,
            place=row.place,
            entry_id=row.entry_id,
            is_listed=row.is_listed,
            because=row.because,
            at=row.at,
        )
        for row in rows
    ]


def list_changed(*, since: datetime | None, kinds: Sequence[str]) -> list[UUID]:
    """Return which entries came onto or left some public lists since a moment, or ever."""
    rows = models.Change.objects.filter(kind__in=kinds)
    rows = rows.filter(at__gte=since) if since else rows
    return list(rows.values_list("entry_id", flat=True).distinct().order_by("entry_id"))


def last_place(kind: str) -> int:
    """Return the place of a list's newest change, 0 before the first."""
    row = models.Change.objects.filter(kind=kind).order_by("-place").first()
    return row.place if row else 0


def last_places() -> dict[str, int]:
    """Return the place of the newest change of each public list that ever changed: the version of them all."""
    return {kind: int(place) for kind, place in ask(_PLACES, [list(kinds())]) if place is not None}


def list_own(actor: Actor) -> list[Entry]:
    """Return every entry of the subject who asks, ended ones too, newest first."""
    assert actor.subject_id is not None
    with access.acting_for(actor, channel=Door.SELF, purpose="own_archive"):
        rows = models.Entry.objects.filter(subject_id=actor.subject_id).order_by("-id")
        return [entry_of(row) for row in rows]


def list_of_body(actor: Actor, *, limit: int, offset: int = 0) -> list[Entry]:
    """Return the entries the actor's body answers for, newest first."""
    with access.acting_for(actor, channel=Door.BODY, purpose="case_handling"):
        rows = models.Entry.objects.filter(body=actor.body).order_by("-id")[offset : offset + limit]
        return [entry_of(row) for row in rows]


def count_of_body(actor: Actor) -> int:
    """Return how many entries the actor's body answers for, ended ones too."""
    with access.acting_for(actor, channel=Door.BODY, purpose="case_handling"):
        return models.Entry.objects.filter(body=actor.body).count()


def list_told(actor: Actor, entry_id: UUID) -> list[tuple[str, str, str]]:
    """Return (body, change, receipt) of every message about one's own entry, oldest first; '' where none answered."""
    assert actor.subject_id is not None
    with access.acting_for(actor, channel=Door.SELF, purpose="own_archive"):
        found = jobs.list_about(actor.subject_id, str(entry_id))
    return [
        (_body_of(message.recipient), orjson.loads(message.text)["change"], message.receipt_kind) for message in found
    ]


def own_course(actor: Actor, entry: Entry) -> tuple[Case | None, Sequence[Step]]:
    """Return the newest request of a subject to leave a list with its steps, or nothing."""
    with access.acting_for(actor, channel=Door.SELF, purpose="repair"):
        case = casework.find_latest_case("delisting", ref_id=str(entry.id))
        return case, (casework.timeline(case.id, actor=actor) if case else ())


def find_entry(entry_id: UUID) -> Entry | None:
    """Return an entry the reader may see, inside its context, or None."""
    row = models.Entry.objects.filter(id=entry_id).first()
    return entry_of(row) if row else None


def list_standing_of(subject_id: UUID) -> list[Entry]:
    """Return the entries of a subject that stand and that the reader may see, inside its context."""
    rows = models.Entry.objects.filter(subject_id=subject_id, ended_at__isnull=True).order_by("-listed_on", "id")
    return [entry_of(row) for row in rows]


def list_public_of(subject_ids: Sequence[UUID], *, kinds: Sequence[str]) -> list[UUID]:
    """Return the public entries of some operators on some lists; ask `list_shown` before one is used."""
    with access.acting_for(ANYONE, channel=Door.PUBLIC, purpose=VIEWING):
        rows = models.Entry.objects.filter(subject_id__in=subject_ids, kind__in=kinds).order_by("id")
        return list(rows.values_list("id", flat=True))


def list_persons_on(kinds: Sequence[str], *, limit: int) -> list[UUID]:
    """Return the natural persons with a standing entry on some lists, at most so many, inside the reader's context."""
    rows = models.Entry.objects.filter(
        kind__in=kinds, subject_kind=SubjectKind.NATURAL_PERSON.value, ended_at__isnull=True
    )
    return list(rows.values_list("subject_id", flat=True).distinct().order_by("subject_id")[:limit])


def stands(entry: Entry, *, at: datetime) -> bool:
    """Tell whether an entry still stands, read again from its record, inside the reader's context."""
    record = records.find_by_id(entry.subject_id, entry.record_id)
    return record is not None and _stands(record, at=at)


def list_entries(
    *,
    at: datetime,
    kinds: Sequence[str] = (),
    ids: Sequence[UUID] | None = None,
    subject_ids: Sequence[UUID] = (),
    persons: bool = True,
) -> Iterator[ListEntry]:
    """Yield every entry that stands, or those of some, for a matcher's index; the platform's own job asks, no page.

    With `ids` or `subject_ids`: those named and those of the subjects named.
    Without `persons` nothing of a natural person is fetched.
    """
    after: UUID | None = None
    while True:
        with access.acting_for(KEEPER, channel=Door.JOB, purpose=PURPOSE):
            rows = models.Entry.objects.filter(ended_at__isnull=True)
            rows = rows.filter(kind__in=kinds) if kinds else rows
            if ids is not None or subject_ids:
                rows = rows.filter(Q(id__in=ids or ()) | Q(subject_id__in=subject_ids))
            rows = rows if persons else rows.exclude(subject_kind=SubjectKind.NATURAL_PERSON)
            found = list((rows.filter(id__gt=after) if after else rows).order_by("id")[:AT_ONCE])
            entries = _entries(found, at=at)
        yield from entries
        if len(found) < AT_ONCE:
            return
        after = found[-1].id


def entry_of(row: models.Entry) -> Entry:
    """Return a row as a value."""
    return Entry(
        id=row.id,
        kind=row.kind,
        subject_id=row.subject_id,
        subject_kind=SubjectKind(row.subject_kind),
        record_id=row.record_id,
        item_code=row.item_code,
        body=row.body,
        listed_on=row.listed_on,
        ends_on=row.ends_on,
        public_at=row.public_at,
        ended_at=row.ended_at,
        ended_because=row.ended_because,
        listed_event=row.listed_event,
        ended_event=row.ended_event,
    )


def get_own(actor: Actor, entry_id: UUID) -> Entry:
    """Return one's own entry, or refuse as if there were none."""
    found = next((entry for entry in list_own(actor) if entry.id == entry_id), None) if actor.subject_id else None
    if found is None:
        raise Refused(Refusal(code="ABSENT", what="没有找到这一条。", next_step="请从“名单和我”重新进入。"))
    return found


def _body_of(recipient: str) -> str:
    client = access.find_client(UUID(recipient.removeprefix("client:")))
    return client.body if client else ""


def _stands(record: Record, *, at: datetime) -> bool:
    last = ends_on(record)
    in_time = last is None or legal_day(at) < last
    return in_time and records.usable(record, channel=Channel.LISTED, at=at)


def _entries(rows: Sequence[models.Entry], *, at: datetime) -> list[ListEntry]:
    found = {one.record_id: one for one in records.list_by_ids([(row.subject_id, row.record_id) for row in rows])}
    operators = subjects.operators_of([row.subject_id for row in rows])
    return [
        _list_entry(row, found[row.record_id], operators.get(row.subject_id))
        for row in rows
        if row.record_id in found and _stands(found[row.record_id], at=at)
    ]


def _list_entry(row: models.Entry, record: Record, operator: Operator | None) -> ListEntry:
    is_person = row.subject_kind == SubjectKind.NATURAL_PERSON
    return ListEntry(
        id=row.id,
        kind=row.kind,
        family=get_kind(row.kind).family,
        subject_id=row.subject_id,
        subject_kind=SubjectKind(row.subject_kind),
        record_id=row.record_id,
        names=(operator.name, *operator.former_names) if operator else (),
        uscc=operator.uscc if operator else "",
        sealed_names=[name.value for name in subjects.list_names(row.subject_id)] if is_person else (),
        sealed_numbers=subjects.list_numbers(row.subject_id) if is_person else (),
        valid_from=row.listed_on,
        valid_until=ends_on(record),
    )


def _shown(rows: Sequence[_Place], *, at: datetime) -> list[Shown]:
    found = {one.record_id: one for one in records.list_by_ids([(row.subject_id, row.record_id) for row in rows])}
    operators = subjects.operators_of([row.subject_id for row in rows])
    public_name = cache(_public_name)
    return [
        _one(row, found[row.record_id], operators[row.subject_id], public_name)
        for row in rows
        if row.record_id in found
        and row.subject_id in operators
        and _stands(found[row.record_id], at=at)
        and records.usable(found[row.record_id], channel=Channel.PUBLIC, at=at)
    ]


def _one(row: _Place, record: Record, operator: Operator, public_name: Callable[[str, int, FieldUse], str]) -> Shown:
    def text(use: FieldUse) -> str:
        return str(record.content.get(public_name(record.item_code, record.item_version, use)) or "")

    return Shown(
        id=row.id,
        kind=row.kind,
        subject_id=row.subject_id,
        record_id=row.record_id,
        version=record.version,
        name=operator.name,
        uscc=operator.uscc,
        document_no=text(FieldUse.DOCUMENT_NO),
        reason=text(FieldUse.TITLE),
        legal_basis=str(record.content.get("legal_basis") or ""),
        body=row.body,
        listed_on=record.determined_on,
        ends_on=ends_on(record),
        has_objection=any(mark.kind is MarkKind.OBJECTION for mark in record.marks),
    )


def _public_name(code: str, version: int, use: FieldUse) -> str:
    """Return the name of the field of a use that the public may read, or nothing."""
    field = catalogue.get_item_version(code, version=version).field_for(use)
    return field.name if field is not None and field.public else ""


def last_day(ends: date | None) -> date | None:
    """Return the last day before a half-open end."""
    return ends - _DAY if ends else None
