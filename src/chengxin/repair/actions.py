"""What a subject does: look at what can be repaired, apply, hand in more, withdraw, answer a revocation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.database.contracts import Channel
from chengxin.files import facade as files
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.notices.facade import serve
from chengxin.repair import models
from chengxin.repair.contracts import Application, Handed, Prospect
from chengxin.repair.deadlines import decision_day
from chengxin.repair.disclosure import PURPOSE, open_contents, read_application, seal_application
from chengxin.repair.papers import keep_papers
from chengxin.repair.prospects import prospects_of, repairable_records
from chengxin.repair.queries import absent, application_of, get_row, papers_of, rows_of
from chengxin.repair.rules import papers_missing
from chengxin.ui.facade import day

PROCEDURE = "repair"


def own_prospects(actor: Actor, *, now: datetime) -> list[Prospect]:
    """Return every adverse line of the subject who asks with what can be done about it; one look, one event."""
    basis = _may(actor, now=now)
    assert actor.subject_id is not None
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        return _prospects(actor, actor.subject_id, basis=basis, now=now)


def own_prospect(actor: Actor, record_id: UUID, *, now: datetime) -> Prospect:
    """Return one of one's own lines; absent, another's and over look the same."""
    _may(actor, now=now, action="repair.file")
    found = next((one for one in own_prospects(actor, now=now) if one.record.record_id == record_id), None)
    if found is None:
        raise Refused(_no_line())
    return found


def apply(
    actor: Actor,
    record_id: UUID,
    *,
    papers: Sequence[Handed],
    is_corrected: bool,
    is_performed: bool,
    is_promised: bool,
    now: datetime,
) -> str:
    """Apply for the repair of one's own line (申请修复) and return its number; complete ones are accepted at once."""
    basis = _may(actor, now=now, action="repair.file")
    assert actor.subject_id is not None
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE), transaction.atomic():
        found = _prospects(actor, actor.subject_id, basis=basis, now=now)
        prospect = next((one for one in found if one.record.record_id == record_id), None)
        if prospect is None:
            raise Refused(_no_line())
        _require_ready(
            prospect, papers, done={"corrected": is_corrected, "performed": is_performed, "promised": is_promised}
        )
        return _accept(actor, prospect, papers, now=now).number


def supplement(actor: Actor, number: str, *, papers: Sequence[Handed], now: datetime) -> None:
    """Hand in the papers that were asked for (补正)."""
    _may(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE), transaction.atomic():
        row = _own_row(actor, number)
        refuse_if(casework.why_not_take(row.case_id, verb="supplement", actor=actor, evidence=("-",)))
        digests = keep_papers(papers, application_id=row.id, subject_id=row.subject_id, now=now)
        casework.take(row.case_id, verb="supplement", actor=actor, now=now, evidence=digests)


def withdraw(actor: Actor, number: str, *, now: datetime) -> None:
    """Withdraw one's application (撤回申请); one may apply again at any time."""
    _may(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        row = _own_row(actor, number)
    casework.carry_out(row.case_id, verb="withdraw", actor=actor, now=now)


def answer_revocation(actor: Actor, number: str, *, text: str, now: datetime) -> None:
    """State one's case before a repair is revoked (陈述申辩)."""
    _may(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        row = _own_row(actor, number)
    if row.revocation_case_id is None:
        raise Refused(absent())
    casework.carry_out(row.revocation_case_id, verb="state", actor=actor, now=now, reasons=text)


def own_applications(actor: Actor, *, now: datetime) -> list[Application]:
    """Return the applications of the subject who asks, newest first."""
    basis = _may(actor, now=now)
    assert actor.subject_id is not None
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        return _open_rows(rows_of(actor.subject_id), actor=actor, basis=basis, now=now)


def own_application(actor: Actor, number: str, *, now: datetime) -> Application:
    """Return one of one's own applications."""
    basis = _may(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        (application,) = _open_rows([_own_row(actor, number)], actor=actor, basis=basis, now=now)
    return application


def _may(actor: Actor, *, now: datetime, action: str = "repair.apply") -> tuple[str, ...]:
    if actor.subject_id is None:
        raise Refused(
            Refusal(
                code="SIGN_IN_REQUIRED",
                what="请先登录，再申请信用修复。",
                why="只有本人或者企业自己能申请修复自己的记录。",
                next_step="请用您的账户登录；不登录也可以用修复指南计算日期。",
                basis=("O36/2",),
            )
        )
    resource = Resource(kind="repair", subject_id=actor.subject_id)
    return access.require(actor, action=action, resource=resource, purpose=PURPOSE, now=now).basis


def _prospects(actor: Actor, subject_id: UUID, *, basis: tuple[str, ...], now: datetime) -> list[Prospect]:
    found = repairable_records(subject_id, now=now)
    contents = open_contents(found, actor=actor, channel=Channel.SELF, basis=basis, reference="", now=now)
    return prospects_of(found, contents, now=now)


def _require_ready(prospect: Prospect, papers: Sequence[Handed], *, done: dict[str, bool]) -> None:
    """Refuse by the law, then one open application, then what is not declared, then all missing papers at once."""
    refuse_if(prospect.refusal)
    if prospect.open_number:
        raise Refused(
            Refusal(
                code="REPAIR-OPEN",
                what="这一条已经有一件申请在办理。",
                next_step="请在“我的信用修复”里查看 {number}。",
                values={"number": prospect.open_number},
            )
        )
    for name, is_done in done.items():
        if not is_done:
            raise Refused(_undeclared(f"is_{name}"))
    missing = papers_missing(prospect.facts.penalty_kinds, {paper.kind for paper in papers})
    if missing:
        raise Refused(
            Refusal(
                code="REPAIR-PAPERS",
                what="还缺材料。",
                why="材料齐全的当场受理。",
                next_step="请补齐清单里标明“还缺”的材料；不需要第三方的报告或者证明。",
                basis=("SZ/81",),
                field=missing[0].value,
            )
        )


def _undeclared(field: str) -> Refusal:
    return Refusal(
        code="REPAIR-DECLARE",
        what="申请修复需要您逐项确认并作出承诺。",
        why="没有纠正、没有履行或者不愿承诺的，不能修复。",
        next_step="请逐项勾选；还没有做到的，做到以后再申请。",
        basis=("O36", "SZ/80"),
        field=field,
    )


def _accept(actor: Actor, prospect: Prospect, papers: Sequence[Handed], *, now: datetime) -> Case:
    """Write the application with its papers, open its case and give the receipt (受理回执)."""
    record = prospect.record
    application_id = new_id(now)
    content = {"title": prospect.title, "document_no": prospect.document_no}
    case = casework.open_case(
        PROCEDURE,
        ref=Ref(kind="repair", id=str(application_id), subject_id=record.subject_id),
        body=record.body,
        opened_by=actor,
        facts={"item": record.item_code, "record": str(record.record_id)},
        now=now,
        evidence=tuple(files.digest_of(paper.path) for paper in papers),
    )
    models.Application.objects.create(
        id=application_id,
        number=case.number,
        subject_id=record.subject_id,
        record_id=record.record_id,
        record_version=record.version,
        item_code=record.item_code,
        body=record.body,
        case_id=case.id,
        applied_at=now,
        applied_by=actor.key,
        earliest_on=prospect.advice.earliest.on,
        sealed=seal_application(application_id, record.subject_id, content),
    )
    keep_papers(papers, application_id=application_id, subject_id=record.subject_id, now=now)
    _give_receipt(actor, case, now=now)
    return case


def _give_receipt(actor: Actor, case: Case, *, now: datetime) -> None:
    due = case.due_on or decision_day(legal_day(now))
    number = case.number
    serve(
        kind="repair.open",
        text="repair_received",
        parameters={"number": number, "day": day(due)},
        reference=number,
        to_subject=case.ref.subject_id,
        actor=actor,
        now=now,
    )
    serve(
        kind="repair.open",
        text="repair_arrived",
        parameters={"number": number},
        reference=number,
        to_body=case.body,
        actor=actor,
        now=now,
    )


def _own_row(actor: Actor, number: str) -> models.Application:
    row = get_row(number=number)
    if row.subject_id != actor.subject_id:
        raise Refused(absent())
    return row


def _open_rows(
    rows: Sequence[models.Application], *, actor: Actor, basis: tuple[str, ...], now: datetime
) -> list[Application]:
    papers = papers_of(row.id for row in rows)
    return [
        application_of(
            row,
            content=read_application(row, actor=actor, channel=Channel.SELF, basis=basis, now=now),
            papers=papers.get(row.id, ()),
        )
        for row in rows
    ]


def _no_line() -> Refusal:
    return Refusal(
        code="ABSENT",
        what="没有可以修复的这一条记录。",
        why="它不存在、不是失信信息，或者已经修复、撤回或者到期。",
        next_step="请回到“我的信用修复”查看。",
    )
