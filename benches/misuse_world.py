"""An invented province at work: clerks, shifts, cases, forgetfulness, mistakes, and one in twelve who abuses access.

Nothing of it knows how abuse is detected. Honest work has what makes detection hard: night shifts, campaign days,
cases that need many looks at one person, whole batches checked in order, forgotten and mistyped case numbers, people
moved between areas, and, rarely, a case about one's own declared relation.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import polars as pl

START = datetime(2026, 1, 5)  # noqa: DTZ001 - wall clock of the invented province
DAYS = 60
UNITS = 48
AREAS = 13
PEOPLE = 1_500_000
ABUSERS = 0.08  # Of all clerks, spread evenly over the kinds.
KINDS = (
    "self",
    "relative",
    "canary",
    "repeat",
    "celebrity",
    "night",
    "odd_purpose",
    "bulk",
    "sequence",
    "export",
    "low_and_slow",
    "region_with_false_cases",
)
COLUMNS = ("clerk", "day", "second", "subject", "purpose", "explained", "false_reference", "away", "persons")


class World:
    """One draw of the province; `looks` is a frame for the detector, `abusers` maps a clerk to what it does."""

    def __init__(self, *, clerks: int, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        rng = self.rng
        self.clerks = clerks
        self.unit = rng.integers(0, UNITS, clerks)
        self.pace = np.clip(rng.lognormal(3.35, 0.35, clerks), 6, 110)
        self.forgets = rng.beta(1.2, 60, clerks)
        self.night_unit = np.arange(UNITS) % 12 == 0
        self.purposes = rng.dirichlet(np.full(5, 1.2), UNITS) * 0.994
        self.away = rng.uniform(0.01, 0.06, UNITS)
        self.campaigns = {unit: set(rng.choice(DAYS, 3, replace=False).tolist()) for unit in range(UNITS)}
        self.relatives = {clerk: set(rng.integers(0, PEOPLE, 3).tolist()) for clerk in range(clerks)}
        self.canaries = set(range(PEOPLE, PEOPLE + 200))
        self.stars = rng.integers(0, PEOPLE, 3)
        each = max(2, round(clerks * ABUSERS / len(KINDS)))
        chosen = rng.choice(clerks, each * len(KINDS), replace=False)
        self.abusers = {int(clerk): KINDS[place % len(KINDS)] for place, clerk in enumerate(chosen)}
        self.rows: list[pl.DataFrame] = []
        for clerk in range(clerks):
            self._work(clerk)
        for clerk, kind in self.abusers.items():
            self._abuse(clerk, kind)
        self.looks = self._frame()

    def _seconds(self, clerk: int, count: int) -> np.ndarray:
        rng = self.rng
        if self.night_unit[self.unit[clerk]]:
            return rng.integers(0, 86_400, count)
        hours = rng.choice(np.array([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]), count, p=_DAY_SHAPE)
        late = rng.random(count) < 0.002
        return np.where(late, rng.integers(20, 24, count), hours) * 3600 + rng.integers(0, 3600, count)

    def _work(self, clerk: int) -> None:
        """Add the honest work of one clerk: on working days, mostly in cases that take several looks."""
        rng, unit = self.rng, self.unit[clerk]
        days = [day for day in range(DAYS) if (day % 7 < 5 or rng.random() < 0.03) and rng.random() < 0.93]
        busy = np.array([3.0 if day in self.campaigns[unit] else 1.0 for day in days])
        counts = rng.poisson(self.pace[clerk] * busy * rng.lognormal(0, 0.2, len(days)))
        day = np.repeat(days, counts)
        count = len(day)
        subject = rng.integers(0, PEOPLE, count)
        again = rng.random(count) < 0.35  # The next look of a case that is in hand.
        back = np.maximum(np.arange(count) - rng.integers(1, 60, count), 0)
        subject = np.where(again, subject[back], subject)
        forgot = rng.random(count) < self.forgets[clerk]
        if rng.random() < 0.05 and count > 200:  # A batch checked in order, explained by its number.
            start = int(rng.integers(0, count - 60))
            subject[start : start + 50] = rng.integers(0, PEOPLE) + np.arange(50)
            forgot[start : start + 50] = False
        if rng.random() < 1 / 400 and count:  # A case about one's own relation that nobody else could take.
            place = int(rng.integers(0, count))
            subject[place], forgot[place] = next(iter(self.relatives[clerk])), False
        rare = rng.random(count) < 0.004
        purpose = np.where(rare, rng.integers(5, 9, count), rng.choice(5, count, p=self._mix(unit)))
        mistyped = (rng.random(count) < 0.003) & ~forgot
        self._add(
            clerk, day, self._seconds(clerk, count), subject, purpose, ~(forgot | mistyped), mistyped,
            rng.random(count) < self.away[unit], np.where(rng.random(count) < 0.0005, rng.integers(5, 45, count), 1),
        )  # fmt: skip

    def _mix(self, unit: int) -> np.ndarray:
        shares: np.ndarray = self.purposes[unit] / self.purposes[unit].sum()
        return shares

    def _abuse(self, clerk: int, kind: str) -> None:
        """Add what one abuser does beside its honest work; how much is drawn, from careful to bold."""
        rng = self.rng
        first = int(rng.integers(5, 45))
        plan: dict[str, tuple[Any, int, Callable[[int], np.ndarray]]] = {
            "self": (rng.integers(1, 4), 10, lambda n: np.full(n, PEOPLE + 1000 + clerk)),
            "relative": (rng.integers(1, 5), 12, lambda n: rng.choice(list(self.relatives[clerk]), n)),
            "canary": (rng.integers(1, 3), 5, lambda n: rng.choice(list(self.canaries), n)),
            "repeat": (rng.integers(3, 9), 14, lambda n: np.full(n, rng.integers(0, PEOPLE))),
            "celebrity": (rng.integers(1, 4), 10, lambda n: np.full(n, self.stars[0])),
            "night": (rng.integers(10, 40), 5, lambda n: rng.integers(0, PEOPLE, n)),
            "odd_purpose": (rng.integers(8, 25), 5, lambda n: rng.integers(0, PEOPLE, n)),
            "bulk": (rng.integers(250, 600), 1, lambda n: rng.integers(0, PEOPLE, n)),
            "sequence": (rng.integers(12, 60), 1, lambda n: rng.integers(0, PEOPLE) + np.cumsum(rng.integers(1, 3, n))),
            "export": (1, 1, lambda n: rng.integers(0, PEOPLE, n)),
            "low_and_slow": (rng.integers(25, 60), 30, lambda n: rng.integers(0, PEOPLE, n)),
            "region_with_false_cases": (rng.integers(20, 45), 14, lambda n: rng.integers(0, PEOPLE, n)),
        }
        count, span, subjects = plan[kind]
        count = int(count)
        if kind == "celebrity":
            first = 20  # The story is in the papers for some days.
        day = np.sort(first + rng.integers(0, span, count))
        seconds = self._seconds(clerk, count)
        if kind == "night":
            seconds = rng.choice([0, 1, 2, 3, 4, 22, 23], count) * 3600 + rng.integers(0, 3600, count)
        if kind in {"bulk", "sequence"}:
            seconds = np.sort(
                int(rng.integers(9, 16)) * 3600 + rng.integers(0, 3600 if kind == "bulk" else 1800, count)
            )
        false = np.zeros(count, bool)
        explained = np.zeros(count, bool)
        if kind == "region_with_false_cases":
            # Four in five numbers are invented or of a case about somebody else; the rest were opened for the purpose.
            explained = rng.random(count) < 0.2
            false = ~explained
        purpose = rng.choice(5, count, p=self._mix(self.unit[clerk]))
        if kind == "odd_purpose":
            purpose, explained = np.full(count, 5 + clerk % 4), rng.random(count) < 0.5
        away = rng.random(count) < (0.8 if kind == "region_with_false_cases" else self.away[self.unit[clerk]])
        persons = np.full(count, int(rng.integers(51, 3000)) if kind == "export" else 1)
        self._add(clerk, day, seconds, subjects(count), purpose, explained, false, away, persons)

    def _add(self, clerk: int, *columns: np.ndarray) -> None:
        given = dict(zip(COLUMNS[1:], columns, strict=True))
        self.rows.append(pl.DataFrame({"clerk": np.full(len(columns[0]), clerk), **given}))

    def _frame(self) -> pl.DataFrame:
        frame = pl.concat(self.rows, how="vertical_relaxed")
        own = pl.DataFrame(
            [(clerk, person) for clerk, people in self.relatives.items() for person in people],
            schema={"clerk": pl.Int64, "subject": pl.Int64},
            orient="row",
        ).with_columns(is_conflict=pl.lit(value=True))
        units = pl.DataFrame({"clerk": np.arange(self.clerks), "unit": self.unit})
        at = pl.lit(START) + pl.duration(days="day") + pl.duration(seconds="second")
        frame = frame.join(units, on="clerk").join(own.unique(), on=["clerk", "subject"], how="left")
        return frame.sort("day", "second").select(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
            pl.col("clerk").cast(pl.String),
            pl.col("unit").cast(pl.String),
            at.alias("at"),
            pl.col("subject"),
            pl.col("subject").alias("order"),
            pl.col("purpose").cast(pl.String),
            pl.col("explained"),
            pl.col("false_reference"),
            (pl.col("subject") == PEOPLE + 1000 + pl.col("clerk")).alias("is_self"),
            pl.col("is_conflict").fill_null(value=False),
            pl.col("subject").is_between(PEOPLE, PEOPLE + 199).alias("is_canary"),
            pl.col("away").alias("out_of_area"),
            pl.col("persons").cast(pl.Int32),
        )


_DAY_SHAPE = np.array([6, 14, 15, 13, 5, 8, 13, 12, 9, 3, 1, 0.6, 0.4])
_DAY_SHAPE = _DAY_SHAPE / _DAY_SHAPE.sum()
