"""Open the content of records and applications: only through `audit.disclose`, with its event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import orjson

from chengxin.audit import facade as audit
from chengxin.audit.contracts import Sealed
from chengxin.crypto.contracts import Aad
from chengxin.kernel.actor import Actor
from chengxin.records.contracts import Record
from chengxin.repair.models import Application
from chengxin.subjects import facade as subjects

PURPOSE: Final = "repair"
TABLE: Final = "repair_application"
Content = Mapping[str, object]


def open_contents(
    found: Sequence[Record], *, actor: Actor, channel: str, basis: tuple[str, ...], reference: str, now: datetime
) -> dict[UUID, Content]:
    """Return the content of records of one subject; what is sealed is opened with one event."""
    sealed = [record for record in found if record.sealed is not None and not record.content]
    contents: dict[UUID, Content] = {record.record_id: record.content for record in found}
    if not sealed:
        return contents
    key = _key(sealed[0].subject_id)
    opened = audit.disclose(
        [
            Sealed(
                subject_id=record.subject_id,
                wrapped_key=key,
                aad=Aad(table="records_version", column="sealed", row=UUID(bytes=record.content_digest)),
                ciphertext=record.sealed or b"",
            )
            for record in sealed
        ],
        actor=actor,
        purpose=PURPOSE,
        channel=channel,
        basis=basis,
        categories=tuple(sorted({record.item_code for record in sealed})),
        reference=reference,
        now=now,
    )
    for record, text in zip(sealed, opened, strict=True):
        contents[record.record_id] = orjson.loads(text or b"{}")
    return contents


def seal_application(application_id: UUID, subject_id: UUID, content: Content) -> bytes:
    """Seal what an application says, for its own row."""
    return subjects.seal_many([subject_id], [orjson.dumps(content)], aads=[_aad(application_id)])[0]


def read_application(row: Application, *, actor: Actor, channel: str, basis: tuple[str, ...], now: datetime) -> Content:
    """Return what an application says, with one event that names it."""
    sealed = Sealed(
        subject_id=row.subject_id,
        wrapped_key=_key(row.subject_id),
        aad=_aad(row.id),
        ciphertext=bytes(row.sealed),
    )
    (text,) = audit.disclose(
        [sealed],
        actor=actor,
        purpose=PURPOSE,
        channel=channel,
        basis=basis,
        categories=("repair",),
        reference=row.number,
        now=now,
    )
    content: Content = orjson.loads(text or b"{}")
    return content


def _aad(application_id: UUID) -> Aad:
    return Aad(table=TABLE, column="sealed", row=application_id)


def _key(subject_id: UUID) -> bytes:
    return subjects.wrapped_keys([subject_id]).get(subject_id, b"")
