"""Read `law.yaml` files: every entry is checked once, when it is read, and then never changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.contracts import (
    NATIONAL,
    UNLIMITED,
    BadLaw,
    DatedValue,
    Entry,
    Kind,
    Pack,
    Standing,
    Unit,
    UnknownArticle,
    Words,
)
from chengxin.law.statute_index import check_citation

PACKAGES = Path(__file__).resolve().parent.parent
_SOURCES = frozenset({"C", "W", "M-H", "M-M", "M-L", "D"})
_ENTRY = {"title", "kind", "unit", "count_from", "inputs", "checked_on", "packs"}
_VALUE = {"value", "min", "max", "unit", "count_from", "cites", "standing", "source", "note", "at_expiry"}


@cache
def packs() -> Mapping[str, Pack]:
    """Return the rule packs by code."""
    table = read_yaml(Path(__file__).with_name("packs.yaml").read_text("utf-8"))
    return {
        code: Pack(
            code=code,
            title=Words(**row["title"]),
            parent=row.get("parent", ""),
            standing=Standing(row["standing"]),
            effective_from=row.get("effective_from"),
            expires_on=row.get("expires_on"),
            repeals=tuple(row.get("repeals", ())),
            rests_on=tuple(row.get("rests_on", ())),
        )
        for code, row in table.items()
    }


@cache
def entries() -> Mapping[str, Entry]:
    """Return every entry of every package by key; a key may exist once only."""
    found: dict[str, Entry] = {}
    for source in sorted(PACKAGES.glob("*/law.yaml")):
        for key, entry in load(source).items():
            if key in found:
                raise BadLaw(f"{source}: '{key}' is already in {found[key].package}/law.yaml.")
            found[key] = entry
    return found


@cache
def load(source: Path) -> Mapping[str, Entry]:
    """Return the entries of one file."""
    rows = read_yaml(source.read_text("utf-8"))
    return {key: _entry(source, key, row) for key, row in (rows or {}).items()}


def _entry(source: Path, key: str, row: dict[str, Any]) -> Entry:
    where = f"{source.parent.name}/law.yaml: '{key}'"
    _refuse_unknown(where, set(row), _ENTRY)
    for needed in ("title", "kind", "unit", "checked_on", "packs"):
        if needed not in row:
            raise BadLaw(f"{where} has no {needed}.")
    if NATIONAL not in row["packs"] and not row["packs"]:
        raise BadLaw(f"{where} has no value in any pack.")
    inputs = {name: tuple(str(choice) for choice in choices) for name, choices in row.get("inputs", {}).items()}
    if len(inputs) > 1:
        raise BadLaw(f"{where} maps over more than one input.")
    entry = Entry(
        key=key,
        package=source.parent.name,
        title=Words(**row["title"]),
        kind=Kind(row["kind"]),
        unit=Unit(row["unit"]),
        count_from=tuple(row.get("count_from", ())),
        inputs=inputs,
        checked_on=row["checked_on"],
        packs={pack: _dated(f"{where} in pack '{pack}'", row, values, inputs) for pack, values in row["packs"].items()},
    )
    for pack in entry.packs:
        if pack not in packs():
            raise BadLaw(f"{where}: there is no pack '{pack}'.")
    return entry


def _dated(
    where: str, row: dict[str, Any], values: dict[date, dict[str, Any]], inputs: Mapping[str, tuple[str, ...]]
) -> tuple[DatedValue, ...]:
    return tuple(_value(f"{where} from {start}", row, start, values[start], inputs) for start in sorted(values))


def _value(
    where: str, row: dict[str, Any], start: date, value: dict[str, Any], inputs: Mapping[str, tuple[str, ...]]
) -> DatedValue:
    _refuse_unknown(where, set(value), _VALUE)
    if not isinstance(start, date):
        raise BadLaw(f"{where}: a value is filed under the day it holds from.")
    if not value.get("cites"):
        raise BadLaw(f"{where} cites nothing.")
    for citation in value["cites"]:
        try:
            check_citation(citation)
        except UnknownArticle as error:
            raise BadLaw(f"{where}: {error}") from None
    if value.get("source", "C") not in _SOURCES:
        raise BadLaw(f"{where}: the source is one of {sorted(_SOURCES)}.")
    unit = Unit(value.get("unit", row["unit"]))
    for part in ("value", "min", "max"):
        _check_amount(f"{where}, {part}", value.get(part), unit, inputs)
    return DatedValue(
        valid_from=start,
        value=value["value"],
        minimum=value.get("min"),
        maximum=value.get("max"),
        unit=unit,
        count_from=tuple(value.get("count_from", row.get("count_from", ()))),
        cites=tuple(value["cites"]),
        standing=Standing(value.get("standing", "provisional")),
        source=value.get("source", "C"),
        note=value.get("note", ""),
        at_expiry=tuple(value.get("at_expiry", ())),
    )


def _check_amount(where: str, amount: object, unit: Unit, inputs: Mapping[str, tuple[str, ...]]) -> None:
    if amount is None:
        return
    if isinstance(amount, dict):
        choices = next(iter(inputs.values()), ())
        if set(amount) != set(choices):
            raise BadLaw(f"{where} must give a value for each of {', '.join(choices)}.")
        for one in amount.values():
            _check_scalar(where, one, unit)
    else:
        _check_scalar(where, amount, unit)


def _check_scalar(where: str, amount: object, unit: Unit) -> None:
    if unit is Unit.TEXT:
        right = isinstance(amount, str)
    elif unit is Unit.BOOL:
        right = isinstance(amount, bool)
    else:
        right = amount == UNLIMITED or (isinstance(amount, int) and not isinstance(amount, bool) and amount >= 0)
    if not right:
        raise BadLaw(f"{where}: {amount!r} is no {unit.value}.")


def _refuse_unknown(where: str, given: set[str], known: set[str]) -> None:
    if given - known:
        raise BadLaw(f"{where} does not know {', '.join(sorted(given - known))}.")
