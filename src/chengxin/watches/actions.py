"""Set a watch (关注) on a basis that lives, known to the watched from the first moment; take it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Outcome
from chengxin.audit.contracts import Kind as EventKind
from chengxin.consents import facade as consents
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_number
from chengxin.kernel.identifiers import IdentifierKind, compact, upgrade_id_no
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.lists import facade as lists
from chengxin.matching import facade as matching
from chengxin.notices import facade as notices
from chengxin.screening.contracts import Kind, Query
from chengxin.subjects import facade as subjects
from chengxin.subjects.contracts import Subject
from chengxin.watches import models
from chengxin.watches.bases import find_reference
from chengxin.watches.contracts import Asked, Because, Ground, How, Matter, Opened, Watch
from chengxin.watches.grounds import grounds
from chengxin.watches.keeping import check_now, look_again, record, tell
from chengxin.watches.queries import WATCHER, absent, get_of_body, warnings_of, watch_of
from chengxin.watches.rules import PURPOSE, key_of, longest, no_basis, why_not_until

_DAY: Final = timedelta(days=1)


def watch(actor: Actor, asked: Asked, *, now: datetime) -> Watch:
    """Watch a subject on the lists of a matter; a try without a basis is refused, and seen by whom it was about."""
    _may_set(actor, now=now)
    ground = grounds().get(asked.ground)
    if ground is None:
        raise Refused(no_basis())
    on = legal_day(now)
    latest = longest(on, pack=settings.LAW_PACK).ends_on
    refuse_if(why_not_until(asked.last_day, on=on, latest=latest))
    matter = _matter_of(actor, asked, ground, now=now)
    subject, reference = _basis_of(actor, asked, ground, now=now)
    if subject is None or reference is None:
        _tell_refused(actor, subject, matter, now=now)
        raise Refused(no_basis())
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        standing = models.Watch.objects.filter(
            body=actor.body, subject_id=subject.id, purpose=matter.code, ended_at__isnull=True
        )
        if standing.exists():
            raise Refused(_twice())
        found = watch_of(_write(actor, subject, asked, matter=matter, ground=ground, reference=reference, now=now))
        record(
            found, actor=actor, reason=f"set:{asked.last_day.isoformat()}:{ground.code}", channel=Channel.BODY, now=now
        )
        notices.serve(
            to_subject=subject.id,
            kind="watch",
            text="watch_set",
            parameters={"number": found.number, "day": asked.last_day.isoformat()},
            reference=found.number,
            actor=actor,
            now=now,
        )
    check_now(found, now=now)
    return found


def take_back(actor: Actor, watch_id: UUID, *, now: datetime) -> None:
    """End a watch of one's own body before its time; its warnings are lifted with it."""
    _may_set(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = models.Watch.objects.select_for_update().filter(id=watch_id, body=actor.body).first()
        if row is None or row.ended_at is not None:
            raise Refused(absent())
        row.ended_at, row.ended_because = now, Because.TAKEN_BACK.value
        row.save(update_fields=["ended_at", "ended_because"])
        record(watch_of(row), actor=actor, reason="ended:taken_back", channel=Channel.BODY, now=now)
    check_now(watch_of(row), now=now)


def read_watch(actor: Actor, watch_id: UUID, *, now: datetime) -> Opened:
    """Read a watch of one's own body; each hit is read again, and of a person the look is written first.

    One that runs no more shows no hit, whatever its warnings say.
    """
    found, runs = get_of_body(actor, watch_id, now=now)
    warnings = warnings_of(actor, found)
    standing = {str(case.facts["key"]) for case in warnings if not case.is_closed}
    hits = look_again(found, at=now) if runs and standing else []
    shown = {key_of(hit): hit for hit in hits if key_of(hit) in standing}
    if shown:
        with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
            tell(found, list(shown.values()), actor=actor, channel=Channel.BODY, now=now)
    return Opened(watch=found, runs=runs, warnings=warnings, hits=shown)


def _may_set(actor: Actor, *, now: datetime) -> None:
    resource = Resource(kind="watch", body=actor.body)
    access.require(actor, action="watch.set", resource=resource, purpose=PURPOSE, now=now)


def _matter_of(actor: Actor, asked: Asked, ground: Ground, *, now: datetime) -> Matter:
    """Return what the watch is for: a measure its body may apply, or a purpose rule the person consented to."""
    is_person = asked.kind == Kind.PERSON
    if ground.how is How.CONSENT:
        rule = consents.find_rule(asked.purpose)
        if rule is None or not rule.is_watch:
            raise Refused(no_basis())
        covered = tuple(code for code, kind in lists.kinds().items() if set(kind.items) <= rule.items)
        return Matter(code=rule.code, basis=rule.basis, lists=covered)
    measure, kinds = matching.matter_of(actor, asked.purpose, rows=1, persons=int(is_person), now=now)
    if not matching.is_object(measure, asked.kind):
        raise Refused(
            Refusal(
                code="WATCH-OBJECT",
                what="这项措施不对这类主体实施，所以不能关注。",
                next_step="请换一项措施，或者核对主体的类别。",
                field="purpose",
            )
        )
    return Matter(code=measure.code, basis=measure.basis, lists=kinds)


def _basis_of(actor: Actor, asked: Asked, ground: Ground, *, now: datetime) -> tuple[Subject | None, str | None]:
    """Return who is meant, if on file, and what the watch rests on, if anything lives; the platform looks."""
    if asked.kind == Kind.PERSON:
        code, said = matching.fault_of(Query(id="1", kind=Kind.PERSON.value, name="", id_no=asked.number))
        refuse_if(Refusal(code=code, what=said, next_step="请核对号码。", field="number") if code else None)
    with access.acting_for(WATCHER, channel=Channel.JOB, purpose=PURPOSE):
        subject = _subject_of(asked)
        if subject is None:
            return None, None
        return subject, find_reference(
            actor.body, subject.id, ground=ground, purpose=asked.purpose, reference=asked.reference, at=now
        )


def _subject_of(asked: Asked) -> Subject | None:
    if asked.kind != Kind.PERSON:
        operator = subjects.find_operator(asked.number)
        return subjects.find_subject(operator.id) if operator else None
    found = subjects.find_by_number(IdentifierKind.ID_NO, upgrade_id_no(compact(asked.number)))
    return found if found is not None and found.kind is SubjectKind.NATURAL_PERSON else None


def _write(
    actor: Actor, subject: Subject, asked: Asked, *, matter: Matter, ground: Ground, reference: str, now: datetime
) -> models.Watch:
    on = legal_day(now)
    return models.Watch.objects.create(
        id=new_id(now),
        number=new_number("GZ", day=on),
        body=actor.body,
        subject_id=subject.id,
        subject_kind=subject.kind.value,
        purpose=matter.code,
        lists=list(matter.lists),
        ground=ground.code,
        reference=reference,
        basis=list(dict.fromkeys((*matter.basis, *ground.basis))),
        set_by=actor.key,
        set_at=now,
        set_on=on,
        ends_on=asked.last_day + _DAY,
    )


def _tell_refused(actor: Actor, subject: Subject | None, matter: Matter, *, now: datetime) -> None:
    """Write a try without a basis down, and let whom it was about see it, where they are on file."""
    event = Event(
        kind=EventKind.SEARCH,
        actor=actor,
        at=now,
        purpose=PURPOSE,
        channel=Channel.BODY,
        basis=matter.basis,
        outcome=Outcome.REFUSED,
        reason="WATCH-NO-BASIS",
    )
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        audit.record_event(replace(event, subject_id=subject.id if subject else None))


def _twice() -> Refusal:
    return Refusal(
        code="WATCH-TWICE",
        what="本单位已经为这项措施关注这个主体。",
        next_step="不用再次设置；要改最后一日的，先结束原来的，再重新设置。",
        field="number",
    )
