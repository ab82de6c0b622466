"""Check blocks of rows against a catalogue item version, as columns.

First one pass reads every cell and finds which rows are bad at all; only those are asked field by field for codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from chengxin.catalogue.contracts import Field, FieldType, FieldUse, ItemVersion
from chengxin.intake.cells import read_cell
from chengxin.intake.contracts import Checked
from chengxin.intake.subject_columns import SubjectChecks
from chengxin.law import facade as law

ISSUE_SCHEMA = {"row": pl.UInt32, "field": pl.String, "code": pl.String}
_UNSEEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}]"
_NOT_IN_THE_FUTURE = {FieldUse.DETERMINED_ON, FieldUse.ENDED_ACT_ON, FieldUse.NOTIFIED_ON}
_PLAIN_TEXT = {FieldType.TEXT, FieldType.URL}

Check = tuple[str, str, pl.Expr]


class Validator:
    """Validates the blocks of one sheet for one item on one day, and remembers row keys across its blocks."""

    def __init__(
        self,
        item: ItemVersion,
        columns: Mapping[str, int],
        *,
        on: date,
        body: str,
        demo: bool,
        fixes: Mapping[tuple[int, str], str] | None = None,
        dropped: frozenset[int] = frozenset(),
    ) -> None:
        """Plan the checks; `fixes` maps (row, field) to the corrected text, `dropped` names rows left out."""
        self.item = item
        self.fields = [field for field in item.fields if field.name in columns]
        self._columns = columns
        self._on = on
        self._fixes = fixes or {}
        self._dropped = dropped
        self._subject = SubjectChecks(item, set(columns), on=on, demo=demo)
        self._values: list[pl.Expr] = []
        self._checks: list[Check] = []
        for field in self.fields:
            self._plan(field)
        self._checks += _order_checks(item, columns)
        self._checks += _gate_checks(item, columns, on=on)
        self._checks += _body_checks(item, columns, body)
        self._checks += self._subject.checks
        self._keys = [name for name in item.row_key if name in columns]
        self._seen = pl.Series("@key", [], dtype=pl.UInt64)

    def check(self, block: pl.DataFrame) -> Checked:
        """Return the good rows, typed, and the issues of the others."""
        raw = self._raw(block)
        frame = self._subject.add_columns(raw.with_columns(self._values))
        ragged = pl.col("cells").is_not_null() if "cells" in frame.columns else pl.lit(value=False)
        failed = [condition.fill_null(value=False) for _, _, condition in self._checks]
        frame = frame.with_columns(
            pl.any_horizontal(*failed, ragged).alias("@bad"),
            self._key().alias("@key"),
        )
        bad = frame.filter(pl.col("@bad"))
        good, repeated = self._without_repeats(frame.filter(~pl.col("@bad")))
        issues = pl.concat([*self._issues_of(bad), repeated])
        kept = [field.name for field in self.fields]
        return Checked(
            good=good.select("row", *kept, *self._subject.columns),
            issues=issues.sort("row", "field"),
            rows=block.height,
        )

    def _plan(self, field: Field) -> None:
        raw = pl.col(_raw_name(field.name))
        value, checks = read_cell(field, raw)
        self._values.append(value.alias(field.name))
        self._checks += [(field.name, code, condition) for condition, code in checks]
        if field.type in _PLAIN_TEXT:
            self._checks.append((field.name, "U-UNSEEN", raw.str.contains(_UNSEEN)))
        if field.required:
            self._checks.append((field.name, "U-REQUIRED", raw.is_null()))
        if field.use in _NOT_IN_THE_FUTURE:
            self._checks.append((field.name, "U-DATE-FUTURE", pl.col(field.name) > self._on))

    def _raw(self, block: pl.DataFrame) -> pl.DataFrame:
        """Return the block with fields by name, trimmed, empty cells null, fixes applied, dropped rows gone."""
        present = {f"c{self._columns[field.name]}": field.name for field in self.fields}
        frame = block.select(
            "row",
            *(["cells"] if "cells" in block.columns else []),
            *(
                pl.col(column).str.strip_chars().replace("", None).alias(_raw_name(name))
                for column, name in present.items()
            ),
        )
        if self._dropped:
            frame = frame.filter(~pl.col("row").is_in(list(self._dropped)))
        return _fixed(frame, self._fixes)

    def _key(self) -> pl.Expr:
        """Hash what identifies a row; only compared within one run, so the hash need not be the same tomorrow."""
        return pl.struct([pl.col(_raw_name(name)) for name in self._keys]).hash()

    def _without_repeats(self, good: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Question a row whose key stood earlier in the same file."""
        repeated = ~pl.col("@key").is_first_distinct() | pl.col("@key").is_in(self._seen.implode())
        good = good.with_columns(repeated.alias("@repeated"))
        again = good.filter(pl.col("@repeated"))
        self._seen = pl.concat([self._seen, good.filter(~pl.col("@repeated"))["@key"]])
        issues = again.select("row", pl.lit(self._keys[0]).alias("field"), pl.lit("U-TWICE").alias("code"))
        return good.filter(~pl.col("@repeated")), issues.cast(ISSUE_SCHEMA)  # type: ignore[arg-type]

    def _issues_of(self, bad: pl.DataFrame) -> Iterable[pl.DataFrame]:
        yield pl.DataFrame(schema=ISSUE_SCHEMA)
        if bad.is_empty():
            return
        checks = [*self._checks]
        if "cells" in bad.columns:
            checks.append((self.fields[0].name, "U-CELLS", pl.col("cells").is_not_null()))
        found = bad.select("row", *(check[2].fill_null(value=False).alias(str(n)) for n, check in enumerate(checks)))
        for place, (field, code, _) in enumerate(checks):
            rows = found.filter(pl.col(str(place)))["row"]
            if len(rows):
                yield pl.DataFrame({"row": rows, "field": field, "code": code}, schema=ISSUE_SCHEMA)


def _raw_name(field: str) -> str:
    return f"@raw:{field}"


def _fixed(frame: pl.DataFrame, fixes: Mapping[tuple[int, str], str]) -> pl.DataFrame:
    for (row, field), text in fixes.items():
        column = _raw_name(field)
        value = (
            pl.when(pl.col("row") == row).then(pl.lit(text.strip() or None, dtype=pl.String)).otherwise(pl.col(column))
        )
        frame = frame.with_columns(value.alias(column))
    return frame


def _order_checks(item: ItemVersion, columns: Mapping[str, int]) -> Iterable[Check]:
    for order in item.orders:
        if order.earlier in columns and order.later in columns:
            yield order.later, order.code, pl.col(order.earlier) > pl.col(order.later)


def _gate_checks(item: ItemVersion, columns: Mapping[str, int], *, on: date) -> Iterable[Check]:
    for gate in item.gates:
        if gate.field not in columns:
            yield item.row_key[0], gate.code, pl.lit(value=True)
        elif gate.equals:
            value = pl.col(gate.field).cast(pl.String)
            yield gate.field, gate.code, value.is_null() | (value != gate.equals)
        else:
            least = law.value(gate.at_least, on=on).number
            yield gate.field, gate.code, pl.col(gate.field).is_null() | (pl.col(gate.field) < least)


def _body_checks(item: ItemVersion, columns: Mapping[str, int], body: str) -> Iterable[Check]:
    field = item.field_for(FieldUse.BODY_CODE)
    if field is not None and field.name in columns:
        yield field.name, "U-BODY", pl.col(_raw_name(field.name)).str.to_uppercase() != body
