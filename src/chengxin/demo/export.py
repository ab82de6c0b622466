"""The two-publicity (双公示) export of another system, for tests and benches: any number of rows, with their truth.

Rows are made in blocks, so ten million take no more memory than a hundred thousand. About 30 % of the rows are about
distinct subjects; nine of ten subjects are operators, one is a natural person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from chengxin.demo.bodies import Body, body_by_code
from chengxin.demo.export_columns import COLUMNS, DATE_COLUMNS, FACTS, LEAST_COLUMNS
from chengxin.demo.identifiers import credit_codes, id_numbers
from chengxin.demo.people import yyyymmdd
from chengxin.demo.places import cities, counties, read_data

BLOCK = 200_000
DISTINCT_SHARE = 0.3
SERIAL_BASE = 40_000_000
Places = npt.NDArray[np.int64]

# Each kind of mistake: the field it is in, and the code that answers it; a check digit is answered by its own kind.
MISTAKES = {
    "bad_number": ("uscc", "E-USCC-02"),
    "missing": ("facts", "U-REQUIRED"),
    "bad_date": ("determined_on", "U-DATE-FORMAT"),
    "unknown_code": ("kind", "U-CODE"),
    "swapped_dates": ("until", "U-DATE-ORDER"),
    "future_date": ("determined_on", "U-DATE-FUTURE"),
    "duplicate": ("decision_no", "U-TWICE"),
}


@dataclass(frozen=True, kw_only=True)
class Export:
    """A written file and what is wrong in it: `truth` has row (line in the file), kind, field, code."""

    path: Path
    rows: int
    bad: int
    truth: pl.DataFrame


@dataclass(frozen=True, kw_only=True)
class _Order:
    rows: int
    kind: str
    edition: str
    columns: int
    bad_share: float
    today: date
    body: Body
    seed: int


def two_publicity_file(
    path: Path,
    *,
    rows: int,
    today: date,
    kind: str = "penalty",
    encoding: str = "gb18030",
    edition: str = "old",
    bad_share: float = 0.03,
    columns: int = 30,
    body: str = "390100.market",
    seed: int = 39,
) -> Export:
    """Write the export to `path` and return what is wrong in it; the same arguments give the same bytes."""
    if not LEAST_COLUMNS <= columns <= len(COLUMNS[kind, edition]):
        raise ValueError(f"Between {LEAST_COLUMNS} and {len(COLUMNS[kind, edition])} columns can be written.")
    order = _Order(
        rows=rows,
        kind=kind,
        edition=edition,
        columns=columns,
        bad_share=bad_share,
        today=today,
        body=body_by_code(body),
        seed=seed,
    )
    truths: list[pl.DataFrame] = []
    with path.open("wb") as file:
        for number, (frame, truth) in enumerate(_blocks(order)):
            text = frame.write_csv(include_header=number == 0, line_terminator="\r\n")
            file.write(text.encode(encoding))
            truths.append(truth)
    truth = pl.concat(truths)
    return Export(path=path, rows=rows, bad=truth.height, truth=truth)


def _blocks(order: _Order) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    for number, first in enumerate(range(0, order.rows, BLOCK)):
        count = min(BLOCK, order.rows - first)
        yield _block(order, first, count, np.random.default_rng([order.seed, 9, number]))


def _block(order: _Order, first: int, count: int, rng: np.random.Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    pool = max(1, round(order.rows * DISTINCT_SHARE))
    frame = subject_columns(rng.integers(0, pool, count))
    frame = frame.with_columns(_facts(order, first, count, rng))
    wrong = np.where(rng.random(count) < order.bad_share, rng.integers(1, len(MISTAKES) + 1, count), 0)
    wrong[0] = 0
    # Two mistakes in a row would hide each other: a copied row must be a copy of a sound one.
    wrong[1:] = np.where(wrong[:-1] > 0, 0, wrong[1:])
    frame = _spoiled(frame.with_columns(pl.Series("wrong", wrong)), order)
    truth = _truth(frame, first)
    headed = [
        pl.col(name).alias(heading) if name else pl.lit("").alias(heading)
        for name, heading in COLUMNS[order.kind, order.edition][: order.columns]
    ]
    return frame.select(headed), truth


def subject_columns(places: Places) -> pl.DataFrame:
    """Return name, codes and kind of each subject; the same place is always the same subject."""
    words = read_data("words.yaml")
    own, areas = cities(), np.array([int(area.code) for area in counties()], np.int64)
    spread = (places * 2_654_435_761) % 4_294_967_291
    person = places % 10 == 9

    def pick(choices: list[str], radix: int) -> pl.Series:
        return pl.Series(choices, dtype=pl.String).gather((spread // radix) % len(choices))

    trade = pick(list(words["trade_first"]), 1) + pick(list(words["trade_second"]), 25)
    tail = pick([row[1] for row in words["industries"]], 700) + pick(["有限公司", "有限责任公司"], 17_000)
    surname = pick(words["surnames"]["invented"], 1)
    given = pick(list(words["given_first"]), 30) + pick(list(words["given_second"]), 1_300)
    nth = places // 10
    # Every place has an area, birthday and serial of its own; nobody in the province has the serial 999.
    births = np.datetime64("1955-01-01", "D") + (nth // 44 * 7919 % 14_000).astype("timedelta64[D]")
    numbers = id_numbers(areas[nth % 44], yyyymmdd(births), 999 - nth // 616_000)
    return pl.DataFrame(
        {
            "person": person,
            "firm": pick([city.name for city in own], 99) + trade + tail,
            "human": surname + given,
            "code": credit_codes(["91"] * len(places), areas[places % 44], places + SERIAL_BASE),
            "number": numbers,
            "rep": pick(words["surnames"]["invented"], 7) + given,
        }
    ).select(
        person="person",
        subject_name=pl.when("person").then("human").otherwise("firm"),
        subject_kind=pl.when("person").then(pl.lit("自然人")).otherwise(pl.lit("法人及非法人组织")),
        uscc=pl.when("person").then(pl.lit("")).otherwise("code"),
        id_type=pl.when("person").then(pl.lit("身份证")).otherwise(pl.lit("")),
        id_no=pl.when("person").then("number").otherwise(pl.lit("")),
        legal_rep=pl.when("person").then(pl.lit("")).otherwise("rep"),
    )


def _facts(order: _Order, first: int, count: int, rng: np.random.Generator) -> list[pl.Series]:
    """Return what was decided, by whom and when, for a block of rows."""
    cases = FACTS[order.kind]
    chosen = rng.integers(0, len(cases), count)
    decided = np.datetime64(order.today, "D") - rng.integers(8, 300, count).astype("timedelta64[D]")
    number = pl.Series(np.arange(first + 1, first + 1 + count)).cast(pl.String)
    year = pl.Series(decided.astype("datetime64[Y]").astype(np.int64) + 1970).cast(pl.String)
    word = "罚" if order.kind == "penalty" else "许"
    columns = [
        (pl.Series([f"{order.body.mark}{word}〔"] * count) + year + "〕" + number + "号").alias("decision_no"),
        pl.Series(np.round(rng.uniform(0.1, 9, count), 2)).cast(pl.String).alias("fine"),
        pl.Series([order.body.name] * count).alias("body_name"),
        pl.Series([order.body.uscc] * count).alias("body_code"),
        pl.Series([order.body.area] * count).alias("area"),
        pl.Series([""] * count).alias("blank"),
    ]
    columns += [
        pl.Series([case[name] for case in cases], dtype=pl.String).gather(chosen).alias(name) for name in cases[0]
    ]
    for name, (low, high) in DATE_COLUMNS.items():
        days = decided + rng.integers(low, high + 1, count).astype("timedelta64[D]")
        columns.append(pl.Series(days).cast(pl.Date).dt.strftime("%Y/%m/%d").alias(name))
    return columns


def _spoiled(frame: pl.DataFrame, order: _Order) -> pl.DataFrame:
    """Put the mistakes in; the column `wrong` says which kind a row has, counted from 1."""
    place = {kind: number for number, kind in enumerate(MISTAKES, start=1)}

    def where(kind: str, name: str, value: pl.Expr) -> pl.Expr:
        return pl.when(pl.col("wrong") == place[kind]).then(value).otherwise(pl.col(name)).alias(name)

    def wrong_digit(name: str) -> pl.Expr:
        other = pl.when(pl.col(name).str.ends_with("1")).then(pl.lit("2")).otherwise(pl.lit("1"))
        return pl.when(pl.col(name) == "").then(pl.lit("")).otherwise(pl.col(name).str.slice(0, 17) + other)

    future = f"{order.today.year + 2}/01/15"
    frame = frame.with_columns(
        where("bad_number", "uscc", wrong_digit("uscc")),
        where("bad_number", "id_no", wrong_digit("id_no")),
        where("missing", "facts", pl.lit("")),
        where("bad_date", "determined_on", pl.lit("2026/13/45")),
        where("unknown_code", "kind", pl.lit("不详")),
        where("swapped_dates", "until", pl.lit("2019/01/01")),
    ).with_columns(where("future_date", "determined_on", pl.lit(future)))
    # A copy repeats the whole row before it, so that its key is the same.
    copied = [name for name in frame.columns if name != "wrong"]
    return frame.with_columns(where("duplicate", name, pl.col(name).shift(1)) for name in copied)


def _truth(frame: pl.DataFrame, first: int) -> pl.DataFrame:
    kinds, fields, codes = list(MISTAKES), [row[0] for row in MISTAKES.values()], [row[1] for row in MISTAKES.values()]
    wrong = frame.select(pl.int_range(pl.len()).alias("row") + first + 2, "wrong", "person").filter(pl.col("wrong") > 0)
    at = wrong["wrong"] - 1
    table = pl.DataFrame(
        {
            "row": wrong["row"],
            "kind": pl.Series(kinds).gather(at),
            "field": pl.Series(fields).gather(at),
            "code": pl.Series(codes).gather(at),
            "person": wrong["person"],
        }
    )
    own = pl.col("person") & (pl.col("kind") == "bad_number")
    return table.select(
        "row",
        "kind",
        field=pl.when(own).then(pl.lit("id_no")).otherwise("field"),
        code=pl.when(own).then(pl.lit("E-ID-02")).otherwise("code"),
    )
