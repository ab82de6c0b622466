"""Loops over the rating graph, compiled; edges are grouped by target, pointers are half-open."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chengxin.kernel.compiled import Ints, Mask, compiled

Floats = NDArray[np.float64]


@compiled
def shared_inflow(targets: Ints, raters: Ints, ways: tuple[Ints, Ints, Floats], total: Floats) -> Floats:
    """Return, for each rating, the share of the rater's trust inflow from the target or its other raters."""
    inward, endorsers, flow = ways
    share = np.zeros(len(raters))
    mark = np.full(len(targets) - 1, -1)
    for target in range(len(targets) - 1):
        mark[target] = target
        for edge in range(targets[target], targets[target + 1]):
            mark[raters[edge]] = target
        for edge in range(targets[target], targets[target + 1]):
            rater, found = raters[edge], 0.0
            for k in range(inward[rater], inward[rater + 1]):
                if mark[endorsers[k]] == target:
                    found += flow[k]
            if total[rater] > 0:
                share[edge] = min(1.0, found / total[rater])
    return share


@compiled
def spread(
    start: int, ways: tuple[Ints, Ints, Floats], trust: Floats, limits: tuple[float, int, float], work: Floats
) -> Ints:
    """Push visits from a node outward while they carry a share of the trust met; fill `work[0]`, return who was met."""
    outward, ends, weight = ways
    damping, depth, cutoff = limits
    visits, now, later = work[0], work[1], work[2]
    met, front = [start], [start]
    visits[start] = 1.0
    now[start] = 1.0
    for _ in range(depth):
        following = [start]
        following.clear()
        for node in front:
            carried = now[node]
            now[node] = 0.0
            if trust[start] * carried < cutoff * trust[node]:
                continue
            for k in range(outward[node], outward[node + 1]):
                end = ends[k]
                if later[end] == 0.0:
                    following.append(end)
                later[end] += damping * carried * weight[k]
        for node in following:
            if visits[node] == 0.0:
                met.append(node)
            visits[node] += later[node]
            now[node] = later[node]
            later[node] = 0.0
        front = following
        if len(front) == 0:
            break
    for node in front:
        now[node] = 0.0
    return np.array(met)


@compiled
def passing_share(
    targets: Ints, raters: Ints, ways: tuple[Ints, Ints, Floats], trust: Floats, limits: tuple[float, int, float]
) -> Floats:
    """Return, for each rating, the share of the rater's trust that passed through the target by any path."""
    share = np.zeros(len(raters))
    work = np.zeros((3, len(targets) - 1))
    for target in range(len(targets) - 1):
        if targets[target] == targets[target + 1] or trust[target] <= 0:
            continue
        met = spread(target, ways, trust, limits, work)
        for edge in range(targets[target], targets[target + 1]):
            rater = raters[edge]
            if trust[rater] > 0:
                share[edge] = min(1.0, trust[target] / work[0, target] * work[0, rater] / trust[rater])
        for node in met:
            work[0, node] = 0.0
    return share


@compiled
def near_in_time(targets: Ints, seconds: Floats, counted: Mask, window: float) -> Floats:
    """Return, for each rating, how many counted ratings of its target lie within the window around it."""
    count = np.zeros(len(seconds))
    for target in range(len(targets) - 1):
        first = last = targets[target]
        inside = 0
        for edge in range(targets[target], targets[target + 1]):
            while last < targets[target + 1] and seconds[last] <= seconds[edge] + window:
                inside += counted[last]
                last += 1
            while seconds[first] < seconds[edge] - window:
                inside -= counted[first]
                first += 1
            count[edge] = inside
    return count


@compiled
def linked_pairs(outward: Ints, ends: Ints) -> Floats:
    """Return, for each node, how many edges lead from one of its ends to another."""
    found = np.zeros(len(outward) - 1)
    mark = np.full(len(outward) - 1, -1)
    for node in range(len(outward) - 1):
        for edge in range(outward[node], outward[node + 1]):
            mark[ends[edge]] = node
        for edge in range(outward[node], outward[node + 1]):
            end = ends[edge]
            for k in range(outward[end], outward[end + 1]):
                if mark[ends[k]] == node:
                    found[node] += 1
    return found
