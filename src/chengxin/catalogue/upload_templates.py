"""Upload templates generated from an item: CSV and XLSX with the right headings, and how to fill in each column."""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from typing import Final, Protocol

import xlsxwriter

from chengxin.catalogue.contracts import Field, FieldType, ItemVersion
from chengxin.catalogue.json_schemas import json_schema

__all__ = ["Edition", "csv_template", "json_schema", "xlsx_template"]

ROWS: Final = 5000
NUMERIC: Final = frozenset({FieldType.MONEY, FieldType.DECIMAL, FieldType.INTEGER})
TYPE_WORDS: Final = {
    FieldType.TEXT: "文字",
    FieldType.DATE: "日期，如2026-03-01",
    FieldType.DECIMAL: "数字",
    FieldType.MONEY: "金额，最多6位小数",
    FieldType.INTEGER: "整数",
    FieldType.CODE: "从列表中选",
    FieldType.BOOLEAN: "是或者否",
    FieldType.ID_NO: "证件号码，文本格式",
    FieldType.ID_TYPE: "从列表中选",
    FieldType.USCC: "18位统一社会信用代码，文本格式",
    FieldType.URL: "网址，以http开头",
}
EXAMPLES: Final = {
    FieldType.DATE: "2026-03-01",
    FieldType.DECIMAL: "1.5",
    FieldType.MONEY: "0.5",
    FieldType.INTEGER: "2026",
    FieldType.BOOLEAN: "是",
    FieldType.ID_NO: "390101199001010017",
    FieldType.USCC: "91390100MA0000015M",
    FieldType.URL: "https://shop.example.org/",
}
HELP_COLUMNS: Final = ("列名", "官方代码", "是否必填", "类型", "最大长度", "可填的值", "示例", "说明", "依据或标准")


class Edition(StrEnum):
    """How the headings of a template are written: by Chinese name or by official code."""

    NAME = "name"
    CODE = "code"


class _Sheet(Protocol):
    """The calls of an xlsxwriter sheet that are used here; the library has no types of its own."""

    def write(self, row: int, column: int, value: object, form: object = None) -> int: ...
    def write_string(self, row: int, column: int, value: str, form: object = None) -> int: ...
    def write_comment(self, row: int, column: int, comment: str) -> int: ...
    def set_column(self, first: int, last: int, width: float, form: object = None) -> int: ...
    def data_validation(self, *bounds: object) -> int: ...
    def freeze_panes(self, row: int, column: int) -> None: ...


def heading(field: Field, *, edition: Edition) -> str:
    """Return the heading of a column; a field without an official code keeps its Chinese name."""
    official = official_code(field)
    return official if edition == Edition.CODE and official else field.title.zh


def official_code(field: Field) -> str:
    """Return the official code of a field (`CF_WSH`), which stands first among its headings, or nothing."""
    first = field.headers[0] if field.headers else ""
    return first if first.isascii() else ""


def csv_template(item: ItemVersion, *, edition: Edition = Edition.NAME) -> bytes:
    """Return an empty CSV with its heading line, in UTF-8 with a byte order mark so that Excel reads it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([heading(field, edition=edition) for field in item.fields])
    return out.getvalue().encode("utf-8-sig")


def xlsx_template(item: ItemVersion) -> bytes:
    """Return a workbook: the sheet to fill in, how to fill it in (填写说明), and the code lists (代码)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": f"{item.title.zh}（{item.code}，第{item.version}版）"})
    styles = {
        "plain": book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1, "text_wrap": True}),
        "required": book.add_format(
            {"bold": True, "bg_color": "#1A56A6", "font_color": "#FFFFFF", "border": 1, "text_wrap": True}
        ),
        "text": book.add_format({"num_format": "@"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _fill_in_sheet(book.add_worksheet("填报"), item, styles)
    _help_sheet(book.add_worksheet("填写说明"), item, styles)
    _code_sheet(book.add_worksheet("代码"), item, styles)
    book.close()
    return out.getvalue()


def _fill_in_sheet(sheet: _Sheet, item: ItemVersion, styles: dict[str, object]) -> None:
    coded = [field for field in item.fields if field.codes]
    for column, field in enumerate(item.fields):
        # Text format keeps an 18-digit number whole; Excel would round it to 15 digits.
        sheet.set_column(
            column, column, max(12, 2.2 * len(field.title.zh)), None if field.type in NUMERIC else styles["text"]
        )
        marked = field.required or bool(field.required_for)
        sheet.write_string(0, column, field.title.zh, styles["required" if marked else "plain"])
        sheet.write_comment(
            0, column, f"{official_code(field) or field.name}｜{_demand(field)}｜{TYPE_WORDS[field.type]}"
        )
        if field.codes and not field.multiple:
            last = len(field.codes) + 1
            letter = _letters(coded.index(field))
            source = f"=代码!${letter}$2:${letter}${last}"
            sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": source})
    sheet.freeze_panes(1, 0)


def _help_sheet(sheet: _Sheet, item: ItemVersion, styles: dict[str, object]) -> None:
    for column, title in enumerate(HELP_COLUMNS):
        sheet.write_string(0, column, title, styles["plain"])
        sheet.set_column(column, column, (24, 18, 14, 24, 10, 40, 26, 50, 30)[column], styles["wrap"])
    for row, field in enumerate(item.fields, 1):
        for column, value in enumerate(help_line(field)):
            sheet.write_string(row, column, value)
    sheet.freeze_panes(1, 1)


def help_line(field: Field) -> tuple[str, ...]:
    """Return how to fill in one column, in the order of `HELP_COLUMNS`."""
    values = "、".join(code.label.zh for code in field.codes)
    if field.multiple:
        values += "（可填多个，用；分开）"
    return (
        field.title.zh,
        official_code(field),
        _demand(field),
        TYPE_WORDS[field.type],
        str(field.max_length),
        values,
        field.codes[0].label.zh if field.codes else EXAMPLES.get(field.type, ""),
        field.note.zh if field.note else "",
        field.source,
    )


def _code_sheet(sheet: _Sheet, item: ItemVersion, styles: dict[str, object]) -> None:
    for column, field in enumerate(field for field in item.fields if field.codes):
        sheet.write_string(0, column, field.title.zh, styles["plain"])
        sheet.set_column(column, column, 22)
        for row, code in enumerate(field.codes, 1):
            sheet.write_string(row, column, code.label.zh)


def _demand(field: Field) -> str:
    if field.required:
        return "必填"
    if not field.required_for:
        return "选填"
    persons = any(kind == "natural_person" for kind in field.required_for)
    return "自然人必填" if persons and len(field.required_for) == 1 else "单位和个体工商户必填"


def _letters(column: int) -> str:
    """Return the letters of a sheet column, counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
