"""Dense blocks of a graph of sources and targets: which accounts lie unusually close together on which targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from chengxin.reputation import peeling
from chengxin.reputation.peeling import Ids, Sparse

ONE = 2**32  # Weights are counted in parts of this, so that sums are whole numbers and exact.
CALM = 5.0  # Added to a degree before the logarithm (Hooi et al. 2016, section 4.2).
FINE = 2**10  # A source's weight is counted in parts of this when sources are weighed too.


@dataclass(frozen=True, kw_only=True)
class Graph:
    """Distinct edges by source and by target, both numbered from 0."""

    by_source: Sparse
    by_target: Sparse

    @property
    def edges(self) -> int:
        """Return how many distinct edges there are."""
        return len(self.by_source[1])


@dataclass(frozen=True, kw_only=True)
class Dense:
    """The densest block of a graph: its sources and targets ascending, its edges, and its density."""

    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    edges: int
    density: float


def graph(sources: Ids, targets: Ids, *, shape: tuple[int, int]) -> Graph:
    """Return the graph of parallel arrays of edges (int32), each edge once however often it stands there."""
    by_target = peeling.grouped(targets, sources, shape[1])
    by_source = peeling.distinct(*peeling.transposed(*by_target, shape[0]))
    return Graph(by_source=by_source, by_target=peeling.transposed(*by_source, shape[1]))


def densest(whole: Graph, *, weigh_sources: bool = False) -> Dense:
    """Return the block of greatest density that greedy removal finds.

    Every target weighs 1 / log(degree + 5). With `weigh_sources` every source does too, so that accounts that order
    much do not make a block by themselves.
    """
    sources, targets = len(whole.by_source[0]) - 1, len(whole.by_target[0]) - 1
    weighed = _weighed(whole, weigh_sources=weigh_sources)
    core = peeling.pruned(whole.by_source, whole.by_target, weighed)
    rows, columns = np.flatnonzero(core[:sources]), np.flatnonzero(core[sources:])
    if not len(columns):
        return Dense(sources=rows, targets=columns, edges=0, density=0.0)
    by_row = _restricted(whole.by_source, core[:sources], columns, targets)
    by_column = peeling.transposed(*by_row, len(columns))
    weighed = weighed[0][rows], weighed[1][columns]
    belongs = peeling.peeled(by_row, by_column, weighed, np.zeros(1, np.int64)).astype(bool)
    dense = _dense(by_row, weighed, belongs[0])
    return replace(dense, sources=rows[dense.sources], targets=columns[dense.targets])


def densest_of(whole: Graph, least: Sequence[int], *, weigh_sources: bool = False) -> list[Dense]:
    """Return, for each number in `least`, the densest block of at least as many sources, weighed as in `densest`.

    A small dense block hides a large one that is less dense, so both are looked for, in one removal. Nothing is pruned
    before: what lies below the density of the rest may still belong to the densest of the large ones.
    """
    weighed = _weighed(whole, weigh_sources=weigh_sources)
    belongs = peeling.peeled(whole.by_source, whole.by_target, weighed, np.array(least, np.int64)).astype(bool)
    return [_dense(whole.by_source, weighed, those) for those in belongs]


def _dense(by_row: Sparse, weighed: peeling.Weighed, belongs: NDArray[np.bool_]) -> Dense:
    """Return the block of those nodes."""
    rows = len(by_row[0]) - 1
    row = np.repeat(np.arange(rows), np.diff(by_row[0]))
    inside = belongs[row] & belongs[rows + by_row[1]]
    weight = (weighed[0][row[inside]] * weighed[1][by_row[1][inside]]).sum()
    return Dense(
        sources=np.flatnonzero(belongs[:rows]),
        targets=np.flatnonzero(belongs[rows:]),
        edges=int(inside.sum()),
        density=int(weight) / max(1, int(belongs.sum())) / ONE,
    )


def _weighed(whole: Graph, *, weigh_sources: bool) -> peeling.Weighed:
    fine = FINE if weigh_sources else 1
    sources = len(whole.by_source[0]) - 1
    own = _weights(whole.by_source, fine) if weigh_sources else np.ones(sources, np.int64)
    return own, _weights(whole.by_target, ONE // fine)


def _weights(groups: Sparse, scale: int) -> peeling.Weights:
    return np.rint(scale / np.log(np.diff(groups[0]) + CALM)).astype(np.int64)


def _restricted(by_source: Sparse, rows: peeling.Marks, columns: NDArray[np.int64], targets: int) -> Sparse:
    renumbered = np.full(targets, -1, np.int32)
    renumbered[columns] = np.arange(len(columns), dtype=np.int32)
    return peeling.restricted(*by_source, rows, renumbered)
