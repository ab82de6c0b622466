"""Whom the rows of a filing are about: people and operators an item allows, the same ones for all parts of a group."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl
from dateutil.relativedelta import relativedelta

from chengxin.demo.plans import Plan
from chengxin.kernel.subject_kind import OPERATORS, SubjectKind

Places = npt.NDArray[np.int64]

PERSON_SHARE = {"utility_arrears": 0.7, "commitment": 0.2, "judgment_debtor": 0.5, "consumption_restriction": 0.5}
USUAL_PERSON_SHARE = 0.1
OLD_ENOUGH = 24
SUBJECT_COLUMNS = ("person", "name", "kind", "uscc", "id_no", "address", "area", "legal_rep", "legal_rep_id_no")
SHAPES_OF = {
    "abnormal_sole_trader": ("shop",),
    "abnormal_social_organisation": ("organisation",),
    "branch_registration": ("branch",),
}


class Population:
    """Draws subjects by item; the cast and those the platform must never hold are left out."""

    def __init__(self, persons: pl.DataFrame, operators: pl.DataFrame, *, today: date, seed: int) -> None:
        self.persons, self.operators = persons, operators
        ordinary = (
            (pl.col("key") == "")
            & ~pl.col("deceased")
            & ~pl.col("guardianship")
            & (pl.col("born_on") <= pl.lit(today - relativedelta(years=OLD_ENOUGH)))
        )
        self.adults = persons.select(ordinary.arg_true()).to_series().to_numpy()
        self.minors = persons.select((~pl.col("adult") & (pl.col("key") == "")).arg_true()).to_series().to_numpy()
        self._order = np.random.default_rng([seed, 4]).permutation(self.adults)

    def draw(self, plan: Plan, rng: np.random.Generator) -> pl.DataFrame:
        """Return the subjects of a filing's rows, one a row, with the columns every recipe reads."""
        item, count = plan.item, plan.rows
        kinds = item.subject_kinds
        if plan.item.code == "registration":
            start = round(plan.turn * self.operators.height)
            return self._operators(np.arange(start, start + count))
        if kinds == {SubjectKind.NATURAL_PERSON}:
            return self._people(self._members(item.group, count, rng))
        firms = self._operators(rng.choice(self._places(item.code, kinds), count))
        if SubjectKind.NATURAL_PERSON not in kinds:
            return firms
        share = PERSON_SHARE.get(item.code, USUAL_PERSON_SHARE)
        person = rng.random(count) < share
        people = self._people(rng.choice(self.adults, count))
        return pl.DataFrame(
            {
                name: pl.select(pl.when(pl.Series(person)).then(people[name]).otherwise(firms[name])).to_series()
                for name in SUBJECT_COLUMNS
            }
        )

    def _members(self, group: str, count: int, rng: np.random.Generator) -> Places:
        """Return the people of an occupational group, the same for each of its parts; others are drawn freely."""
        if not group:
            return rng.choice(self.adults, count)
        if group == "G03":
            return self.operators["head"].to_numpy()[1 : count + 1]
        share = len(self._order) // 27
        return self._order[(int(group[1:]) - 1) * share :][: min(count, share)]

    def _places(self, item_code: str, kinds: frozenset[SubjectKind]) -> Places:
        firms = self.operators
        wanted = pl.col("kind").is_in([kind.value for kind in kinds & OPERATORS]) & (pl.int_range(pl.len()) > 0)
        if item_code in SHAPES_OF:
            wanted &= pl.col("shape").is_in(SHAPES_OF[item_code])
        elif item_code == "service_provider":
            wanted &= pl.col("provider") != ""
        elif item_code.startswith("ecommerce"):
            wanted &= pl.col("sector").is_in(["ecommerce", "retail", "food"])
        found: Places = firms.select(wanted.arg_true()).to_series().to_numpy()
        return found

    def _people(self, places: Places) -> pl.DataFrame:
        drawn = self.persons[places]
        return drawn.select(
            person=pl.lit(value=True),
            name="name",
            kind=pl.lit(SubjectKind.NATURAL_PERSON.value),
            uscc=pl.lit(""),
            id_no="id_no",
            address="address",
            area="area",
            legal_rep=pl.lit(""),
            legal_rep_id_no=pl.lit(""),
        )

    def _operators(self, places: Places) -> pl.DataFrame:
        drawn = self.operators[places]
        return drawn.select(
            pl.lit(value=False).alias("person"),
            *SUBJECT_COLUMNS[1:4],
            pl.lit("").alias("id_no"),
            *SUBJECT_COLUMNS[5:],
            "formed_on",
            "capital",
            "provider",
            "shape",
            "state",
        )

    def member(self, key: str, *, runs_shop: bool) -> dict[str, object]:
        """Return one of the cast as the values of a subject's columns."""
        if runs_shop:
            return self._operators(np.array([0])).row(0, named=True)
        place = self.persons["key"].to_list().index(key)
        return self._people(np.array([place])).row(0, named=True)

    def minor(self, rng: np.random.Generator) -> dict[str, object]:
        """Return one of those aged 17, whom every filing must be refused for."""
        return self._people(rng.choice(self.minors, 1)).row(0, named=True)
