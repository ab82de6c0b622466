"""Read the grounds of watching, and refuse a file that cites nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from chengxin.kernel.yaml_text import read_yaml
from chengxin.law import facade as law
from chengxin.law.contracts import Words
from chengxin.watches.contracts import Ground, How

FILE: Final = Path(__file__).with_name("grounds.yaml")
LAW: Final = law.beside(__file__)


class BadGround(ValueError):
    """A ground cannot stand; the message says which and why."""


@cache
def grounds() -> Mapping[str, Ground]:
    """Return the grounds that ship with the platform, by code."""
    return read_grounds(FILE.read_text(encoding="utf-8"))


def read_grounds(text: str) -> Mapping[str, Ground]:
    """Build the grounds from their text."""
    found: dict[str, Ground] = {}
    for row in read_yaml(text):
        ground = Ground(
            code=row["code"],
            title=Words(**row["title"]),
            how=How(row["how"]),
            basis=tuple(row["basis"]),
            items=frozenset(row.get("items", ())),
        )
        if not ground.basis or bool(ground.items) != (ground.how is How.RECORD):
            raise BadGround(f"{ground.code}: a ground needs a basis, and items exactly where a record is read.")
        for citation in ground.basis:
            law.check_citation(citation)
        if found.setdefault(ground.code, ground) is not ground:
            raise BadGround(f"{ground.code} is declared twice.")
    return MappingProxyType(found)
