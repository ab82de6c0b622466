"""Ask for an access in an emergency, and open what another person confirmed; reading only, told to the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.archives import facade as archives
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, Sealed
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.catalogue import facade as catalogue
from chengxin.consents.contracts import Authorisation
from chengxin.crypto.contracts import Aad
from chengxin.database.contracts import Channel as Door
from chengxin.emergency import models
from chengxin.emergency.contracts import Access, Count, Line
from chengxin.kernel.actor import Actor, Role, platform
from chengxin.kernel.clock import BEIJING, legal_day
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact, upgrade_id_no
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.notices import facade as notices
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, MarkKind, Record
from chengxin.subjects import facade as subjects

PURPOSE: Final = "emergency"
OUTLET: Final = "office.emergency"
FINDER: Final = platform("emergency")
BASIS: Final = ("PIPL/13", "PIPL/18")


def ask(actor: Actor, *, id_no: str, items: Sequence[str], matter: str, reasons: str, now: datetime) -> Access:
    """Ask for an access in an emergency (紧急访问) to some items of the person with a number."""
    access.require(actor, action="emergency.ask", resource=Resource(body=actor.body), purpose=PURPOSE, now=now)
    subject_id = _find(id_no)
    body = _who_confirms(actor, now=now)
    new = new_id(now)
    with access.acting_for(actor, channel=Door.OFFICE, purpose=PURPOSE):
        case = casework.open_case(
            "emergency_access",
            ref=Ref(kind="emergency", id=str(new), subject_id=subject_id),
            body=body,
            opened_by=actor,
            now=now,
            reasons=reasons,
        )
        row = models.Access.objects.create(
            id=new,
            number=case.number,
            case_id=case.id,
            subject_id=subject_id,
            body=actor.body,
            area=actor.area,
            confirming_body=body,
            items=sorted(set(items)),
            matter=matter,
            reasons=reasons,
            asked_by=actor.key,
            asked_at=now,
        )
    return access_of(row)


def list_asked(actor: Actor, *, now: datetime) -> list[Access]:
    """Return what this officer asked for, newest first."""
    access.require(actor, action="emergency.ask", resource=Resource(body=actor.body), purpose=PURPOSE, now=now)
    with access.acting_for(actor, channel=Door.OFFICE, purpose=PURPOSE):
        rows = models.Access.objects.filter(asked_by=actor.key).order_by("-asked_at", "-id")[:50]
        return [access_of(row) for row in rows]


def open_records(actor: Actor, access_id: UUID, *, now: datetime) -> tuple[Access, list[Line]]:
    """Open what was confirmed: first the person is told, then an event of its own kind, then the records."""
    access.require(actor, action="emergency.open", resource=Resource(body=actor.body), purpose=PURPOSE, now=now)
    with access.acting_for(actor, channel=Door.OFFICE, purpose=PURPOSE):
        row = models.Access.objects.select_for_update(of=("self",)).filter(id=access_id, opened_at=None).first()
        row = row or models.Access.objects.filter(id=access_id, asked_by=actor.key).first()
        if row is None:
            raise Refused(_absent())
        found = access_of(row)
        if not found.is_running(now):
            raise Refused(_not_running(found))
        if row.opened_at is None:
            models.Access.objects.filter(id=row.id, opened_at=None).update(opened_at=now)
            _tell(found, actor=actor, now=now)
    with access.acting_for(
        actor, channel=Door.QUERY, purpose=PURPOSE, case_ref=str(found.id), attended_id=found.subject_id
    ):
        return found, _disclose(found, actor=actor, now=now)


def leaving(found: Access, *, at: datetime) -> list[Record]:
    """Return the records that may leave under an access at a moment: nothing ended, repaired, withdrawn or frozen."""
    if found.ends_at is None:
        return []
    permit = Authorisation(
        reference=str(found.id), basis=BASIS, items=frozenset(found.items), until=found.ends_at, revoked_at=None
    )
    return [
        record
        for record in records.list_of_subject(found.subject_id)
        if records.usable(record, channel=Channel.SHARED, at=at, authorisation=permit)
    ]


def find_running(reference: str, *, at: datetime) -> Access | None:
    """Return the access a context names, as far as its reader holds it and it runs, or None."""
    try:
        row = models.Access.objects.filter(id=UUID(reference)).first()
    except ValueError:
        return None
    found = access_of(row) if row else None
    return found if found is not None and found.is_running(at) else None


def count_quarters() -> list[Count]:
    """Return how often it was used, by quarter, newest first; no person and no body is told."""
    with access.acting_for(FINDER, channel=Door.JOB, purpose="oversight"):
        found = models.Access.objects.order_by("asked_at", "id")
        rows = list(found.values_list("asked_at", "confirmed_at", "opened_at"))
    told: dict[str, Counter[str]] = {}
    for asked_at, confirmed_at, opened_at in rows:
        local = asked_at.astimezone(BEIJING)
        counts = told.setdefault(f"{local.year}-Q{(local.month + 2) // 3}", Counter())
        counts.update(asked=1, confirmed=int(confirmed_at is not None), opened=int(opened_at is not None))
    return [
        Count(quarter=quarter, asked=one["asked"], confirmed=one["confirmed"], opened=one["opened"])
        for quarter, one in sorted(told.items(), reverse=True)
    ]


def access_of(row: models.Access) -> Access:
    """Return the value of a row."""
    return Access(
        id=row.id,
        number=row.number,
        case_id=row.case_id,
        subject_id=row.subject_id,
        body=row.body,
        items=tuple(row.items),
        matter=row.matter,
        reasons=row.reasons,
        asked_at=row.asked_at,
        confirmed_at=row.confirmed_at,
        ends_at=row.ends_at,
        opened_at=row.opened_at,
        refused_at=row.refused_at,
    )


def _disclose(found: Access, *, actor: Actor, now: datetime) -> list[Line]:
    lines = leaving(found, at=now)
    told: dict[str, Any] = {
        "actor": actor,
        "purpose": PURPOSE,
        "channel": Door.QUERY,
        "basis": BASIS,
        "categories": found.items,
        "reference": found.number,
        "kind": Kind.EMERGENCY,
    }
    sealed = [one for one in lines if one.sealed is not None and not one.content]
    if not sealed:
        audit.record_event(Event(at=now, subject_id=found.subject_id, count=len(lines), **told))
        opened: list[bytes] = []
    else:
        key = subjects.wrapped_keys([found.subject_id]).get(found.subject_id, b"")
        opened = audit.disclose([_sealed(one, key) for one in sealed], now=now, **told)
    contents = {one.record_id: orjson.loads(text or b"{}") for one, text in zip(sealed, opened, strict=True)}
    return [_line(one, contents.get(one.record_id, one.content)) for one in lines]


def _sealed(record: Record, key: bytes) -> Sealed:
    aad = Aad(table="records_version", column="sealed", row=UUID(bytes=record.content_digest))
    return Sealed(subject_id=record.subject_id, wrapped_key=key, aad=aad, ciphertext=record.sealed or b"")


def _line(record: Record, content: Mapping[str, object]) -> Line:
    item = catalogue.get_item_version(record.item_code, version=record.item_version)
    return Line(
        item_code=record.item_code,
        title=archives.title_of(item, content),
        source_body=record.body,
        dated=record.determined_on,
        has_objection=any(mark.kind is MarkKind.OBJECTION for mark in record.marks),
        fields={shown.name: shown.value for shown in archives.all_facts(item, content, public=False)},
    )


def _tell(found: Access, *, actor: Actor, now: datetime) -> None:
    body = access.find_body(found.body)
    titles = [catalogue.find_item(code, on=legal_day(now)) for code in found.items]
    notices.serve(
        to_subject=found.subject_id,
        kind="emergency_opened",
        text="emergency_opened",
        parameters={
            "number": found.number,
            "body": body.name_zh if body else found.body,
            "day": legal_day(now).isoformat(),
            "item": "、".join(item.title.zh for item in titles if item),
        },
        reference=found.number,
        actor=actor,
        now=now,
    )


def _find(id_no: str) -> UUID:
    number = upgrade_id_no(compact(id_no))
    fault = check_number(number, kind=IdentifierKind.ID_NO)
    if fault is not NumberFault.NONE:
        raise Refused(Refusal(code=fault.code, what="{fault}。", field="id_no", values={"fault": fault.message}))
    with access.acting_for(FINDER, channel=Door.JOB, purpose="oversight"):
        subject = subjects.find_by_number(IdentifierKind.ID_NO, number)
    if subject is None:
        raise Refused(
            Refusal(code="EM-NOBODY", what="平台上没有这个号码的信息。", next_step="请核对号码。", field="id_no")
        )
    return subject.id


def _who_confirms(actor: Actor, *, now: datetime) -> str:
    """Return the nearest body over the asker's area with an audit administrator who is somebody else."""
    body = access.nearest_with(
        Role.AUDIT_ADMIN, area=actor.area, on=legal_day(now), apart_from={access.account_id_of(actor.key)}
    )
    if body is None:
        raise Refused(
            Refusal(
                code="EM-ALONE",
                what="没有另一个岗位的人可以确认，紧急访问不能开始。",
                why="一个人不能决定查看他人的信息。",
                next_step="请联系上级信用办的审计管理员。",
            )
        )
    return body.code


def _not_running(found: Access) -> Refusal:
    if found.confirmed_at is None:
        return Refusal(
            code="EM-WAITING", what="还没有另一个岗位的人确认。", next_step="确认以后才能查看，请联系审计管理员。"
        )
    return Refusal(code="EM-OVER", what="这次紧急访问已经结束。", next_step="仍有必要的，请重新提出并说明理由。")


def _absent() -> Refusal:
    return Refusal(code="ABSENT", what="没有找到，或者您无权查看。", next_step="请核对编号。")
