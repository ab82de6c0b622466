"""Read the measures list; a row that does not say all that M2 wants is refused when the file is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law import facade as law
from chengxin.law.facade import Words
from chengxin.measures.contracts import WITH_ENTRY, Measure, Role, Tier

SHIPPED: Final = Path(__file__).with_name("measures.yaml")
_NEEDED: Final = frozenset({"code", "title", "objects", "acts", "bodies", "basis", "period", "relevance"})


class BadMeasure(ValueError):
    """A declared measure does not say what it must; the message says which and what."""


def read_measures(text: str) -> Mapping[str, Measure]:
    """Return the measures a YAML text declares, by code in their order."""
    found: dict[str, Measure] = {}
    for row in read_yaml(text):
        if missing := sorted(name for name in _NEEDED if not row.get(name)):
            raise BadMeasure(f"{row.get('code', '?')}: says no {', '.join(missing)} (SH/22, SZ/73).")
        measure = _measure(row)
        for citation in measure.like:
            law.level_of(citation)
        if measure.period != WITH_ENTRY:
            law.get_entry(measure.period)
        if found.setdefault(measure.code, measure) is not measure:
            raise BadMeasure(f"{measure.code} is declared twice.")
    return found


@cache
def measures() -> Mapping[str, Measure]:
    """Return every measure of the list by its code."""
    return read_measures(SHIPPED.read_text("utf-8"))


def get_measure(code: str) -> Measure:
    """Return one measure, or refuse: what is not on the list may not be applied (M1)."""
    measure = measures().get(code)
    if measure is None:
        raise Refused(
            Refusal(
                code="MEASURE-UNLISTED",
                what="措施清单上没有这项措施。",
                why="没有公布的措施不得实施。",
                next_step="请从措施清单选择。",
                basis=("SH/22", "SH/32"),
            )
        )
    return measure


def _measure(row: dict[str, Any]) -> Measure:
    return Measure(
        code=row["code"],
        title=Words(**row["title"]),
        objects=frozenset(SubjectKind(kind) for kind in row["objects"]),
        acts=tuple(row["acts"]),
        bodies=frozenset(row["bodies"]),
        basis=tuple(row["basis"]),
        levels=frozenset(law.level_of(citation) for citation in row["basis"]),
        period=row["period"],
        relevance=Words(**row["relevance"]),
        tier=Tier(row.get("tier", Tier.LIST)),
        reduces_rights=row.get("reduces_rights", True),
        persons=frozenset(Role(role) for role in row.get("persons", ())),
        like=tuple(row.get("like", ())),
        is_provisional=row.get("provisional", False),
        is_court_order=row.get("court_order", False),
        is_announced=row.get("announced", False),
        penalty_kinds=frozenset(row.get("kinds", ())),
        says=tuple(row.get("says", ())),
    )
