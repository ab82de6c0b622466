"""Who files what on which day: the plan of fifteen months, made before any row is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import chinese_calendar
import numpy as np

from chengxin.catalogue.contracts import ItemVersion
from chengxin.demo.bodies import Body, list_bodies
from chengxin.demo.places import read_data
from chengxin.demo.sizes import Size

MOST_ROWS = 12_000
FEWEST_ROWS = 5


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One filing to come: `since` is the day of the same department's last one, `first` the number of its first row.

    `turn` runs from 0 (first filing of the item) to 1 (last).
    """

    number: int
    day: date
    since: date | None
    body: Body
    item: ItemVersion
    rows: int
    first: int
    turn: float


@dataclass(frozen=True, kw_only=True)
class _Draft:
    item: ItemVersion
    body: Body
    day: date
    rows: int
    turn: float


@cache
def plan_words() -> dict[str, Any]:
    """Return shares and turns of the items."""
    found: dict[str, Any] = read_data("plan.yaml")
    return found


def is_workday(day: date) -> bool:
    """Tell whether offices work on a day; beyond the last holiday notice weekends decide."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


@cache
def workdays_before(today: date) -> Sequence[date]:
    """Return the working days of the fifteen months before today."""
    span = plan_words()["fifteen_months"]
    days = [today - timedelta(days=back) for back in range(span, 0, -1)]
    return tuple(day for day in days if is_workday(day))


def bodies_of(item: ItemVersion, rng: np.random.Generator) -> list[Body]:
    """Return the departments that may file an item, market regulators first, the rest in random order."""
    found = [body for body in list_bodies() if body.kind in item.sources or "any" in item.sources]
    order = rng.permutation(len(found))
    shuffled = [found[place] for place in order]
    return sorted(shuffled, key=lambda body: (body.code != "390100.market", body.kind != "market"))


def make_plans(items: Sequence[ItemVersion], *, size: Size, operators: int, today: date, seed: int) -> list[Plan]:
    """Return every filing of fifteen months in the order of its day; registers come on the first day."""
    rng = np.random.default_rng([seed, 3])
    days = workdays_before(today)
    drafts: list[_Draft] = []
    shares = {item.code: _share(item) for item in items}
    whole = sum(shares.values())
    for item in sorted(items, key=lambda item: item.code):
        total = max(FEWEST_ROWS, round(size.rows * shares[item.code] / whole))
        drafts += _drafts(item, size=size, total=total, operators=operators, days=days, rng=rng)
    return _numbered(drafts + _story_drafts(items, days=days, today=today))


def story_day(days: Sequence[date], *, today: date, filed: int) -> date:
    """Return the working day on which a line of a story is filed, so many calendar days before today at least."""
    return max(day for day in days if day <= today - timedelta(days=filed))


def _story_drafts(items: Sequence[ItemVersion], *, days: Sequence[date], today: date) -> list[_Draft]:
    """Plan the files that only the cast's stories need: who files and when is written beside the line."""
    known = {item.code: item for item in items}
    bodies = {body.code: body for body in list_bodies()}
    wanted = Counter(
        (line["filed"], line["item"], line["body"]) for line in read_data("cast_records.yaml") if "filed" in line
    )
    return [
        _Draft(
            item=known[item],
            body=bodies[body],
            day=story_day(days, today=today, filed=filed),
            rows=max(FEWEST_ROWS, 2 * lines + 2),
            turn=0.5,
        )
        for (filed, item, body), lines in sorted(wanted.items(), reverse=True)
        if item in known
    ]


def _share(item: ItemVersion) -> float:
    words = plan_words()
    usual = words["group"] if item.group else words["default"]
    return float(words["items"].get(item.code, {}).get("share", usual))


def _drafts(
    item: ItemVersion, *, size: Size, total: int, operators: int, days: Sequence[date], rng: np.random.Generator
) -> list[_Draft]:
    given = plan_words()["items"].get(item.code, {})
    if given.get("every") == "operators":
        body = bodies_of(item, rng)[-1]
        body = next((one for one in list_bodies() if one.code == "390000.market"), body)
        starts = range(0, operators, MOST_ROWS)
        return [
            _Draft(item=item, body=body, day=days[0], rows=min(MOST_ROWS, operators - start), turn=start / operators)
            for start in starts
        ]
    closing = bool(given.get("closing"))
    turns = max(1 + closing, round(size.filings * given.get("turns", 0)), -(-total // MOST_ROWS))
    candidates = bodies_of(item, rng)
    if turns == 1:
        candidates = [candidates[int(rng.integers(0, len(candidates)))]]
    weights = rng.uniform(0.4, 1.6, turns)
    rows = np.maximum(FEWEST_ROWS, np.round(total * weights / weights.sum())).astype(int)
    # The last filings lie close to today, so that something ends and begins on the day of the demonstration.
    places = np.sort(np.clip((np.arange(turns) + rng.uniform(0.5, 1, turns)) / turns * len(days), 0, len(days) - 1))
    if closing:
        places[-1] = len(days) - 1
    return [
        _Draft(
            item=item,
            body=candidates[turn % len(candidates)],
            day=days[int(place)],
            rows=int(count),
            turn=turn / max(1, turns - 1),
        )
        for turn, (place, count) in enumerate(zip(places, rows, strict=True))
    ]


def _numbered(drafts: list[_Draft]) -> list[Plan]:
    ordered = sorted(drafts, key=lambda draft: (draft.day, draft.item.code != "registration", draft.item.code))
    last: dict[tuple[str, str], date] = {}
    plans: list[Plan] = []
    first = 1
    for number, draft in enumerate(ordered, start=1):
        key = (draft.body.code, draft.item.code)
        since = last.get(key)
        last[key] = draft.day
        plan = Plan(
            number=number,
            day=draft.day,
            since=since,
            body=draft.body,
            item=draft.item,
            rows=draft.rows,
            first=first,
            turn=draft.turn,
        )
        plans.append(plan)
        first += draft.rows
    return plans
