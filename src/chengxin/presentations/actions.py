"""Make what is shown, take it back, open it by its code: read live each time, in the transaction of its event."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.archives import facade as archives
from chengxin.archives.contracts import Reader
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, Look, LookFilter, Outcome
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_code, read_code
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.law import facade as law
from chengxin.presentations import models
from chengxin.presentations.claims import claims, holds
from chengxin.presentations.contracts import Offer, Presentation, Shown, Wanted
from chengxin.presentations.rules import NOT_OPEN, why_not_make, why_not_open
from chengxin.records import facade as records
from chengxin.records.contracts import Handed, Record

PURPOSE: Final = "presentation"
OUTLET: Final = "self.presented"
OPENER: Final = platform("presentations")
LAW: Final = law.beside(__file__)
_BASIS: Final = ("PIPL/45",)
_MOST: Final = 50


def offer(actor: Actor, *, now: datetime) -> Offer:
    """Return what the subject who asks can show now; their own lines are opened for them, which is an event."""
    subject_id = _own(actor, now=now)
    reader = _reader(actor, subject_id, channel=Door.SELF)
    most_days, most_uses = _caps(now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        found = archives.presentable(subject_id, now=now)
        _name, lines = archives.open_presented(found, reader=reader, now=now, reference="", with_name=False)
    return Offer(claims=_answers(tuple(claims()), found), lines=lines, days=most_days, uses=most_uses)


def make(actor: Actor, wanted: Wanted, *, now: datetime) -> tuple[str, Presentation]:
    """Make a presentation (出示) and return its code, which is shown once and kept nowhere."""
    subject_id = _own(actor, now=now)
    most_days, most_uses = _caps(now)
    code = new_code()
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        found = archives.presentable(subject_id, now=now)
        holding = [claim for claim, answer in _answers(tuple(claims()), found) if answer]
        own = [record.record_id for record in found]
        refuse_if(why_not_make(wanted, holding=holding, own=own, most_days=most_days, most_uses=most_uses))
        row = models.Presentation.objects.create(
            id=new_id(now),
            subject_id=subject_id,
            code_digest=_digest(code),
            reason=wanted.reason,
            recipient=wanted.recipient.strip(),
            claims=list(wanted.claims),
            record_ids=[] if wanted.is_whole else list(wanted.record_ids),
            is_whole=wanted.is_whole,
            shows_name=wanted.shows_name,
            made_at=now,
            ends_at=now + timedelta(days=wanted.days),
            uses_most=wanted.uses,
        )
        _tell(actor, row, kind=Kind.CONSENT, now=now)
    return code, _value(row)


def take_back(actor: Actor, presentation_id: UUID, *, now: datetime) -> None:
    """Take a presentation back (收回): it waits for an opening that runs, and when it is acknowledged none follows."""
    subject_id = _own(actor, now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        row = models.Presentation.objects.filter(id=presentation_id, subject_id=subject_id).first()
        if row is None:
            raise Refused(Refusal(code="ABSENT", what="没有这次出示。"))
        if models.Presentation.objects.filter(id=row.id, withdrawn_at__isnull=True).update(withdrawn_at=now):
            _tell(actor, row, kind=Kind.REVOKE, now=now)


def list_own(actor: Actor, *, now: datetime) -> list[tuple[Presentation, Sequence[Look]]]:
    """Return what the subject who asks has shown, the newest first, each with every opening and every attempt."""
    subject_id = _own(actor, now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        rows = models.Presentation.objects.filter(subject_id=subject_id).order_by("-id")[:_MOST]
        return [(_value(row), _openings(subject_id, row.id)) for row in rows]


def open_code(text: str, *, by: Actor, now: datetime) -> Shown:
    """Return what a code opens now; its person sees the opening, and a refused one of a code that was theirs."""
    digest = _digest(read_code(text))
    with access.acting_for(OPENER, channel=Door.JOB, purpose=PURPOSE, case_ref=digest.hex()):
        chosen = models.Presentation.objects.filter(code_digest=digest)
        # One taken back cannot be changed any more, so it cannot be locked either; its attempt is told all the same.
        row = chosen.select_for_update().first() or chosen.first()
        refusal = why_not_open(_value(row) if row else None, at=now)
        if row is not None and refusal is None:
            return _open(row, by=by, now=now)
        if row is not None:
            _tell(OPENER, row, kind=Kind.DISCLOSE, now=now, refused=NOT_OPEN.code)
    raise Refused(NOT_OPEN)


def shown_ids(record_ids: Sequence[UUID], subject_id: UUID, *, is_whole: bool, now: datetime) -> list[Record]:
    """Return the records a presentation lets out at a moment: the chosen ones that may still be shown."""
    found = archives.presentable(subject_id, now=now)
    return found if is_whole else [record for record in found if record.record_id in set(record_ids)]


def _open(row: models.Presentation, *, by: Actor, now: datetime) -> Shown:
    standing = archives.presentable(row.subject_id, now=now)
    found = shown_ids(row.record_ids, row.subject_id, is_whole=row.is_whole, now=now)
    reader = _reader(OPENER, row.subject_id, channel=Door.JOB)
    name, lines = archives.open_presented(
        found, reader=reader, now=now, reference=str(row.id), with_name=row.shows_name
    )
    _note_received(row, found, by=by, now=now)
    row.uses += 1
    row.save(update_fields=["uses"])
    return Shown(
        presentation=_value(row),
        name=name if row.shows_name else "",
        claims=_answers(row.claims, standing),
        lines=lines,
        gone=0 if row.is_whole else len(row.record_ids) - len(found),
        as_of=now,
    )


def _answers(codes: Sequence[str], found: Sequence[Record]) -> list[tuple[str, bool]]:
    known = claims()
    return [(code, holds(known[code], found)) for code in codes if code in known]


def _note_received(row: models.Presentation, found: Sequence[Record], *, by: Actor, now: datetime) -> None:
    """Write down what a registered body now holds, so that a correction reaches it."""
    if found and records.recipient_of(by):
        handed = [
            Handed(subject_id=one.subject_id, record_id=one.record_id, version=one.version, source_body=one.body)
            for one in found
        ]
        records.note_received(
            handed, recipient=by, outlet=OUTLET, purpose=PURPOSE, event_id=row.id, now=now, reference=str(row.id)
        )


def _openings(subject_id: UUID, presentation_id: UUID) -> list[Look]:
    chosen = LookFilter(purpose=PURPOSE, reference=str(presentation_id))
    found = audit.list_looks(subject_id, limit=_MOST, chosen=chosen)
    return [look for look in found if look.kind == Kind.DISCLOSE]


def _own(actor: Actor, *, now: datetime) -> UUID:
    if actor.subject_id is None:
        raise Refused(
            Refusal(
                code="SIGN_IN_REQUIRED",
                what="请先登录，再出示您本人的信息。",
                next_step="请用您的账户登录。",
                basis=("PIPL/45",),
            )
        )
    resource = Resource(kind=PURPOSE, subject_id=actor.subject_id)
    access.require(actor, action="presentation.make", resource=resource, purpose=PURPOSE, now=now)
    return actor.subject_id


def _reader(actor: Actor, subject_id: UUID, *, channel: Door) -> Reader:
    return Reader(actor=actor, subject_id=subject_id, channel=channel, purpose=PURPOSE, basis=_BASIS)


def _caps(now: datetime) -> tuple[int, int]:
    on, pack = legal_day(now), settings.LAW_PACK
    days, uses = (LAW.value(f"presentation.{key}", on=on, pack=pack).number for key in ("lasts", "uses"))
    return int(days), int(uses)


def _tell(actor: Actor, row: models.Presentation, *, kind: Kind, now: datetime, refused: str = "") -> None:
    told: dict[str, Any] = {"outcome": Outcome.REFUSED, "reason": refused, "count": 0} if refused else {}
    audit.record_event(
        Event(
            kind=kind,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=Door.JOB if actor is OPENER else Door.SELF,
            subject_id=row.subject_id,
            basis=_BASIS,
            reference=str(row.id),
            **told,
        )
    )


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()


def _value(row: models.Presentation) -> Presentation:
    return Presentation(
        id=row.id,
        reason=row.reason,
        recipient=row.recipient,
        claims=tuple(row.claims),
        lines=len(row.record_ids),
        is_whole=row.is_whole,
        shows_name=row.shows_name,
        made_at=row.made_at,
        ends_at=row.ends_at,
        uses_most=row.uses_most,
        uses=row.uses,
        withdrawn_at=row.withdrawn_at,
    )
