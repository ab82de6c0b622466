"""Open a file as blocks of strings, whatever its format and encoding; refuse what cannot be read safely."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import fastexcel
import orjson
import polars as pl

from chengxin.files.arrow_blocks import MARK, open_arrow
from chengxin.files.contracts import Limits, Media, Sheet
from chengxin.files.csv_blocks import open_csv
from chengxin.kernel.refusal import Refusal, Refused

_ROWS_PER_BLOCK = 100_000
_FORMULAS_SHOWN = 5
_SIGNATURES = {b"PK\x03\x04": Media.XLSX, b"PAR1": Media.PARQUET, MARK: Media.ARROW}
_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*><f[ >]')
# What a damaged, encrypted or strangely packed archive raises, in its directory or in the middle of a member.
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
_BAD_PARQUET = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError)
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)([0-9]+):')


def open_sheet(path: Path, *, limits: Limits, header_rows: int = 1) -> Sheet:
    """Open a file by its content, not by its name.

    Raises `Refused` with a code of the F- family when the file is empty, too large, a bomb, or not one of the formats.
    """
    size = path.stat().st_size
    if size == 0:
        raise Refused(_no("F-EMPTY", "文件是空的。", "请确认导出成功后重新上传。"))
    if size > limits.bytes:
        raise Refused(
            _no(
                "F-SIZE",
                "文件有 {size} MB，这个入口最多收 {most} MB。",
                "请分成几个文件，或改用命令行入口。",
                size=f"{size / 1e6:.0f}",
                most=f"{limits.bytes / 1e6:.0f}",
            )
        )
    with path.open("rb") as file:
        head = file.read(4096)
    media = next((media for signature, media in _SIGNATURES.items() if head.startswith(signature)), None)
    if media is Media.XLSX:
        return _open_xlsx(path, limits=limits)
    if media is Media.PARQUET:
        return _open_parquet(path, limits=limits)
    if media is Media.ARROW:
        return open_arrow(path, limits=limits)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
        return _open_json_lines(path, limits=limits)
    return open_csv(path, limits=limits, header_rows=header_rows)


def _open_xlsx(path: Path, *, limits: Limits) -> Sheet:
    formula_cells = _inspect_workbook(path, limits=limits)
    try:
        workbook = fastexcel.read_excel(str(path))
        loaded = workbook.load_sheet(0, header_row=None, dtypes="string", column_names=None)
        frame = loaded.to_polars()
    except Exception as error:
        raise Refused(_no("F-XLSX", "这个 Excel 文件打不开。", "请用 Excel 另存为 .xlsx 后重新上传。")) from error
    if frame.height == 0:
        raise Refused(_no("F-EMPTY", "工作表里没有内容。", "请把数据放在第一个工作表。"))
    headings = tuple((value or "").strip() for value in frame.row(0))
    while headings and not headings[-1]:
        headings = headings[:-1]
    body = frame.slice(1).select(
        pl.col(name).cast(pl.String).alias(f"c{place}") for place, name in enumerate(frame.columns[: len(headings)])
    )
    return Sheet(
        media=Media.XLSX,
        encoding="xlsx",
        headings=headings,
        blocks=_number(body, len(headings), first_row=2, limits=limits),
        formula_cells=formula_cells,
    )


def _inspect_workbook(path: Path, *, limits: Limits) -> tuple[str, ...]:
    """Refuse a bomb and merged headings; return where formulas stand."""
    try:
        return _inspect_archive(path, limits=limits)
    except _DAMAGED as error:
        raise Refused(_no("F-XLSX", "这个 Excel 文件已损坏。", "请重新导出后上传。")) from error


def _inspect_archive(path: Path, *, limits: Limits) -> tuple[str, ...]:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        expanded = sum(member.file_size for member in members)
        worst = max((member.file_size / max(member.compress_size, 1) for member in members), default=0)
        if expanded > limits.expanded or worst > limits.ratio:
            raise Refused(_no("F-BOMB", "这个压缩文件展开后过大，已拒绝读取。", "请另存为新的 .xlsx 或 CSV 后上传。"))
        sheets = sorted(member.filename for member in members if member.filename.startswith("xl/worksheets/sheet"))
        if not sheets:
            raise Refused(_no("F-XLSX", "这个文件里没有工作表。", "请用 Excel 另存为 .xlsx 后重新上传。"))
        with archive.open(sheets[0]) as sheet:
            return _scan(sheet)


def _scan(sheet: BinaryIO | object) -> tuple[str, ...]:
    """Return the addresses of the first formula cells; refuse a merged cell in the heading row."""
    formulas: list[str] = []
    tail = b""
    while chunk := sheet.read(1 << 20):  # type: ignore[union-attr]
        window = tail + chunk
        if any(row == b"1" for _, row in _MERGED.findall(window)):
            raise Refused(_no("H-MERGED", "表头有合并单元格，无法对应到字段。", "请取消合并，每列一个表头。"))
        if len(formulas) < _FORMULAS_SHOWN:
            formulas += [cell.decode() for cell in _FORMULA_CELL.findall(window)]
        tail = window[-256:]
    return tuple(dict.fromkeys(formulas))[:_FORMULAS_SHOWN]


def _open_parquet(path: Path, *, limits: Limits) -> Sheet:
    try:
        lazy = pl.scan_parquet(path)
        schema = lazy.collect_schema()
        headings = tuple(schema.names())
        rows = lazy.select(pl.len()).collect().item()
    except _BAD_PARQUET as error:
        raise Refused(_bad_parquet()) from error
    if rows > limits.rows:
        raise Refused(_too_many(limits))

    def blocks() -> Iterator[pl.DataFrame]:
        for start in range(0, rows, _ROWS_PER_BLOCK):
            texts = (_as_text(name, schema[name]).alias(f"c{place}") for place, name in enumerate(headings))
            # The heading may be sound and a page damaged, so a block can fail long after the file was opened.
            try:
                block = lazy.slice(start, _ROWS_PER_BLOCK).collect().select(texts)
            except _BAD_PARQUET as error:
                raise Refused(_bad_parquet()) from error
            yield block.with_row_index("row", offset=start + 1)

    return Sheet(media=Media.PARQUET, encoding="parquet", headings=headings, blocks=blocks())


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    """Return a column as texts; a moment with a zone is written in UTC, for zones have no one name everywhere."""
    column = pl.col(name)
    has_zone = isinstance(kind, pl.Datetime) and kind.time_zone
    return (column.dt.convert_time_zone("UTC") if has_zone else column).cast(pl.String, strict=False)


def _bad_parquet() -> Refusal:
    return _no("F-PARQUET", "这个 Parquet 文件打不开。", "请重新导出后上传。")


def _open_json_lines(path: Path, *, limits: Limits) -> Sheet:
    rows: list[dict[str, object]] = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if number > limits.rows:
                raise Refused(_too_many(limits))
            if not line.strip():
                continue
            try:
                value = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
            except orjson.JSONDecodeError as error:
                raise Refused(
                    _no("F-JSON", "第 {row} 行不是一个 JSON 对象。", "每行写一个对象，用 UTF-8 编码。", row=number)
                ) from error
            if not isinstance(value, dict):
                raise Refused(
                    _no("F-JSON", "第 {row} 行不是一个 JSON 对象。", "每行写一个对象，用 UTF-8 编码。", row=number)
                )
            rows.append(value)
    headings = tuple(dict.fromkeys(name for row in rows for name in row))
    body = pl.DataFrame(
        {f"c{place}": [_text(row.get(name)) for row in rows] for place, name in enumerate(headings)},
        schema={f"c{place}": pl.String for place in range(len(headings))},
    )
    return Sheet(
        media=Media.JSON_LINES,
        encoding="utf-8",
        headings=headings,
        blocks=_number(body, len(headings), first_row=1, limits=limits),
    )


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value).decode()


def _number(body: pl.DataFrame, width: int, *, first_row: int, limits: Limits) -> Iterator[pl.DataFrame]:
    """Yield the frame in blocks with line numbers, without rows that hold nothing."""
    if body.height > limits.rows:
        raise Refused(_too_many(limits))
    numbered = body.with_row_index("row", offset=first_row)
    if width:
        numbered = numbered.filter(~pl.all_horizontal(pl.exclude("row").is_null()))
    yield from numbered.iter_slices(_ROWS_PER_BLOCK)


def _too_many(limits: Limits) -> Refusal:
    return _no("F-ROWS", "文件超过 {most} 行。", "请分成几个文件，或改用命令行入口。", most=f"{limits.rows:,}")


def _no(code: str, what: str, next_step: str, **values: object) -> Refusal:
    given = {name: str(value) for name, value in values.items()}
    return Refusal(code=code, what=what, next_step=next_step, values=given)
