"""What a measure could rest on: the records and list entries about a subject that its officer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Sealed
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import FieldUse, Nature
from chengxin.crypto.contracts import Aad
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.lists import facade as lists
from chengxin.lists.contracts import Entry
from chengxin.measures.contracts import Ground
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, MarkKind, Record
from chengxin.subjects import facade as subjects

_DAY: Final = timedelta(days=1)


def grounds_of(subject_id: UUID, *, body: str, at: datetime) -> list[Ground]:
    """Return every adverse record about a subject that a body may rest on, inside its context of deciding.

    It is what is public, and what the body filed itself; row security lets no other record through.
    """
    standing = {one.record_id: one for one in lists.list_standing_of(subject_id)}
    found = [
        _ground(one, standing.get(one.record_id), at=at)
        for one in records.list_of_subject(subject_id)
        if one.nature is Nature.ADVERSE and (one.body == body or records.usable(one, channel=Channel.PUBLIC, at=at))
    ]
    return [replace(one, is_first=_is_first(one, found)) for one in found]


def _is_first(ground: Ground, found: Sequence[Ground]) -> bool:
    """Tell whether no earlier ground of the same act still counts."""
    return not any(
        other.act == ground.act and other.is_usable and other.decided_on < ground.decided_on for other in found
    )


def find_ground(subject_id: UUID, record_id: UUID, *, body: str, at: datetime) -> Ground | None:
    """Return one ground a body may rest on, or None."""
    return next((one for one in grounds_of(subject_id, body=body, at=at) if one.record_id == record_id), None)


def find_named_person(ground: Ground, *, actor: Actor, now: datetime) -> UUID | None:
    """Return the subject whom the document of a record of one's own body names as responsible, or None.

    Nobody types a person's number here: it is read from the record, by `audit.disclose`, with its event.
    """
    with access.acting_for(actor, channel=Door.BODY, purpose="case_handling"):
        record = records.find_by_id(ground.subject_id, ground.record_id)
        if record is None or record.body != actor.body or record.sealed is None:
            return None
        opened = _opened(record, actor=actor, now=now)
    number, document = opened.get("responsible_id_no"), opened.get("responsible_document")
    document = document or record.content.get("responsible_document")
    if not number or not document:
        return None
    with access.acting_for(actor, channel=Door.INTAKE, purpose="determination"):
        person = subjects.find_by_number(IdentifierKind.ID_NO, str(number))
    return person.id if person is not None else None


def _opened(record: Record, *, actor: Actor, now: datetime) -> dict[str, Any]:
    keys = subjects.wrapped_keys([record.subject_id])
    aad = Aad(table="records_version", column="sealed", row=UUID(bytes=record.content_digest))
    assert record.sealed is not None
    (text,) = audit.disclose(
        [
            Sealed(
                subject_id=record.subject_id,
                wrapped_key=keys.get(record.subject_id, b""),
                aad=aad,
                ciphertext=record.sealed,
            )
        ],
        actor=actor,
        purpose="case_handling",
        channel=Door.BODY,
        categories=(record.item_code,),
        now=now,
    )
    said: dict[str, Any] = orjson.loads(text or b"{}")
    return said


def _ground(record: Record, entry: Entry | None, *, at: datetime) -> Ground:
    kind = lists.kind_of_item(record.item_code)
    role, left = role_in(record)
    return Ground(
        subject_id=record.subject_id,
        subject_kind=record.subject_kind,
        record_id=record.record_id,
        act=kind.code if kind is not None else record.item_code,
        source_body=record.body,
        decided_on=record.determined_on or legal_day(record.lineage.accepted_at),
        ends_on=lists.ends_on(record) if kind is not None else record.use_ends_on,
        is_usable=records.usable(record, channel=Channel.LISTED, at=at),
        has_objection=any(mark.kind is MarkKind.OBJECTION for mark in record.marks),
        penalty_kinds=_kinds_of(record),
        is_slight_corrected=record.severity == "minor",
        entry_id=entry.id if entry is not None else None,
        text=" ".join(str(value) for value in record.content.values()),
        person_role=role,
        role_ended_on=left,
    )


def role_in(record: Record) -> tuple[str | None, date | None]:
    """Return the role in which the document of a record names somebody, and the first day it is held no longer.

    The role is None in a version of the item that does not ask for it, and empty where nothing was filled in.
    """
    item = catalogue.get_item_version(record.item_code, version=record.item_version)
    if not any(field.name == "responsible_role" for field in item.fields):
        return None, None
    until = record.content.get("responsible_until")
    return str(record.content.get("responsible_role") or ""), date.fromisoformat(str(until)) + _DAY if until else None


def _kinds_of(record: Record) -> frozenset[str]:
    item = catalogue.get_item_version(record.item_code, version=record.item_version)
    field = item.field_for(FieldUse.PENALTY_KIND)
    said = record.content.get(field.name) if field is not None else None
    return frozenset(filter(None, str(said or "").split(";")))
