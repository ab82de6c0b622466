"""The four clocks over whole columns: equal to `compute_clocks` row by row, asking the law once per distinct date.

Publicity turns on few facts, and each window on one starting date; they are computed apart and then put together.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from chengxin.catalogue.contracts import Nature
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law
from chengxin.records.clock_facts import ClockFacts
from chengxin.records.clocks import compute_clocks, severity_of
from chengxin.records.publicity_clock import publicity_of

CLOCK_COLUMNS: dict[str, Any] = {
    "severity": pl.String,
    "publicity_starts_on": pl.Date,
    "publicity_ends_on": pl.Date,
    "earliest_repair_on": pl.Date,
    "query_ends_on": pl.Date,
    "use_ends_on": pl.Date,
    "retain_until": pl.Date,
    "not_public_because": pl.String,
}
_WINDOWS = ("query", "use", "retention")
_TERMS = ("kind", "filed_severity", "procedure", "penalty_kinds")
# A list entry's windows turn on its removal too: such items are few and small, and are computed fact by fact.
_FACT_BY_FACT = frozenset({"publicity.list_entry"})
_DATES = ("ended_act_on", "determined_on", "valid_until", "declared_publicity_until")
# Facts only some rules ask for; a frame may leave them out.
_ASKED_FOR: dict[str, dict[str, Any]] = {
    "publicity.market_penalty": {"is_lower_fine": pl.Boolean, "restriction_until": pl.Date},
    "publicity.while_valid": {"valid_until": pl.Date},
}


def clock_columns(
    facts: pl.DataFrame, *, publicity: str, query: str, use: str, retention: str, nature: Nature, on: date, pack: str
) -> pl.DataFrame:
    """Return the columns `CLOCK_COLUMNS` for rows of facts.

    `facts` holds kind, filed_severity, procedure, penalty_kinds (codes joined by ;) as strings and the dates
    ended_act_on, determined_on, valid_until, declared_publicity_until; it may hold is_lower_fine (bool) and the date
    restriction_until. Raises `law.MissingFact` where a window has no starting date.
    """
    keys = {"publicity": publicity, "query": query, "use": use, "retention": retention}
    columns = _with_optional(facts, publicity)
    if publicity in _FACT_BY_FACT:
        return _fact_by_fact(columns, keys=keys, nature=nature, on=on, pack=pack)
    frame = _with_publicity(columns, keys=keys, nature=nature, on=on, pack=pack)
    frame = frame.with_columns(_window(frame, keys[name], name=name, on=on, pack=pack) for name in _WINDOWS)
    declared = pl.col("declared_publicity_until").dt.offset_by("1d")
    barred = pl.col("not_public_because") != ""
    frame = frame.with_columns(
        pl.min_horizontal("use", "query").alias("use"), pl.min_horizontal("ends_on", declared).alias("last")
    ).with_columns(_prolonged(name) for name in _WINDOWS)
    return frame.select(
        "severity",
        pl.when(~barred).then(pl.col("determined_on")).alias("publicity_starts_on"),
        pl.when(~barred).then(pl.min_horizontal("last", "query")).alias("publicity_ends_on"),
        pl.when(barred).then(pl.col("repair_on")).otherwise(_earlier_repair(declared)).alias("earliest_repair_on"),
        pl.col("query").alias("query_ends_on"),
        pl.col("use").alias("use_ends_on"),
        pl.col("retention").alias("retain_until"),
        "not_public_because",
    )


def _with_optional(facts: pl.DataFrame, publicity: str) -> pl.DataFrame:
    """Return the facts the rules ask for; one that is absent is unknown."""
    asked = {name: dtype for name, dtype in _ASKED_FOR.get(publicity, {}).items() if name not in _DATES}
    absent = (pl.lit(None, dtype=dtype).alias(name) for name, dtype in asked.items() if name not in facts.columns)
    return facts.with_columns(*absent).select(*_TERMS, *_DATES, *asked)


def _prolonged(name: str) -> pl.Expr:
    """Let a window with an end end no earlier than a publicity that a long restriction prolongs."""
    longer = pl.col("is_prolonged") & pl.col(name).is_not_null()
    return pl.when(longer).then(pl.max_horizontal(name, "last")).otherwise(name).alias(name)


def _earlier_repair(declared: pl.Expr) -> pl.Expr:
    """Return the earliest repair: an earlier declared end draws it in, where there is one to draw."""
    earlier = declared < pl.coalesce("ends_on", pl.lit(date.max))
    return pl.when(earlier.fill_null(value=False)).then(pl.min_horizontal("repair_on", declared)).otherwise("repair_on")


def _with_publicity(
    columns: pl.DataFrame, *, keys: dict[str, str], nature: Nature, on: date, pack: str
) -> pl.DataFrame:
    """Add severity and the publicity clock before any declared end, once per distinct combination of its facts."""
    names = [*_TERMS, "determined_on", *_ASKED_FOR.get(keys["publicity"], ())]
    distinct = columns.select(names).unique(maintain_order=True)
    answers = []
    for row in distinct.iter_rows(named=True):
        facts = _facts(row, keys=keys, nature=nature)
        severity = severity_of(facts, on=on, pack=pack)
        clock = publicity_of(facts, severity=severity, on=on, pack=pack)
        answers.append(
            (severity, clock.ends_on, clock.earliest_repair_on, clock.not_public_because, clock.is_prolonged)
        )
    schema = {
        "severity": pl.String,
        "ends_on": pl.Date,
        "repair_on": pl.Date,
        "not_public_because": pl.String,
        "is_prolonged": pl.Boolean,
    }
    known = pl.concat([distinct, pl.DataFrame(answers, schema=schema, orient="row")], how="horizontal")
    return columns.join(known, on=names, how="left", nulls_equal=True, maintain_order="left")


def _window(frame: pl.DataFrame, key: str, *, name: str, on: date, pack: str) -> pl.Series:
    """Return the end of one window, once per distinct starting date; the law of the pack says which date it is."""
    value = law.value(key, on=on, pack=pack)
    if value.unlimited or (name == "retention" and "archive" in value.at_expiry):
        return pl.Series(name, [None] * frame.height, dtype=pl.Date)
    present = [column for column in value.count_from if column in frame.columns]
    starts = frame.select(pl.coalesce(present).alias("start"))["start"] if present else pl.Series("start", [None])
    distinct = starts.unique()
    if distinct.null_count():
        law.due(key, dates={}, on=on, pack=pack)
    ends = [law.due(key, start=start, on=on, pack=pack).ends_on for start in distinct]
    return starts.replace_strict(distinct, pl.Series(ends, dtype=pl.Date), return_dtype=pl.Date).alias(name)


def _fact_by_fact(columns: pl.DataFrame, *, keys: dict[str, str], nature: Nature, on: date, pack: str) -> pl.DataFrame:
    distinct = columns.unique(maintain_order=True)
    answers = []
    for row in distinct.iter_rows(named=True):
        clocks = compute_clocks(_facts(row, keys=keys, nature=nature), on=on, pack=pack)
        answers.append(tuple(getattr(clocks, name) for name in CLOCK_COLUMNS))
    known = pl.concat([distinct, pl.DataFrame(answers, schema=CLOCK_COLUMNS, orient="row")], how="horizontal")
    joined = columns.join(known, on=columns.columns, how="left", nulls_equal=True, maintain_order="left")
    return joined.select(list(CLOCK_COLUMNS))


def _facts(row: dict[str, Any], *, keys: dict[str, str], nature: Nature) -> ClockFacts:
    return ClockFacts(
        publicity=keys["publicity"],
        query=keys["query"],
        use=keys["use"],
        retention=keys["retention"],
        nature=nature,
        subject_kind=SubjectKind(row["kind"]),
        severity=row["filed_severity"],
        procedure=row["procedure"],
        is_lower_fine=bool(row.get("is_lower_fine")),
        restriction_until=row.get("restriction_until"),
        penalty_kinds=frozenset(filter(None, row["penalty_kinds"].split(";"))),
        ended_act_on=row.get("ended_act_on"),
        determined_on=row.get("determined_on"),
        valid_until=row.get("valid_until"),
        declared_publicity_until=row.get("declared_publicity_until"),
    )
