"""Sheets of hotlines from a file (成批的热线工单): each row is answered, one that cannot be read stops no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from chengxin.disputes.contracts import Filed, Sheet
from chengxin.disputes.hotlines import AT_ONCE, file_sheets
from chengxin.files import facade as files
from chengxin.files.contracts import Limits
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import BEIJING, start_of
from chengxin.kernel.refusal import Refusal, Refused

LIMITS: Final = Limits(bytes=2_000_000, rows=AT_ONCE, expanded=50_000_000)
COLUMNS: Final[Mapping[str, str]] = {
    "热线": "hotline",
    "工单号": "number",
    "平台": "platform",
    "店铺编号": "shop",
    "来电号码": "phone",
    "来电时间": "at",
    "内容": "text",
    "事由": "matter",
    "诉求": "asks",
}
"""Headings of the file: the Chinese one or the name of the field in the API."""
LONGEST_NUMBER: Final = 40
NEEDED: Final = ("hotline", "number", "platform", "shop", "at", "text")


def file_rows(actor: Actor, path: Path, *, now: datetime) -> list[Filed]:
    """File the sheets of a CSV or XLSX file; return what became of each row, in the order of the file."""
    read = [_read(row, line) for line, row in _rows(path)]
    sheets = [one for one in read if isinstance(one, Sheet)]
    # Asked even where no row can be read: who may not file learns nothing of the form.
    became = iter(file_sheets(actor, sheets, now=now))
    return [next(became) if isinstance(one, Sheet) else one for one in read]


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    sheet = files.open_sheet(path, limits=LIMITS)
    names = [COLUMNS.get(one.strip(), one.strip()) for one in sheet.headings]
    if missing := [name for name in NEEDED if name not in names]:
        raise Refused(_no_columns(missing))
    return [
        (int(cells["row"]), {name: (cells[f"c{place}"] or "").strip() for place, name in enumerate(names)})
        for block in sheet.blocks
        for cells in block.iter_rows(named=True)
    ]


def _read(row: Mapping[str, str], line: int) -> Sheet | Filed:
    if not 1 <= len(row["number"]) <= LONGEST_NUMBER:
        return Filed(sheet=f"#{line}", refusal=_no_number(line))
    try:
        at = _moment(row["at"])
    except ValueError:
        return Filed(sheet=row["number"], refusal=_no_moment(line))
    said = {name: row[name] for name in ("matter", "asks") if row.get(name)}
    return Sheet(
        hotline=row["hotline"],
        number=row["number"],
        platform=row["platform"],
        shop=row["shop"],
        phone=row.get("phone", ""),
        text=row["text"],
        at=at,
        **said,
    )


def _moment(said: str) -> datetime:
    """Read a day or a moment; without a zone it is Beijing's."""
    if len(said) <= len("2026-11-30"):
        return start_of(date.fromisoformat(said))
    found = datetime.fromisoformat(said)
    return found if found.tzinfo else found.replace(tzinfo=BEIJING)


def _no_columns(missing: Sequence[str]) -> Refusal:
    titles = {name: title for title, name in COLUMNS.items()}
    return Refusal(
        code="DSP-COLUMNS",
        what="文件里没有这些列：{columns}。",
        why="每张工单要写明热线、工单号、平台、店铺编号、来电时间和内容。",
        next_step="请把列名补上再上传。",
        values={"columns": "、".join(titles[name] for name in missing)},
        field="file",
    )


def _no_moment(line: int) -> Refusal:
    return Refusal(
        code="DSP-SHEET-AT",
        what="第{line}行的来电时间读不出来。",
        next_step="请写成 2026-11-30 或者 2026-11-30 09:30。",
        values={"line": str(line)},
        field="at",
    )


def _no_number(line: int) -> Refusal:
    return Refusal(
        code="DSP-SHEET-NUMBER",
        what="第{line}行没有工单号，或者超过40个字。",
        why="同一张工单只登记一次，靠工单号认出来。",
        next_step="请补上工单号。",
        values={"line": str(line)},
        field="number",
    )
