"""Read the claims and reasons, and say whether a claim holds over lines: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from chengxin.catalogue.contracts import Nature
from chengxin.kernel.yaml_text import read_yaml
from chengxin.presentations.contracts import Claim, Reason
from chengxin.records.contracts import MarkKind, Record

FILE: Final = Path(__file__).with_name("claims.yaml")


class BadClaim(ValueError):
    """A claim cannot stand; the message says which and why."""


@cache
def claims() -> Mapping[str, Claim]:
    """Return the claims that ship with the platform, by code."""
    return read_claims(FILE.read_text(encoding="utf-8"))


@cache
def reasons() -> Mapping[str, Reason]:
    """Return what something may be shown for, by code."""
    rows = read_yaml(FILE.read_text(encoding="utf-8"))["reasons"]
    return MappingProxyType({row["code"]: Reason(**row) for row in rows})


def read_claims(text: str) -> Mapping[str, Claim]:
    """Build the claims from their text."""
    found: dict[str, Claim] = {}
    for row in read_yaml(text)["claims"]:
        claim = _claim(row)
        if found.setdefault(claim.code, claim) is not claim:
            raise BadClaim(f"{claim.code} is declared twice.")
    return MappingProxyType(found)


def _claim(row: dict[str, Any]) -> Claim:
    none = row["none"]
    if unknown := sorted(none.keys() - {"nature", "severity"}):
        raise BadClaim(f"{row['code']}: {', '.join(unknown)} mean nothing here.")
    return Claim(
        code=row["code"],
        zh=row["zh"],
        en=row["en"],
        nature=Nature(none["nature"]).value,
        severities=frozenset(none.get("severity", ())),
    )


def holds(claim: Claim, lines: Iterable[Record]) -> bool:
    """Tell whether a claim holds over the lines that may be shown; one under objection is used against nobody."""
    return not any(
        line.nature == claim.nature
        and (not claim.severities or line.severity in claim.severities)
        and not any(mark.kind is MarkKind.OBJECTION for mark in line.marks)
        for line in lines
    )
