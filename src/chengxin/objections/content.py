"""Open what is sealed in a case: the line, the subject's words; always through `audit.disclose`, with its event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import orjson

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, Sealed
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.crypto.contracts import Aad
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.objections import models
from chengxin.objections.actions import PURPOSE, absent, origin_of
from chengxin.objections.contracts import Content, Said
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, Record
from chengxin.subjects import facade as subjects


def open_content(actor: Actor, case_id: UUID, *, now: datetime) -> Content:
    """Return both sides of a case for the body that handles it; the subject sees that it looked."""
    case = access_handled(actor, case_id, now=now)
    with access.acting_for(actor, channel=Door.BODY, purpose=PURPOSE, case_ref=case.number):
        record, rows = _record_of(case, now=now), _words_of(case)
        fields, said = _open(record, rows, actor=actor, case=case, now=now)
        standing = models.Correction.objects.filter(case_id=case.id, dropped_at__isnull=True).first()
    return Content(case=case, record=record, fields=fields, said=said, batch_id=standing.batch_id if standing else None)


def open_own_words(actor: Actor, rows: Sequence[models.Objection], *, reference: str, now: datetime) -> list[Said]:
    """Return what the subject itself said, inside its own context."""
    sealed = [_sealed_words(row, _key_of(row.subject_id)) for row in rows if row.sealed is not None]
    told = {"actor": actor, "purpose": PURPOSE, "channel": Door.SELF, "reference": reference}
    opened = iter(audit.disclose(sealed, now=now, **told) if sealed else [])  # type: ignore[arg-type]
    return [
        Said(text=next(opened).decode() if row.sealed is not None else row.text, written_at=row.written_at)
        for row in rows
    ]


def access_handled(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """Return a case that the actor's body handles, or refuse as if there were none."""
    if not actor.body:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="登录后可以办理本单位的案件。"))
    with access.acting_for(actor, channel=Door.BODY, purpose="case_handling"):
        case = casework.access_case(case_id, actor=actor)
    if case.ref.kind != "record" or case.ref.subject_id is None:
        raise absent()
    resource = Resource(kind="case", body=case.body, subject_id=case.ref.subject_id)
    access.require(actor, action="case.open_content", resource=resource, purpose=PURPOSE, now=now)
    return case


def _record_of(case: Case, *, now: datetime) -> Record:
    assert case.ref.subject_id is not None
    record = records.find_by_id(case.ref.subject_id, UUID(case.ref.id))
    if record is None or not records.usable(record, channel=Channel.BODY, at=now):
        raise absent()
    return record


def _words_of(case: Case) -> list[models.Objection]:
    return list(models.Objection.objects.filter(origin_id=origin_of(case)).order_by("written_at", "case_id"))


def _open(
    record: Record, rows: Sequence[models.Objection], *, actor: Actor, case: Case, now: datetime
) -> tuple[dict[str, object], list[Said]]:
    key = _key_of(record.subject_id)
    sealed = list(_sealed_of(record, rows, key))
    told = {"actor": actor, "purpose": PURPOSE, "channel": Door.BODY, "reference": case.number}
    told |= {"categories": (record.item_code,)}
    if not sealed:
        audit.record_event(Event(kind=Kind.DISCLOSE, at=now, subject_id=record.subject_id, **told))  # type: ignore[arg-type]
    opened = iter(audit.disclose(sealed, now=now, **told) if sealed else [])  # type: ignore[arg-type]
    fields = dict(record.content)
    if record.sealed is not None:
        fields |= orjson.loads(next(opened) or b"{}")
    said = [
        Said(text=next(opened).decode() if row.sealed is not None else row.text, written_at=row.written_at)
        for row in rows
    ]
    return fields, said


def _sealed_of(record: Record, rows: Sequence[models.Objection], key: bytes) -> Iterable[Sealed]:
    if record.sealed is not None:
        aad = Aad(table="records_version", column="sealed", row=UUID(bytes=record.content_digest))
        yield Sealed(subject_id=record.subject_id, wrapped_key=key, aad=aad, ciphertext=record.sealed)
    for row in rows:
        if row.sealed is not None:
            yield _sealed_words(row, key)


def _sealed_words(row: models.Objection, key: bytes) -> Sealed:
    aad = Aad(table="objections_objection", column="sealed", row=row.case_id)
    return Sealed(subject_id=row.subject_id, wrapped_key=key, aad=aad, ciphertext=bytes(row.sealed or b""))


def _key_of(subject_id: UUID) -> bytes:
    return subjects.wrapped_keys([subject_id]).get(subject_id, b"")
