"""Open what an authorisation covers of a subject, and nothing more: through `usable`, `disclose` and the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson

from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, Sealed
from chengxin.catalogue import facade as catalogue
from chengxin.consents.contracts import Authorisation, Ground, Permit
from chengxin.crypto.contracts import Aad
from chengxin.database.contracts import Channel as Door
from chengxin.inquiries.contracts import Fact
from chengxin.kernel.actor import Actor
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, Handed, MarkKind, OwnStatement, Record
from chengxin.subjects import facade as subjects

NAMES: Final = {Ground.CONSENT: "query.authorised", Ground.STATUTE: "query.statutory"}
CHANNELS: Final = {Ground.CONSENT: Channel.AUTHORISED, Ground.STATUTE: Channel.SHARED}


def leaving(subject_id: UUID, authorisation: Authorisation, *, ground: Ground, at: datetime) -> list[Record]:
    """Return the records of a subject that may leave under an authorisation at a moment."""
    return [
        record
        for record in records.list_of_subject(subject_id)
        if records.usable(record, channel=CHANNELS[ground], at=at, authorisation=authorisation)
    ]


def disclose(permit: Permit, *, query_id: UUID, actor: Actor, now: datetime) -> list[Fact]:
    """Open the allowed fields of the records that may leave; one event tells the subject of all of it.

    The ledger names the query as what tells of a receipt.
    """
    held = permit.held
    found = leaving(held.subject_id, permit.authorisation, ground=held.ground, at=now)
    statements = {one.record_id: one for one in records.list_statements(held.subject_id)} if found else {}
    opened = _open(found, statements, permit, actor=actor, now=now)
    records.note_received(
        [
            Handed(
                subject_id=record.subject_id,
                record_id=record.record_id,
                version=record.version,
                source_body=record.body,
            )
            for record in found
        ],
        recipient=actor,
        outlet=NAMES[held.ground],
        purpose=held.purpose,
        event_id=query_id,
        now=now,
        reference=str(held.id),
    )
    return [_fact(record, opened, statements, permit.authorisation.item_fields) for record in found]


def facts_of(found: Sequence[Record], authorisation: Authorisation) -> list[Fact]:
    """Return what records whose content is plain would hand over: what `disclose` hands over, to nobody yet."""
    statements = {one.record_id: one for one in records.list_statements(found[0].subject_id)} if found else {}
    return [_fact(record, {}, statements, authorisation.item_fields) for record in found]


def _open(
    found: Sequence[Record],
    statements: Mapping[UUID, OwnStatement],
    permit: Permit,
    *,
    actor: Actor,
    now: datetime,
) -> Mapping[UUID, bytes]:
    """Open what is sealed; where nothing is, the event is written all the same."""
    held = permit.held
    told: dict[str, Any] = {
        "actor": actor,
        "purpose": held.purpose,
        "channel": Door.QUERY,
        "basis": permit.rule.basis,
        "categories": tuple(sorted(permit.authorisation.items)),
        "reference": str(held.id),
    }
    sealed = _sealed(found, statements)
    if not sealed:
        audit.record_event(Event(kind=Kind.DISCLOSE, at=now, subject_id=held.subject_id, count=len(found), **told))
        return {}
    values = audit.disclose([value for _place, value in sealed], now=now, **told)
    return dict(zip((place for place, _value in sealed), values, strict=True))


def _sealed(found: Sequence[Record], statements: Mapping[UUID, OwnStatement]) -> list[tuple[UUID, Sealed]]:
    values: list[tuple[UUID, Sealed]] = []
    keys = subjects.wrapped_keys(sorted({record.subject_id for record in found}))
    for record in found:
        said = statements.get(record.record_id)
        places = [("records_version", UUID(bytes=record.content_digest), record.sealed, record.record_id)]
        if said is not None:
            places.append(("records_statement", said.statement_id, said.sealed, said.statement_id))
        for table, row, ciphertext, place in places:
            if ciphertext is not None and not (table == "records_version" and record.content):
                aad = Aad(table=table, column="sealed", row=row)
                key = keys.get(record.subject_id, b"")
                sealed = Sealed(subject_id=record.subject_id, wrapped_key=key, aad=aad, ciphertext=ciphertext)
                values.append((place, sealed))
    return values


def _fact(
    record: Record,
    opened: Mapping[UUID, bytes],
    statements: Mapping[UUID, OwnStatement],
    item_fields: Mapping[str, Sequence[str]],
) -> Fact:
    content = orjson.loads(opened[record.record_id] or b"{}") if record.record_id in opened else record.content
    said = statements.get(record.record_id)
    item = catalogue.get_item_version(record.item_code, version=record.item_version)
    return Fact(
        record_id=record.record_id,
        version=record.version,
        item_code=record.item_code,
        title=item.title.zh,
        source_body=record.body,
        dated=record.determined_on,
        fields={name: content[name] for name in item_fields[record.item_code] if content.get(name) not in (None, "")},
        has_objection=any(mark.kind is MarkKind.OBJECTION for mark in record.marks),
        statement=(opened.get(said.statement_id, b"").decode() or said.text) if said else "",
    )
