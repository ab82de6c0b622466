"""What is asked of parcels, which records are the regulator's voice, which uses there are: read from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chengxin.casework.contracts import Words
from chengxin.couriers.contracts import CompanyClass, Measure, Standards, Use
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.facade import check_citation


@dataclass(frozen=True, kw_only=True)
class Regulator:
    """Which words say what an inspection found, and how many inspections give a share."""

    found: tuple[str, ...]
    clean: tuple[str, ...]
    floor: int


@cache
def standards() -> Standards:
    """Return the published parameters and measures."""
    said = read("measures.yaml")
    plain = {name: said[name] for name in ("window_days", "floor", "weight", "silent_days", "shown_lanes")}
    measures = {code: _measure(code, one) for code, one in said["measures"].items()}
    return Standards(version=said["version"], **plain, measures=measures)


@cache
def regulator() -> Regulator:
    """Return what the regulator's voice is made of."""
    said = read("regulator.yaml")
    words = {name: tuple(said[name]) for name in ("found", "clean")}
    return Regulator(floor=said["floor"], **words)


@cache
def classes() -> Mapping[str, CompanyClass]:
    """Return the classes of companies, by code."""
    found = {}
    for code, said in read("classes.yaml").items():
        for citation in said["basis"]:
            check_citation(citation)
        found[code] = CompanyClass(
            code=code,
            title=Words(**said["title"]),
            field=said["field"],
            watchers=frozenset(said["watchers"]),
            basis=tuple(said["basis"]),
            items=frozenset(said["items"]),
        )
    return found


@cache
def uses() -> Mapping[str, Use]:
    """Return the uses, by code."""
    found = {}
    for code, said in read("uses.yaml").items():
        for citation in said["basis"]:
            check_citation(citation)
        found[code] = Use(
            code=code,
            title=Words(**said["title"]),
            basis=tuple(said["basis"]),
            items=frozenset(said["items"]),
            plans={name: Words(**words) for name, words in said["plans"].items()},
            kind=said.get("kind", "courier"),
        )
    return found


def _measure(code: str, said: dict[str, Any]) -> Measure:
    return Measure(
        code=code,
        title=Words(**said["title"]),
        says=Words(**said["says"]),
        count=said["count"],
        total=said["total"],
        squares=said.get("squares", said["total"]),
        scale=said.get("scale", 1),
        is_share="squares" not in said,
    )


def read(name: str) -> Any:  # noqa: ANN401 - as YAML has it
    """Return what a file beside this one declares."""
    return read_yaml(Path(__file__).with_name(name).read_text("utf-8"))
