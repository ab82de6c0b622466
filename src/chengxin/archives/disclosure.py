"""Open the sealed parts of one's own file: always through `audit.disclose`, always with its event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from chengxin.archives.contracts import Reader
from chengxin.archives.identity import Identity, get_own_identity
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, Sealed
from chengxin.crypto.contracts import Aad
from chengxin.records import facade as records
from chengxin.records.contracts import OwnStatement, Record


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What one look at one's own file opened: the name, each record's content, each statement's text."""

    identity: Identity
    name: str
    contents: Mapping[tuple[UUID, int], Mapping[str, object]]
    statements: Mapping[UUID, tuple[str, datetime]]


def open_own(
    found: Sequence[Record], *, reader: Reader, now: datetime, reference: str = "", with_name: bool = True
) -> Opened:
    """Open records, name and statements of the subject whose file is read; one event tells of all of it.

    An operator's plain content needs no key, so nothing of it is opened here: its officers' numbers are not shown.
    """
    subject_id = reader.subject_id
    identity = get_own_identity(subject_id)
    if not with_name:
        identity = replace(identity, sealed_name=None, name="")
    statements = records.list_statements(subject_id)
    sealed = list(_sealed_of(identity, found, statements))
    categories = tuple(sorted({record.item_code for record in found}))[:60]
    told: dict[str, Any] = {
        "actor": reader.actor,
        "purpose": reader.purpose,
        "channel": reader.channel,
        "basis": reader.basis,
        "categories": categories,
        "reference": reference,
    }
    opened = audit.disclose([value for _place, value in sealed], now=now, **told) if sealed else []
    if not sealed:
        audit.record_event(Event(kind=Kind.DISCLOSE, at=now, subject_id=subject_id, count=len(found), **told))
    texts = dict(zip((place for place, _value in sealed), opened, strict=True))
    return _opened(identity, found, statements, texts)


def _sealed_of(
    identity: Identity, found: Sequence[Record], statements: Sequence[OwnStatement]
) -> Sequence[tuple[UUID | tuple[UUID, int], Sealed]]:
    """Return what is to be opened, each with the place its text goes to."""
    values: list[tuple[UUID | tuple[UUID, int], Sealed]] = []
    if identity.sealed_name is not None:
        values.append((identity.subject_id, identity.sealed_name))
    for record in found:
        if record.sealed is not None and not record.content:
            aad = Aad(table="records_version", column="sealed", row=UUID(bytes=record.content_digest))
            values.append(((record.record_id, record.version), _value(identity, aad, record.sealed)))
    shown = {record.record_id for record in found}
    for one in statements:
        if one.sealed is not None and one.record_id in shown:
            aad = Aad(table="records_statement", column="sealed", row=one.statement_id)
            values.append((one.statement_id, _value(identity, aad, one.sealed)))
    return values


def _value(identity: Identity, aad: Aad, ciphertext: bytes) -> Sealed:
    return Sealed(subject_id=identity.subject_id, wrapped_key=identity.wrapped_key, aad=aad, ciphertext=ciphertext)


def _opened(
    identity: Identity,
    found: Sequence[Record],
    statements: Sequence[OwnStatement],
    texts: Mapping[UUID | tuple[UUID, int], bytes],
) -> Opened:
    contents: dict[tuple[UUID, int], Mapping[str, object]] = {}
    for record in found:
        key = (record.record_id, record.version)
        contents[key] = orjson.loads(texts[key] or b"{}") if key in texts else record.content
    return Opened(
        identity=identity,
        name=texts.get(identity.subject_id, b"").decode() or identity.name,
        contents=contents,
        statements={
            one.record_id: (texts.get(one.statement_id, b"").decode() or one.text, one.written_at) for one in statements
        },
    )
