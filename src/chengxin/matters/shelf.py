"""Read the kinds of matters; one that names no law, no item or an unlisted measure is refused when the file is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from chengxin.catalogue import facade as catalogue
from chengxin.incentives.contracts import Occasion
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law import facade as law
from chengxin.law.contracts import Words
from chengxin.matters.contracts import Kind
from chengxin.measures import facade as measures

SHIPPED: Final = Path(__file__).with_name("matters.yaml")


class BadKind(ValueError):
    """A declared matter does not say what it must; the message says which and what."""


def read_kinds(text: str) -> Mapping[str, Kind]:
    """Return the kinds a YAML text declares, by code in their order."""
    found: dict[str, Kind] = {}
    for row in read_yaml(text):
        kind = _kind(row)
        if not (kind.bodies and kind.basis and kind.facts):
            raise BadKind(f"{kind.code}: says no body, no basis or no facts (PIPL/34, SD/20).")
        if unknown := [code for code in sorted(kind.facts) if not catalogue.item_history(code)]:
            raise BadKind(f"{kind.code}: {unknown[0]} is not in the catalogue.")
        for citation in kind.basis:
            law.level_of(citation)
        if untied := [code for code in kind.measures if not set(kind.lists) <= set(measures.get_measure(code).acts)]:
            raise BadKind(f"{kind.code}: {untied[0]} does not rest on all of its lists (SD/27).")
        if found.setdefault(kind.code, kind) is not kind:
            raise BadKind(f"{kind.code} is declared twice.")
    return found


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind of matter by its code."""
    return read_kinds(SHIPPED.read_text("utf-8"))


def get_kind(code: str) -> Kind:
    """Return one kind, or refuse as absent."""
    kind = kinds().get(code)
    if kind is None:
        raise Refused(Refusal(code="ABSENT", what="没有这一种办理事项。", next_step="请从“办件”页重新选择。"))
    return kind


def _kind(row: dict[str, Any]) -> Kind:
    return Kind(
        code=row["code"],
        title=Words(**row["title"]),
        bodies=frozenset(row.get("bodies", ())),
        basis=tuple(row.get("basis", ())),
        facts=frozenset(row.get("facts", ())),
        lists=tuple(row.get("lists", ())),
        measures=tuple(row.get("measures", ())),
        occasion=Occasion(row["occasion"]) if "occasion" in row else None,
        is_provisional=row.get("provisional", False),
    )
