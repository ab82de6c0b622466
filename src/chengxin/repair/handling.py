"""What the deciding body does with an application besides its verbs: read it, open its papers, question a promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.notices.facade import serve
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Way
from chengxin.repair import models
from chengxin.repair.contracts import Application, PaperFile
from chengxin.repair.deadlines import statement_day
from chengxin.repair.disclosure import PURPOSE, Content, open_contents, read_application
from chengxin.repair.papers import bytes_of
from chengxin.repair.queries import absent, application_of, get_row, papers_of
from chengxin.ui.facade import day

REVOCATION = "repair_revocation"


@dataclass(frozen=True, kw_only=True)
class Handling:
    """An application as the deciding body reads it: what it says, the line's content, the papers, its cases."""

    application: Application
    case: Case
    revocation: Case | None
    content: Content
    item_version: int


def open_application(actor: Actor, application_id: UUID, *, now: datetime) -> Handling:
    """Return an application with the content of its line for whoever may handle it; the subject sees this look."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        row = get_row(application_id=application_id)
        basis = _require(actor, row, action="repair.handle", now=now)
        record = records.find_by_id(row.subject_id, row.record_id)
        if record is None or not records.usable(record, channel=Way.BODY, at=now):
            raise Refused(absent())
        said = read_application(row, actor=actor, channel=Channel.BODY, basis=basis, now=now)
        contents = open_contents(
            [record], actor=actor, channel=Channel.BODY, basis=basis, reference=row.number, now=now
        )
        revocation = row.revocation_case_id
        return Handling(
            application=application_of(row, content=said, papers=papers_of([row.id]).get(row.id, ())),
            case=casework.access_case(row.case_id, actor=actor),
            revocation=casework.access_case(revocation, actor=actor) if revocation else None,
            content=contents[record.record_id],
            item_version=record.item_version,
        )


def open_paper(actor: Actor, application_id: UUID, paper_id: UUID, *, now: datetime) -> tuple[PaperFile, bytes]:
    """Return a paper for whoever handles the application; that it was opened is written in its case and the log."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = get_row(application_id=application_id)
        basis = _require(actor, row, action="repair.handle", now=now)
        paper = next((one for one in papers_of([row.id]).get(row.id, ()) if one.id == paper_id), None)
        if paper is None:
            raise Refused(absent())
        casework.open_evidence(row.case_id, digest=paper.digest, actor=actor, now=now)
        audit.record_event(
            Event(
                kind=Kind.DISCLOSE,
                actor=actor,
                at=now,
                purpose=PURPOSE,
                channel=Channel.BODY,
                subject_id=row.subject_id,
                basis=basis,
                categories=("repair",),
                fields=("repair_paper",),
                reference=row.number,
            )
        )
        return paper, bytes_of(paper.digest)


def question_promise(actor: Actor, application_id: UUID, *, reasons: str, now: datetime) -> str:
    """Tell a subject that its repair may be revoked because a promise was untrue (拟撤销告知); return the number."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = models.Application.objects.select_for_update().filter(id=application_id).first()
        if row is None:
            raise Refused(absent())
        _require(actor, row, action="repair.question", now=now)
        _require_standing(row, reasons)
        case = casework.open_case(
            REVOCATION,
            ref=Ref(kind="repair", id=str(row.id), subject_id=row.subject_id),
            body=row.body,
            opened_by=actor,
            reasons=reasons,
            facts={"number": row.number},
            now=now,
        )
        row.revocation_case_id = case.id
        row.save(update_fields=["revocation_case_id"])
        serve(
            kind="repair_revocation.open",
            text="repair_revocation_told",
            parameters={"number": case.number, "day": day(statement_day(legal_day(now)))},
            reference=case.number,
            to_subject=row.subject_id,
            actor=actor,
            now=now,
        )
    return case.number


def _require_standing(row: models.Application, reasons: str) -> None:
    if row.granted_at is None or row.revoked_at is not None or _is_questioned(row):
        raise Refused(
            Refusal(
                code="REPAIR-NOT-GRANTED",
                what="这件申请现在不能启动撤销。",
                why="只有已经准予、没有撤销、也没有正在审查的修复，才能启动撤销。",
                next_step="请刷新页面，查看最新进展。",
            )
        )
    if not reasons.strip():
        raise Refused(
            Refusal(
                code="REPAIR-REASONS",
                what="请写明哪一项承诺不实，依据是什么。",
                why="当事人会看到，并据此陈述申辩。",
                next_step="用一两句话写明事实和依据。",
                field="reasons",
            )
        )


def _is_questioned(row: models.Application) -> bool:
    return casework.find_open_case(REVOCATION, ref_id=str(row.id)) is not None


def _require(actor: Actor, row: models.Application, *, action: str, now: datetime) -> tuple[str, ...]:
    if actor.body != row.body:
        raise Refused(absent())
    resource = Resource(kind="repair", body=row.body, subject_id=row.subject_id)
    return access.require(actor, action=action, resource=resource, purpose=PURPOSE, now=now).basis
