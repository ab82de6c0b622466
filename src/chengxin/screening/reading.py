"""Read a list or queries: the columns by name, bad rows set aside with their reason, never silently dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.screening.contracts import COLUMNS, Kind, Query
from chengxin.screening.tables import BROKEN, Broken, Table, aside_place, read_table, usual_names

_NEEDED: Final = ("id", "kind", "name")
_LONGEST_NAME: Final = 10_000
_LONGEST_ID: Final = 200
# Why a row is not read; the code is stable, the text says what to do.
ASIDE: Final = {
    "SCR-ID": "缺少 id，请补上。",
    "SCR-KIND": "kind 只能是 person 或 enterprise。",
    "SCR-EMPTY": "名称和证件号码都是空的，请至少填写一项。",
    **BROKEN,
    "SCR-LONG": f"名称超过 {_LONGEST_NAME} 个字符，请核对。",
}


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Rows that can be read, and those that cannot with the code of their reason."""

    frame: pl.DataFrame
    aside: pl.DataFrame

    def reasons(self) -> dict[str, int]:
        """Return how many rows were set aside for each reason."""
        counts = self.aside.group_by("code").len().sort("code")
        return dict(zip(counts["code"].to_list(), counts["len"].to_list(), strict=True))

    def listed(self, file: str) -> list[tuple[str, int, str, str, str]]:
        """Return the rows set aside as they are listed: file, line, id, code, reason."""
        return [(file, line, row_id, code, ASIDE[code]) for line, row_id, code in self.aside.iter_rows()]


def read_rows(path: Path) -> Rows:
    """Return the rows of a CSV file (or Parquet) with the columns `id,kind,name,alias,id_no,uscc,birth_date,region`."""
    table = read_table(path)
    return check_rows(table.frame, lines=table.lines, broken=table.broken)


def require_place(path: Path, *, beside: Sequence[Path]) -> None:
    """Refuse a file of results that could not be written, or that is one of those it is made from."""
    made = [place for place in (path, aside_place(path)) if place.exists()]
    if any(one.exists() and place.samefile(one) for one in beside for place in made):
        raise Refused(
            Refusal(
                code="SCR-OVER",
                what="结果文件 {file} 就是输入文件，写下去原来的内容就没有了。",
                next_step="请为结果另起一个文件名。",
                values={"file": path.name},
            )
        )
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise Refused(Refusal(code="SCR-OUT", what="结果文件的位置不可用。", next_step="请先建好文件夹。"))


def reason_text(code: str) -> str:
    """Return what to do about rows set aside for a reason."""
    return ASIDE[code]


def read_registers(one: Path, other: Path) -> tuple[Table, Table]:
    """Return two registers as text; the first column of each is the id, which every row needs once.

    Columns that are not of one name in both are read under their usual ones: 姓名 beside name.
    """
    tables = [_register(path) for path in (one, other)]
    shared = set(tables[0].frame.columns[1:]) & set(tables[1].frame.columns[1:])
    ours = [usual_names([name for name in table.frame.columns[1:] if name not in shared]) for table in tables]
    both = (set(ours[0].values()) & set(ours[1].values())) - shared
    frames = [
        table.frame.rename({name: usual for name, usual in names.items() if usual in both})
        for table, names in zip(tables, ours, strict=True)
    ]
    return Table(frames[0], broken=tables[0].broken), Table(frames[1], broken=tables[1].broken)


def _register(path: Path) -> Table:
    table = read_table(path)
    frame = table.frame
    frame = frame.rename({name: name.strip() for name in frame.columns})
    ids = frame.to_series(0).cast(pl.String).fill_null("").str.strip_chars()
    wrong = ((ids == "") | ~ids.is_first_distinct()).arg_true()
    if len(frame.columns) < 2 or len(wrong):
        at = int(wrong[0]) if len(wrong) else 0
        line = int(table.lines[at]) if table.lines is not None else at + 2
        raise Refused(
            Refusal(
                code="LNK-ID",
                what="{file} 不能归并，先出错的是第 {line} 行。",
                why="第一列应为每行唯一的 id，后面至少还有一列。",
                next_step="请补齐 id 并去掉重复后再试。",
                values={"file": path.name, "line": str(line if len(wrong) else 1)},
            )
        )
    return Table(frame.with_columns(ids.alias(frame.columns[0])), table.lines, table.broken)


def check_rows(frame: pl.DataFrame, *, lines: pl.Series | None = None, broken: Sequence[Broken] = ()) -> Rows:
    """Return the rows with all columns as text, bad ones set aside; `lines` tells where each row stands in its file."""
    frame = frame.rename(usual_names(frame.columns))
    missing = [name for name in _NEEDED if name not in frame.columns]
    if missing:
        raise Refused(
            Refusal(
                code="SCR-COLUMNS",
                what="缺少列：{missing}。",
                next_step="首行须为列名 {columns}。",
                values={"missing": ", ".join(missing), "columns": ",".join(COLUMNS)},
            )
        )
    text = frame.select(
        (pl.col(name).cast(pl.String).fill_null("") if name in frame.columns else pl.lit("")).alias(name)
        for name in COLUMNS
    ).with_columns(pl.col("id", "kind", "id_no", "uscc", "birth_date", "region").str.strip_chars())
    text = text.with_columns(kind=pl.col("kind").str.to_lowercase()).with_row_index("row", offset=2)
    if lines is not None:
        text = text.with_columns(row=lines)
    has_value = pl.any_horizontal(pl.col(name).str.strip_chars() != "" for name in ("name", "alias", "id_no", "uscc"))
    code = (
        pl.when((pl.col("id") == "") | (pl.col("id").str.len_chars() > _LONGEST_ID))
        .then(pl.lit("SCR-ID"))
        .when(~pl.col("kind").is_in([kind.value for kind in Kind]))
        .then(pl.lit("SCR-KIND"))
        .when(~has_value)
        .then(pl.lit("SCR-EMPTY"))
        .when((pl.col("name").str.len_chars() > _LONGEST_NAME) | (pl.col("alias").str.len_chars() > _LONGEST_NAME))
        .then(pl.lit("SCR-LONG"))
    )
    judged = text.with_columns(code=code)
    good, bad = judged["code"].is_null(), judged["code"].is_not_null()
    aside = judged.filter(bad).select("row", "id", "code")
    more = pl.DataFrame(list(broken), schema=aside.schema, orient="row")
    return Rows(frame=judged.filter(good).drop("code", "row"), aside=pl.concat([aside, more]).sort("row"))


def why_unreadable(query: Query) -> str:
    """Return the code of why one query cannot be answered, as `check_rows` finds it for many; empty when it can."""
    if not query.id.strip() or len(query.id.strip()) > _LONGEST_ID:
        return "SCR-ID"
    if query.kind.strip().lower() not in _KINDS:
        return "SCR-KIND"
    if not (query.name.strip() or query.alias.strip() or query.id_no.strip() or query.uscc.strip()):
        return "SCR-EMPTY"
    return "SCR-LONG" if max(len(query.name), len(query.alias)) > _LONGEST_NAME else ""


def tidied(query: Query) -> Query:
    """Return a query as a row is read: cells without outer spaces, the kind in lower case; names as written."""
    row_id, kind, name, alias, id_no, uscc, born, region = query
    return Query(
        row_id.strip(),
        kind.strip().lower(),
        name,
        alias,
        id_no.strip(),
        uscc.strip(),
        born.strip(),
        region.strip(),
    )


_KINDS: Final = frozenset(kind.value for kind in Kind)
_DATE: Final = re.compile(r"(\d{4})(?:\s*[-/.年]?\s*(\d{1,2})(?:\s*[-/.月]?\s*(\d{1,2}))?)?")


def read_dates(text: str) -> tuple[int, ...]:
    """Return the dates of birth of a cell as numbers yyyymmdd; what is not said is 00."""
    if (
        len(text) == 10
        and text[4] == text[7] == "-"
        and text[:4].isdigit()
        and text[5:7].isdigit()
        and text[8:].isdigit()
    ):
        return (int(text[:4]) * 10000 + int(text[5:7]) * 100 + int(text[8:]),)
    found = []
    for part in re.split(r"[|;；,，]", text):
        match = _DATE.match(part.strip())
        if match:
            year, month, day = (int(piece or 0) for piece in match.groups())
            if 1000 <= year <= 2200 and month <= 12 and day <= 31:
                found.append(year * 10000 + month * 100 + (day if month else 0))
    return tuple(dict.fromkeys(found))
