"""Read a CSV of any size in blocks of whole rows, in UTF-8 or GB18030, with a flat use of memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import polars as pl

from chengxin.files.contracts import Limits, Media, Sheet
from chengxin.kernel.refusal import Refusal, Refused

_BLOCK = 12 << 20
# Whoever scans bytes reads only a few rows of each text, and those better at once; memory of 32 MiB and more is taken
# from the system and cleared anew each time.
_TEXT = 16 << 20
_HEAD = 1 << 20
_PIECE = 1 << 18
_QUOTE = ord('"')
_LARGE = 8 << 20
_SEPARATORS = (",", "\t", ";", "|")
_UTF8_MARK = b"\xef\xbb\xbf"


def open_csv(path: Path, *, limits: Limits, header_rows: int = 1) -> Sheet:
    """Open a CSV: find its encoding, separator and headings, and promise its rows in blocks.

    The encoding is decided by the first bytes that are not ASCII; a later block that does not fit it is refused with
    its line, because guessing on would store wrong names.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"\x00" in head.partition(b"\n")[0]:
        raise Refused(_no("F-BINARY", "这不是文本文件。", "请另存为 CSV（UTF-8 或 GB18030）或 .xlsx。"))
    encoding = _guess_encoding(path)
    offset = len(_UTF8_MARK) if head.startswith(_UTF8_MARK) else 0
    first_row_end = offset + _row_end(head[offset:], complete=len(head) < _HEAD)
    text = _decode(head[offset:first_row_end], encoding, line=1)
    separator = max(_SEPARATORS, key=text.count)
    headings = tuple(cell.strip() for cell in next(iter(_rows(text, separator, line=1)), []))
    while headings and not headings[-1]:
        headings = headings[:-1]
    if not headings:
        raise Refused(_no("H-NONE", "第一行没有表头。", "请使用本条目的模板，第一行写表头。"))
    layout = Layout(encoding=encoding, separator=separator, width=len(headings))
    blocks = _blocks(_texts(path, first_row_end, size=_BLOCK, layout=layout), limits=limits)
    return Sheet(
        media=Media.CSV,
        encoding=encoding,
        headings=headings,
        blocks=_skip(blocks, header_rows - 1),
        texts=_texts(path, first_row_end, size=_TEXT, layout=layout) if header_rows == 1 else None,
        size=path.stat().st_size,
    )


def _guess_encoding(path: Path) -> str:
    """Return utf-8 when the first line with a non-ASCII byte is valid UTF-8, else gb18030."""
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                try:
                    line.decode("utf-8")
                except UnicodeDecodeError:
                    return "gb18030"
                return "utf-8"
    return "utf-8"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How the rows of one CSV are written."""

    encoding: str
    separator: str
    width: int


@dataclass(frozen=True, kw_only=True)
class Text:
    """Whole rows as they stand in the file (`RowsOfText`)."""

    raw: bytes
    layout: Layout

    @property
    def separator(self) -> str:
        """Return what stands between two cells."""
        return self.layout.separator

    def utf8(self, *, line: int) -> bytes:
        """Return the text in UTF-8; raise `Refused` with its line where it holds NUL or another encoding."""
        return _utf8(self.raw, self.layout.encoding, line=line)

    def frame(self, *, line: int) -> pl.DataFrame:
        """Return every row, empty ones too, as a block of strings with the column `row`."""
        block = _parse(self.utf8(line=line), self.layout.separator, self.layout.width, line=line)
        return block.with_row_index("row", offset=line)

    def frame_of(self, text: bytes) -> pl.DataFrame:
        """Return some rows, cut out of the text in UTF-8, as strings."""
        return _parse(text, self.layout.separator, self.layout.width, line=1)


def filled(block: pl.DataFrame) -> pl.DataFrame:
    """Return a block without the rows in which nothing stands."""
    return block.filter(~pl.all_horizontal(pl.exclude("row").is_null()))


def too_many_rows(limits: Limits) -> Refused:
    """Refuse a file of more rows than its door takes."""
    most = f"{limits.rows:,}"
    return Refused(_no("F-ROWS", "文件超过 {most} 行。", "请分成几个文件，或改用命令行入口。", most=most))


def _texts(path: Path, start: int, *, size: int, layout: Layout) -> Iterator[Text]:
    with path.open("rb") as file:
        file.seek(start)
        for raw in _whole_rows(file, size):
            yield Text(raw=raw, layout=layout)


def _blocks(texts: Iterator[Text], *, limits: Limits) -> Iterator[pl.DataFrame]:
    rows = 0
    for text in texts:
        block = text.frame(line=rows + 2)
        rows += block.height
        if rows > limits.rows:
            raise too_many_rows(limits)
        if (kept := filled(block)).height:
            yield kept


def _whole_rows(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the bytes of whole rows; a line break inside quotes ends no row."""
    start = file.tell()
    while True:
        # The end of the last row is looked for first: what is read is read once and never put together.
        file.seek(start + size)
        behind = len(file.readline())
        file.seek(start)
        if not (block := file.read(size + behind)):
            return
        while _quotes(block) % 2 and (line := file.readline()):
            block += line
        start = file.tell()
        yield block


def _quotes(block: bytes) -> int:
    """Count quotation marks, of which half a million may stand in a block."""
    view = np.frombuffer(block, np.uint8)
    return sum(int(np.count_nonzero(view[at : at + _PIECE] == _QUOTE)) for at in range(0, len(view), _PIECE))


def _row_end(head: bytes, *, complete: bool) -> int:
    end = -1
    while (end := head.find(b"\n", end + 1)) >= 0:
        if head.count(b'"', 0, end) % 2 == 0:
            return end + 1
    if complete:
        return len(head)
    raise Refused(_no("H-NONE", "找不到表头行的结尾。", "请检查引号是否成对，第一行写表头。"))


def _utf8(raw: bytes, encoding: str, *, line: int) -> bytes:
    if b"\x00" in raw:
        row = line + raw.count(b"\n", 0, raw.index(b"\x00"))
        raise Refused(_no("F-NUL", "第 {row} 行含有空字符（NUL）。", "请从源系统重新导出后上传。", row=row))
    if encoding == "utf-8":
        return raw
    if len(raw) >= _LARGE:
        # Compiled code is loaded in half a second, which only a large file is worth.
        from chengxin.files.gb_kernel import transcode  # noqa: PLC0415

        if (text := transcode(raw)) is not None:
            return text
    return _decode(raw, encoding, line=line).encode()


def _decode(raw: bytes, encoding: str, *, line: int) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        row = line + raw.count(b"\n", 0, error.start)
        raise Refused(
            _no(
                "F-ENCODING",
                "第 {row} 行附近的文字不是 {encoding} 编码，文件里混有不同的编码。",
                "请把整个文件另存为 UTF-8 或 GB18030 后重新上传。",
                row=row,
                encoding=encoding.upper(),
            )
        ) from error


def _parse(block: bytes, separator: str, width: int, *, line: int) -> pl.DataFrame:
    """Parse whole rows; polars itself refuses what is not UTF-8, and only then the line is looked for."""
    schema = {f"c{place}": pl.String for place in range(width)}
    try:
        return pl.read_csv(block, has_header=False, schema=schema, separator=separator, raise_if_empty=False)
    except pl.exceptions.PolarsError:
        _decode(block, "utf-8", line=line)
        return _parse_ragged(block, separator, width, line=line)


def _parse_ragged(block: bytes, separator: str, width: int, *, line: int) -> pl.DataFrame:
    """Parse row by row where some row has too many cells; such a row carries its count in `cells`."""
    rows = _rows(block.decode(), separator, line=line)
    columns: dict[str, list[str | None]] = {
        f"c{place}": [row[place] or None if place < len(row) else None for row in rows] for place in range(width)
    }
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    counts = [len(row) if any(row[width:]) else None for row in rows]
    return frame.with_columns(pl.Series("cells", counts, dtype=pl.UInt32))


def _rows(text: str, separator: str, *, line: int) -> list[list[str]]:
    """Return the cells of each row; a carriage return within a row, or a cell without end, is refused."""
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        return list(reader)
    except csv.Error as error:
        row = line + reader.line_num - 1
        raise Refused(
            _no(
                "F-CSV",
                "第 {row} 行附近读不出来，可能有多余的回车符，或者一格内容过长。",
                "请从源系统重新导出后上传。",
                row=row,
            )
        ) from error


def _skip(blocks: Iterator[pl.DataFrame], count: int) -> Iterator[pl.DataFrame]:
    for block in blocks:
        yield block.slice(count) if count else block
        count = 0


def _no(code: str, what: str, next_step: str, **values: object) -> Refusal:
    given = {name: str(value) for name, value in values.items()}
    return Refusal(code=code, what=what, next_step=next_step, values=given)
