"""Count what bodies did in the past year: public figures of service, results of like cases, confirm rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import connection

from chengxin.casework import models
from chengxin.casework.contracts import FourEyes, Procedure, Turn
from chengxin.casework.registry import list_affairs, list_procedures
from chengxin.kernel.clock import legal_day, start_of
from chengxin.kernel.ids import new_id
from chengxin.law.facade import count_workdays

PERIOD: Final = timedelta(days=365)
_SQL = Path(__file__).with_name("sql")
_SERVICE = (_SQL / "count_service.sql").read_text("utf-8")
_DURATIONS = (_SQL / "count_durations.sql").read_text("utf-8")
_REVIEWS = (_SQL / "count_reviews.sql").read_text("utf-8")
_OUTCOMES = (_SQL / "count_outcomes.sql").read_text("utf-8")
_OFFICERS = (_SQL / "count_officers.sql").read_text("utf-8")
_COUNTED = ("received", "decided", "on_time", "overdue", "reviewed", "overturned", "median_workdays")


def count_figures(*, now: datetime) -> dict[str, int]:
    """Count everything anew, as the platform; figures of what is no more become zero."""
    since_on = legal_day(now) - PERIOD
    asked = {"since": start_of(since_on), "today": legal_day(now)}
    return {
        "service": _count_service(asked, since_on=since_on, now=now),
        "outcomes": _count_outcomes(asked, now=now),
        "officers": _count_officers(asked, now=now),
    }


def median(counts: Sequence[tuple[int, int]]) -> Decimal | None:
    """Return the median of values given as (value, how often); None when there is none."""
    total = sum(times for _, times in counts)
    if not total:
        return None
    low, high = (total - 1) // 2, total // 2
    seen, picked = 0, []
    for value, times in sorted(counts):
        picked += [value for place in {low, high} if seen <= place < seen + times]
        seen += times
    return Decimal(sum(picked)) / len(picked)


def count_turns(turns: Iterable[Turn], *, since_on: date, today: date) -> dict[str, dict[str, Any]]:
    """Count per body what arrived and was answered since a day, in time, and what stands past its last day."""
    found: dict[str, dict[str, Any]] = defaultdict(
        lambda: dict.fromkeys(("received", "decided", "on_time", "overdue"), 0)
    )
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for turn in turns:
        counts, answered_on, last = found[turn.body], turn.answered_on, turn.answer_by
        if turn.arrived_on >= since_on:
            counts["received"] += turn.times
        if answered_on is None:
            counts["overdue"] += turn.times if last and last < today else 0
        elif answered_on >= since_on:
            counts["decided"] += turn.times
            counts["on_time"] += turn.times if last is None or answered_on <= last else 0
            taken[turn.body].append((count_workdays(turn.arrived_on, answered_on), turn.times))
    return {body: {**counts, "median_workdays": median(taken[body])} for body, counts in found.items()}


def _count_service(asked: dict[str, Any], *, since_on: date, now: datetime) -> int:
    services = [procedure for procedure in list_procedures() if procedure.is_service]
    given_up = _states(services, "gives_up")
    asked = {**asked, "procedures": [one.code for one in services], **given_up}
    found: dict[tuple[str, str], dict[str, Any]] = defaultdict(lambda: dict.fromkeys(_COUNTED, 0))
    for body, procedure, received, decided, on_time, overdue in _ask(_SERVICE, asked):
        found[body, procedure] |= {"received": received, "decided": decided, "on_time": on_time, "overdue": overdue}
    for key, median_workdays in _medians(asked).items():
        found[key]["median_workdays"] = median_workdays
    for body, procedure, reviewed, overturned in _ask(_REVIEWS, {**asked, **_reviews()}):
        found[body, procedure] |= {"reviewed": reviewed, "overturned": overturned}
    for affair in list_affairs():
        turns = affair.list_turns(since_on=since_on, today=legal_day(now))
        for body, counts in count_turns(turns, since_on=since_on, today=legal_day(now)).items():
            found[body, affair.code] |= counts
    models.ServiceFigure.objects.update(
        **dict.fromkeys(_COUNTED, 0) | {"median_workdays": None, "counted_at": now, "since_on": since_on}
    )
    rows = [
        models.ServiceFigure(
            id=new_id(now),
            body=body,
            procedure=procedure,
            counted_at=now,
            since_on=since_on,
            **(counts if counts["decided"] else {**counts, "median_workdays": None}),
        )
        for (body, procedure), counts in sorted(found.items())
    ]
    _upsert(models.ServiceFigure, rows, key=("body", "procedure"), fields=("counted_at", "since_on", *_COUNTED))
    return len(rows)


def _medians(asked: dict[str, Any]) -> dict[tuple[str, str], Decimal | None]:
    taken: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for body, procedure, opened_on, closed_on, cases in _ask(_DURATIONS, asked):
        taken[body, procedure].append((count_workdays(opened_on, closed_on), cases))
    return {key: median(counts) for key, counts in taken.items()}


def _count_outcomes(asked: dict[str, Any], *, now: datetime) -> int:
    models.OutcomeFigure.objects.update(cases=0, counted_at=now)
    rows = [
        models.OutcomeFigure(
            id=new_id(now), procedure=one.code, alike=alike, body=body, state=state, cases=cases, counted_at=now
        )
        for one in list_procedures()
        if one.alike
        for alike, body, state, cases in _ask(
            _OUTCOMES, {**asked, "procedure": one.code, "alike": list(one.alike), **_states([one], "gives_up")}
        )
    ]
    _upsert(models.OutcomeFigure, rows, key=("procedure", "alike", "body", "state"), fields=("cases", "counted_at"))
    return len(rows)


def _count_officers(asked: dict[str, Any], *, now: datetime) -> int:
    models.OfficerFigure.objects.update(confirmed=0, sent_back=0, counted_at=now)
    verbs = [
        (one.code, verb.code, verb.sends_back)
        for one in list_procedures()
        for verb in one.verbs.values()
        if FourEyes.PROPOSER in verb.four_eyes or verb.sends_back
    ]
    procedures, codes, back = zip(*verbs, strict=True) if verbs else ((), (), ())
    asked = {**asked, "procedures": list(procedures), "verbs": list(codes), "sends_back": list(back)}
    rows = [
        models.OfficerFigure(
            id=new_id(now),
            body=body,
            procedure=procedure,
            actor_key=key,
            confirmed=confirmed,
            sent_back=sent_back,
            counted_at=now,
        )
        for body, procedure, key, confirmed, sent_back in _ask(_OFFICERS, asked)
    ]
    fields = ("confirmed", "sent_back", "counted_at")
    _upsert(models.OfficerFigure, rows, key=("body", "procedure", "actor_key"), fields=fields)
    return len(rows)


def _ask(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())


def _upsert(model: Any, rows: list[Any], *, key: Sequence[str], fields: Sequence[str]) -> None:  # noqa: ANN401 - any of the three
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=key, update_fields=fields)


def _states(procedures: Iterable[Procedure], mark: str) -> dict[str, list[str]]:
    """Return the states of procedures that carry a mark, as two columns of the same length."""
    marked = [(one.code, state.code) for one in procedures for state in one.states.values() if getattr(state, mark)]
    return {f"{mark}_of": [code for code, _ in marked], f"{mark}_states": [state for _, state in marked]}


def _reviews() -> dict[str, list[str]]:
    """Return which procedures review which, and their states that set a decision aside."""
    reviews = [one for one in list_procedures() if one.reviews]
    named = {"reviews": [one.code for one in reviews], "reviewed": [one.reviews for one in reviews]}
    return {**named, **_states(reviews, "overturns")}
