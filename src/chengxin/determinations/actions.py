"""What a body does with a determination beside its verbs: draft, serve with proof, undo; and what its subject reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.determinations import models
from chengxin.determinations.contracts import Determination, Service, Way
from chengxin.determinations.decisions import OWN, open_course
from chengxin.determinations.drafts import PURPOSE, open_drafts, today_cells, why_not_draft
from chengxin.determinations.rules import why_not_served
from chengxin.files import facade as files
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Issue
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused, refuse_if

_WAYS = {Way.IN_PERSON: "当面送达", Way.LETTER: "邮寄送达", Way.ELECTRONIC: "电子送达"}


def draft(
    actor: Actor,
    item_code: str,
    *,
    cells: Mapping[str, str],
    now: datetime,
    procedure: str = OWN,
    facts: Mapping[str, Any] | None = None,
    evidence: Sequence[str] = (),
) -> Determination:
    """Draft a determination (拟认定): facts and basis under a catalogue item, checked as acceptance will check them.

    A package above may take it through a procedure of its own, with what it has asked before as facts of the case and
    digests of kept papers as `evidence`.
    """
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=PURPOSE), transaction.atomic():
        basis = _may_draft(actor, item_code, now=now)
        item = catalogue.get_item(item_code, on=legal_day(now))
        refuse_if(why_not_draft(item, cells, on=legal_day(now), pack=settings.LAW_PACK))
        whole = today_cells(item, cells, body=actor.body, now=now)
        checked = intake.check_row(whole, item_code=item_code, actor=actor, now=now)
        if checked.subject_id is None:
            raise Refused(_failed(checked.issues[0]))
        row = open_course(
            actor,
            procedure,
            item_code,
            subject_id=checked.subject_id,
            cells=cells,
            facts=facts or {},
            evidence=evidence,
            now=now,
        )
        (found,) = open_drafts([row], actor=actor, channel=Channel.INTAKE, basis=basis, now=now)
    return found


def _failed(issue: Issue) -> Refusal:
    return Refusal(
        code=issue.code,
        what="“{title}”没有通过检查：{what}",
        next_step="请改正后再试：{next_step}",
        basis=issue.basis,
        field=issue.field,
        values={"title": issue.title, "what": issue.what, "next_step": issue.next_step},
    )


def serve_notice(actor: Actor, determination_id: UUID, service: Service, *, now: datetime) -> None:
    """Serve the prior notice (送达告知书) with its proof; the time to be heard counts from that day."""
    _serve(actor, determination_id, service, verb="serve_notice", now=now)


def serve_decision(actor: Actor, determination_id: UUID, service: Service, *, now: datetime) -> None:
    """Serve the decision (送达决定书) with its proof; remedies count from that day."""
    _serve(actor, determination_id, service, verb="serve", now=now)


def report_undone(actor: Actor, determination_id: UUID, *, document_no: str, undone_on: date, now: datetime) -> str:
    """Report that a decision which became a record was undone (被撤销); a second person withdraws, within the term."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = _locked(actor, determination_id, now=now)
        if row.record_id is None or row.undo_case_id is not None:
            raise Refused(_not_now())
        if not document_no.strip() or not (row.decided_on or undone_on) <= undone_on <= legal_day(now):
            raise Refused(
                Refusal(
                    code="DET-UNDO-DOCUMENT",
                    what="请写明撤销文书的文号和日期。",
                    why="撤回的期限从撤销之日起算。",
                    next_step="按复议决定、判决或者本单位的撤销决定填写。",
                    field="document_no",
                )
            )
        case = casework.open_case(
            "determination_undo",
            ref=Ref(kind="determination", id=str(row.id), subject_id=row.subject_id),
            body=row.body,
            opened_by=actor,
            reasons=document_no,
            facts={"undone_on": undone_on.isoformat(), "number": row.number},
            now=now,
        )
        row.undo_case_id = case.id
        row.save(update_fields=["undo_case_id"])
    return case.number


def answer(actor: Actor, number: str, *, text: str, now: datetime) -> None:
    """State one's case before a determination (陈述申辩)."""
    row = own_row(actor, number, now=now)
    casework.carry_out(row.case_id, verb="state", actor=actor, now=now, reasons=text)


def own_row(actor: Actor, number: str, *, now: datetime) -> models.Determination:
    """Return the row of a determination about the subject who asks, or refuse as if there were none."""
    may_read_own(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        row = models.Determination.objects.filter(number=number).first()
    if row is None or row.subject_id != actor.subject_id:
        raise Refused(absent())
    return row


def may_read_own(actor: Actor, *, now: datetime) -> tuple[str, ...]:
    """Return the articles that let a subject read what is intended about it, or refuse."""
    if actor.subject_id is None:
        raise Refused(
            Refusal(
                code="SIGN_IN_REQUIRED", what="请先登录。", next_step="登录后可以查看并陈述申辩。", basis=("APL/44",)
            )
        )
    resource = Resource(kind="determination", subject_id=actor.subject_id)
    return access.require(actor, action="determination.read_own", resource=resource, purpose=PURPOSE, now=now).basis


def require_handling(actor: Actor, row: models.Determination, *, now: datetime) -> tuple[str, ...]:
    """Return the articles that let an officer handle a determination; that of another body is absent."""
    if actor.body != row.body:
        raise Refused(absent())
    resource = Resource(kind="determination", body=row.body, subject_id=row.subject_id)
    return access.require(actor, action="determination.handle", resource=resource, purpose=PURPOSE, now=now).basis


def absent() -> Refusal:
    """Return the refusal that tells neither that a determination exists nor that it does not."""
    return Refusal(code="ABSENT", what="没有找到这件认定。", next_step="请核对编号。")


def _serve(actor: Actor, determination_id: UUID, service: Service, *, verb: str, now: datetime) -> None:
    """Write day and proof of a service and take its verb, together or not at all."""
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=PURPOSE), transaction.atomic():
        row = _locked(actor, determination_id, now=now)
        refuse_if(casework.why_not_take(row.case_id, verb=verb, actor=actor, evidence=("-",)))
        not_before = row.decided_on if verb == "serve" else legal_day(row.drafted_at)
        refuse_if(
            why_not_served(
                service.served_on,
                not_before=not_before or legal_day(now),
                on=legal_day(now),
                has_proof=service.proof is not None,
            )
        )
        assert service.proof is not None
        _check_proof(service)
        with files.bared(service.proof) as bare:
            proof = files.keep(bare)
        day, digest = ("served_on", "service_proof") if verb == "serve" else ("noticed_on", "notice_proof")
        setattr(row, day, service.served_on)
        setattr(row, digest, proof)
        row.save(update_fields=[day, digest])
        casework.take(row.case_id, verb=verb, actor=actor, now=now, evidence=(proof,), note=_WAYS[service.way])


def _check_proof(service: Service) -> None:
    assert service.proof is not None
    if files.find_document(service.proof) is None:
        raise Refused(
            Refusal(
                code="DET-PROOF",
                what="送达凭证要是 PDF、JPEG 或者 PNG，最多 10 MB。",
                next_step="请重新扫描或者拍照再上传。",
                field="proof",
            )
        )


def _locked(actor: Actor, determination_id: UUID, *, now: datetime) -> models.Determination:
    row = models.Determination.objects.select_for_update().filter(id=determination_id).first()
    if row is None:
        raise Refused(absent())
    require_handling(actor, row, now=now)
    return row


def _may_draft(actor: Actor, item_code: str, *, now: datetime) -> tuple[str, ...]:
    resource = Resource(
        kind="determination",
        body=actor.body,
        item_code=item_code,
        source_bodies=access.source_bodies(item_code, on=legal_day(now)),
    )
    return access.require(actor, action="determination.draft", resource=resource, purpose=PURPOSE, now=now).basis


def _not_now() -> Refusal:
    return Refusal(
        code="DET-NOT-ENTERED",
        what="这件认定现在不需要撤回。",
        why="它没有记入信用记录，或者已经在撤回。",
        next_step="还没有入库的，请在案件里撤销决定。",
    )
