"""Read the cells of a file that may have leaked, spaces kept: they carry marks."""

from __future__ import annotations

import csv
from pathlib import Path


def read_cells(file: Path, *, is_workbook: bool | None = None) -> list[list[str]]:
    """Return the cells of the first sheet of a .xlsx or of a .csv file."""
    if is_workbook if is_workbook is not None else file.suffix.lower() == ".xlsx":
        import polars as pl  # noqa: PLC0415 - slow to load, and few files are workbooks

        frame = pl.read_excel(file, has_header=False, infer_schema_length=0, raise_if_empty=False)
        return [["" if cell is None else str(cell) for cell in row] for row in frame.iter_rows()]
    with file.open(newline="", encoding="utf-8-sig", errors="replace") as lines:
        return list(csv.reader(lines))
