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

_NEEDED: Final = ("id", "kind", "name")
_LONGEST_NAME: Final = 10_000
_LONGEST_ID: Final = 200
# Why a row is not read; the code is stable, the text says what to do.
ASIDE: Final = {
    "SCR-ID": "缺少 id，请补上。",
    "SCR-KIND": "kind 只能是 person 或 enterprise。",
    "SCR-EMPTY": "名称和证件号码都是空的，请至少填写一项。",
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


def read_rows(path: Path) -> Rows:
    """Return the rows of a CSV file (or Parquet) with the columns `id,kind,name,alias,id_no,uscc,birth_date,region`."""
    return check_rows(_frame(path))


def _frame(path: Path) -> pl.DataFrame:
    try:
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path)
        frame = _csv(path)
    except FileNotFoundError as error:
        raise Refused(Refusal(code="SCR-FILE", what="没有找到文件 {file}。", values={"file": path.name})) from error
    except pl.exceptions.NoDataError as error:
        raise Refused(
            Refusal(
                code="SCR-COLUMNS",
                what="{file} 是空文件。",
                next_step="首行须为列名 {columns}。",
                values={"file": path.name, "columns": ",".join(COLUMNS)},
            )
        ) from error
    except (pl.exceptions.ComputeError, UnicodeDecodeError, OSError) as error:
        raise Refused(
            Refusal(
                code="SCR-UNREADABLE",
                what="{file} 不是可以读取的 CSV。",
                why="可能是编码不是 UTF-8 或 GB18030、引号不成对，或某一行的列数与首行不同。",
                next_step="请另存为 UTF-8 的 CSV 后再试。",
                values={"file": path.name},
            )
        ) from error
    return frame


def _csv(path: Path) -> pl.DataFrame:
    """Return the table of a CSV file in UTF-8, or as the spreadsheets of many offices write it."""
    try:
        return pl.read_csv(path, infer_schema=False)
    except pl.exceptions.ComputeError:
        text = _in_another_encoding(path.read_bytes())
        if text is None:
            raise
    return pl.read_csv(text.encode(), infer_schema=False)


def _in_another_encoding(raw: bytes) -> str | None:
    """Return a text in UTF-16 or GB18030; None for UTF-8, a damaged one too: it would come out as other names."""
    as_utf8 = raw.decode("utf-8", "replace")
    damaged, beyond = as_utf8.count("\ufffd"), sum(not character.isascii() for character in as_utf8)
    if 2 * damaged < beyond or not damaged:
        return None
    try:
        return raw.decode("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "gb18030")
    except UnicodeDecodeError:
        return None


def require_place(path: Path, *, beside: Sequence[Path]) -> None:
    """Refuse a file of results that could not be written, or that is one of those it is made from."""
    if path.exists() and any(one.exists() and path.samefile(one) for one in beside):
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


def read_register(path: Path) -> pl.DataFrame:
    """Return the rows of a register as text; its first column is the id, which every row needs once."""
    frame = _frame(path)
    frame = frame.rename({name: name.strip() for name in frame.columns})
    ids = frame.to_series(0).cast(pl.String).fill_null("").str.strip_chars()
    if len(frame.columns) < 2 or (ids == "").any() or ids.n_unique() < len(ids):
        raise Refused(
            Refusal(
                code="LNK-ID",
                what="{file} 不能归并。",
                why="第一列应为每行唯一的 id，后面至少还有一列。",
                next_step="请补齐 id 并去掉重复后再试。",
                values={"file": path.name},
            )
        )
    return frame.with_columns(ids.alias(frame.columns[0]))


def check_rows(frame: pl.DataFrame) -> Rows:
    """Return the rows with all columns as text, bad ones set aside."""
    frame = frame.rename({name: name.strip().lstrip("\ufeff").lower() for name in frame.columns})
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
    return Rows(frame=judged.filter(good).drop("code", "row"), aside=judged.filter(bad).select("row", "id", "code"))


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
