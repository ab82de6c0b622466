"""Change what stands: publish, end, mark, withdraw, state one's own view. One verb, one transaction, one event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records.bulk import Filing
from chengxin.records.contracts import Change, Channel, MarkKind
from chengxin.records.duties import change_of
from chengxin.records.models import Mark, Publication, RecordVersion, Statement
from chengxin.records.publishing import publish
from chengxin.records.recall import tell_changed

_ENDS_PUBLICITY = {MarkKind.WITHDRAWN, MarkKind.REPAIRED, MarkKind.FROZEN}


def publish_due(*, actor: Actor, now: datetime, filing: Filing | None = None) -> int:
    """Publish every accepted version that may be public on this day and is not yet; return how many.

    A filing narrows the look to what it brought; without one everything that stands is looked at.
    """
    published = publish(now=now, filing=filing)
    if published:
        _tell(Kind.PUBLISH, actor=actor, now=now, count=published)
    return published


def end_expired(*, actor: Actor, now: datetime) -> int:
    """End every publication whose last day has passed; `usable` has already kept it in since midnight."""
    ended = Publication.objects.filter(ended_at__isnull=True, ends_on__lte=legal_day(now)).update(
        ended_at=now, ended_because="expired"
    )
    if ended:
        _tell(Kind.UNPUBLISH, actor=actor, now=now, count=ended)
    return ended


def mark(
    *,
    subject_id: UUID,
    record_id: UUID,
    kind: MarkKind,
    reason: str,
    reference: str,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Mark a record and tell its recipients; a mark that bars every way out ends its publicity in the same step."""
    if not reason.strip():
        raise Refused(Refusal(code="M-REASON", what="标注需要写明理由。", next_step="请写一句当事人能看懂的理由。"))
    record = _standing(subject_id, record_id)
    identifier = new_id(now)
    Mark.objects.create(
        id=identifier,
        subject_id=subject_id,
        record_id=record_id,
        kind=kind,
        set_at=now,
        reason=reason,
        reference=reference,
        actor_key=actor.key,
        body=actor.body,
    )
    if kind in _ENDS_PUBLICITY:
        Publication.objects.filter(subject_id=subject_id, record_id=record_id, ended_at__isnull=True).update(
            ended_at=now, ended_because=kind
        )
    event = Kind.WITHDRAW if kind is MarkKind.WITHDRAWN else Kind.MARK
    _tell(event, actor=actor, now=now, subject_id=subject_id, reference=reference)
    tell_changed(record, change=change_of(kind), act=f"mark:{identifier}", actor=actor, now=now)
    return identifier


def lift(mark_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Lift a mark that is set; publicity does not resume by itself."""
    standing = Mark.objects.select_for_update().filter(id=mark_id, lifted_at__isnull=True).first()
    if standing is None:
        raise Refused(Refusal(code="ABSENT", what="没有这个标注，或者它已经解除。"))
    standing.lifted_at = now
    standing.save(update_fields=["lifted_at"])
    _tell(Kind.MARK, actor=actor, now=now, subject_id=standing.subject_id, reference=standing.reference)
    record = _standing(standing.subject_id, standing.record_id)
    tell_changed(record, change=Change.LIFTED, act=f"lift:{mark_id}", actor=actor, now=now)


def withdraw(*, subject_id: UUID, record_id: UUID, reason: str, reference: str, actor: Actor, now: datetime) -> UUID:
    """Withdraw a record whose basis fell (撤回): it leaves every outlet at once and its recipients are told."""
    return mark(
        subject_id=subject_id,
        record_id=record_id,
        kind=MarkKind.WITHDRAWN,
        reason=reason,
        reference=reference,
        actor=actor,
        now=now,
    )


def stop_publicity(
    *, subject_id: UUID, record_id: UUID, because: str, reference: str, actor: Actor, now: datetime
) -> bool:
    """Stop the publicity of a record for good, tell its recipients, and tell whether it was public."""
    ended = Publication.objects.filter(subject_id=subject_id, record_id=record_id, ended_at__isnull=True).update(
        ended_at=now, ended_because=because
    )
    if not ended:
        return False
    _tell(Kind.UNPUBLISH, actor=actor, now=now, subject_id=subject_id, reference=reference)
    record = _standing(subject_id, record_id)
    tell_changed(record, change=Change.PUBLICITY_ENDED, act=f"stop:{reference}", actor=actor, now=now)
    return True


def state_own_view(
    *,
    statement_id: UUID,
    subject_id: UUID,
    record_id: UUID,
    sealed: bytes | None = None,
    text: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Keep the subject's own statement (本人说明) with a record; a new one takes the place of the old.

    A person's is sealed for `statement_id`; an operator's stands in `text`, because it is shown with the record.
    """
    standing = RecordVersion.objects.filter(subject_id=subject_id, record_id=record_id, superseded_at__isnull=True)
    if actor.subject_id != subject_id or not standing.exists():
        raise Refused(Refusal(code="ABSENT", what="没有这条记录。"))
    Statement.objects.filter(subject_id=subject_id, record_id=record_id, withdrawn_at__isnull=True).update(
        withdrawn_at=now
    )
    Statement.objects.create(
        id=statement_id, subject_id=subject_id, record_id=record_id, sealed=sealed, text=text, written_at=now
    )
    _tell(Kind.MARK, actor=actor, now=now, subject_id=subject_id, channel=Channel.SELF)


def _standing(subject_id: UUID, record_id: UUID) -> RecordVersion:
    """Return the current version of a record the actor may see, or refuse as if there were none."""
    found = RecordVersion.objects.filter(subject_id=subject_id, record_id=record_id, superseded_at__isnull=True)
    record = found.only("subject_id", "record_id", "version", "body", "item_code").first()
    if record is None:
        raise Refused(Refusal(code="ABSENT", what="没有这条记录。"))
    return record


def _tell(
    kind: Kind,
    *,
    actor: Actor,
    now: datetime,
    subject_id: UUID | None = None,
    reference: str = "",
    count: int = 1,
    channel: str = "job",
    categories: Sequence[str] = (),
) -> None:
    audit.record_event(
        Event(
            kind=kind,
            actor=actor,
            at=now,
            purpose="record_keeping",
            channel=channel,
            subject_id=subject_id,
            categories=tuple(categories),
            reference=reference,
            count=count,
        )
    )
