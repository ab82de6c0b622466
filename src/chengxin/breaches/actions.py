"""Open a breach from where it became known, assess it, stop what leaks, write down the report to the authority."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.breaches import models
from chengxin.breaches.contracts import Assessment, Lever, Source
from chengxin.breaches.words import words_of
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.complaints import facade as complaints
from chengxin.database.contracts import Channel
from chengxin.exports import facade as exports
from chengxin.exports.facade import Export
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact, upgrade_id_no
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.misuse import facade as misuse
from chengxin.subjects import facade as subjects

PURPOSE: Final = "breach_handling"
DESK: Final = platform("breaches")
FREEZE_DAYS: Final = 15


def trace(actor: Actor, file: Path, *, is_workbook: bool, now: datetime) -> Export | None:
    """Trace a leaked file to the export it is from (溯源), or None; the file itself is not kept."""
    _require(actor, now=now)
    return exports.trace_file(exports.read_cells(file, is_workbook=is_workbook))


def open_breach(actor: Actor, source: Source, reference: str, *, found_on: date, reasons: str, now: datetime) -> UUID:
    """Open a breach (立案) from an export, an alert of misuse, a tip, or by itself; list whom it concerns."""
    _require(actor, now=now)
    if found_on > legal_day(now):
        raise Refused(_not_yet())
    counted, concerned = _concerned(source, reference, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE), transaction.atomic():
        if reference and models.Incident.objects.filter(source=source, source_ref=reference).exists():
            raise Refused(_opened_already())
        incident_id = new_id(now)
        case = casework.open_case(
            "breach",
            ref=Ref(kind="breach", id=str(incident_id)),
            body=actor.body,
            opened_by=actor,
            facts={"source": source.value, "number": reference},
            reasons=reasons,
            now=now,
        )
        models.Incident.objects.create(
            id=incident_id,
            number=case.number,
            case_id=case.id,
            body=actor.body,
            source=source,
            source_ref=reference,
            found_on=found_on,
            opened_by=actor.key,
            opened_at=now,
            counted=max(counted, len(concerned)),
        )
        models.Person.objects.bulk_create(
            models.Person(incident_id=incident_id, subject_id=subject_id) for subject_id in concerned
        )
    return incident_id


def add_person(actor: Actor, incident_id: UUID, number: str, *, now: datetime) -> None:
    """Add a person by identity number; who is not held is accepted alike, so nobody learns who is."""
    compacted = upgrade_id_no(compact(number))
    fault = check_number(compacted, kind=IdentifierKind.ID_NO)
    if fault is not NumberFault.NONE:
        raise Refused(Refusal(code=fault.code, what="{fault}。", field="number", values={"fault": fault.message}))
    with access.acting_for(DESK, channel=Channel.JOB, purpose=PURPOSE):
        subject = subjects.find_by_number(IdentifierKind.ID_NO, compacted)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE), transaction.atomic():
        row = locked(actor, incident_id, now=now)
        _require_open(row)
        row.counted += 1
        row.save(update_fields=["counted"])
        if subject is not None:
            models.Person.objects.bulk_create(
                [models.Person(incident_id=row.id, subject_id=subject.id)], ignore_conflicts=True
            )
        _record(actor, row, "person_added", now=now)


def assess(actor: Actor, incident_id: UUID, assessment: Assessment, *, now: datetime) -> None:
    """Write what is known (评估): kinds of information, cause, harm, remedies taken, what the persons can do."""
    for name in ("items", "harm", "remedies", "advice"):
        if not getattr(assessment, name):
            raise Refused(
                Refusal(
                    code="BREACH-INCOMPLETE",
                    what="这一项至少选一个。",
                    why="告知个人的内容是法定的：种类、原因、危害、补救措施、可以采取的措施、联系方式。",
                    next_step="还不清楚的，先选最可能的，以后可以改写。",
                    basis=("PIPL/57",),
                    field=name,
                )
            )
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE), transaction.atomic():
        row = locked(actor, incident_id, now=now)
        _require_open(row)
        row.assessment = {
            name: list(said) if isinstance(said, tuple) else said for name, said in asdict(assessment).items()
        }
        row.save(update_fields=["assessment"])
        _record(actor, row, "assessed", now=now)


def write_report(
    actor: Actor, incident_id: UUID, *, authority: str, reference: str, reported_on: date, now: datetime
) -> None:
    """Write to whom, when and under which number it was reported (报告主管部门)."""
    if authority not in words_of("authority") or not reference.strip() or reported_on > legal_day(now):
        raise Refused(
            Refusal(
                code="BREACH-REPORT",
                what="请写明向哪个部门报告、文号和日期。",
                why="报告要有据可查。日期不能晚于今天。",
                next_step="电话报告的，写受理编号。",
                basis=("PIPL/57", "NDR/11"),
                field="reference",
            )
        )
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE), transaction.atomic():
        row = locked(actor, incident_id, now=now)
        _require_open(row)
        row.authority, row.authority_ref, row.authority_on = authority, reference.strip(), reported_on
        row.save(update_fields=["authority", "authority_ref", "authority_on"])
        _record(actor, row, "authority", now=now)


def stop(actor: Actor, incident_id: UUID, lever: Lever, reference: str, *, reasons: str, now: datetime) -> None:
    """Stop what leaks (补救): freeze the posts of an account by its name, or suspend a program by its id."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        number = locked(actor, incident_id, now=now).number
    key = _stopped(actor, lever, reference.strip(), reasons=reasons, number=number, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE), transaction.atomic():
        row = locked(actor, incident_id, now=now)
        models.Stop.objects.create(
            id=new_id(now),
            incident_id=row.id,
            lever=lever,
            reference=key,
            at=now,
            actor_key=actor.key,
            reasons=reasons.strip(),
        )
        _record(actor, row, f"stopped.{lever}", now=now)


def locked(actor: Actor, incident_id: UUID, *, now: datetime) -> models.Incident:
    """Return the row of a breach of the actor's desk, locked, or refuse; inside the actor's context."""
    _require(actor, now=now)
    row = models.Incident.objects.select_for_update().filter(id=incident_id).first()
    if row is None:
        raise Refused(absent())
    return row


def absent() -> Refusal:
    """Return the refusal that tells neither that a breach exists nor that it does not."""
    return Refusal(code="ABSENT", what="没有找到这件泄露事件。", next_step="请核对编号。")


def _concerned(source: Source, reference: str, *, now: datetime) -> tuple[int, list[UUID]]:
    """Return how many persons the source holds and which of them are known here."""
    if source is Source.EXPORT:
        export = exports.find_number(reference)
        if export is None:
            raise Refused(_no_source())
        tags = exports.tags_of(export.id)
        with access.acting_for(DESK, channel=Channel.JOB, purpose=PURPOSE):
            return export.persons, subjects.list_by_tags(IdentifierKind.ID_NO, tags)
    if source is Source.MISUSE:
        found = misuse.list_persons(reference)
        if not found:
            raise Refused(_no_source())
        return len(found), found
    if source is Source.TIP and complaints.find_number(reference) is None:
        raise Refused(_no_source())
    del now
    return 0, []


def _stopped(actor: Actor, lever: Lever, reference: str, *, reasons: str, number: str, now: datetime) -> str:
    """Stop it and return the key it is known by."""
    if not reasons.strip():
        raise Refused(Refusal(code="BREACH-STOP-WHY", what="请写明理由。", next_step="用一句话说明。", field="reasons"))
    if lever is Lever.CLIENT:
        try:
            access.suspend_client(UUID(reference), actor=actor, now=now)
        except (ValueError, LookupError):
            raise Refused(_nothing_there()) from None
        return f"client:{reference}"
    account = access.find_account(reference, on=legal_day(now))
    if account is None:
        raise Refused(_nothing_there())
    access.freeze_account(account.id, days=FREEZE_DAYS, actor=actor, now=now, reasons=reasons, case_number=number)
    return access.account_key(account.id)


def _require(actor: Actor, *, now: datetime) -> None:
    access.require(actor, action="breach.handle", resource=Resource(body=actor.body), purpose=PURPOSE, now=now)


def _require_open(row: models.Incident) -> None:
    if row.told_at is not None or row.waived_at is not None:
        raise Refused(
            Refusal(
                code="BREACH-TOLD",
                what="已经告知个人，或者已经决定不告知，内容不能再改。",
                next_step="发现新的情况的，另行立案。",
            )
        )


def _not_yet() -> Refusal:
    return Refusal(code="BREACH-DAY", what="发现日期不能晚于今天。", next_step="请改正日期。", field="found_on")


def _no_source() -> Refusal:
    return Refusal(
        code="BREACH-SOURCE",
        what="没有找到这个来源编号。",
        next_step="请核对导出、核查案件或者举报的编号。",
        field="reference",
    )


def _opened_already() -> Refusal:
    return Refusal(
        code="BREACH-OPENED", what="这个来源已经立案。", next_step="请在列表里打开已有的事件。", field="reference"
    )


def _nothing_there() -> Refusal:
    return Refusal(
        code="BREACH-REFERENCE",
        what="没有找到这个账户或者接口。",
        next_step="请核对账户名或者接口编号。",
        field="reference",
    )


def _record(actor: Actor, row: models.Incident, what: str, *, now: datetime) -> None:
    record_event(
        Event(
            kind=Kind.ADMINISTER,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=Channel.OFFICE,
            reference=row.number,
            categories=(f"breach.{what}",),
        )
    )
