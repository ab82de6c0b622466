"""Look for brushing rings (刷单) in time: dense blocks of a rolling quarter, judged by what was usual before.

A dense block always exists, so its density alone says nothing: it is compared with the greatest density of the slices
that lie wholly before, of the same scale. Scales are the targets themselves, and targets split by windows of a few
days (in two phases), which make a short ring dense and an honest regular thin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from chengxin.reputation.blocks import Dense, densest_of, graph
from chengxin.reputation.contracts import Rolling
from chengxin.reputation.edges import Edges
from chengxin.reputation.peeling import Ids

# Only new accounts? Days of a window and where it begins; 0 does not split targets. How many accounts at least.
Scale = tuple[bool, int, int, int]
View = tuple[bool, int, int]  # A scale without its size.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Slice:
    """One rolling slice: days [first, end), and the rows of the edges in it (ascending in time)."""

    first: int
    end: int
    rows: slice


@dataclass(frozen=True, kw_only=True)
class Block:
    """A block that is denser than anything of its scale was before: who, on which targets, in which rows.

    `usual` is the greatest density of its scale in the slices `base` (their last days) before; `ratio` is
    density / usual. `rows` are places in the edges as read.
    """

    first: int
    end: int
    scale: Scale
    density: float
    usual: float
    ratio: float
    base: tuple[int, ...]
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    rows: NDArray[np.int64]


@dataclass(kw_only=True)
class _Past:
    """What was dense before, by scale and by the slice's end, rings left out: density, and how many edges."""

    parameters: Rolling
    first_day: int
    first_seen: NDArray[np.int32]
    densities: dict[Scale, dict[int, tuple[float, int]]] = field(default_factory=dict)

    def is_told(self, view: View, now: Slice) -> bool:
        """Tell whether a slice lies far enough from the beginning that who is new in it can be told from who is not."""
        return not view[0] or now.first >= self.first_day + self.parameters.least_known_days

    def usual(self, scale: Scale, now: Slice, edges: int) -> tuple[float, tuple[int, ...]]:
        """Return the greatest density of a scale in the slices that lie wholly before, and those slices.

        More edges lie denser by themselves, so a past slice with fewer counts for what it would be with as many.
        """
        first = now.first - self.parameters.trailing_days
        found = {end: past for end, past in self.densities.get(scale, {}).items() if first < end <= now.first}
        span = max(found, default=0) - min(found, default=0) + self.parameters.slice_days
        if not found or span < self.parameters.least_past_days:
            return 0.0, ()
        grown = [density * max(1.0, edges / many) ** self.parameters.growth for density, many in found.values() if many]
        return max(grown, default=0.0), tuple(sorted(found))

    def remember(self, block: Block, edges: int) -> None:
        """Keep the density of a slice for those after it."""
        self.densities.setdefault(block.scale, {})[block.end] = block.density, edges


def find_blocks(
    edges: Edges, parameters: Rolling | None = None, progress: Progress = lambda _done, _all: None
) -> list[Block]:
    """Return the blocks that exceed the threshold of their past, one of each ring, in order of time.

    Raises ValueError when the edges have no time.
    """
    parameters = parameters or Rolling()
    if edges.days is None:
        raise ValueError("Rolling slices need a time on every edge.")
    order = _each_once(edges, np.lexsort((edges.target, edges.source, edges.days)))
    first_seen = np.full(len(edges.sources), np.iinfo(np.int32).max, np.int32)
    np.minimum.at(first_seen, edges.source, edges.days)
    past, found = _Past(parameters=parameters, first_day=int(edges.days.min()), first_seen=first_seen), list[Block]()
    slices = list(_slices(edges.days[order], parameters))
    for number, now in enumerate(slices):
        found += _rings(edges, order[now.rows], now, past)
        progress(number + 1, len(slices))
    return _distinct(found, parameters)


def _each_once(edges: Edges, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Leave out of sorted rows what one account did again at one target on one day, or a file says twice."""
    if edges.days is None:
        return order
    sides = [side[order] for side in (edges.source, edges.target, edges.days)]
    is_other = np.any([side[1:] != side[:-1] for side in sides], axis=0)
    return order[np.concatenate(([True], is_other))]


def _slices(days: NDArray[np.int32], parameters: Rolling) -> Iterator[Slice]:
    """Yield slices that end on multiples of the step, so that a longer file has the same ones."""
    step = parameters.step_days
    for end in range((int(days[0]) // step + 1) * step, int(days[-1]) + step + 1, step):
        first = end - parameters.slice_days
        low, high = np.searchsorted(days, (first, end))
        if high > low:
            yield Slice(first=first, end=end, rows=slice(int(low), int(high)))


def _rings(edges: Edges, rows: NDArray[np.int64], now: Slice, past: _Past) -> list[Block]:
    """Return the rings of one slice, the clearest first, and remember how dense the rest is."""
    parameters, found = past.parameters, list[Block]()
    views = [view for view in parameters.views if past.is_told(view, now)]
    while True:
        looked = [one for view in views for one in _looked(edges, rows, now, view, past)]
        loud = sorted((one for one, _edges in looked if one.ratio >= parameters.alarm), key=lambda one: -one.ratio)
        whole = (_core(edges, rows, block, past) for block in loud)
        ring = next((block for block in whole if _may_be_ring(block, parameters)), None)
        if ring is None or len(found) == parameters.most_per_slice:
            break
        found.append(ring)
        rows = rows[~np.isin(edges.source[rows], ring.sources)]
    for block, many in looked:
        past.remember(block, many)
    return found


def _may_be_ring(block: Block, parameters: Rolling) -> bool:
    """Tell a ring from neighbours who buy together: those meet at few shops, and are few."""
    many = len(block.sources)
    return many >= parameters.sizes[-1] or (many > 0 and len(block.targets) >= parameters.least_targets)


def _core(edges: Edges, rows: NDArray[np.int64], block: Block, past: _Past) -> Block:
    """Return a block with the members its greatest density leaves out, and without targets it only passes at.

    Members cover themselves with orders at busy shops, which draw honest accounts in: a target stays when at least
    `least_share` of its edges in the slice, and `least_met`, are the block's. A source belongs when it meets two such
    targets, and half as many as the members do.
    """
    parameters, sources = past.parameters, block.sources
    whole = np.maximum(1, np.bincount(edges.target[rows], minlength=len(edges.targets)))
    if block.scale[0]:
        rows = rows[past.first_seen[edges.source[rows]] >= block.first]
    for _round in range(2):
        theirs = rows[np.isin(edges.source[rows], sources)]
        many = np.bincount(edges.target[theirs], minlength=len(edges.targets))
        is_theirs = (many >= parameters.least_share * whole) & (many >= parameters.least_met)
        met = _met(edges, rows[is_theirs[edges.target[rows]]])
        usual = np.median(met[sources])
        sources = np.flatnonzero(met >= max(2, usual / 2))
        if len(sources) < max(parameters.sizes[0], len(block.sources) / 2):
            # The smallest size asks for no more than a ring has; a larger one may have been filled up with anybody.
            return block if block.scale[-1] == parameters.sizes[0] else replace(block, sources=block.sources[:0])
    kept = rows[is_theirs[edges.target[rows]] & np.isin(edges.source[rows], sources)]
    kept = kept[_together(edges.source[kept], edges.target[kept])]
    sources, targets = (np.unique(side[kept]).astype(np.int64) for side in (edges.source, edges.target))
    return replace(block, sources=sources, targets=targets, rows=kept)


def _together(source: Ids, target: Ids) -> NDArray[np.bool_]:
    """Tell which rows belong to the part with most sources: a large block takes in small ones that it never meets."""
    sources, row = np.unique(source, return_inverse=True)
    targets, column = np.unique(target, return_inverse=True)
    part, before = np.arange(len(sources)), np.empty(0, np.int64)
    while not np.array_equal(part, before):
        # Each takes the lowest number that anybody has whom it meets, until nobody has a lower one to give.
        before, lowest = part.copy(), np.full(len(targets), len(sources))
        np.minimum.at(lowest, column, part[row])
        np.minimum.at(part, row, lowest[column])
    together: NDArray[np.bool_] = part[row] == np.bincount(part).argmax()
    return together


def _met(edges: Edges, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many different targets each source meets in some rows."""
    pairs = np.unique(edges.source[rows].astype(np.int64) * len(edges.targets) + edges.target[rows])
    return np.bincount(pairs // len(edges.targets), minlength=len(edges.sources))


def _looked(edges: Edges, rows: NDArray[np.int64], now: Slice, view: View, past: _Past) -> list[tuple[Block, int]]:
    """Return the densest block of each size of a slice beside what was usual, and how many edges it was found in."""
    if view[0]:
        rows = rows[past.first_seen[edges.source[rows]] >= now.first]
    split, looked = _split(edges, rows, view), list[tuple[Block, int]]()
    for least, (dense, sources, targets) in _densest(edges.source[rows], split, view, past.parameters.sizes):
        usual, base = past.usual((*view, least), now, len(rows))
        inside = np.isin(edges.source[rows], sources) & np.isin(split, targets)
        block = Block(
            first=now.first,
            end=now.end,
            scale=(*view, least),
            density=dense.density,
            usual=usual,
            ratio=dense.density / usual if usual > 0 else 0.0,
            base=base,
            sources=sources,
            targets=np.unique(edges.target[rows[inside]]).astype(np.int64),
            rows=rows[inside],
        )
        looked.append((block, len(rows)))
    return looked


def _split(edges: Edges, rows: NDArray[np.int64], view: View) -> NDArray[np.int64]:
    """Return the target of each row, or the target and the window the row lies in, as one number."""
    target = edges.target[rows].astype(np.int64)
    _new, window, phase = view
    if not window or edges.days is None:
        return target
    return target * 2**20 + (edges.days[rows] + phase) // window


def _densest(
    source: Ids, target: NDArray[np.int64], view: View, sizes: tuple[int, ...]
) -> Iterator[tuple[int, tuple[Dense, NDArray[np.int64], NDArray[np.int64]]]]:
    """Yield each size with the densest block of as many sources, and its sources and split targets."""
    sources, row = np.unique(source, return_inverse=True)
    targets, column = np.unique(target, return_inverse=True)
    whole = graph(row.astype(np.int32), column.astype(np.int32), shape=(len(sources), len(targets)))
    for least, dense in zip(sizes, densest_of(whole, sizes, weigh_sources=not view[0]), strict=True):
        yield least, (dense, sources[dense.sources].astype(np.int64), targets[dense.targets])


def _distinct(found: list[Block], parameters: Rolling) -> list[Block]:
    """Return one block of each ring: of those that share most sources, the one that stands out most."""
    kept = list[Block]()
    for block in sorted(found, key=lambda block: (-block.ratio, block.end)):
        if all(_shared(block, other) < parameters.same_ring for other in kept):
            kept.append(block)
    return sorted(kept, key=lambda block: (block.end, -block.ratio))


def _shared(one: Block, other: Block) -> float:
    """Return which part of the smaller block's sources lies in the other, if they are near in time."""
    if one.first >= other.end or other.first >= one.end:
        return 0.0
    common = len(np.intersect1d(one.sources, other.sources, assume_unique=True))
    return common / min(len(one.sources), len(other.sources))
