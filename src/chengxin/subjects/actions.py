"""Change subjects: decide reviews, take merges back, record what became of somebody, erase."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from chengxin.casework.contracts import Taken
from chengxin.crypto.contracts import Aad
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.subjects import keyholder, models
from chengxin.subjects.contracts import (
    RepresentationGround,
    Review,
    ReviewReason,
    ReviewState,
    SubjectStatus,
)
from chengxin.subjects.events import record
from chengxin.subjects.operators import rename_operator
from chengxin.subjects.queries import review_of
from chengxin.subjects.reviewing import claimed_name, open_case_for

_LIVE_ID_NUMBERS = {IdentifierKind.ID_NO.value, IdentifierKind.USCC.value}
_TWO_VALID_NUMBERS = Refusal(
    code="E-SUB-11",
    what="两个主体各有一个有效的身份证号或者统一社会信用代码，不能合并。",
    why="一个人只有一个公民身份号码，一个单位只有一个统一社会信用代码。",
    next_step="请先由登记机关注销其中一个号码，再凭文书办理。",
)


@transaction.atomic
def open_review(
    subject_id: UUID, *, other_subject_id: UUID, source: str, reasons: str, actor: Actor, now: datetime
) -> Review:
    """Lay two subjects side by side that may be one person (一人两号), at a named human's suggestion.

    Raises `Refused` when they are the same, of different kinds, or lie side by side already.
    """
    _require_officer(actor)
    first, second = _lock_pair(subject_id, other_subject_id)
    if (first.kind == SubjectKind.NATURAL_PERSON) is not (second.kind == SubjectKind.NATURAL_PERSON):
        raise Refused(Refusal(code="E-SUB-12", what="自然人与经营主体不能作为同一主体核查。"))
    tag = second.id.bytes
    if models.Review.objects.filter(subject_id=first.id, tag=tag, state=ReviewState.OPEN.value).exists():
        raise Refused(Refusal(code="E-SUB-13", what="这两个主体已经在核查中。", next_step="请到待办中查看。"))
    row = models.Review.objects.create(
        id=new_id(now),
        reason=ReviewReason.TWO_NUMBERS_ONE_PERSON.value,
        state=ReviewState.OPEN.value,
        subject_id=first.id,
        other_subject_id=second.id,
        tag=tag,
        source=source,
        opened_at=now,
        opened_by=actor.key,
    )
    record(row.subject_id, actor=actor, now=now, reason=reasons, reference=str(row.id), category="identity_review")
    open_case_for([row.id], actor=actor, now=now)
    return review_of(row)


def merge(taken: Taken) -> None:
    """Find two subjects to be one (认定为同一主体): one comes to point to the other; no record is rewritten.

    The one with a resident ID number or a social credit code stays; without either, the earlier.
    """
    review = _lock_open_review(taken)
    if review.other_subject_id is None:
        raise Refused(
            Refusal(
                code="E-SUB-10",
                what="这次核查只涉及一个号码的两个名称，没有第二个主体可以合并。",
                next_step="请选择“名称已变更”或者“不是同一主体”。",
            )
        )
    first, second = _lock_pair(review.subject_id, review.other_subject_id)
    strong = _with_unique_number(first.id, second.id)
    if len(strong) == 2:
        raise Refused(_TWO_VALID_NUMBERS)
    kept, merged = sorted((first, second), key=lambda one: (one.id not in strong, one.created_at, one.id))
    _refuse_chain(kept, merged)
    models.Subject.objects.filter(id=merged.id).update(merged_into_id=kept.id)
    _decide(review, ReviewState.MERGED, taken=taken)


def keep_apart(taken: Taken) -> None:
    """Find them to be two (认定为不同主体): what was claimed stays out, and the same claim opens no second review."""
    _decide(_lock_open_review(taken), ReviewState.KEPT_APART, taken=taken)


def accept_name(taken: Taken) -> None:
    """Find that the name has changed (认定为更名): the claimed name becomes current, the one before former."""
    review = _lock_open_review(taken)
    if review.reason != ReviewReason.SAME_NUMBER_TWO_NAMES:
        raise Refused(Refusal(code="E-SUB-14", what="这次核查不涉及更名。", next_step="请选择其他处理方式。"))
    on = legal_day(taken.at)
    models.Name.objects.filter(subject_id=review.subject_id, valid_until=None).update(valid_until=on)
    name_id = new_id(taken.at)
    sealed = None
    if review.claimed_sealed is not None:
        claimed = claimed_name(review, taken=taken)
        place = Aad(table="subjects_name", column="sealed", row=name_id)
        (sealed,) = keyholder.seal_many([review.subject_id], [claimed], aads=[place])
    else:
        rename_operator(review.subject_id, review.claimed_name or "", on=on, now=taken.at)
    models.Name.objects.create(
        id=name_id,
        subject_id=review.subject_id,
        tag=bytes(review.tag),
        sealed=sealed,
        name=review.claimed_name,
        valid_from=on,
    )
    _decide(review, ReviewState.NAME_ACCEPTED, taken=taken)


@transaction.atomic
def undo_merge(review_id: UUID, *, reasons: str, actor: Actor, now: datetime) -> None:
    """Take a merge back (撤销合并): the link goes, and each subject has again exactly what was filed for it."""
    _require_officer(actor)
    _require_reasons(reasons)
    review = models.Review.objects.select_for_update().get(id=review_id)
    if review.state != ReviewState.MERGED:
        raise Refused(Refusal(code="E-SUB-15", what="这次核查没有合并主体，或者合并已经撤销。"))
    models.Subject.objects.filter(id__in=[review.subject_id, review.other_subject_id]).update(merged_into_id=None)
    _close(review, ReviewState.UNDONE, actor=actor, reasons=reasons, now=now)


@transaction.atomic
def record_status(
    subject_id: UUID,
    *,
    status: SubjectStatus,
    on: date,
    document_digest: str,
    reasons: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Record what became of a subject on a document: deceased, ceased, under guardianship, or active again."""
    _require_officer(actor)
    _require_reasons(reasons)
    if status is SubjectStatus.ERASED:
        raise Refused(Refusal(code="E-SUB-16", what="删除不能作为状态登记。", next_step="请使用删除办理。"))
    subject = _lock(subject_id)
    is_person = subject.kind == SubjectKind.NATURAL_PERSON
    for_persons = {SubjectStatus.DECEASED, SubjectStatus.GUARDIANSHIP}
    if (status in for_persons and not is_person) or (status is SubjectStatus.CEASED and is_person):
        raise Refused(Refusal(code="E-SUB-17", what="这个状态不适用于该类主体。"))
    models.StatusChange.objects.create(
        id=new_id(now),
        subject_id=subject_id,
        status=status.value,
        on=on,
        document_digest=document_digest,
        reasons=reasons,
        changed_at=now,
        changed_by=actor.key,
    )
    models.Subject.objects.filter(id=subject_id).update(status=status.value)
    record(subject_id, actor=actor, now=now, reason=status.value, category="status")


@transaction.atomic
def add_representation(
    subject_id: UUID,
    *,
    representative_id: UUID,
    ground: RepresentationGround,
    document_digest: str,
    starts_on: date,
    ends_on: date | None,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Let an adult act for a deceased person (PIPL 49) or one under guardianship, on a document; no kinship is kept."""
    _require_officer(actor)
    _require_ground(_lock(subject_id), ground)
    row = models.Representation.objects.create(
        id=new_id(now),
        subject_id=subject_id,
        representative_id=representative_id,
        ground=ground.value,
        document_digest=document_digest,
        starts_on=starts_on,
        ends_on=ends_on,
        entered_at=now,
        entered_by=actor.key,
    )
    record(subject_id, actor=actor, now=now, reason=ground.value, category="representation")
    return row.id


@transaction.atomic
def end_representation(
    subject_id: UUID,
    *,
    representative_id: UUID,
    ground: RepresentationGround,
    on: date,
    actor: Actor,
    now: datetime,
) -> None:
    """End what lets an adult act for somebody, from a day on: by an officer, by who hands it back, by the platform."""
    if not actor.is_representative and not actor.has(Role.PLATFORM):
        _require_officer(actor)
    standing = models.Representation.objects.filter(
        subject_id=subject_id, representative_id=representative_id, ground=ground.value
    )
    standing.filter(Q(ends_on=None) | Q(ends_on__gt=on)).update(ends_on=on)
    record(subject_id, actor=actor, now=now, reason=f"{ground.value}_ended", category="representation")


@transaction.atomic
def erase(subject_id: UUID, *, reasons: str, actor: Actor, now: datetime) -> None:
    """Erase a natural person (删除): destroy the data key, the blind indexes and the name tags.

    Everything sealed with the key, wherever it stands, can never be opened again. Runs under the channel office or
    job. The same number filed later makes a new subject.
    """
    _require_reasons(reasons)
    subject = _lock(subject_id)
    if subject.kind != SubjectKind.NATURAL_PERSON:
        raise Refused(Refusal(code="E-SUB-19", what="只有自然人的信息可以按删除办理。"))
    keyholder.forget(subject_id)
    models.SubjectKey.objects.filter(subject_id=subject_id).delete()
    with connection.cursor() as cursor:
        for table in ("subjects_identifier", "subjects_name", "subjects_review"):
            cursor.execute(f"delete from {table} where subject_id = %s", [subject_id])
    models.Subject.objects.filter(id=subject_id).update(status=SubjectStatus.ERASED.value)
    record(subject_id, actor=actor, now=now, reason=reasons, category="erasure", erased=True)


def _require_ground(subject: models.Subject, ground: RepresentationGround) -> None:
    """Refuse a representation for somebody whose recorded status does not call for one."""
    needed = {
        RepresentationGround.NEXT_OF_KIN: SubjectStatus.DECEASED,
        RepresentationGround.GUARDIAN: SubjectStatus.GUARDIANSHIP,
    }[ground]
    if subject.status != needed:
        raise Refused(
            Refusal(
                code="E-SUB-18",
                what="登记的状态与代办的理由不符。",
                why="近亲属只能为已死亡的人代办，监护人只能为被监护的人代办。",
                next_step="请先凭文书登记状态。",
                basis=("PIPL/49",),
            )
        )


def _with_unique_number(*subject_ids: UUID) -> set[UUID]:
    """Return which of the subjects have a live number of a kind that nobody has two of."""
    rows = models.Identifier.objects.filter(subject_id__in=subject_ids, kind__in=_LIVE_ID_NUMBERS, valid_until=None)
    return set(rows.values_list("subject_id", flat=True))


def _refuse_chain(kept: models.Subject, merged: models.Subject) -> None:
    has_others = models.Subject.objects.filter(merged_into_id=merged.id).exists()
    if kept.merged_into_id is not None or merged.merged_into_id is not None or has_others:
        raise Refused(
            Refusal(code="E-SUB-20", what="其中一个主体已经与别的主体合并。", next_step="请先撤销原来的合并。")
        )


def _lock(subject_id: UUID) -> models.Subject:
    subject = models.Subject.objects.select_for_update().filter(id=subject_id).first()
    if subject is None or subject.status == SubjectStatus.ERASED:
        raise Refused(Refusal(code="E-SUB-21", what="没有找到这个主体。"))
    return subject


def _lock_pair(first: UUID, second: UUID) -> tuple[models.Subject, models.Subject]:
    if first == second:
        raise Refused(Refusal(code="E-SUB-22", what="不能将一个主体与它自己核查。"))
    locked = {subject_id: _lock(subject_id) for subject_id in sorted((first, second))}
    return locked[first], locked[second]


def _lock_open_review(taken: Taken) -> models.Review:
    _require_officer(taken.actor)
    _require_reasons(taken.reasons)
    review = models.Review.objects.select_for_update().filter(id=UUID(taken.case.ref.id)).first()
    if review is None or review.state != ReviewState.OPEN:
        raise Refused(Refusal(code="E-SUB-23", what="这次核查已经办结，或者不在您的办理范围内。"))
    return review


def _decide(review: models.Review, state: ReviewState, *, taken: Taken) -> None:
    _close(review, state, actor=taken.actor, reasons=taken.reasons, now=taken.at)


def _close(review: models.Review, state: ReviewState, *, actor: Actor, reasons: str, now: datetime) -> None:
    models.Review.objects.filter(id=review.id).update(
        state=state.value, decided_at=now, decided_by=actor.key, decision_reasons=reasons.strip()
    )
    for one in (review.subject_id, review.other_subject_id):
        if one is not None:
            record(one, actor=actor, now=now, reason=state.value, reference=str(review.id), category="identity_review")


def _require_officer(actor: Actor) -> None:
    """Refuse anybody but a named human who handles cases: the platform proposes, it never decides."""
    if not actor.has(Role.CASE_OFFICER) or actor.has(Role.PLATFORM):
        raise Refused(Refusal(code="E-SUB-24", what="这项决定只能由具名的办案人员作出。", basis=("PIPL/24",)))


def _require_reasons(reasons: str) -> None:
    if not reasons.strip():
        raise Refused(Refusal(code="E-SUB-25", what="请写明理由。", why="每一项决定都要能够复查。"))
