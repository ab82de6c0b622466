"""Which row keys stood earlier in the same file, over millions of rows, in eight bytes a row."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]


class SeenKeys:
    """A set of 64-bit keys that grows by the block: sorted runs, each longer than all that came after it.

    A hash table would be built anew for every block; a run is merged with another only when that is no longer than it.
    """

    def __init__(self) -> None:
        """Begin with no key."""
        self._runs: list[Keys] = []

    def contains(self, keys: Keys) -> npt.NDArray[np.bool_]:
        """Tell of each key whether it was added."""
        order = np.argsort(keys)
        ascending = keys[order]
        found = np.zeros(len(keys), np.bool_)
        for run in self._runs:
            places = np.searchsorted(run, ascending)
            found |= run[np.minimum(places, len(run) - 1)] == ascending
        answer = np.empty_like(found)
        answer[order] = found
        return answer

    def add(self, keys: Keys) -> None:
        """Add keys."""
        if not len(keys):
            return
        run = np.sort(keys)
        while self._runs and len(self._runs[-1]) <= len(run):
            # Two ascending halves: a stable sort finds them and merges.
            run = np.sort(np.concatenate([self._runs.pop(), run]), kind="stable")
        self._runs.append(run)
