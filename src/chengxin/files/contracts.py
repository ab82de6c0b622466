"""Opened files as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

import polars as pl

SHOWN_FORM: Final = "^(all|[0-9]{1,2}x[0-9]{1,2}:[0-9]+(,[0-9]+)*)$"
"""How it is kept which part of a picture may be seen (`pictures.Shown`), for the constraints of whoever keeps it."""


class Media(StrEnum):
    """Formats a file may come in."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    ARROW = "arrow"
    JSON_LINES = "jsonl"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one door takes; each door states its own.

    `bytes` is the size of the file, `rows` its rows, `expanded` the size after unpacking, `ratio` the largest
    unpacked-to-packed ratio of an archive member.
    """

    bytes: int
    rows: int
    expanded: int
    ratio: int = 200


class RowsOfText(Protocol):
    """Whole rows of a CSV as they stand in the file, not read yet."""

    @property
    def separator(self) -> str:
        """Return what stands between two cells."""

    def utf8(self, *, line: int) -> bytes:
        """Return the text in UTF-8; `line` is that of its first row, for who is refused."""

    def frame(self, *, line: int) -> pl.DataFrame:
        """Return every row, empty ones too, as a block of `Sheet.blocks`."""

    def frame_of(self, text: bytes) -> pl.DataFrame:
        """Return some rows, cut out of its text, as a block without the column `row`."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """An opened file: its headings, and its rows in blocks of strings.

    Each block is a frame with a `row` column (u32, the line a person sees in the file) and one string column per
    heading, in the order of `headings`. `formula_cells` are the first addresses of cells that hold a formula, whose
    stored values are what is read. A CSV can be drawn as `texts` instead of `blocks`, by who reads rows otherwise;
    `size` is its bytes.
    """

    media: Media
    encoding: str
    headings: tuple[str, ...]
    blocks: Iterator[pl.DataFrame]
    formula_cells: tuple[str, ...] = ()
    texts: Iterator[RowsOfText] | None = None
    size: int = 0
