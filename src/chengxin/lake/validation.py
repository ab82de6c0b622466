"""Check a delivery as columns: which rows are good, which are questioned and why, which say the same again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from chengxin.kernel.card_numbers import hide_card_numbers
from chengxin.lake.cells import conditions, read_columns
from chengxin.lake.contracts import Dataset

# Whatever may be one; `kernel.card_numbers` decides.
_LIKE_A_CARD = r"\d(?:[\s-]?\d){14}"
NO_ISSUES = {"row": pl.UInt32, "field": pl.String, "code": pl.String}


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A checked delivery: good rows as values, questioned rows as texts, and one line per questioned cell."""

    read: int
    good: pl.DataFrame
    questioned: pl.DataFrame
    issues: pl.DataFrame
    repeated: int


def check(blocks: Iterable[pl.DataFrame], dataset: Dataset, *, platform: str, zone: str, at: datetime) -> Checked:
    """Check blocks of texts with the columns `row` and one per field; `at` is when they were received."""
    goods, bads, issues, read = [], [], [], 0
    for block in blocks:
        read += block.height
        block = _without_cards(block)  # noqa: PLW2901 - nothing below may see the number of a card
        trimmed = _trimmed(block)
        values = read_columns(trimmed, dataset, platform=platform, zone=zone)
        found = _find(trimmed, values, dataset, at=at)
        issues.append(found)
        bad = found["row"].unique()
        goods.append(values.filter(~pl.col("row").is_in(bad.implode())))
        bads.append(block.filter(pl.col("row").is_in(bad.implode())))
    good = pl.concat(goods) if goods else pl.DataFrame(schema={"row": pl.UInt32, **_schema(dataset)})
    once, twice, repeated = _once(good, dataset)
    said = pl.concat([*issues, _said_twice(twice, dataset)]) if issues else pl.DataFrame(schema=NO_ISSUES)
    texts = pl.concat([*bads, _as_texts(twice)], how="diagonal") if bads else pl.DataFrame(schema={"row": pl.UInt32})
    return Checked(read=read, good=once, questioned=texts, issues=said.sort("row", "field", "code"), repeated=repeated)


def _schema(dataset: Dataset) -> dict[str, type[pl.DataType]]:
    types = {"text": pl.String, "integer": pl.Int64, "date": pl.Date, "double": pl.Float64}
    return {name: types[kind] for name, kind in dataset.columns.items()}


def _without_cards(block: pl.DataFrame) -> pl.DataFrame:
    """Return texts without any number of a card: such a row is questioned, and what is kept of it has none either."""
    hidden = []
    for name in block.columns:
        if name != "row" and block[name].dtype == pl.String:
            seen = block[name].filter(block[name].str.contains(_LIKE_A_CARD)).unique()
            found = {text: hide_card_numbers(text) for text in seen if text != hide_card_numbers(text)}
            if found:
                hidden.append(pl.col(name).replace(found))
    return block.with_columns(hidden) if hidden else block


def _trimmed(block: pl.DataFrame) -> pl.DataFrame:
    texts = pl.exclude("row", "cells").str.strip_chars()
    return block.with_columns(pl.when(texts != "").then(texts))


def _find(texts: pl.DataFrame, values: pl.DataFrame, dataset: Dataset, *, at: datetime) -> pl.DataFrame:
    """Return row, field and code of every bad cell; rows are looked at again only where some condition holds."""
    raw = texts.select(pl.col(field.name).alias(f"@{field.name}") for field in dataset.fields)
    beside = values.hstack(raw)
    if "cells" in texts.columns:
        beside = beside.with_columns(texts["cells"])
    asked = list(conditions(dataset, received_at=at))
    tests = (test.fill_null(value=False).alias(str(n)) for n, (_, (test, _)) in enumerate(asked))
    flags = beside.select("row", *tests)
    found = [
        flags.filter(str(n)).select("row", field=pl.lit(field), code=pl.lit(code))
        for n, (field, (_, code)) in enumerate(asked)
        if flags[str(n)].any()
    ]
    if "cells" in texts.columns:
        wide = texts.filter(pl.col("cells").is_not_null())
        found.append(wide.select("row", field=pl.lit(""), code=pl.lit("L-CELLS")))
    return pl.concat(found) if found else pl.DataFrame(schema=NO_ISSUES)


def _once(good: pl.DataFrame, dataset: Dataset) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Return each key once, the rows that contradict it, and how many rows only repeat it or an older state of it."""
    key, content = list(dataset.key), [name for name in dataset.columns if name != "platform"]
    distinct = good.unique(subset=content, keep="first", maintain_order=True)
    if dataset.newest:
        newest = pl.col(dataset.newest)
        last = newest.fill_null(0) == newest.fill_null(0).max().over(key)
        distinct = distinct.filter(last)
    first = distinct.unique(subset=key, keep="first", maintain_order=True)
    twice = distinct.join(first.select("row"), on="row", how="anti")
    return first, twice, good.height - distinct.height


def _said_twice(twice: pl.DataFrame, dataset: Dataset) -> pl.DataFrame:
    said = twice.select("row", field=pl.lit(dataset.key[0]), code=pl.lit("L-TWICE"))
    return said.cast(pl.Schema(NO_ISSUES))


def _as_texts(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select("row", pl.exclude("row", "platform", "day").cast(pl.String))
