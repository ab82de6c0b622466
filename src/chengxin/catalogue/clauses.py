"""What the platform does for each clause of the two policy opinions, read from `clauses.yaml`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from chengxin.catalogue.contracts import Words
from chengxin.kernel.yaml_text import read_yaml

POLICIES: Final = {"P": "SEED1", "E": "SEED2"}
_CLAUSE = re.compile(r"^(?P<policy>[PE])(?P<article>\d(?:\.\d)?)[a-z]?$")


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause that is built: its number with us, what it asks in our words, and where that shows."""

    number: str
    asks: Words
    shown: tuple[str, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """Return the addresses among where it shows that anybody can open as they stand."""
        return tuple(place for place in self.shown if place.startswith("/") and "<" not in place)


@cache
def clauses_of(policy: str) -> Mapping[str, tuple[Clause, ...]]:
    """Return the built clauses of a policy by its section; a section without one is not built yet."""
    written = read_yaml(Path(__file__).with_name("clauses.yaml").read_text("utf-8"))
    found: dict[str, list[Clause]] = defaultdict(list)
    for number, said in written.items():
        match = _CLAUSE.match(number)
        if match and POLICIES[match["policy"]] == policy:
            asks = Words(zh=said["asks"][0], en=said["asks"][1])
            found[match["article"]].append(Clause(number=number, asks=asks, shown=tuple(said["shown"])))
    return {article: tuple(clauses) for article, clauses in found.items()}
