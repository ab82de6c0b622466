"""What the verbs of the two procedures bring about, in the transaction of their step."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref, Taken
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law import facade as law
from chengxin.objections import models
from chengxin.objections.actions import PURPOSE, origin_of
from chengxin.objections.contracts import OBJECTION
from chengxin.records import facade as records

LAW = law.beside(__file__)
_NO_CORRECTION = Refusal(
    code="OBJ-NO-CORRECTION",
    what="还没有填写更正的内容。",
    why="更正和补充要写明改成什么，另一人看过以后一起生效。",
    next_step="请先在“更正这一条”里填写。",
)


def require_correction(taken: Taken) -> None:
    """Refuse a proposal to correct that does not say what to."""
    if not models.Correction.objects.filter(case_id=taken.case.id, dropped_at__isnull=True).exists():
        raise Refused(_NO_CORRECTION)


def drop_correction(taken: Taken) -> None:
    """Give the proposed correction back with the case."""
    standing = models.Correction.objects.filter(case_id=taken.case.id, dropped_at__isnull=True).first()
    if standing is None:
        return
    filing = casework.find_open_case("batch_approval", ref_id=str(standing.batch_id))
    if filing is not None:
        casework.take(filing.id, verb="return", actor=taken.actor, reasons=taken.reasons, now=taken.at)
    standing.dropped_at = taken.at
    standing.save(update_fields=["dropped_at"])


def correct(taken: Taken) -> None:
    """Accept the corrected line as the next version of the record, then lift the mark (更正、补充)."""
    proposed = models.Correction.objects.filter(case_id=taken.case.id, dropped_at__isnull=True).first()
    if proposed is None:
        raise Refused(_NO_CORRECTION)
    filing = casework.find_open_case("batch_approval", ref_id=str(proposed.batch_id))
    if filing is not None:
        casework.take(filing.id, verb="approve", actor=taken.actor, now=taken.at)
    subject_id, record_id = _about(taken)
    record = records.find_by_id(subject_id, record_id)
    if record is None or record.version <= proposed.version:
        raise Refused(
            Refusal(
                code="OBJ-NOT-CORRECTED",
                what="更正没有落到这一条记录上。",
                why="更正的内容和原来一样，或者改动了区分记录的字段。",
                next_step="请退回经办人重新填写；文号等有误的，请移出后重新报送。",
            )
        )
    _lift(taken)
    _open_review_window(taken)
    audit.record_event(
        Event(
            kind=Kind.CORRECT,
            actor=taken.actor,
            at=taken.at,
            purpose=PURPOSE,
            channel=Door.INTAKE,
            subject_id=subject_id,
            categories=(record.item_code,),
            reference=taken.case.number,
        )
    )


def stop(taken: Taken) -> None:
    """Stop the publicity and lift the mark (停止公示)."""
    _stop(taken)
    _lift(taken)
    _open_review_window(taken)


def stop_by_lapse(taken: Taken) -> None:
    """Stop the publicity of what the source did not verify in time; the mark stays."""
    _stop(taken)


def remove(taken: Taken) -> None:
    """Withdraw the record, after its mark: it leaves every outlet and its recipients delete it (移出)."""
    _lift(taken)
    subject_id, record_id = _about(taken)
    records.withdraw(
        subject_id=subject_id,
        record_id=record_id,
        reason=taken.reasons,
        reference=taken.case.number,
        actor=taken.actor,
        now=taken.at,
    )
    _open_review_window(taken)


def maintain(taken: Taken) -> None:
    """Keep the record as it is (维持); the mark stays as long as a review may be asked for."""
    _open_review_window(taken)


def uphold(taken: Taken) -> None:
    """End a review that changes nothing: the mark is lifted."""
    _lift(taken)


def take_back(taken: Taken) -> None:
    """End what the subject took back: the mark is lifted."""
    _lift(taken)


def order_again(taken: Taken) -> None:
    """Send the record back to its source for another decision (责令重新处理); the mark stays."""
    facts = taken.case.facts
    kept = {name: facts[name] for name in ("item", "ground", "version", "is_own_scope", "is_of_source")}
    origin = origin_of(taken.case)
    casework.open_case(
        OBJECTION,
        ref=Ref(kind="record", id=taken.case.ref.id, subject_id=taken.case.ref.subject_id),
        body=str(facts["reviewed_body"]),
        opened_by=taken.actor,
        facts={**kept, "objection": str(origin), "ordered_by": taken.case.number},
        reasons=taken.reasons,
        evidence=casework.papers_of(taken.case.id),
        now=taken.at,
    )
    models.Objection.objects.filter(case_id=origin).update(review_until=None, review_case_id=None)


def _stop(taken: Taken) -> None:
    subject_id, record_id = _about(taken)
    records.stop_publicity(
        subject_id=subject_id,
        record_id=record_id,
        because="objection",
        reference=taken.case.number,
        actor=taken.actor,
        now=taken.at,
    )


def _lift(taken: Taken) -> None:
    row = models.Objection.objects.filter(case_id=origin_of(taken.case), mark_lifted_at__isnull=True).first()
    if row is None:
        return
    records.lift(row.mark_id, actor=taken.actor, now=taken.at)
    row.mark_lifted_at = taken.at
    row.save(update_fields=["mark_lifted_at"])


def _open_review_window(taken: Taken) -> None:
    if taken.case.procedure != OBJECTION:
        return
    on = legal_day(taken.at)
    until = LAW.due("objection.review_window", on=on, start=on, pack=settings.LAW_PACK).last_day
    models.Objection.objects.filter(case_id=origin_of(taken.case)).update(review_until=until)


def _about(taken: Taken) -> tuple[UUID, UUID]:
    if taken.case.ref.subject_id is None:
        raise ValueError("An objection names the subject of its record.")
    return taken.case.ref.subject_id, UUID(taken.case.ref.id)
