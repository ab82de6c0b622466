"""What complaints are about, what may be asked, and which returns the law excepts: read from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from chengxin.casework.contracts import Words
from chengxin.disputes.contracts import PROCEDURE
from chengxin.kernel.yaml_text import read_yaml


@cache
def matters(procedure: str = PROCEDURE) -> Mapping[str, Words]:
    """Return what a complaint of a course may be about, by code."""
    return _words("matters", procedure)


def tip_of(matter: str) -> str:
    """Return the kind of tip that a breach of law told with a matter becomes (投诉举报分开)."""
    kind: str = _read()["tips"].get(matter, "consumer")
    return kind


@cache
def asks(procedure: str = PROCEDURE) -> Mapping[str, Words]:
    """Return what may be asked for in a course, by code."""
    return _words("asks", procedure)


@cache
def exceptions() -> Mapping[str, Words]:
    """Return the goods that the law excepts from the 7-day return (CPL 25), by code."""
    return _words("exceptions")


@cache
def what_next(procedure: str = PROCEDURE) -> Mapping[str, Words]:
    """Return what a consumer is told to expect, by state of a course."""
    return _words("next", procedure)


@cache
def stages() -> Mapping[str, Words]:
    """Return what is said of terms, by stage."""
    return _words("stages")


def field_of_work() -> str:
    """Return the field of work of the authority that mediates."""
    return str(_read()["field"])


@cache
def _read() -> dict[str, Any]:
    said: dict[str, Any] = read_yaml(_PATH.read_text("utf-8"))
    return said


def _words(name: str, procedure: str = PROCEDURE) -> dict[str, Words]:
    every = _read() if procedure == PROCEDURE else _read()[procedure]
    return {code: Words(**said) for code, said in every[name].items()}


_PATH: Final = Path(__file__).with_name("matters.yaml")
