"""Read tips: the office those it handles, a reporter one by its code, everybody the counts."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from dateutil.relativedelta import relativedelta

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.complaints import models
from chengxin.complaints.actions import FOLLOWING, HANDLING, RECEPTION, absent, no_such_code
from chengxin.complaints.contracts import Entry, Frequency, Quarter, Tip
from chengxin.complaints.covering import once
from chengxin.complaints.keeping import tag_of
from chengxin.complaints.types import tip_types
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import start_of
from chengxin.kernel.refusal import Refused
from chengxin.law.facade import cites

RESULTS: Final = ("founded", "police", "cyberspace", "unfounded", "elsewhere")
_AT_MOST: Final = 200
_YEAR: Final = timedelta(days=365)
_RIGHT: Final = frozenset({"founded", "police", "cyberspace"})


def list_of_office(actor: Actor) -> list[Tip]:
    """Return the tips the actor's office handles, the nearest deadline first."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=HANDLING):
        rows = list(models.Tip.objects.order_by("-id")[:_AT_MOST])
        cases = casework.find_cases_by_number([row.number for row in rows])
    found = [_tip(row, cases[row.number], ()) for row in rows]
    return sorted(found, key=lambda tip: (tip.state in RESULTS, tip.due_on or date.max))


def get_of_office(actor: Actor, tip_id: UUID) -> Tip:
    """Return one tip the actor's office handles, with its messages still sealed."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=HANDLING):
        row = models.Tip.objects.filter(id=tip_id).first()
        if row is None:
            raise Refused(absent())
        case = casework.find_cases_by_number([row.number])[row.number]
        return _tip(row, case, _entries(row.id))


def get_by_code(code: str) -> Tip:
    """Return one's own tip by its code, or refuse as if there were none."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=FOLLOWING, case_ref=tag_of(code).hex()):
        row = models.Tip.objects.filter(tag=tag_of(code), destroyed_at__isnull=True).first()
        entries = _entries(row.id) if row else ()
    if row is None:
        raise Refused(no_such_code())
    with access.acting_for(RECEPTION, channel=Channel.JOB, purpose=HANDLING):
        case = casework.find_cases_by_number([row.number])[row.number]
    return _tip(row, case, entries)


@cites("TS/24", "D/tip-frequency")
def find_frequency(actor: Actor, tip_id: UUID, *, now: datetime) -> Frequency | None:
    """Return how often the same contact told in the year before; None before the tip is decided, or of an anonymous.

    Nobody is turned away for it and no tip waits for it: whoever decides does not know it.
    """
    tip = get_of_office(actor, tip_id)
    if tip.state not in RESULTS:
        return None
    with access.acting_for(RECEPTION, channel=Channel.JOB, purpose=HANDLING):
        tag = models.Tip.objects.filter(id=tip_id).values_list("caller_tag", flat=True).first()
        if tag is None:
            return None
        alike = models.Tip.objects.filter(caller_tag=tag, received_at__gte=now - _YEAR).exclude(id=tip_id)
        cases = casework.find_cases_by_number(list(alike.order_by("id").values_list("number", flat=True)))
    found = [case for case in cases.values() if case.state in _RIGHT]
    return Frequency(others=len(cases), founded=len(found))


def find_number(number: str) -> Tip | None:
    """Return the tip with a number for what follows from it, without its messages; the platform asks."""
    with access.acting_for(RECEPTION, channel=Channel.JOB, purpose=HANDLING):
        row = models.Tip.objects.filter(number=number).first()
        return _tip(row, casework.find_cases_by_number([number])[number], ()) if row else None


def list_quarters(*, today: date, count: int = 4) -> list[Quarter]:
    """Return the public counts of the last quarters by kind, the newest first: numbers only."""
    begins = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    with access.acting_for(RECEPTION, channel=Channel.JOB, purpose=HANDLING):
        return [
            _quarter(begins - relativedelta(months=3 * back), kind) for back in range(count) for kind in tip_types()
        ]


def _quarter(begins: date, kind: str) -> Quarter:
    since, until = start_of(begins), start_of(begins + relativedelta(months=3))
    rows = models.Tip.objects.filter(kind=kind, received_at__gte=since, received_at__lt=until).order_by("id")
    numbers = list(rows.values_list("number", flat=True))
    states = Counter(case.state for case in casework.find_cases_by_number(numbers).values())
    by_state = {state: states[state] for state in RESULTS}
    return Quarter(
        starts_on=begins,
        kind=kind,
        received=len(numbers),
        by_state=by_state,
        pending=len(numbers) - sum(by_state.values()),
    )


def _entries(tip_id: UUID) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            id=row.id,
            place=row.place,
            from_office=row.from_office,
            at=row.at,
            digest=row.digest,
            is_paper=row.is_paper,
            shown=row.shown,
        )
        for row in once(models.Entry.objects.filter(tip_id=tip_id).order_by("place"))
    )


def _tip(row: models.Tip, case: Case, entries: tuple[Entry, ...]) -> Tip:
    return Tip(
        id=row.id,
        number=row.number,
        kind=row.kind,
        case_id=row.case_id,
        state=case.state,
        due_on=case.due_on,
        reported_body=row.reported_body,
        is_named=bool(row.identity),
        received_at=row.received_at,
        entries=entries,
        destroyed_at=row.destroyed_at,
    )
