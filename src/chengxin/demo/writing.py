"""Write rows as a department's file: CSV in three encodings, XLSX, JSON lines or Parquet; same rows, same bytes."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import polars as pl
import xlsxwriter

from chengxin.demo.bodies import Form

FIRST_LINE = {"csv": 2, "xlsx": 2, "jsonl": 1, "parquet": 1}
_WRITTEN_AT = datetime(2024, 1, 1, tzinfo=UTC)


def write_file(frame: pl.DataFrame, form: Form) -> bytes:
    """Return the bytes of a file whose headings are the columns of the frame."""
    return {"csv": _csv, "xlsx": _xlsx, "jsonl": _json_lines, "parquet": _parquet}[form.media](frame, form)


def _csv(frame: pl.DataFrame, form: Form) -> bytes:
    return frame.write_csv(line_terminator="\r\n").encode(form.encoding)


def _xlsx(frame: pl.DataFrame, _: Form) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _WRITTEN_AT.replace(tzinfo=None)})
    sheet = book.add_worksheet("上报数据")
    for column, name in enumerate(frame.columns):
        sheet.write_string(0, column, name)
        for row, text in enumerate(frame[name], start=1):
            if text:
                sheet.write_string(row, column, text)
    book.close()
    return target.getvalue()


def _json_lines(frame: pl.DataFrame, _: Form) -> bytes:
    empty = frame.with_columns(pl.when(pl.all() != "").then(pl.all()))
    return empty.write_ndjson().encode()


def _parquet(frame: pl.DataFrame, _: Form) -> bytes:
    target = io.BytesIO()
    frame.write_parquet(target, statistics=False)
    return target.getvalue()
