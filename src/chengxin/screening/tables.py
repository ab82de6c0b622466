"""Read a table as it is handed in (CSV, Parquet), and tell apart the rows that do not fit (格数不对、引号不成对)."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.yaml_text import read_yaml

CELLS: Final = "SCR-CELLS"
QUOTES: Final = "SCR-QUOTES"
BROKEN: Final = {CELLS: "这一行的格数比首行多，请检查引号和分隔符。", QUOTES: "这一行的引号不成对，请检查引号。"}
_LONGEST_SHOWN: Final = 200


class Broken(NamedTuple):
    """A row that cannot be told into cells: its line in the file, what stands where the id should, why."""

    line: int
    id: str
    code: str


@dataclass(frozen=True)
class Table:
    """The rows of a file as text, the line each begins on where that is known, and the rows that do not fit."""

    frame: pl.DataFrame
    lines: pl.Series | None = None
    broken: tuple[Broken, ...] = ()

    def listed(self, file: str) -> list[tuple[str, int, str, str, str]]:
        """Return the rows that do not fit as they are listed: file, line, id, code, reason."""
        return [(file, line, row_id, code, BROKEN[code]) for line, row_id, code in self.broken]


def read_table(path: Path) -> Table:
    """Return the table of a CSV file (UTF-8, UTF-16 or GB18030) or of Parquet."""
    try:
        if path.suffix.lower() == ".parquet":
            return Table(pl.read_parquet(path))
        return _csv(path)
    except FileNotFoundError as error:
        raise Refused(Refusal(code="SCR-FILE", what="没有找到文件 {file}。", values={"file": path.name})) from error
    except pl.exceptions.NoDataError as error:
        raise Refused(
            Refusal(
                code="SCR-COLUMNS",
                what="{file} 是空文件。",
                next_step="首行须为列名 {columns}。",
                values={"file": path.name, "columns": "id,kind,name,alias,id_no,uscc,birth_date,region"},
            )
        ) from error
    except (pl.exceptions.ComputeError, UnicodeDecodeError, OSError) as error:
        raise Refused(
            Refusal(
                code="SCR-UNREADABLE",
                what="{file} 不是可以读取的 CSV。",
                why="可能是编码不是 UTF-8 或 GB18030，或者没有一行的列数和引号与首行相合。",
                next_step="请另存为 UTF-8 的 CSV 后再试。",
                values={"file": path.name},
            )
        ) from error


def _csv(path: Path) -> Table:
    """Return the table of a CSV file, read as a whole if all rows fit and else row by row."""
    try:
        return Table(pl.read_csv(path, infer_schema=False))
    except pl.exceptions.ComputeError as error:
        raw = path.read_bytes()
        text = _in_another_encoding(raw)
        if text is None:
            return _row_by_row(raw.decode("utf-8-sig"), error)
    try:
        return Table(pl.read_csv(text.encode(), infer_schema=False))
    except pl.exceptions.ComputeError as error:
        return _row_by_row(text.removeprefix("\ufeff"), error)


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


def _row_by_row(text: str, error: pl.exceptions.ComputeError) -> Table:
    """Return the rows that fit the first one; raise what the whole was refused for where there are none."""
    try:
        rows = list(_rows(text))
    except csv.Error:
        rows = list(_lines(text))
    filled = iter((line, cells) for line, cells in rows if any(cells))
    _, header = next(filled, (0, ()))
    names = [plain_name(name) for name in header]
    place = names.index("id") if "id" in names else 0
    good, at, broken = [], [], []
    for line, cells in filled:
        code = QUOTES if cells[-1] is None else CELLS if any(cells[len(header) :]) else ""
        if code:
            said = str(cells[place if len(cells) > place and code == CELLS else 0])
            broken.append(Broken(line, said.strip()[:_LONGEST_SHOWN], code))
        else:
            good.append((*cells[: len(header)], *[None] * (len(header) - len(cells))))
            at.append(line)
    if not good:
        raise error
    columns = dict(zip(_distinct(header), zip(*good, strict=True), strict=True))
    frame = pl.DataFrame({name: pl.Series(cells, dtype=pl.String) for name, cells in columns.items()})
    return Table(frame, pl.Series("line", at, dtype=pl.UInt32), tuple(broken))


_Cells = Sequence[str | None]


def _rows(text: str) -> Iterator[tuple[int, _Cells]]:
    """Give each row with the line it begins on."""
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def _lines(text: str) -> Iterator[tuple[int, _Cells]]:
    """Give each line as a row of its own, for a file whose quotes do not match; a line that is none ends with None."""
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        try:
            yield number, next(csv.reader([line], strict=True), [])
        except csv.Error:
            yield number, [line.partition(",")[0], None]


def _distinct(header: _Cells) -> list[str]:
    names: list[str] = []
    for name in header:
        names.append(f"{name}_duplicated_{len(names)}" if name in names else str(name))
    return names


def plain_name(header: object) -> str:
    """Return the name of a column without what writing differs in: width, case, outer spaces."""
    return unicodedata.normalize("NFKC", str(header)).strip().lstrip("\ufeff").strip().lower()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Return, for each usual name of a column, the one it has here."""
    text = files("chengxin.screening").joinpath("data", "columns.yaml").read_text("utf-8")
    return {plain_name(name): ours for ours, names in read_yaml(text).items() for name in names.split()}


def usual_names(headers: Sequence[str]) -> dict[str, str]:
    """Return the names of columns as they are used here: 姓名 is name; what is taken already keeps its own."""
    plain = {header: plain_name(header) for header in headers}
    taken, renamed = set(plain.values()), {}
    for header, name in plain.items():
        ours = _names().get(name, name)
        renamed[header] = name if ours in taken else ours
        taken.add(renamed[header])
    return renamed


def aside_place(out: Path) -> Path:
    """Return where the rows that were set aside are listed, beside the results."""
    return out.with_name(f"{out.stem}.aside.csv")


def write_aside(out: Path, found: Sequence[tuple[str, int, str, str, str]]) -> None:
    """List rows set aside (file, line, id, code, reason); a list of an earlier run goes when there are none."""
    place = aside_place(out)
    if not found:
        place.unlink(missing_ok=True)
        return
    with place.open("w", newline="", encoding="utf-8") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(("file", "line", "id", "code", "reason"))
        table.writerows(found)
