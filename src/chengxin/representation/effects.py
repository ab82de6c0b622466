"""What each verb of an application does: tell whom it is about, note that they were heard, register, close, end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings

from chengxin.casework import facade as casework
from chengxin.casework.contracts import Taken
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.law import facade as law
from chengxin.notices import facade as notices
from chengxin.representation import models, queries
from chengxin.representation.actions import stand_in
from chengxin.representation.applying import absent
from chengxin.representation.contesting import CONTEST
from chengxin.representation.contracts import Ground
from chengxin.representation.rules import NEEDED, STANDS, is_over, last_day_after, why_not_register
from chengxin.representation.scopes import scopes_for
from chengxin.subjects import facade as subjects
from chengxin.subjects.contracts import RepresentationGround, SubjectStatus

LAW: Final = law.beside(__file__)
_LASTS: Final = {Ground.GUARDIAN: "representation.guardian_lasts", Ground.NEXT_OF_KIN: "representation.kin_lasts"}


def propose(taken: Taken) -> None:
    """Tell whom it is about, before anything is decided; an application about nobody on file cannot be proposed."""
    row = _lock(taken)
    if row.ward_id is None:
        raise Refused(
            Refusal(
                code="REP-UNKNOWN",
                what="没有核对到这个人：还没有打开申请的内容，或者按这个姓名和号码没有档案。",
                why="没有核对到人，就不知道该通知谁、该登记谁。",
                next_step="请先打开“看申请的内容”；确实没有的，写明以后不同意，或者要求补交材料。",
            )
        )
    models.Application.objects.filter(id=row.id).update(proposed_at=taken.at)
    _tell(row.ward_id, taken, text="representation_proposed", on=opens_on(legal_day(taken.at)))


def hear(taken: Taken) -> None:
    """Note that whom it is about was heard."""
    models.Application.objects.filter(id=_lock(taken).id).update(heard_at=taken.at)


def close(taken: Taken) -> None:
    """Close an application that was refused or taken back."""
    models.Application.objects.filter(id=_lock(taken).id).update(closed_at=taken.at)


def grant(taken: Taken) -> None:
    """Register what became of the person and who acts for them, and let that account act."""
    row, on, ground = _lock(taken), legal_day(taken.at), Ground(str(taken.case.facts["ground"]))
    assert row.ward_id is not None
    assert row.proposed_at is not None
    status = status_of(row.ward_id)
    refuse_if(
        why_not_register(
            ground,
            status=status,
            is_arranged=queries.is_arranged(row.ward_id),
            is_contested=row.contested_at is not None and row.heard_at is None,
            is_own=taken.actor.subject_id in {row.ward_id, row.subject_id},
            opens_on=opens_on(legal_day(row.proposed_at)),
            on=on,
        )
    )
    if status is not NEEDED[ground]:
        subjects.record_status(
            row.ward_id,
            status=NEEDED[ground],
            on=on,
            document_digest=row.document_sha256,
            reasons=taken.reasons,
            actor=taken.actor,
            now=taken.at,
        )
    ends_on = last_day_after(_days(_LASTS[ground], on), on=on, until=row.until)
    _register(row, taken, ends_on=ends_on, ground=ground)
    models.Application.objects.filter(id=row.id).update(closed_at=taken.at)
    _tell(row.ward_id, taken, text="representation_registered", on=ends_on)


def end(taken: Taken) -> None:
    """End a registration before its day (监护终止或者撤销): the account reaches nothing in the next statement."""
    _end(_lock(taken), taken)


def undo(taken: Taken) -> None:
    """Undo a registration that was a mistake: it ends, and the person is recorded as active again."""
    row = _lock(taken)
    _end(row, taken)
    assert row.ward_id is not None
    subjects.record_status(
        row.ward_id,
        status=SubjectStatus.ACTIVE,
        on=legal_day(taken.at),
        document_digest=row.document_sha256,
        reasons=taken.reasons,
        actor=taken.actor,
        now=taken.at,
    )


def hand_back(taken: Taken) -> None:
    """End a registration as its holder (不再代办): whom they acted for sees it among the looks."""
    mandate = models.Mandate.objects.get(id=UUID(taken.case.ref.id))
    end_all(mandate, taken, actor=stand_in(taken.actor, queries.mandate_of(mandate)))


def lapse(taken: Taken) -> None:
    """Close a registration that holds no longer: past its day, or the person is not as its ground asks."""
    mandate = models.Mandate.objects.get(id=UUID(taken.case.ref.id))
    if not is_over(queries.mandate_of(mandate), status=status_of(mandate.subject_id), on=legal_day(taken.at)):
        raise Refused(STANDS)
    end_all(mandate, taken, actor=taken.actor)
    _tell(mandate.subject_id, taken, text="representation_over", on=legal_day(taken.at))


def status_of(subject_id: UUID) -> SubjectStatus:
    """Return what became of a person; who is not there any more is erased."""
    found = subjects.find_subject(subject_id)
    return SubjectStatus.ERASED if found is None else found.status


def end_all(mandate: models.Mandate, taken: Taken, *, actor: Actor) -> None:
    """End what lets an account act by law, and what `subjects` keeps of it, in one transaction with its case."""
    on = legal_day(taken.at)
    standing = models.Mandate.objects.filter(id=mandate.id, ended_at=None, ends_on__gt=on)
    standing.update(ended_at=taken.at, ended_by=taken.actor.key)
    assert taken.case.ref.subject_id is not None
    subjects.end_representation(
        mandate.subject_id,
        representative_id=taken.case.ref.subject_id,
        ground=RepresentationGround(mandate.ground),
        on=on,
        actor=actor,
        now=taken.at,
    )


def _end(row: models.Application, taken: Taken) -> None:
    """End it as two officers decided; where whom it is about had said that it is not so, that is settled with it."""
    assert row.ward_id is not None
    end_all(models.Mandate.objects.get(id=row.id), taken, actor=taken.actor)
    contest = casework.find_open_case(CONTEST, ref_id=str(row.id))
    if contest is not None:
        casework.take(contest.id, verb="uphold", actor=taken.actor, now=taken.at, reasons=taken.reasons)
    _tell(row.ward_id, taken, text="representation_over", on=legal_day(taken.at))


def opens_on(proposed_on: date) -> date:
    """Return the first day on which an application may be granted: whom it is about had days to speak up."""
    return proposed_on + timedelta(days=hearing_days(proposed_on))


def hearing_days(on: date) -> int:
    """Return how many days whom it is about has to speak up."""
    return _days("representation.hearing", on)


def _register(row: models.Application, taken: Taken, *, ends_on: date, ground: Ground) -> None:
    on = legal_day(taken.at)
    assert row.ward_id is not None
    assert row.sealed_name is not None
    subjects.add_representation(
        row.ward_id,
        representative_id=row.subject_id,
        ground=RepresentationGround(ground.value),
        document_digest=row.document_sha256,
        starts_on=on,
        ends_on=ends_on,
        actor=taken.actor,
        now=taken.at,
    )
    models.Mandate.objects.create(
        id=row.id,
        number=row.number,
        subject_id=row.ward_id,
        ground=ground.value,
        scopes=list(scopes_for(ground)),
        sealed_name=row.sealed_name,
        holder_key=row.account_key,
        granted_at=taken.at,
        granted_by=taken.actor.key,
        ends_on=ends_on,
        accepted_at=taken.at,
    )


def _lock(taken: Taken) -> models.Application:
    row = models.Application.objects.select_for_update().filter(id=UUID(taken.case.ref.id)).first()
    if row is None:
        raise Refused(absent())
    return row


def _days(key: str, on: date) -> int:
    return int(LAW.value(key, on=on, pack=settings.LAW_PACK).number)


def _tell(subject_id: UUID, taken: Taken, *, text: str, on: date) -> None:
    notices.serve(
        kind=f"{taken.case.procedure}.{taken.verb}",
        text=text,
        parameters={"number": taken.case.number, "day": on.isoformat()},
        reference=taken.case.number,
        to_subject=subject_id,
        actor=taken.actor,
        now=taken.at,
    )
