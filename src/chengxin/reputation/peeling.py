"""The densest block of a bipartite graph, exactly: drop what cannot belong to it, then take nodes off one by one.

A block is a set of rows and columns; its density is the weight of its edges divided by its rows and columns. Taking
off the node with the least weighted degree, again and again, meets a block of at least half the greatest density
(Charikar 2000; with columns weighted 1 / log(degree + 5): Hooi et al., FRAUDAR, KDD 2016). Weights are whole numbers,
so every sum is exact and no order of edges changes the answer.

A node whose degree lies below the density of what stands can go at once: each such removal raises the density, and
the one by one order comes through the same remainder, whose density no earlier remainder reaches. So sequential passes
shrink the graph, and only the small core needs a heap.

An edge weighs the weight of its row times that of its column. Rows and columns are numbered from 0; a graph is given by
rows (pointers, columns of each row ascending) and by columns (pointers, rows of each column ascending). In keys,
columns follow the rows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chengxin.kernel.compiled import compiled

Ids = NDArray[np.int32]
Pointers = NDArray[np.int64]
Weights = NDArray[np.int64]
Marks = NDArray[np.uint8]
Sparse = tuple[Pointers, Ids]
Weighed = tuple[Weights, Weights]


@compiled
def grouped(keys: Ids, values: Ids, size: int) -> Sparse:
    """Return the values of each key, in the order they came."""
    pointers = np.zeros(size + 1, np.int64)
    for key in keys:
        pointers[key + 1] += 1
    for key in range(size):
        pointers[key + 1] += pointers[key]
    place = pointers[:-1].copy()
    ordered = np.empty(len(values), np.int32)
    for edge in range(len(keys)):
        ordered[place[keys[edge]]] = values[edge]
        place[keys[edge]] += 1
    return pointers, ordered


@compiled
def transposed(pointers: Pointers, ids: Ids, size: int) -> Sparse:
    """Return the same edges grouped by their other end; inside a group they ascend."""
    turned = np.zeros(size + 1, np.int64)
    for other in ids:
        turned[other + 1] += 1
    for other in range(size):
        turned[other + 1] += turned[other]
    place = turned[:-1].copy()
    ordered = np.empty(len(ids), np.int32)
    for key in range(len(pointers) - 1):
        for edge in range(pointers[key], pointers[key + 1]):
            ordered[place[ids[edge]]] = key
            place[ids[edge]] += 1
    return turned, ordered


@compiled
def distinct(pointers: Pointers, ids: Ids) -> Sparse:
    """Return ascending groups without repeated ends; the arrays given are overwritten."""
    kept = 0
    start = pointers[0]
    for key in range(len(pointers) - 1):
        end, first = pointers[key + 1], kept
        for edge in range(start, end):
            if kept == first or ids[kept - 1] != ids[edge]:
                ids[kept] = ids[edge]
                kept += 1
        start = end
        pointers[key + 1] = kept
    return pointers, ids[:kept]


@compiled
def restricted(pointers: Pointers, ids: Ids, keep: Marks, renumbered: Ids) -> Sparse:
    """Return the groups that are kept, with those ends that have a new number (others have -1)."""
    rows = 0
    for key in range(len(keep)):
        rows += keep[key]
    narrowed = np.zeros(rows + 1, np.int64)
    found = np.empty(pointers[-1], np.int32)
    row, count = 0, 0
    for key in range(len(keep)):
        if keep[key]:
            for edge in range(pointers[key], pointers[key + 1]):
                if renumbered[ids[edge]] >= 0:
                    found[count] = renumbered[ids[edge]]
                    count += 1
            row += 1
            narrowed[row] = count
    return narrowed, found[:count].copy()


@compiled
def degrees(by_row: Sparse, by_column: Sparse, weighed: Weighed) -> Weights:
    """Return the weighted degree of every row, then of every column."""
    rows, columns = len(by_row[0]) - 1, len(by_column[0]) - 1
    key = np.zeros(rows + columns, np.int64)
    for row in range(rows):
        for edge in range(by_row[0][row], by_row[0][row + 1]):
            key[row] += weighed[1][by_row[1][edge]]
        key[row] *= weighed[0][row]
    for column in range(columns):
        for edge in range(by_column[0][column], by_column[0][column + 1]):
            key[rows + column] += weighed[0][by_column[1][edge]]
        key[rows + column] *= weighed[1][column]
    return key


@compiled
def pruned(by_row: Sparse, by_column: Sparse, weighed: Weighed) -> Marks:
    """Return which nodes remain after dropping, until none is left to drop, those below the density of the rest."""
    rows, columns = len(by_row[0]) - 1, len(by_column[0]) - 1
    key = degrees(by_row, by_column, weighed)
    alive = np.ones(rows + columns, np.uint8)
    total, count = key[rows:].sum(), rows + columns
    while count > 0:
        dropped = 0
        for row in range(rows):
            if alive[row] and key[row] < total // count:
                alive[row] = 0
                total, count, dropped = total - key[row], count - 1, dropped + 1
                for edge in range(by_row[0][row], by_row[0][row + 1]):
                    key[rows + by_row[1][edge]] -= weighed[0][row] * weighed[1][by_row[1][edge]]
        for column in range(columns):
            if alive[rows + column] and key[rows + column] < total // count:
                alive[rows + column] = 0
                total, count, dropped = total - key[rows + column], count - 1, dropped + 1
                for edge in range(by_column[0][column], by_column[0][column + 1]):
                    key[by_column[1][edge]] -= weighed[0][by_column[1][edge]] * weighed[1][column]
        if dropped == 0:
            break
    return alive


@compiled
def _before(key: Weights, one: int, other: int) -> bool:
    """Tell whether a node is taken off before another: the lighter, and of equals the one with the lower number."""
    return key[one] < key[other] or (key[one] == key[other] and one < other)


@compiled
def _sink(heap: Ids, place: Ids, key: Weights, at: int, size: int) -> None:
    """Let the node at a place of the heap sink to where it belongs."""
    node = heap[at]
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and _before(key, heap[child + 1], heap[child]):
            child += 1
        if not _before(key, heap[child], node):
            break
        heap[at] = heap[child]
        place[heap[at]] = at
        at = child
    heap[at] = node
    place[node] = at


@compiled
def _lighten(heap: Ids, place: Ids, key: Weights, node: int, weight: int) -> None:
    """Take weight off a node that still stands, and let it rise in the heap to where it belongs."""
    at = place[node]
    if at < 0:
        return
    key[node] -= weight
    while at > 0:
        parent = (at - 1) // 2
        if not _before(key, node, heap[parent]):
            break
        heap[at] = heap[parent]
        place[heap[at]] = at
        at = parent
    heap[at] = node
    place[node] = at


@compiled
def peeled(by_row: Sparse, by_column: Sparse, weighed: Weighed, least: Weights) -> Marks:
    """Return which nodes belong to the densest remainder that taking off the lightest node, one by one, comes by.

    One line of marks for each number of rows that a remainder must have at `least`; where none has, nothing is marked.
    """
    rows, columns = len(by_row[0]) - 1, len(by_column[0]) - 1
    key = degrees(by_row, by_column, weighed)
    size = rows + columns
    heap, place = np.arange(size).astype(np.int32), np.arange(size).astype(np.int32)
    for at in range(size // 2 - 1, -1, -1):
        _sink(heap, place, key, at, size)
    order = np.empty(size, np.int32)
    total, standing = key[rows:].sum(), rows
    densest, taken = np.full(len(least), -1.0), np.full(len(least), rows + columns)
    for turn in range(rows + columns):
        for one in range(len(least)):
            if standing >= least[one] and total / size > densest[one]:
                densest[one], taken[one] = total / size, turn
        node = heap[0]
        size -= 1
        heap[0] = heap[size]
        place[heap[0]] = 0
        if size > 0:
            _sink(heap, place, key, 0, size)
        place[node] = -1
        order[turn] = node
        total -= key[node]
        if node < rows:
            standing -= 1
            for edge in range(by_row[0][node], by_row[0][node + 1]):
                other = by_row[1][edge]
                _lighten(heap, place, key, rows + other, weighed[0][node] * weighed[1][other])
        else:
            for edge in range(by_column[0][node - rows], by_column[0][node - rows + 1]):
                other = by_column[1][edge]
                _lighten(heap, place, key, other, weighed[0][other] * weighed[1][node - rows])
    belongs = np.ones((len(least), rows + columns), np.uint8)
    for one in range(len(least)):
        belongs[one, order[: taken[one]]] = 0
    return belongs
