"""One vectorised reader per field type: strings in, typed values and issue codes out.

A reader returns the expression of the value (null where it cannot be read) and checks: pairs of a condition that is
true where the cell is bad, and the issue code. Nothing loops over rows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

import polars as pl

from chengxin.catalogue.contracts import Field, FieldType

Reading: TypeAlias = tuple[pl.Expr, tuple[tuple[pl.Expr, str], ...]]

_DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%Y.%m.%d")
_TIME_OF_DAY = r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$"
_EARLIEST = date(1949, 10, 1)
_NO_END = date(2099, 12, 31)
_SEPARATORS = "[;；]"
_TRUE, _FALSE = ("是", "1", "Y", "TRUE", "有"), ("否", "0", "N", "FALSE", "无")


def read_cell(field: Field, raw: pl.Expr) -> Reading:
    """Return the value of a field and the checks of its cells; empty cells are null and pass."""
    return _READERS.get(field.type, _text)(field, raw)


def _text(field: Field, raw: pl.Expr) -> Reading:
    return raw, ((raw.str.len_chars() > field.max_length, "U-LENGTH"), (raw.str.contains(r"^[=@]"), "U-FORMULA"))


def _date(_field: Field, raw: pl.Expr) -> Reading:
    day = raw.str.replace(_TIME_OF_DAY, "")
    value = pl.coalesce(day.str.to_date(format_, strict=False) for format_ in _DATE_FORMATS)
    return value, (
        (_unreadable(raw, value), "U-DATE-FORMAT"),
        (value < _EARLIEST, "U-DATE-EARLY"),
        (value > _NO_END, "U-DATE-LATE"),
    )


def _money(field: Field, raw: pl.Expr) -> Reading:
    amount = raw.str.replace_all(r"[,，\s]", "").cast(pl.Decimal(24, 8), strict=False)
    fen = (amount * field.scale).round(0).cast(pl.Int64, strict=False)
    return fen, ((_unreadable(raw, fen), "U-AMOUNT"), (fen < 0, "U-AMOUNT-NEGATIVE"))


def _decimal(_field: Field, raw: pl.Expr) -> Reading:
    value = raw.cast(pl.Float64, strict=False)
    return value, ((_unreadable(raw, value) | value.is_infinite() | value.is_nan(), "U-NUMBER"),)


def _integer(_field: Field, raw: pl.Expr) -> Reading:
    value = raw.cast(pl.Int64, strict=False)
    return value, ((_unreadable(raw, value), "U-NUMBER"),)


def _code(field: Field, raw: pl.Expr) -> Reading:
    value = _several(field, raw) if field.multiple else _decode(field, raw)
    return value, ((_unreadable(raw, value), "U-CODE"),)


def _decode(field: Field, raw: pl.Expr) -> pl.Expr:
    spellings = {spelling: code.value for code in field.codes for spelling in (code.value, code.label.zh, *code.also)}
    return raw.replace_strict(list(spellings), list(spellings.values()), default=None, return_dtype=pl.String)


def _several(field: Field, raw: pl.Expr) -> pl.Expr:
    """Read a cell with several values; one unknown value makes the whole cell unreadable."""
    parts = raw.str.replace_all(_SEPARATORS, ";").str.split(";")
    decoded = parts.list.eval(_decode(field, pl.element().str.strip_chars()))
    return pl.when(decoded.list.drop_nulls().list.len() == parts.list.len()).then(decoded.list.join(";"))


def _boolean(_field: Field, raw: pl.Expr) -> Reading:
    upper = raw.str.to_uppercase()
    value = pl.when(upper.is_in(_TRUE)).then(True).when(upper.is_in(_FALSE)).then(False)
    return value, ((_unreadable(raw, value), "U-BOOLEAN"),)


def _url(field: Field, raw: pl.Expr) -> Reading:
    good = raw.str.contains(r"^https?://[^\s<>\"']+$") & (raw.str.len_chars() <= field.max_length)
    return raw, ((raw.is_not_null() & ~good, "U-URL"),)


def _unreadable(raw: pl.Expr, value: pl.Expr) -> pl.Expr:
    return raw.is_not_null() & value.is_null()


_READERS: dict[FieldType, Callable[[Field, pl.Expr], Reading]] = {
    FieldType.DATE: _date,
    FieldType.MONEY: _money,
    FieldType.DECIMAL: _decimal,
    FieldType.INTEGER: _integer,
    FieldType.CODE: _code,
    FieldType.ID_TYPE: _code,
    FieldType.BOOLEAN: _boolean,
    FieldType.URL: _url,
}
