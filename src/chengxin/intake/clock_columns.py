"""Clocks and gates for whole blocks: computed once per distinct combination of facts, then joined back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl

from chengxin.catalogue.contracts import Disclosure, ItemVersion
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law
from chengxin.records.facade import ClockDates, ClockFacts, compute_clocks

_FACTS = (
    "kind",
    "filed_severity",
    "procedure",
    "penalty_kind",
    "provenance",
    "ended_act_on",
    "determined_on",
    "notified_on",
    "valid_until",
    "declared_publicity_until",
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
    keys = [f"@{name}" for name in _FACTS]
    facts = frame.select(keys).unique(maintain_order=True)
    answers = [answer(dict(zip(_FACTS, row, strict=True))) for row in facts.iter_rows()]
    results = pl.DataFrame(answers, schema=_RESULTS, orient="row").select(pl.all().name.prefix("@"))
    known = pl.concat([facts, results], how="horizontal")
    return frame.join(known, on=keys, how="left", nulls_equal=True, maintain_order="left")


def answerer(item: ItemVersion, *, on: date, pack: str) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    """Return the function that computes the clocks and the gate of publicity for one combination of facts."""

    def answer(row: Mapping[str, Any]) -> Mapping[str, Any]:
        kind = SubjectKind(row["kind"])
        facts = ClockFacts(
            publicity=item.clocks.publicity or "publicity.none",
            query=item.clocks.query,
            use=item.clocks.use,
            retention=item.clocks.retention,
            nature=item.nature,
            subject_kind=kind,
            severity=row["filed_severity"],
            procedure=row["procedure"],
            penalty_kinds=frozenset(filter(None, row["penalty_kind"].split(";"))),
            ended_act_on=row["ended_act_on"],
            determined_on=row["determined_on"],
            valid_until=row["valid_until"],
            declared_publicity_until=row["declared_publicity_until"],
        )
        clocks = compute_clocks(facts, on=on, pack=pack)
        starts_on = max(filter(None, (clocks.publicity_starts_on, row["notified_on"])), default=None)
        return {
            "severity": clocks.severity,
            "publicity_starts_on": starts_on,
            "publicity_ends_on": clocks.publicity_ends_on,
            "earliest_repair_on": clocks.earliest_repair_on,
            "query_ends_on": clocks.query_ends_on,
            "use_ends_on": clocks.use_ends_on,
            "retain_until": clocks.retain_until,
            "not_public_because": _why_not_public(item, kind, row, clocks),
            "is_late": _is_late(item, determined_on=row["determined_on"], on=on, pack=pack),
        }

    return answer


def _why_not_public(item: ItemVersion, kind: SubjectKind, row: Mapping[str, Any], clocks: ClockDates) -> str:
    """Return the code of what bars publicity for good; a missing notice only delays it and is no bar."""
    if kind is SubjectKind.NATURAL_PERSON:
        return "R-PERSON"
    if row["provenance"] != "determined":
        return "R-PROVENANCE"
    if Disclosure.PUBLIC not in item.disclosure.get(kind, frozenset()):
        return "R-MODE"
    return clocks.not_public_because


def _is_late(item: ItemVersion, *, determined_on: date | None, on: date, pack: str) -> bool:
    """Tell whether a row comes after the legal deadline for filing it (报送时限)."""
    if not item.report_within or determined_on is None:
        return False
    try:
        last_day = law.due(item.report_within, start=determined_on, on=on, pack=pack).last_day
    except law.LawNotCovered:
        return False
    return on > last_day
