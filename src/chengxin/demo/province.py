"""The invented province 云汀省 (code 39): one seed gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
import polars as pl

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion
from chengxin.demo.bodies import Body, list_bodies
from chengxin.demo.cast import Member, read_cast
from chengxin.demo.filings import Filing, make_filings
from chengxin.demo.firms import make_firms
from chengxin.demo.people import make_people
from chengxin.demo.places import Area, cities, counties
from chengxin.demo.plans import Plan, make_plans, workdays_before
from chengxin.demo.population import Population
from chengxin.demo.sizes import SIZES
from chengxin.kernel.clock import legal_day, start_of


class Province:
    """Areas, departments, people and operators of the province on one day, and the files its departments hand in."""

    def __init__(self, size: str, *, today: date, seed: int = 39) -> None:
        self.size = SIZES[size]
        self.seed = seed
        self.today = today

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Return the 60 departments."""
        return list_bodies()

    @property
    def areas(self) -> tuple[Area, ...]:
        """Return the cities and counties."""
        return (*cities(), *counties())

    @property
    def cast(self) -> tuple[Member, ...]:
        """Return the cast."""
        return read_cast()

    @cached_property
    def persons(self) -> pl.DataFrame:
        """Return all people, those aged 17 too; `key` names the cast."""
        rng = np.random.default_rng([self.seed, 1])
        return make_people(rng, size=self.size, today=self.today, cast=self.cast)

    @cached_property
    def operators(self) -> pl.DataFrame:
        """Return all operators; `head` is the row of the legal representative among the people."""
        rng = np.random.default_rng([self.seed, 2])
        return make_firms(rng, size=self.size, today=self.today, people=self.persons)

    def id_no_of(self, key: str) -> str:
        """Return the identity number of one of the cast."""
        return str(self.persons.filter(pl.col("key") == key)["id_no"].item())

    @cached_property
    def population(self) -> Population:
        """Return whom rows may be about."""
        return Population(self.persons, self.operators, today=self.today, seed=self.seed)

    @property
    def opening(self) -> datetime:
        """Return when the departments are opened: ten days before the first of the fifteen months."""
        return start_of(workdays_before(self.today)[0]) - timedelta(days=10)

    def items(self) -> tuple[ItemVersion, ...]:
        """Return the catalogue items as they are when the departments are opened."""
        return catalogue.list_items(on=legal_day(self.opening))

    def plans(self, items: Sequence[ItemVersion]) -> list[Plan]:
        """Return who files what on which day."""
        operators = self.operators.height
        return make_plans(items, size=self.size, operators=operators, today=self.today, seed=self.seed)

    def filings(self, items: Sequence[ItemVersion], *, after: int = 0) -> Iterator[Filing]:
        """Yield the files for catalogue items (latest versions), in the order of their days.

        A rerun goes on `after` the number of the last filing that was taken in.
        """
        plans = self.plans(items)
        made = make_filings(plans, self.population, cast=self.cast, today=self.today, seed=self.seed, after=after)
        yield from made
