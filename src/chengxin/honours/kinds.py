"""Read the kinds of honour; one without basis, term or a favourable item is refused when the file is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Nature
from chengxin.honours.contracts import Kind
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.contracts import Words

SHIPPED: Final = Path(__file__).with_name("kinds.yaml")


class BadKind(ValueError):
    """A declared kind cannot be an honour; the message says which and why."""


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind of honour by its code, in the order of the file."""
    return read_kinds(SHIPPED.read_text("utf-8"))


def get_kind(code: str) -> Kind:
    """Return one kind, or refuse as absent."""
    kind = kinds().get(code)
    if kind is None:
        raise Refused(Refusal(code="ABSENT", what="没有这一种荣誉。", next_step="请从“诚信典型”页重新选择。"))
    return kind


def read_kinds(text: str) -> Mapping[str, Kind]:
    """Return the kinds a YAML text declares, by code."""
    departments = {one.code for one in catalogue.list_departments()}
    found: dict[str, Kind] = {}
    for row in read_yaml(text):
        kind = _kind(row)
        natures = {item.nature for item in catalogue.item_history(kind.item)}
        if natures != {Nature.FAVOURABLE}:
            raise BadKind(f"{kind.code}: {kind.item} is no favourable item.")
        if not kind.basis or not kind.bodies or not kind.bodies <= departments:
            raise BadKind(f"{kind.code}: an honour has a basis and departments that grant it.")
        if kind.needs_visit and _honours_persons(kind):
            raise BadKind(f"{kind.code}: nobody is visited at home for an honour.")
        if found.setdefault(kind.code, kind) is not kind:
            raise BadKind(f"{kind.code} is declared twice.")
    return found


def _kind(row: dict[str, Any]) -> Kind:
    return Kind(
        code=row["code"],
        title=Words(**row["title"]),
        what=Words(**row["what"]),
        item=row["item"],
        bodies=frozenset(row["bodies"]),
        basis=tuple(row["basis"]),
        needs_visit=row.get("visit", False),
    )


def _honours_persons(kind: Kind) -> bool:
    return any(SubjectKind.NATURAL_PERSON in item.subject_kinds for item in catalogue.item_history(kind.item))
