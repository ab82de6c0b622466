"""Read the statutory grounds on which a look may be withheld, and refuse a file that cites nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from chengxin.kernel.yaml_text import read_yaml
from chengxin.law import facade as law
from chengxin.looks.contracts import RestrictionGround

FILE: Final = Path(__file__).with_name("grounds.yaml")
LAW: Final = law.beside(__file__)


class BadGround(ValueError):
    """A ground cannot stand; the message says which and why."""


@cache
def grounds() -> Mapping[str, RestrictionGround]:
    """Return the grounds that ship with the platform, by code."""
    return read_grounds(FILE.read_text(encoding="utf-8"))


def read_grounds(text: str) -> Mapping[str, RestrictionGround]:
    """Build the grounds from their text."""
    found: dict[str, RestrictionGround] = {}
    for row in read_yaml(text):
        ground = RestrictionGround(
            code=row["code"],
            zh=row["zh"],
            en=row["en"],
            basis=tuple(row["basis"]),
            cap=row["cap"],
            needs_article=row.get("article", False),
        )
        if not any(citation.startswith("PIPL/") for citation in ground.basis):
            raise BadGround(f"{ground.code}: only the law on personal information opens a restriction.")
        for citation in ground.basis:
            law.check_citation(citation)
        if found.setdefault(ground.code, ground) is not ground:
            raise BadGround(f"{ground.code} is declared twice.")
    return MappingProxyType(found)
