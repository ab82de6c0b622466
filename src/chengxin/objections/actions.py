"""Object to a line, add papers, take the objection back, ask for a review: the acts of the subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.catalogue import facade as catalogue
from chengxin.crypto.contracts import Aad
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.notices import facade as notices
from chengxin.objections import models, rules
from chengxin.objections.contracts import OBJECTION, REVIEW, Ground
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, MarkKind, Record
from chengxin.subjects import facade as subjects

PURPOSE: Final = "objection"
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def object_to(
    actor: Actor, record_id: UUID, *, ground: Ground, words: str, papers: Sequence[str] = (), now: datetime
) -> Case:
    """Object (提出异议): case, mark and receipt stand in one transaction; from then on nothing adverse rests on it."""
    me, subject_id = own_side(actor, now=now)
    words = _cleaned(words)
    with access.acting_for(me, channel=Door.SELF, purpose=PURPOSE):
        _wait_for_twin(record_id)
        record = get_own_record(subject_id, record_id, now=now)
        about = list_about(subject_id, record_id)
        refuse_if(rules.why_not_object(record, ground=ground, cases=about, has_papers=bool(papers)))
        case = casework.open_case(
            OBJECTION,
            ref=Ref(kind="record", id=str(record_id), subject_id=subject_id),
            body=record.body,
            opened_by=me,
            facts=_facts(record, ground=ground),
            evidence=papers,
            now=now,
        )
        mark_id = _mark(record, ground=ground, number=case.number, actor=me, now=now)
        _write_down(case, origin_id=case.id, record=record, words=words, mark_id=mark_id, now=now)
        _receipt(case, text="objection_received", actor=me, now=now)
    return case


def ask_review(actor: Actor, case_id: UUID, *, words: str, papers: Sequence[str] = (), now: datetime) -> Case:
    """Ask the credit office over the source to review a decision (申请复核); the mark stands meanwhile."""
    me, subject_id = own_side(actor, now=now)
    words = _cleaned(words)
    with access.acting_for(me, channel=Door.SELF, purpose=PURPOSE):
        decided = casework.access_case(case_id, actor=me)
        row = models.Objection.objects.select_for_update().filter(case_id=origin_of(decided)).first()
        if row is None or decided.procedure != OBJECTION:
            raise absent()
        has_review = row.review_case_id is not None
        refuse_if(rules.why_not_review(decided, until=row.review_until, on=legal_day(now), has_review=has_review))
        record = get_own_record(subject_id, row.record_id, now=now)
        office = casework.supervisor_of(decided.body)
        refuse_if(_NO_OFFICE if not office else None)
        case = casework.open_case(
            REVIEW,
            ref=decided.ref,
            body=office,
            opened_by=me,
            facts={
                **_facts(record, ground=Ground(str(decided.facts["ground"]))),
                "reviewed_body": decided.body,
                "reviewed_state": decided.state,
                "reviewed_number": decided.number,
                "objection": str(row.case_id),
            },
            evidence=[*casework.papers_of(decided.id), *papers],
            now=now,
        )
        if row.mark_lifted_at is not None:
            ground = Ground(str(decided.facts["ground"]))
            row.mark_id = _mark(record, ground=ground, number=case.number, actor=me, now=now)
            row.mark_lifted_at = None
        row.review_case_id = case.id
        row.save(update_fields=["mark_id", "mark_lifted_at", "review_case_id"])
        _write_down(case, origin_id=row.case_id, record=record, words=words, mark_id=row.mark_id, now=now)
        _receipt(case, text="review_received", actor=me, now=now)
    return case


def add_papers(actor: Actor, case_id: UUID, *, words: str, papers: Sequence[str], now: datetime) -> Case:
    """Add papers or a sentence to one's own case; both sides see them."""
    me, _ = own_side(actor, now=now)
    words = _UNSEEN.sub("", words.replace("\r\n", "\n")).strip()
    if not papers and not words:
        raise Refused(
            Refusal(code="OBJ-NOTHING", what="您还没有选择材料。", next_step="请选择照片或者 PDF。", field="papers")
        )
    with access.acting_for(me, channel=Door.SELF, purpose=PURPOSE):
        return casework.take(case_id, verb="add_papers", actor=me, now=now, reasons=words, evidence=papers)


def take_back(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """Take an objection or a review back (撤回异议); the mark ends with it."""
    me, _ = own_side(actor, now=now)
    return casework.carry_out(case_id, verb="take_back", actor=me, now=now)


def own_side(actor: Actor, *, now: datetime) -> tuple[Actor, UUID]:
    """Return the actor as the subject alone, without the body it may also work for, and who that is; or refuse.

    Whoever works for a body objects as a person: the employer is no party.
    """
    if actor.subject_id is None:
        raise Refused(
            Refusal(
                code="SIGN_IN_REQUIRED",
                what="请先登录，再对您本人的信息提出异议。",
                why="异议由信息主体本人提出。",
                next_step="请用您的账户登录；没有账户的，可以到就近的信用窗口办理。",
                basis=("PIPL/46",),
            )
        )
    me = actor.as_person()
    resource = Resource(kind="objection", subject_id=actor.subject_id)
    access.require(me, action="objection.file", resource=resource, purpose=PURPOSE, now=now)
    return me, actor.subject_id


def get_own_record(subject_id: UUID, record_id: UUID, *, now: datetime) -> Record:
    """Return one of one's own records, or refuse as if there were none."""
    record = records.find_by_id(subject_id, record_id)
    if record is None or not records.usable(record, channel=Channel.SELF, at=now):
        raise Refused(
            Refusal(
                code="ABSENT",
                what="您的档案里没有这条信息。",
                next_step="异议由信息主体本人提出；是您单位的信息，请用单位的账户登录。",
            )
        )
    return record


def list_about(subject_id: UUID, record_id: UUID | None = None) -> list[Case]:
    """Return the objections and reviews of a subject, newest first; of one record where it is named."""
    return [
        case
        for case in casework.list_cases_about(subject_id, limit=200)
        if case.procedure in {OBJECTION, REVIEW} and (record_id is None or case.ref.id == str(record_id))
    ]


def origin_of(case: Case) -> UUID:
    """Return the case of the first objection that a case belongs to."""
    return UUID(str(case.facts.get("objection", case.id)))


def absent() -> Refused:
    """Return the refusal that tells neither that a case exists nor that it does not."""
    return Refused(Refusal(code="ABSENT", what="没有找到这件异议。", next_step="请核对编号。"))


_NO_OFFICE: Final = Refusal(
    code="OBJ-NO-OFFICE",
    what="没有找到受理复核的信用主管部门。",
    next_step="请拨打平台电话；您也可以依法申请行政复议或者提起诉讼。",
)


def _facts(record: Record, *, ground: Ground) -> dict[str, object]:
    body = access.find_body(record.body)
    own_scope = body is not None and body.is_credit_office
    return {
        "item": record.item_code,
        "ground": ground.value,
        "version": record.version,
        "is_own_scope": own_scope,
        "is_of_source": not own_scope,
    }


def _mark(record: Record, *, ground: Ground, number: str, actor: Actor, now: datetime) -> UUID:
    return records.mark(
        subject_id=record.subject_id,
        record_id=record.record_id,
        kind=MarkKind.OBJECTION,
        reason=f"当事人提出异议：{GROUND_NAMES[ground]}",
        reference=number,
        actor=actor,
        now=now,
    )


GROUND_NAMES: Final = {
    Ground.ERROR: "内容有误",
    Ground.OMISSION: "有遗漏",
    Ground.EXPIRED: "超过期限",
    Ground.WRONG_LISTING: "不应当列入或者应当移出",
    Ground.PRIVACY: "侵犯隐私或者商业秘密",
    Ground.NOT_ME: "不是本人",
}


def _write_down(case: Case, *, origin_id: UUID, record: Record, words: str, mark_id: UUID, now: datetime) -> None:
    """Keep the subject's words: a person's sealed, an operator's as they are."""
    is_person = record.subject_kind is SubjectKind.NATURAL_PERSON
    aad = Aad(table="objections_objection", column="sealed", row=case.id)
    models.Objection.objects.create(
        case_id=case.id,
        origin_id=origin_id,
        subject_id=record.subject_id,
        record_id=record.record_id,
        sealed=subjects.seal_many([record.subject_id], [words.encode()], aads=[aad])[0] if is_person else None,
        text="" if is_person else words,
        written_at=now,
        mark_id=mark_id,
    )


def _receipt(case: Case, *, text: str, actor: Actor, now: datetime) -> None:
    """Give the subject its receipt and tell the body that decides."""
    item = catalogue.find_item(str(case.facts["item"]), on=legal_day(now))
    told = {"number": case.number, "item": item.title.zh if item else str(case.facts["item"])}
    told["day"] = case.due_on.isoformat() if case.due_on else ""
    for subject_id, body, code in ((case.ref.subject_id, "", text), (None, case.body, "objection_to_check")):
        notices.serve(
            kind=f"{case.procedure}.open",
            text=code,
            parameters=told,
            reference=case.number,
            to_subject=subject_id,
            to_body=body,
            actor=actor,
            now=now,
        )


def _cleaned(text: str) -> str:
    text = _UNSEEN.sub("", text.replace("\r\n", "\n")).strip()
    refuse_if(rules.why_not_words(text))
    return text


def _wait_for_twin(record_id: UUID) -> None:
    """Wait until nobody else objects to this record; from here to the end of the transaction we do."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"objection {record_id}"])
