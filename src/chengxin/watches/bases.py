"""What a watch rests on, read again whenever it counts: a record, a case or a consent that lives at this moment.

Everything here runs inside the platform's own context: a body learns no more than that there is a basis, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.consents import facade as consents
from chengxin.consents.contracts import Held
from chengxin.kernel.clock import legal_day
from chengxin.lists import facade as lists
from chengxin.measures import facade as measures
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind, Record
from chengxin.watches.contracts import Ground, How, Watch
from chengxin.watches.grounds import grounds

OWN_PROCEDURE: Final = "watch_warning"
_ENDING: Final = frozenset({MarkKind.WITHDRAWN, MarkKind.FROZEN})
_NO_LONGER_IN_FORCE: Final = "2"


def find_reference(
    body: str, subject_id: UUID, *, ground: Ground, purpose: str, reference: str, at: datetime
) -> str | None:
    """Return what a body's watch of a subject can rest on at a moment, or None."""
    return _FIND[ground.how](body, subject_id, ground, purpose, reference.strip(), at)


def living(watches: Collection[Watch], *, at: datetime) -> frozenset[UUID]:
    """Return which of some watches still have what they rest on, and a purpose that still stands."""
    known = grounds()
    found: set[UUID] = set()
    for how, look in _LOOK.items():
        rest = [one for one in watches if one.ground in known and known[one.ground].how is how and _has_purpose(one)]
        found |= look(rest, at)
    return frozenset(found)


def _has_purpose(watch: Watch) -> bool:
    if grounds()[watch.ground].how is How.CONSENT:
        rule = consents.find_rule(watch.purpose)
        return rule is not None and rule.is_watch
    return watch.purpose in measures.measures() and all(code in lists.kinds() for code in watch.lists)


def _find_record(
    body: str, subject_id: UUID, ground: Ground, _purpose: str, _reference: str, at: datetime
) -> str | None:
    found = (one for one in records.list_of_subject(subject_id) if _record_lives(one, body, ground, at))
    return next((str(one.record_id) for one in found), None)


def _record_lives(record: Record, body: str, ground: Ground, at: datetime) -> bool:
    """Tell whether a licence is the body's own and in force; what a person's says beyond its dates stays sealed."""
    is_own = record.body == body and record.item_code in ground.items and record.superseded_at is None
    in_time = record.valid_until is None or legal_day(at) <= record.valid_until
    is_marked = any(mark.kind in _ENDING for mark in record.marks)
    return is_own and in_time and not is_marked and record.content.get("state") != _NO_LONGER_IN_FORCE


def _look_records(watches: Sequence[Watch], at: datetime) -> set[UUID]:
    keys = [(one.subject_id, UUID(one.reference)) for one in watches]
    found = {record.record_id: record for record in records.list_by_ids(keys)} if keys else {}
    return {
        one.id
        for one in watches
        if UUID(one.reference) in found
        and _record_lives(found[UUID(one.reference)], one.body, grounds()[one.ground], at)
    }


def _find_case(
    body: str, subject_id: UUID, _ground: Ground, _purpose: str, reference: str, _at: datetime
) -> str | None:
    case = casework.find_cases_by_number([reference]).get(reference)
    return reference if case is not None and _case_lives(case, body, subject_id) else None


def _case_lives(case: Case, body: str, subject_id: UUID) -> bool:
    """Tell whether a case is open, handled by the body and about the subject; a warning is no ground for watching."""
    is_theirs = case.body == body and case.ref.subject_id == subject_id
    return is_theirs and not case.is_closed and case.procedure != OWN_PROCEDURE


def _look_cases(watches: Sequence[Watch], _at: datetime) -> set[UUID]:
    found = casework.find_cases_by_number([one.reference for one in watches]) if watches else {}
    return {
        one.id
        for one in watches
        if one.reference in found and _case_lives(found[one.reference], one.body, one.subject_id)
    }


def _find_consent(
    body: str, subject_id: UUID, _ground: Ground, purpose: str, reference: str, at: datetime
) -> str | None:
    try:
        held = consents.list_standing([UUID(reference)], at=at)
    except ValueError:
        return None
    return reference if any(_is_given(one, body, subject_id, purpose) for one in held) else None


def _is_given(held: Held, body: str, subject_id: UUID, purpose: str) -> bool:
    return held.body == body and held.subject_id == subject_id and held.rule == purpose


def _look_consents(watches: Sequence[Watch], at: datetime) -> set[UUID]:
    held = {one.id: one for one in consents.list_standing([UUID(one.reference) for one in watches], at=at)}
    return {
        one.id
        for one in watches
        if UUID(one.reference) in held and _is_given(held[UUID(one.reference)], one.body, one.subject_id, one.purpose)
    }


_FIND: Final[dict[How, Callable[[str, UUID, Ground, str, str, datetime], str | None]]] = {
    How.RECORD: _find_record,
    How.CASE: _find_case,
    How.CONSENT: _find_consent,
}
_LOOK: Final[dict[How, Callable[[Sequence[Watch], datetime], set[UUID]]]] = {
    How.RECORD: _look_records,
    How.CASE: _look_cases,
    How.CONSENT: _look_consents,
}
