"""Check blocks of rows against a catalogue item version, as columns.

One pass reads every cell and asks every check of it, a column each; only rows that fail have their codes gathered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.conf import settings

from chengxin.catalogue.contracts import ItemVersion
from chengxin.intake.cells import raw_name, read_columns
from chengxin.intake.checks import Asked, Check, planned
from chengxin.intake.contracts import Checked
from chengxin.intake.seen_keys import SeenKeys
from chengxin.kernel.refusal import Refusal, Refused

ISSUE_SCHEMA = {"row": pl.UInt32, "field": pl.String, "code": pl.String}


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A block that was looked at: `failed` has `row`, `bad` and the hash `key` of every row; issues of the bad ones.

    `frame` holds the rows that were read: all of them, or those that were not proven. `lines` counts empty rows too.
    """

    frame: pl.DataFrame
    failed: pl.DataFrame
    issues: pl.DataFrame
    rows: int
    lines: int = 0


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
        """Take the checks; `fixes` maps (row, field) to the corrected text, `dropped` names rows left out."""
        self.item, self.body, self.demo, self.on = item, body, demo, on
        asked = Asked(item=item, columns=tuple(columns.items()), on=on, body=body, demo=demo, pack=settings.LAW_PACK)
        checks = planned(asked)
        self.columns, self.fields, self.keys = checks.columns, checks.fields, checks.keys
        self.subject, self.gates, self.checks = checks.subject, checks.gates, checks.all
        self._fixes = fixes or {}
        if {field for _, field in self._fixes} - {field.name for field in self.fields}:
            raise Refused(
                Refusal(
                    code="B-FIX-FIELD", what="文件里没有这一列，不能在这里改正。", next_step="请补上这一列后重新上传。"
                )
            )
        self._dropped = dropped
        self.is_changed = bool(self._fixes or dropped)
        self._seen = SeenKeys()

    def check(self, block: pl.DataFrame, *, keep: bool = True) -> Checked:
        """Return the good rows, typed, and the issues of the others; without `keep` good rows are only counted."""
        return self.settle(self.judge(block), keep=keep)

    def judge(self, block: pl.DataFrame) -> Judged:
        """Read a block and tell which rows fail by themselves; blocks may be judged side by side."""
        frame = self.gates.add_columns(self.subject.add_columns(self._read(block)))
        checks = [*self.checks]
        if "cells" in frame.columns:
            checks.append((self.fields[0].name, "U-CELLS", pl.col("cells").is_not_null()))
        # A column for each check: one expression over all of them takes longer to plan than to compute.
        places = [str(place) for place in range(len(checks))]
        hits = frame.select(
            "row", *(condition.alias(place) for place, (_, _, condition) in zip(places, checks, strict=True))
        )
        bad = hits.select(pl.any_horizontal(places).fill_null(value=False).alias("bad"))["bad"]
        return Judged(
            frame=frame,
            failed=frame.select("row", bad, self._key().alias("key")),
            issues=_issues_of(hits.filter(bad), checks),
            rows=block.height,
        )

    def settle(self, judged: Judged, *, keep: bool = True) -> Checked:
        """Find the rows of a judged block that stood earlier in the file; blocks are settled in their order."""
        frame, failed = judged.frame, judged.failed
        repeated = self._repeats(failed)
        issues = pl.concat([judged.issues, self._issue_repeats(failed["row"], repeated)])
        good = ~(failed["bad"] | repeated)
        kept = ["row", *(field.name for field in self.fields), *self.subject.columns]
        return Checked(
            good=frame.select(kept).filter(good) if keep else frame.clear(),
            good_rows=int(good.sum()),
            issues=issues.sort("row", "field"),
            rows=judged.rows,
        )

    def _read(self, block: pl.DataFrame) -> pl.DataFrame:
        """Return fields by name: trimmed text, fixes applied, dropped rows gone, and the values of typed fields."""
        texts = (
            pl.col(f"c{self.columns[field.name]}").str.strip_chars().alias(raw_name(field)) for field in self.fields
        )
        frame = block.select("row", *(["cells"] if "cells" in block.columns else []), *texts)
        frame = frame.with_columns(_null_when_empty(raw_name(field)) for field in self.fields)
        if self._dropped:
            frame = frame.filter(~pl.col("row").is_in(list(self._dropped)))
        frame = _fixed(frame, self._fixes, {field.name: raw_name(field) for field in self.fields})
        return read_columns(frame, self.fields)

    def _key(self) -> pl.Expr:
        """Hash what identifies a row; only compared within one run, so the hash need not be the same tomorrow."""
        names = [raw_name(field) for field in self.fields if field.name in self.keys]
        return pl.struct(names).hash() if len(names) > 1 else pl.col(names[0]).hash()

    def _repeats(self, failed: pl.DataFrame) -> pl.Series:
        """Tell which good rows have a key that stood earlier in the same file; a bad row takes no key."""
        keys = failed.select(pl.when(~pl.col("bad")).then("key").alias("key"))["key"]
        known = pl.Series(self._seen.contains(keys.fill_null(0).to_numpy()))
        repeated = (~keys.is_first_distinct() | known) & keys.is_not_null()
        self._seen.add(keys.filter(~repeated & keys.is_not_null()).to_numpy())
        return repeated

    def _issue_repeats(self, rows: pl.Series, repeated: pl.Series) -> pl.DataFrame:
        return pl.DataFrame(
            {"row": rows.filter(repeated), "field": self.keys[0], "code": "U-TWICE"}, schema=ISSUE_SCHEMA
        )


def _issues_of(hits: pl.DataFrame, checks: Sequence[Check]) -> pl.DataFrame:
    """Return a line for each check a row fails; `hits` has a column for each check, under its place."""
    if hits.is_empty():
        return pl.DataFrame(schema=ISSUE_SCHEMA)
    places = [name for name in hits.columns if name != "row"]
    found = hits.unpivot(index="row", variable_name="place", value_name="hit").filter("hit")
    return found.select(
        "row",
        pl.col("place").replace_strict(places, [field for field, _, _ in checks]).alias("field"),
        pl.col("place").replace_strict(places, [code for _, code, _ in checks]).alias("code"),
    ).cast(ISSUE_SCHEMA)  # type: ignore[arg-type]


def _null_when_empty(name: str) -> pl.Expr:
    return pl.when(pl.col(name).str.len_bytes() > 0).then(name).alias(name)


def _fixed(frame: pl.DataFrame, fixes: Mapping[tuple[int, str], str], columns: Mapping[str, str]) -> pl.DataFrame:
    for (row, field), text in fixes.items():
        column = columns[field]
        fixed = pl.lit(text.strip() or None, dtype=pl.String)
        frame = frame.with_columns(pl.when(pl.col("row") == row).then(fixed).otherwise(pl.col(column)).alias(column))
    return frame
