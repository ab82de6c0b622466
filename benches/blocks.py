"""Find the densest block of a graph with a planted one, and rings in invented markets.

Yardstick: the textbook greedy (FRAUDAR) in plain Python with a heap, on the same edges; the sets must be the same.
Above ten million edges only ours is run, for the yardstick would take a quarter of an hour. On a machine that others
use the ratio of CPU says more than that of time.
"""

from __future__ import annotations

import heapq
import math
import resource
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benches.market import Ring, honest, with_ring

Ids = NDArray[np.int32]
MOST_FOR_PYTHON = 10_000_000
SEEDS = 4
NEIGHBOURS = 40  # Groups that buy together week by week, in the second kind of market.


def run(root: Path, *, rows: int) -> dict[str, Any]:  # noqa: ARG001 - every bench is told where the checkout lies
    """Run the bench and return its figures."""
    rings = {where: _rings(groups) for where, groups in (("plain markets", 0), ("with neighbours", NEIGHBOURS))}
    return {**_speed(rows), **rings}


def _speed(rows: int) -> dict[str, Any]:
    from chengxin.reputation import blocks

    blocks.densest(blocks.graph(*_planted(1000)[:2], shape=_planted(1000)[2]))  # Compiles.
    source, target, shape = _planted(rows)
    began = time.perf_counter()
    whole = blocks.graph(source, target, shape=shape)
    built, cpu = time.perf_counter(), time.process_time()
    found = blocks.densest(whole)
    ours, own_cpu = time.perf_counter() - built, time.process_time() - cpu
    figures: dict[str, Any] = {
        "edges": whole.edges,
        "build_seconds": round(built - began, 3),
        "densest_seconds": round(ours, 3),
        "densest_cpu_seconds": round(own_cpu, 3),
        "edges_per_second": round(whole.edges / ours),
        "peak_gigabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
    }
    if rows > MOST_FOR_PYTHON:
        return figures
    began, cpu = time.perf_counter(), time.process_time()
    expected = _greedy(whole)
    yardstick, cpu = time.perf_counter() - began, time.process_time() - cpu
    if (set(found.sources.tolist()), set(found.targets.tolist())) != expected:
        raise RuntimeError("The block is not the one of the yardstick.")
    return {
        **figures,
        "plain_python_yardstick": {"s": round(yardstick, 2), "CPU s": round(cpu, 2)},
        "ratio": {"of time": round(yardstick / ours, 1), "of CPU": round(cpu / own_cpu, 1)},
    }


def _planted(edges: int) -> tuple[Ids, Ids, tuple[int, int]]:
    """Return a graph with heavy tails and a full block of 300 accounts and 100 shops."""
    draw = np.random.default_rng(5)
    accounts, shops = max(1000, edges // 8), max(200, edges // 40)
    sides = []
    for size, tail in ((accounts, 0.6), (shops, 0.75)):
        pull = np.cumsum(np.arange(1, size + 1) ** -tail)
        drawn = np.searchsorted(pull / pull[-1], draw.random(edges))
        sides.append(draw.permutation(size)[drawn])
    source = np.concatenate([sides[0], np.repeat(np.arange(accounts, accounts + 300), 100)]).astype(np.int32)
    target = np.concatenate([sides[1], np.tile(np.arange(shops - 100, shops), 300)]).astype(np.int32)
    return source, target, (accounts + 300, shops)


def _greedy(whole: Any) -> tuple[set[int], set[int]]:  # noqa: ANN401 - a Graph, imported late
    """Return the densest remainder of taking off the lightest node one by one, with a heap of Python's."""
    pointers, ends = whole.by_source[0].tolist(), whole.by_source[1].tolist()
    turned, starts = whole.by_target[0].tolist(), whole.by_target[1].tolist()
    sources, targets = len(pointers) - 1, len(turned) - 1
    weight = [1 / math.log(turned[k + 1] - turned[k] + 5) for k in range(targets)]
    degree = [sum(weight[end] for end in ends[pointers[k] : pointers[k + 1]]) for k in range(sources)]
    degree += [weight[k] * (turned[k + 1] - turned[k]) for k in range(targets)]
    total, left = sum(degree[:sources]), sources + targets
    heap = [(value, node) for node, value in enumerate(degree)]
    heapq.heapify(heap)
    gone, order, densest, taken = bytearray(left), list[int](), -1.0, 0
    while left:
        if total / left > densest:
            densest, taken = total / left, len(order)
        value, node = heapq.heappop(heap)
        if gone[node] or value != degree[node]:
            continue
        gone[node] = 1
        order.append(node)
        total, left = total - value, left - 1
        near = ends[pointers[node] : pointers[node + 1]] if node < sources else None
        for other in near if near is not None else starts[turned[node - sources] : turned[node - sources + 1]]:
            place, less = (sources + other, weight[other]) if near is not None else (other, weight[node - sources])
            if not gone[place]:
                degree[place] -= less
                heapq.heappush(heap, (degree[place], place))
    kept = set(range(sources + targets)) - set(order[:taken])
    return {node for node in kept if node < sources}, {node - sources for node in kept if node >= sources}


def _rings(groups: int) -> dict[str, Any]:
    """Return how well rings of 100 accounts and 20 shops at three orders each are found, and alarms without any."""
    import polars as pl

    from chengxin.reputation.edges import Edges
    from chengxin.reputation.rolling import find_blocks

    def found(market: Any) -> list[Any]:  # noqa: ANN401 - a Market
        return find_blocks(
            Edges(
                sources=pl.Series(range(market.buyers)),
                targets=pl.Series(range(market.shops)),
                source=market.buyer.astype(np.int32),
                target=market.shop.astype(np.int32),
                days=market.day.astype(np.int32),
                aside={},
            )
        )

    scores: dict[str, list[float]] = {"ring_14_days": [], "ring_60_days": []}
    alarms = quarters = 0
    for seed in range(SEEDS):
        days = 1460
        draw = np.random.default_rng(seed)
        market = honest(draw, buyers=40_000, shops=1000, orders=200_000, days=days, groups=groups)
        alarms += len(found(market))
        quarters += days // 90 - 4
        for name, span in (("ring_14_days", 14), ("ring_60_days", 60)):
            ring = Ring(accounts=100, shops=20, orders=3, days=span, first_day=days - 100)
            whole, accounts, _shops = with_ring(np.random.default_rng(seed + 100), market, ring)
            best = max(found(whole), key=lambda block: block.ratio, default=None)
            common = len(np.intersect1d(best.sources, accounts)) if best else 0
            scores[name].append(2 * common / (len(accounts) + len(best.sources)) if best else 0.0)
    figures: dict[str, Any] = {f"{name}_f1": round(float(np.mean(values)), 3) for name, values in scores.items()}
    return {**figures, "clean_quarters": quarters, "false_alarms": alarms}
