"""Whom a document names as responsible is repaired alone (责任人员单独修复): no firm, no officer asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref, Step, Taken
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.law.facade import cites
from chengxin.lists import facade as lists
from chengxin.measures import models
from chengxin.measures.actions import end
from chengxin.measures.contracts import Applied, Because
from chengxin.measures.keeping import KEEPER
from chengxin.measures.keeping import PURPOSE as KEEPING
from chengxin.measures.queries import applied_of
from chengxin.records import facade as records

PROCEDURE: Final = "personal_repair"
PURPOSE: Final = "repair"


@dataclass(frozen=True, kw_only=True)
class Own:
    """A measure on the person who asks: from which day repair may be asked for, why not, and the newest request."""

    applied: Applied
    first_day: date | None
    refusal: Refusal | None
    case: Case | None
    steps: Sequence[Step]


def own_repair(actor: Actor, measure_id: UUID, *, now: datetime) -> Own:
    """Return what the person named can do about a measure on that person; anybody else's looks absent."""
    row = _own_row(actor, measure_id)
    item, determined_on = _ground_of(row)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        case = casework.find_latest_case(PROCEDURE, ref_id=_link(row))
        steps = casework.timeline(case.id, actor=actor) if case else ()
    return Own(
        applied=applied_of(row),
        first_day=_first_day(item, determined_on),
        refusal=_why_not(row, item, determined_on, on=legal_day(now)),
        case=case,
        steps=steps,
    )


def ask_alone(actor: Actor, measure_id: UUID, *, words: str, papers: Sequence[casework.Sent], now: datetime) -> Case:
    """Ask for one's own repair with papers, free of charge; it concerns nobody else and no entry of a firm."""
    row = _own_row(actor, measure_id)
    _may(actor, now=now)
    item, determined_on = _ground_of(row)
    refuse_if(_why_not(row, item, determined_on, on=legal_day(now)))
    if not words.strip() or not papers:
        raise Refused(_no_papers())
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE), transaction.atomic():
        if casework.find_open_case(PROCEDURE, ref_id=_link(row)) is not None:
            raise Refused(Refusal(code="MEASURE-ASKED", what="您已经申请，正在办理。", next_step="请看办理进展。"))
        return casework.open_case(
            PROCEDURE,
            ref=Ref(kind="measure", id=_link(row), subject_id=row.subject_id),
            body=row.body,
            opened_by=actor,
            reasons=words,
            evidence=casework.keep_papers(papers),
            facts={"item": item, "record": str(row.record_id), "number": row.number},
            now=now,
        )


def go_on_alone(
    actor: Actor, measure_id: UUID, *, verb: str, words: str, papers: Sequence[casework.Sent], now: datetime
) -> Case:
    """Take an applicant's verb in one's own request: hand in more, state one's case, withdraw."""
    row = _own_row(actor, measure_id)
    _may(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE), transaction.atomic():
        case = casework.find_open_case(PROCEDURE, ref_id=_link(row))
        if case is None:
            raise Refused(Refusal(code="MEASURE-NOT-ASKED", what="没有正在办理的申请。", next_step="请看办理进展。"))
        digests = casework.keep_papers(papers) if papers else ()
        refuse_if(casework.why_not_take(case.id, verb=verb, actor=actor, reasons=words, evidence=digests))
        return casework.take(case.id, verb=verb, actor=actor, reasons=words, evidence=digests, now=now)


def release(taken: Taken) -> None:
    """End every measure of the body on this person by this record; the record, its entry and the firm stay."""
    resource = Resource(kind="measure", body=taken.case.body)
    access.require(taken.actor, action="measure.handle", resource=resource, purpose=KEEPING, now=taken.at)
    assert taken.case.ref.subject_id is not None
    standing = models.Applied.objects.select_for_update().filter(
        subject_id=taken.case.ref.subject_id,
        record_id=UUID(str(taken.case.facts["record"])),
        body=taken.case.body,
        ended_at__isnull=True,
    )
    rows = list(standing.exclude(person_role=""))
    if not rows:
        raise Refused(_ended())
    for row in rows:
        end(row, because=Because.REPAIRED, reasons=taken.reasons[:1000], actor=taken.actor, now=taken.at)


def require_heard(taken: Taken) -> None:
    """Refuse to refuse before the time to state a case against the proposal is over."""
    determinations.require_heard_after("propose_refusal", taken)


def _own_row(actor: Actor, measure_id: UUID) -> models.Applied:
    """Return a measure on the very person who asks as responsible; the firm, an officer and a stranger see none."""
    if actor.subject_id is None:
        raise Refused(_absent())
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        rows = models.Applied.objects.filter(pk=measure_id, subject_id=actor.subject_id)
        row = rows.exclude(person_role="").first()
    if row is None:
        raise Refused(_absent())
    return row


def _link(row: models.Applied) -> str:
    return str(row.pk)


def _ground_of(row: models.Applied) -> tuple[str, date | None]:
    """Return item and day of the record a measure rests on, as the platform's keeper: nothing of it is opened."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=KEEPING):
        found = records.list_by_ids([(row.ground_subject_id, row.record_id)])
    return (found[0].item_code, found[0].determined_on) if found else ("", None)


@cites("SZ/80", "D/list-exit")
def _first_day(item: str, determined_on: date | None) -> date | None:
    """Return from when a person named may ask: no later than the firm itself might ask to leave."""
    kind = lists.kind_of_item(item)
    if kind is None or determined_on is None:
        return None
    return lists.may_leave_from(kind, determined_on, pack=settings.LAW_PACK).ends_on


def _why_not(row: models.Applied, item: str, determined_on: date | None, *, on: date) -> Refusal | None:
    if row.ended_at is not None:
        return _ended()
    first = _first_day(item, determined_on)
    if first is None or on >= first:
        return None
    return Refusal(
        code="MEASURE-TOO-EARLY",
        what="还没有到可以单独申请修复的日期。",
        why="列入满规定期限、已经改正的，责任人员可以单独申请修复，不用等企业。",
        next_step="最早{day}可以申请；到期自动解除的，不用申请。",
        values={"day": first},
        basis=("SZ/80", "D/list-exit"),
        retry_on=first,
    )


def _may(actor: Actor, *, now: datetime) -> None:
    resource = Resource(kind="measure", subject_id=actor.subject_id)
    access.require(actor, action="measure.ask_alone", resource=resource, purpose=PURPOSE, now=now)


def _no_papers() -> Refusal:
    return Refusal(
        code="MEASURE-NO-PAPERS",
        what="请写明您本人怎样改正，并附上证明材料。",
        why="办理的单位要看到您已经改正、应当由您履行的已经履行。",
        next_step="可以拍照上传；不需要企业盖章，也不需要第三方的报告。",
        basis=("SZ/80",),
        field="papers",
    )


def _ended() -> Refusal:
    return Refusal(code="MEASURE-ENDED", what="这项措施已经解除。", next_step="不需要申请。")


def _absent() -> Refusal:
    return Refusal(
        code="ABSENT",
        what="没有找到对您本人作为责任人员的措施。",
        next_step="请从“对我的措施”重新选择；只有本人能申请。",
    )
