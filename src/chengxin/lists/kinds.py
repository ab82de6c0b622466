"""Read the kinds of list; a kind that the law does not carry is refused when the file is read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.contracts import Words
from chengxin.lists.contracts import Family, Kind, Scope
from chengxin.lists.gates import why_not_kind

SHIPPED: Final = Path(__file__).with_name("kinds.yaml")


class BadKind(ValueError):
    """A declared kind cannot be a list; the message says which and why."""


def read_kinds(text: str) -> Mapping[str, Kind]:
    """Return the kinds a YAML text declares, by code in their order."""
    found: dict[str, Kind] = {}
    for row in read_yaml(text):
        kind = _kind(row)
        if refusal := why_not_kind(kind):
            raise BadKind(f"{kind.code}: {refusal.code} {refusal.what}")
        if taken := [code for other in found.values() for code in kind.items if code in other.items]:
            raise BadKind(f"{kind.code}: {taken[0]} is on another list already.")
        if found.setdefault(kind.code, kind) is not kind:
            raise BadKind(f"{kind.code} is declared twice.")
    return found


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind of list by its code."""
    return read_kinds(SHIPPED.read_text("utf-8"))


def get_kind(code: str) -> Kind:
    """Return one kind, or refuse as absent."""
    kind = kinds().get(code)
    if kind is None:
        raise Refused(Refusal(code="ABSENT", what="没有这一种名单。", next_step="请从“名单”页重新选择。"))
    return kind


def kind_of_item(item_code: str) -> Kind | None:
    """Return the kind whose entries are records of an item, or None."""
    return _by_item().get(item_code)


def item_codes() -> tuple[str, ...]:
    """Return the items of all kinds."""
    return tuple(_by_item())


@cache
def _by_item() -> Mapping[str, Kind]:
    return {code: kind for kind in kinds().values() for code in kind.items}


def _kind(row: dict[str, Any]) -> Kind:
    needs = row.get("needs", {})
    return Kind(
        code=row["code"],
        title=Words(**row["title"]),
        why=Words(**row["why"]),
        family=Family(row["family"]),
        items=tuple(row["items"]),
        basis=tuple(row["basis"]),
        scope=Scope(row["scope"]) if "scope" in row else None,
        needs_heavier_penalty=needs.get("heavier_penalty", False),
        needs_upper_consent=frozenset(needs.get("upper_consent", ())),
        shut=Words(**row["shut"]) if "shut" in row else None,
    )
