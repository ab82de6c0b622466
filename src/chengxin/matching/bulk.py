"""Match a file (批量比对): as many batches as it takes, each asked, written and answered as one by itself is.

Nothing of the file is kept. What is wrong with the file as a whole refuses it before the first answer; what is wrong
with a row is the answer to that row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl
from django.utils.translation import gettext_noop

from chengxin.files import facade as files
from chengxin.files.contracts import Limits, Media, Sheet
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.matching.actions import screen
from chengxin.matching.admission import matter_of, may_ask
from chengxin.matching.contracts import Answer, Asked, Outcome, Row
from chengxin.matching.rules import MOST_ROWS
from chengxin.screening.contracts import COLUMNS, Kind, Query

LIMITS: Final = Limits(bytes=256_000_000, rows=1_000_000, expanded=1_000_000_000)
LONGEST: Final[Mapping[str, int]] = {name: 20_000 if name in {"name", "alias"} else 200 for name in COLUMNS}
"""How long a cell may be, as for a single batch."""
NEEDED: Final = ("id", "kind", "name")
MEDIA: Final = (Media.CSV, Media.PARQUET, Media.ARROW)
CELL: Final = "MATCH-CELL"
TOO_LONG: Final = gettext_noop("有一格太长：name 和 alias 最多20000个字符，其他列最多200个。请核对这一行。")
CELLS: Final = "MATCH-CELLS"
TOO_MANY: Final = gettext_noop("这一行的格数比表头多。请检查引号和分隔符。")
_WORDS: Final = {CELL: TOO_LONG, CELLS: TOO_MANY}


class Line(NamedTuple):
    """The answer to one line of the file; `answer` is the batch it was part of, None where it was in none."""

    number: int
    row: Row
    answer: Answer | None


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """A file that may be matched: for which measure, on which lists, how many rows."""

    path: Path
    purpose: str
    lists: Sequence[str]
    rows: int


class _Asked(NamedTuple):
    """One line as it was read, with the code of what is wrong with its form, if anything."""

    number: int
    query: Query
    code: str


def open_bulk(actor: Actor, path: Path, *, purpose: str, lists: Sequence[str], media: Media, now: datetime) -> Bulk:
    """Read a file once and say how many rows it has, or refuse it as a whole: its form, its matter, its persons."""
    may_ask(actor, now=now)
    sheet = _sheet(path)
    if sheet.media is not media:
        raise Refused(no_format())
    rows = persons = 0
    for block in _blocks(sheet):
        rows += len(block)
        kinds = block["kind"].value_counts()
        persons += sum(count for kind, count in kinds.iter_rows() if kind.strip().lower() == Kind.PERSON)
    matter_of(actor, purpose, lists_named=lists, rows=rows, persons=persons, now=now, most_rows=LIMITS.rows)
    return Bulk(path=path, purpose=purpose, lists=tuple(lists), rows=rows)


def answers(actor: Actor, bulk: Bulk, *, clock: Callable[[], datetime]) -> Iterator[Sequence[Line]]:
    """Answer a file batch by batch, each at its own moment; a right that ends on the way is the answer to the rest."""
    ended: Refusal | None = None
    for block in _blocks(_sheet(bulk.path)):
        for begin in range(0, len(block), MOST_ROWS):
            part = _part(block.slice(begin, MOST_ROWS))
            if ended is None:
                try:
                    yield _answered(actor, bulk, part, now=clock())
                    continue
                except Refused as error:
                    ended = error.refusal
            yield [Line(one.number, _unanswered(one.query.id, ended.code, ended.text()), None) for one in part]


def no_format() -> Refusal:
    """Refuse what is none of the formats, or not the one it is said to be."""
    return Refusal(
        code="MATCH-FORMAT",
        what="内容不是Content-Type所说的格式，或者不是可以比对的格式。",
        why="批量比对收CSV（text/csv）、Parquet（application/vnd.apache.parquet）"
        "和Arrow流（application/vnd.apache.arrow.stream）。",
        next_step="请核对Content-Type和文件。",
    )


def _sheet(path: Path) -> Sheet:
    sheet = files.open_sheet(path, limits=LIMITS)
    if sheet.media not in MEDIA:
        raise Refused(no_format())
    names = sheet.headings
    unknown = sorted(set(names) - set(COLUMNS))
    if unknown or len(set(names)) < len(names) or not set(NEEDED) <= set(names):
        raise Refused(
            Refusal(
                code="MATCH-COLUMNS",
                what="列名不对。",
                why="只收比对要用的列，每列一次；别的信息不要交来。",
                next_step="列名是 {columns}，其中 {needed} 必须有。",
                basis=("PIPL/6",),
                values={"columns": ",".join(COLUMNS), "needed": ",".join(NEEDED)},
            )
        )
    return sheet


def _blocks(sheet: Sheet) -> Iterator[pl.DataFrame]:
    """Yield blocks with a column for the line, each column of a query, and `code` of what is wrong with a row's form.

    A cell that is too long is taken out where it stands, before anything is made of it.
    """
    place = {name: f"c{at}" for at, name in enumerate(sheet.headings)}
    for block in sheet.blocks:
        cells = [(pl.col(place[name]) if name in place else pl.lit("")).fill_null("").alias(name) for name in COLUMNS]
        too_many = pl.col("cells").is_not_null() if "cells" in block.columns else pl.lit(value=False)
        texts = block.select("row", *cells, too_many.alias("code"))
        long = {name: pl.col(name).str.len_chars() > most for name, most in LONGEST.items()}
        code = pl.when("code").then(pl.lit(CELLS)).when(pl.any_horizontal(long.values())).then(pl.lit(CELL))
        kept = [pl.when(one).then(pl.lit("")).otherwise(pl.col(name)).alias(name) for name, one in long.items()]
        yield texts.select("row", *kept, code.otherwise(pl.lit("")).alias("code"))


def _part(block: pl.DataFrame) -> list[_Asked]:
    return [_Asked(number, Query(*cells), code) for number, *cells, code in block.iter_rows()]


def _answered(actor: Actor, bulk: Bulk, part: Sequence[_Asked], *, now: datetime) -> list[Line]:
    asked = Asked(purpose=bulk.purpose, lists=bulk.lists, queries=[one.query for one in part if not one.code])
    answer = screen(actor, asked, now=now) if asked.queries else None
    rows = iter(answer.rows if answer else ())
    return [
        Line(one.number, _unanswered(one.query.id, one.code, _WORDS[one.code]), answer)
        if one.code
        else Line(one.number, next(rows), answer)
        for one in part
    ]


def _unanswered(row_id: str, code: str, said: str) -> Row:
    return Row(id=row_id.strip(), outcome=Outcome.UNANSWERED, code=code, said=said)
