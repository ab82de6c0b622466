"""The dates of a filing's rows: within the law's order, never in the future where a fact cannot lie there."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl
from dateutil.relativedelta import relativedelta

from chengxin.catalogue.contracts import FieldType, ItemVersion
from chengxin.demo.places import read_data
from chengxin.demo.plans import Plan

Days = npt.NDArray[np.datetime64]

BACKLOG_DAYS = 900
PAST = ("determined_on", "notified_on", "ended_act_on", "due_on", "sampled_on", "consent_on")
# Days from the decision to each date; a date not named here follows the years of `values.yaml`.
OFFSETS = {
    "determined_on": (0, 0),
    "notified_on": (0, 5),
    "ended_act_on": (-90, -5),
    "valid_from": (0, 0),
    "remedy_ended_on": (66, 70),
    "retest_ended_on": (15, 20),
    "sampled_on": (-30, -10),
    "removed_on": (40, 200),
    "consent_on": (-40, -5),
    "declared_publicity_until": (92, 365),
    "due_on": (-120, -90),
    "dispute_ended_on": (-20, -10),
    "ended_on": (30, 200),
}
NEEDS_TIME = {"remedy_ended_on": 80, "retest_ended_on": 25}


def _draw(rng: np.random.Generator, low: int, high: int, count: int) -> npt.NDArray[np.timedelta64]:
    return rng.integers(low, high + 1, count).astype("timedelta64[D]")


def make_days(plan: Plan, subjects: pl.DataFrame, rng: np.random.Generator) -> dict[str, Days]:
    """Return the date columns of a filing by the name of the field."""
    count = subjects.height
    item = plan.item
    names = [field.name for field in item.fields if field.type is FieldType.DATE]
    decided = _decided(plan, rng, count, names)
    if item.code == "registration":
        decided = subjects["formed_on"].to_numpy().astype("datetime64[D]")
    words = read_data("values.yaml")["years"]
    found: dict[str, Days] = {}
    for name in names:
        if name in OFFSETS:
            found[name] = decided + _draw(rng, *OFFSETS[name], count)
        else:
            years = words.get(name, 1)
            found[name] = decided + _draw(rng, 365 * years - 20, 365 * years + 10, count)
    if item.code == "registration":
        found["founded_on"] = decided
    if item.code == "utility_arrears":
        found["notified_on"] = decided + _draw(rng, -60, -40, count)
    if item.group_part == "basic":
        found["valid_from"] = decided - _draw(rng, 0, 300, count)
        found["valid_until"] = decided + _draw(rng, 0, 30, count)
    last = np.datetime64(plan.day, "D")
    for name in PAST:
        if name in found:
            found[name] = np.minimum(found[name], last)
    _in_order(item, found)
    return found


def _decided(plan: Plan, rng: np.random.Generator, count: int, names: list[str]) -> Days:
    """Return decision days between the department's last filing and this one, less the days it lay in a drawer."""
    lag = 2 + round(plan.body.quality.late_days * 1.4)
    lag += max((days for name, days in NEEDS_TIME.items() if name in names), default=0)
    if plan.since is None:
        span = BACKLOG_DAYS if plan.turn < 0.5 else 40
    else:
        span = max(3, min(60, (plan.day - plan.since).days))
    return np.datetime64(plan.day, "D") - _draw(rng, lag, lag + span, count)


def _in_order(item: ItemVersion, found: dict[str, Days]) -> None:
    for _ in range(3):
        for order in item.orders:
            if order.earlier in found and order.later in found:
                earlier, later = found[order.earlier], found[order.later]
                if order.later == "determined_on":
                    found[order.earlier] = np.minimum(earlier, later)
                else:
                    found[order.later] = np.maximum(earlier, later)


def edges(today: date) -> list[dict[str, object]]:
    """Return penalties whose publicity ends yesterday, today and tomorrow, by declared date and by severity."""
    near = [today + relativedelta(days=shift) for shift in (-1, 0, 1)]
    declared: list[dict[str, object]] = [
        {"declared_publicity_until": day, "determined_on": day - relativedelta(days=60), "severity": "一般"}
        for day in near
    ]
    spans = {"轻微": relativedelta(months=3), "一般": relativedelta(years=1), "严重": relativedelta(years=3)}
    return declared + [
        {"determined_on": day - span, "severity": severity} for severity, span in spans.items() for day in near
    ]


def written(days: Days, style: str) -> pl.Series:
    """Return dates as a department writes them: with hyphens, with slashes, or as eight digits."""
    pattern = f"%Y{style}%m{style}%d"
    return pl.Series(days.astype("datetime64[D]")).cast(pl.Date).dt.strftime(pattern)
