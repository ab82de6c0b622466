"""Leave out of a query's inputs the rows that cannot matter, before an engine joins them (ADR 0116).

Most orders fire no rule, and joining seven tables by text to learn so is what a run costs. `near` is a condition over
whole numbers that holds wherever the query's `where` holds. Those numbers are gathered here by hashed keys; then the
engine gets every row of the orders for which `near` holds, with what they share with others, and answers itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from chengxin.kernel.compiled import Ints, Mask
from chengxin.lake.contracts import Input, Query, Sieve, Through, Work
from chengxin.lake.keyed import NOBODY, Folded, Hashing, Numbered, Numbers

PLATFORM: Final = "platform"
_FOLD: Final = re.compile(r"(sum|total|min|max)\((.*)\)", re.DOTALL)
_TYPES: Final = {"text": pl.String, "integer": pl.Int64, "date": pl.Date, "double": pl.Float64}


@dataclass(frozen=True, kw_only=True)
class Sifted:
    """Inputs with the rows that may matter, and the keys of the rows that the answer may have."""

    inputs: Mapping[str, Input]
    kept: pl.DataFrame


@dataclass
class _Table:
    """What is read of a dataset, file after file, and by row the number of what it hangs on and of what it shares."""

    rows: pl.DataFrame
    lengths: list[int]
    inside: Mask
    hangs_on: Numbers = field(default_factory=lambda: np.empty(0, np.int32))
    shares: Numbers = field(default_factory=lambda: np.empty(0, np.int32))


def sift(work: Work, sieve: Sieve, *, folder: Path) -> Sifted:
    """Write the rows that may matter into a folder, and return them as inputs."""
    inputs, gathered = work.inputs, _Gathered(sieve, work.near, work.inputs)
    wanted = gathered.wanted()
    masks = gathered.masks(wanted)
    narrowed = {
        name: _narrowed(work.query, inputs[name], gathered.tables[name], mask, folder / f"{name}.parquet")
        for name, mask in masks.items()
    }
    kept = gathered.tables[sieve.of].rows.filter(pl.Series(wanted)).select(PLATFORM, sieve.key)
    return Sifted(inputs={**inputs, **narrowed}, kept=kept)


def _narrowed(query: Query, known: Input, table: _Table, mask: Mask, place: Path) -> Input:
    """Write the rows and columns of one input that may matter; columns that were read already are not read again."""
    if not known.files:
        return known
    columns = {name: kind for name, kind in known.columns.items() if re.search(rf"\b{name}\b", query.sql)}
    read = [name for name in table.rows.columns if name in columns]
    others = [name for name in columns if name not in read]
    masks = np.split(mask, np.cumsum(table.lengths)[:-1])
    rest = [
        pl.scan_parquet(file, hive_partitioning=False).select(others).filter(pl.Series(part)).collect()
        for file, part in zip(known.files, masks, strict=True)
        if others
    ]
    rows = pl.concat(
        [table.rows.select(read).filter(pl.Series(mask)), *([pl.concat(rest)] if rest else [])], how="horizontal"
    )
    rows.write_parquet(place, compression="uncompressed")
    return replace(known, columns=columns, files=(place,))


class _Gathered:
    """The whole numbers that `near` asks about, of every row of the answer."""

    def __init__(self, sieve: Sieve, near: str, inputs: Mapping[str, Input]) -> None:
        self._sieve, self._near, self._inputs, self._hashing = sieve, pl.sql_expr(near), inputs, Hashing()
        self._asked = set(self._near.meta.root_names())
        self.tables: dict[str, _Table] = {}

    def wanted(self) -> Mask:
        """Return for which rows of the answer `near` holds."""
        sieve = self._sieve
        says = [pl.sql_expr(text).alias(name) for name, text in sieve.says.items()]
        mine = self._read(sieve.of, {sieve.key, *sieve.shared_by, *_names(says)})
        known = Numbered(self._keys(mine, sieve.key))
        mine.hangs_on = known.numbers
        mine.shares = np.where(
            mine.inside & mine.rows[sieve.shared_by[-1]].is_not_null().to_numpy(),
            Numbered(self._keys(mine, *sieve.shared_by)).numbers,
            NOBODY,
        )
        gathered = {
            name: folded.at(known.numbers)
            for dataset, folds in sieve.facts.items()
            for name, folded in self._gather(dataset, sieve.key, folds, known).items()
        }
        facts = mine.rows.select(*says).with_columns(_counted(mine.shares).alias(sieve.shared), **gathered)
        holds = facts.select(self._near.fill_null(value=False)).to_series().to_numpy()
        found: Mask = holds & mine.inside
        return found

    def masks(self, wanted: Mask) -> dict[str, Mask]:
        """Return which rows of each dataset to keep: of the rows wanted all there is, and who shares with them."""
        mine = self.tables[self._sieve.of]
        orders = _marked(mine.hangs_on, wanted)
        kept = {self._sieve.of: wanted | _is_in(mine.shares, _marked(mine.shares, wanted))}
        for dataset in self._sieve.facts:
            table = self.tables[dataset]
            kept[dataset] = _is_in(table.hangs_on, orders)
            if through := self._sieve.through.get(dataset):
                parcels = _marked(table.shares, kept[dataset])
                kept[dataset] = _is_in(table.shares, parcels)
                kept[through.of] = _is_in(self.tables[through.of].hangs_on, parcels)
        return kept

    def _gather(self, dataset: str, key: str, folds: Mapping[str, str], known: Numbered) -> dict[str, Folded]:
        """Fold what a dataset says of what its rows hang on, and remember which row hangs on what."""
        said = {name: fold for name, fold in _folds(folds).items() if name in self._asked}
        through = self._sieve.through.get(dataset)
        own = {through.key} if through else set()
        table = self._read(dataset, {key, *own, *_names(value for _how, value in said.values())})
        table.hangs_on = np.where(table.inside, known.find(self._keys(table, key)), NOBODY)
        if through:
            self._pass_through(table, through)
        found = {}
        for name, (how, value) in said.items():
            found[name] = Folded(how, len(known))
            found[name].take(table.hangs_on, table.rows.select(PLATFORM, value.alias(name))[name])
        return found

    def _pass_through(self, table: _Table, through: Through) -> None:
        """Give each row what another dataset says by a key of their own, and how many rows have that key."""
        parcels = Numbered(self._keys(table, through.key))
        table.shares = np.where(table.inside, parcels.numbers, NOBODY)
        gathered = self._gather(through.of, through.key, through.facts, parcels)
        said = {name: folded.at(table.shares) for name, folded in gathered.items()}
        table.rows = table.rows.with_columns(_counted(table.shares).alias(through.count), **said)

    def _keys(self, table: _Table, *names: str) -> Ints:
        return self._hashing.keys(table.rows, (PLATFORM, *names))

    def _read(self, dataset: str, names: Iterable[str]) -> _Table:
        """Read some columns of all files, and tell which rows lie in the days asked about."""
        known = self._inputs[dataset]
        columns = [name for name in known.columns if name in {PLATFORM, "day", *names}]
        files = [pl.scan_parquet(file, hive_partitioning=False).select(columns).collect() for file in known.files]
        nothing = pl.DataFrame(schema={name: _TYPES[known.columns[name]] for name in columns})
        rows = pl.concat([nothing, *files])
        inside = (rows["day"] >= known.first) & (rows["day"] < known.end)
        self.tables[dataset] = _Table(rows=rows, lengths=[len(file) for file in files], inside=inside.to_numpy())
        return self.tables[dataset]


def _folds(facts: Mapping[str, str]) -> dict[str, tuple[str, pl.Expr]]:
    """Return how each fact is folded and out of what."""
    return {name: (found[1], pl.sql_expr(found[2])) for name, text in facts.items() if (found := _FOLD.fullmatch(text))}


def _names(expressions: Iterable[pl.Expr]) -> set[str]:
    return {name for one in expressions for name in one.meta.root_names()}


def _counted(numbers: Numbers) -> pl.Series:
    """Return by row how many rows have its number; null where it has none."""
    counts = np.append(np.bincount(numbers[numbers >= 0]), 0)[numbers]
    return pl.Series(counts).set(pl.Series(numbers < 0), None)


def _marked(numbers: Numbers, rows: Mask) -> Mask:
    """Return by number whether one of the rows has it; the last mark stands for no number."""
    marks = np.zeros(numbers.max(initial=0) + 2, np.bool_)
    marks[numbers[rows]] = True
    marks[-1] = False
    return marks


def _is_in(numbers: Numbers, marks: Mask) -> Mask:
    found: Mask = marks[numbers]
    return found
