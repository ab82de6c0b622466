"""The families of evidence as `families.yaml` declares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chengxin.kernel.yaml_text import read_yaml
from chengxin.leads.contracts import Both, Family, Finding, Row, Rule, Value


@cache
def families() -> Mapping[str, Family]:
    """Return the families by code."""
    return {code: _family(code, row) for code, row in _read().items() if code != "shows"}


@cache
def value_names() -> Mapping[str, Both]:
    """Return what the values of findings are called."""
    return {name: _both(words) for name, words in _read()["shows"].items()}


def is_harmed(family: str) -> bool:
    """Tell whether the shop is who suffers from what a family finds."""
    known = families().get(family)
    return known is not None and known.is_harmed


def field_for(family: str) -> str:
    """Return the field of work of the only authority that sees what a family finds, or nothing."""
    known = families().get(family)
    return known.to if known else ""


def find_rule(family: str, rule: str) -> Rule | None:
    """Return a declared rule, or None."""
    known = families().get(family)
    return known.rules.get(rule) if known else None


def declared(
    family: str,
    rule: str,
    *,
    shop: str,
    first_day: date,
    end_day: date,
    rows: Sequence[Row],
    values: Mapping[str, Value],
    model: str,
    platform: str = "",
    limits: Mapping[str, Value] | None = None,
    clears: Both | None = None,
) -> Finding:
    """Return a finding of a declared rule, in the words of `families.yaml`; how often honest shops fire it is unknown.

    `platform` may stay empty where `report` fills it; `clears` is given where only the rows tell what would clear it.
    """
    known = families()[family].rules[rule]
    return Finding(
        platform=platform,
        shop=shop,
        family=family,
        rule=rule,
        kind=known.kind,
        first_day=first_day,
        end_day=end_day,
        rows=rows,
        values=values,
        limits=limits or {},
        honest_per_10000=None,
        says=known.says,
        clears=clears or known.clears,
        model=model,
    )


def _read() -> dict[str, Any]:
    said: dict[str, Any] = read_yaml((Path(__file__).parent / "families.yaml").read_text("utf-8"))
    return said


def _family(code: str, row: Mapping[str, Any]) -> Family:
    return Family(
        code=code,
        title=_both(row["title"]),
        honest=_both(row["honest"]),
        stands_alone=row.get("alone", False),
        is_harmed=row.get("harmed", False),
        to=row.get("to", ""),
        rules={
            name: Rule(code=name, kind=rule["kind"], says=_both(rule["says"]), clears=_both(rule["clears"]))
            for name, rule in row["rules"].items()
        },
    )


def _both(words: list[str]) -> Both:
    return words[0], words[1]
