"""One vectorised reader per field type: a column of strings in, a column of values out, and what makes a cell bad.

Dates, codes and amounts repeat: of many rows each distinct text is read once. Nothing loops over rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import polars as pl

from chengxin.catalogue.contracts import Field, FieldType

_DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%Y.%m.%d")
_TIME_OF_DAY = r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$"
# One pass over all columns of a few rows is quicker than several over each.
FEW = 1_000
EARLIEST = date(1949, 10, 1)
NO_END = date(2099, 12, 31)
_SEPARATORS = "[;；]"
_TRUE, _FALSE = ("是", "1", "Y", "TRUE", "有"), ("否", "0", "N", "FALSE", "无")
_PLAIN = frozenset({FieldType.TEXT, FieldType.URL, FieldType.ID_NO, FieldType.USCC})
_UNSEEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}]"

Condition = tuple[pl.Expr, str]


def raw_name(field: Field) -> str:
    """Return the column that holds a field's text: its own for plain text, which is its own value, else `@raw:`."""
    return field.name if field.type in _PLAIN else f"@raw:{field.name}"


def read_columns(frame: pl.DataFrame, fields: Iterable[Field]) -> pl.DataFrame:
    """Return the frame with the values of its trimmed texts; what cannot be read is null, as empty cells are."""
    typed = [field for field in fields if field.type not in _PLAIN]
    if frame.height <= FEW:
        values = (_READERS[field.type](field, pl.col(raw_name(field))).alias(field.name) for field in typed)
        return frame.with_columns(values)
    return frame.with_columns(_read_distinct(field, frame[raw_name(field)]) for field in typed)


def _read_distinct(field: Field, texts: pl.Series) -> pl.Series:
    distinct = texts.unique().drop_nulls()
    read = distinct.to_frame("text").select(_READERS[field.type](field, pl.col("text")).alias("value"))["value"]
    if distinct.is_empty():
        return pl.Series(field.name, [None] * len(texts), dtype=read.dtype)
    return texts.replace_strict(distinct, read, default=None, return_dtype=read.dtype).alias(field.name)


def conditions(field: Field) -> Iterable[Condition]:
    """Yield pairs of a condition that is true where a cell is bad, and its issue code; empty cells pass."""
    raw, value = pl.col(raw_name(field)), pl.col(field.name)
    if field.type in _PLAIN:
        # A character has at most four bytes and at least one: only long texts are counted.
        yield (raw.str.len_bytes() > field.max_length) & (raw.str.len_chars() > field.max_length), "U-LENGTH"
        yield raw.str.starts_with("=") | raw.str.starts_with("@"), "U-FORMULA"
        yield raw.str.contains(_UNSEEN), "U-UNSEEN"
        if field.type is FieldType.URL:
            yield raw.is_not_null() & ~raw.str.contains(r"^https?://[^\s<>\"']+$"), "U-URL"
        return
    yield raw.is_not_null() & value.is_null(), _UNREADABLE[field.type]
    if field.type is FieldType.DATE:
        yield value < EARLIEST, "U-DATE-EARLY"
        yield value > NO_END, "U-DATE-LATE"
    if field.type is FieldType.MONEY:
        yield value < 0, "U-AMOUNT-NEGATIVE"


def _date(_field: Field, raw: pl.Expr) -> pl.Expr:
    day = raw.str.replace(_TIME_OF_DAY, "")
    return pl.coalesce(day.str.to_date(format_, strict=False) for format_ in _DATE_FORMATS)


def _money(field: Field, raw: pl.Expr) -> pl.Expr:
    amount = raw.str.replace_all(r"[,，\s]", "").cast(pl.Decimal(24, 8), strict=False)
    return (amount * field.scale).round(0).cast(pl.Int64, strict=False)


def _decimal(_field: Field, raw: pl.Expr) -> pl.Expr:
    value = raw.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def _integer(_field: Field, raw: pl.Expr) -> pl.Expr:
    return raw.cast(pl.Int64, strict=False)


def _code(field: Field, raw: pl.Expr) -> pl.Expr:
    return _several(field, raw) if field.multiple else _decode(field, raw)


def _decode(field: Field, raw: pl.Expr) -> pl.Expr:
    spellings = {spelling: code.value for code in field.codes for spelling in (code.value, code.label.zh, *code.also)}
    return raw.replace_strict(list(spellings), list(spellings.values()), default=None, return_dtype=pl.String)


def _several(field: Field, raw: pl.Expr) -> pl.Expr:
    """Read a cell with several values; one unknown value makes the whole cell unreadable."""
    parts = raw.str.replace_all(_SEPARATORS, ";").str.split(";")
    decoded = parts.list.eval(_decode(field, pl.element().str.strip_chars()))
    return pl.when(decoded.list.drop_nulls().list.len() == parts.list.len()).then(decoded.list.join(";"))


def _boolean(_field: Field, raw: pl.Expr) -> pl.Expr:
    upper = raw.str.to_uppercase()
    return pl.when(upper.is_in(_TRUE)).then(True).when(upper.is_in(_FALSE)).then(False)


_READERS: dict[FieldType, Callable[[Field, pl.Expr], pl.Expr]] = {
    FieldType.DATE: _date,
    FieldType.MONEY: _money,
    FieldType.DECIMAL: _decimal,
    FieldType.INTEGER: _integer,
    FieldType.CODE: _code,
    FieldType.ID_TYPE: _code,
    FieldType.BOOLEAN: _boolean,
}
_UNREADABLE = {
    FieldType.DATE: "U-DATE-FORMAT",
    FieldType.MONEY: "U-AMOUNT",
    FieldType.DECIMAL: "U-NUMBER",
    FieldType.INTEGER: "U-NUMBER",
    FieldType.CODE: "U-CODE",
    FieldType.ID_TYPE: "U-CODE",
    FieldType.BOOLEAN: "U-BOOLEAN",
}
