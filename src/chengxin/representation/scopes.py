"""Read what may be done for another from scopes.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from chengxin.kernel.yaml_text import read_yaml
from chengxin.representation.contracts import Ground, Scope

LOOK: Final = "look"


@lru_cache(maxsize=1)
def scopes() -> Mapping[str, Scope]:
    """Return the scopes by their codes, in the order of the file."""
    rows = read_yaml(Path(__file__).with_name("scopes.yaml").read_text(encoding="utf-8"))
    found = {
        row["code"]: Scope(
            code=row["code"],
            zh=row["title"][0],
            en=row["title"][1],
            means_zh=row["means"][0],
            means_en=row["means"][1],
            actions=frozenset(row["actions"]),
            grounds=frozenset(Ground(one) for one in row["grounds"]),
        )
        for row in rows
    }
    return MappingProxyType(found)


def scopes_for(ground: Ground) -> tuple[str, ...]:
    """Return what may be done on a ground, as codes in the order of the file."""
    return tuple(one.code for one in scopes().values() if ground in one.grounds)


def actions_of(codes: Iterable[str]) -> frozenset[str]:
    """Return all that scopes allow; a scope that is no longer declared allows nothing."""
    return frozenset().union(*(scopes()[code].actions for code in codes if code in scopes()))
