"""Clocks and gates for whole blocks: computed once per distinct combination of facts, then joined back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl

from chengxin.catalogue.contracts import Disclosure, ItemVersion
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law

_FACTS = (
    "kind",
    "severity",
    "procedure",
    "penalty_kind",
    "provenance",
    "ended_act_on",
    "determined_on",
    "notified_on",
    "valid_until",
)
_RESULTS: dict[str, pl.DataType | type[pl.DataType]] = {
    "severity": pl.String,
    "publicity_starts_on": pl.Date,
    "publicity_ends_on": pl.Date,
    "earliest_repair_on": pl.Date,
    "query_ends_on": pl.Date,
    "use_ends_on": pl.Date,
    "retain_until": pl.Date,
    "not_public_because": pl.String,
    "is_late": pl.Boolean,
}


def add_clocks(frame: pl.DataFrame, *, answer: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> pl.DataFrame:
    """Add the result columns to a frame; `answer` is asked once per distinct combination of the fact columns."""
    facts = frame.select(_FACTS).unique(maintain_order=True)
    answers = [answer(row) for row in facts.iter_rows(named=True)]
    results = pl.DataFrame(answers, schema=_RESULTS, orient="row")
    joined = pl.concat([facts.rename({"severity": "filed_severity"}), results], how="horizontal")
    named = frame.rename({"severity": "filed_severity"})
    keys = ["filed_severity" if name == "severity" else name for name in _FACTS]
    return named.join(joined, on=keys, how="left", nulls_equal=True, maintain_order="left")


def is_late(item: ItemVersion, *, determined_on: date | None, on: date, pack: str) -> bool:
    """Tell whether a row comes after the legal deadline for filing it (报送时限)."""
    if not item.report_within or determined_on is None:
        return False
    try:
        last_day = law.due(item.report_within, start=determined_on, on=on, pack=pack).last_day
    except law.LawNotCovered:
        return False
    return on > last_day


def may_be_public(item: ItemVersion, kind: SubjectKind) -> bool:
    """Tell whether the catalogue makes an item about this kind of subject public at all."""
    return Disclosure.PUBLIC in item.disclosure.get(kind, frozenset())
