"""What follows from the facts of a block of rows: its clocks, what bars publicity, and whether it came in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from chengxin.access import facade as access
from chengxin.catalogue.contracts import FieldUse, ItemVersion
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law
from chengxin.records.contracts import Provenance
from chengxin.records.facade import PublicityFacts, clock_columns, why_not_publish

_FACTS = (
    *("kind", "filed_severity", "procedure", "penalty_kinds"),
    *("ended_act_on", "determined_on", "valid_until", "declared_publicity_until"),
)
_BY_SEVERITY = frozenset({"publicity.by_severity", "publicity.market_penalty"})


def as_filed_by(item: ItemVersion, body: str) -> ItemVersion:
    """Return an item version with the publicity clock that counts for what a source body decides."""
    key = item.clocks.publicity_for(access.get_body(body).fields_of_work)
    return item if key == item.clocks.publicity else replace(item, clocks=replace(item.clocks, publicity=key))


def add_clocks(frame: pl.DataFrame, *, item: ItemVersion, on: date, pack: str) -> pl.DataFrame:
    """Add `@` columns of the four clocks, `@not_public_because` and `@is_late` to a frame with its `@` facts."""
    clocks = clock_columns(
        frame.select(
            *(pl.col(f"@{name}").alias(name) for name in _FACTS),
            (_value(frame, item, FieldUse.LOWER_FINE) == "true").fill_null(value=False).alias("is_lower_fine"),
            _value(frame, item, FieldUse.RESTRICTION_UNTIL).cast(pl.Date).alias("restriction_until"),
        ),
        publicity=item.clocks.publicity,
        query=item.clocks.query,
        use=item.clocks.use,
        retention=item.clocks.retention,
        nature=item.nature,
        on=on,
        pack=pack,
    )
    frame = frame.with_columns(clocks.select(pl.all().name.prefix("@")))
    return frame.with_columns(
        pl.max_horizontal("@publicity_starts_on", "@notified_on").alias("@publicity_starts_on"),
        pl.coalesce(_barred(frame, item, on=on, pack=pack), "@not_public_because").alias("@not_public_because"),
        _late(frame, item, on=on, pack=pack),
    )


def _barred(frame: pl.DataFrame, item: ItemVersion, *, on: date, pack: str) -> pl.Series:
    """Return the code of the gate that bars publicity for good, once per distinct combination of facts, or null.

    A missing notice only delays it: publishing asks for it on its own day.
    """
    severity = pl.col("@severity") if item.clocks.publicity in _BY_SEVERITY else pl.lit("")
    facts = frame.select(
        pl.col("@kind").alias("kind"),
        pl.col("@provenance").alias("provenance"),
        severity.alias("severity"),
        pl.col("@procedure").alias("procedure"),
        pl.col("@penalty_kinds").alias("penalty_kinds"),
        pl.col("@name").is_not_null().alias("is_named"),
        pl.col("@determined_on").is_not_null().alias("is_determined"),
        _value(frame, item, FieldUse.DOCUMENT_NO).is_not_null().alias("has_document"),
        (_value(frame, item, FieldUse.DECLINED) == "true").fill_null(value=False).alias("is_declined"),
    )
    facts = facts.with_columns(pl.struct(pl.all()).hash().alias("@key"))
    known = {row["@key"]: _bar_of(row, item, on=on, pack=pack) for row in facts.unique("@key").iter_rows(named=True)}
    codes = pl.Series(list(known.values()), dtype=pl.String)
    return facts["@key"].replace_strict(pl.Series(list(known), dtype=pl.UInt64), codes, return_dtype=pl.String)


def _bar_of(row: Mapping[str, Any], item: ItemVersion, *, on: date, pack: str) -> str | None:
    kind = SubjectKind(row["kind"])
    refusal = why_not_publish(
        PublicityFacts(
            subject_kind=kind,
            nature=item.nature,
            provenance=Provenance(row["provenance"]),
            disclosure=item.disclosure[kind],
            categories=item.categories,
            severity=row["severity"],
            procedure=row["procedure"],
            penalty_kinds=frozenset(filter(None, row["penalty_kinds"].split(";"))),
            notified_on=on,
            determined_on=on if row["is_determined"] else None,
            document_no="given" if row["has_document"] else "",
            subject_name="given" if row["is_named"] else "",
            body="given",
            is_vetoed=row["is_declined"],
            person_publicity_key=item.person_publicity_key,
        ),
        on=on,
        pack=pack,
    )
    if refusal is not None:
        return refusal.code
    # No outlet names a person yet, whatever a law may come to allow.
    return "R-PERSON" if kind is SubjectKind.NATURAL_PERSON else None


def _value(frame: pl.DataFrame, item: ItemVersion, use: FieldUse) -> pl.Expr:
    """Return the field an item has for a use, or null where the sheet has no such column."""
    field = item.field_for(use)
    return pl.lit(None) if field is None or field.name not in frame.columns else pl.col(field.name)


def _late(frame: pl.DataFrame, item: ItemVersion, *, on: date, pack: str) -> pl.Series:
    """Tell which rows come after the legal deadline for filing (报送时限), once per distinct day of determination."""
    days = frame["@determined_on"]
    distinct = days.drop_nulls().unique()
    if not item.report_within or distinct.is_empty():
        return pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True).alias("@is_late")
    late = [_is_late(item.report_within, determined_on=day, on=on, pack=pack) for day in distinct]
    return days.replace_strict(distinct, late, default=False, return_dtype=pl.Boolean).alias("@is_late")


def _is_late(key: str, *, determined_on: date, on: date, pack: str) -> bool:
    try:
        return on > law.due(key, start=determined_on, on=on, pack=pack).last_day
    except law.LawNotCovered:
        return False
