"""Templates and schemas come from the item, for an item never seen before too."""

from __future__ import annotations

import io
from datetime import date

import jsonschema_rs
import openpyxl
import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import FieldType
from chengxin.catalogue.upload_templates import Edition

TODAY = date(2026, 11, 22)


def sheet(code):
    return openpyxl.load_workbook(io.BytesIO(catalogue.xlsx_template(catalogue.get_item(code, on=TODAY))))


def test_the_csv_of_an_item_never_seen_before_has_its_headings(bees):
    text = catalogue.csv_template(catalogue.get_item(bees, on=TODAY)).decode("utf-8-sig")
    assert text == "主体名称,统一社会信用代码,登记编号,蜂箱数量,登记日期,认定单位,认定单位统一社会信用代码,备注\r\n"


def test_the_csv_with_official_codes_uses_them():
    item = catalogue.get_item("penalty", on=TODAY)
    headings = catalogue.csv_template(item, edition=Edition.CODE).decode("utf-8-sig").strip().split(",")
    assert headings[:3] == ["CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM"]
    assert headings[30:] == [
        *("严重程度", "处罚程序", "送达日期", "行为终止日期", "认定类别"),
        *("救济情况", "轻微并已主动纠正", "较低数额罚款", "限制期限至", "出生日期"),
    ]


@pytest.mark.clause("P3.3b")
def test_the_workbook_keeps_numbers_as_text_and_offers_the_codes():
    book = sheet("penalty")
    assert book.sheetnames == ["填报", "填写说明", "代码"]
    first = book["填报"]
    headings = [cell.value for cell in first[1]]
    assert headings[0] == "行政相对人名称"
    letter = first.cell(row=1, column=headings.index("统一社会信用代码") + 1).column_letter
    assert first.column_dimensions[letter].width > 10
    assert book["填报"]["C1"].comment.text.startswith("CF_XDR_SHXYM｜单位和个体工商户必填")
    assert len(first.data_validations.dataValidation) == 9
    assert all(
        one.formula1.startswith("=代码!") or one.formula1.startswith("代码!")
        for one in first.data_validations.dataValidation
    )
    labels = [row[1].value for row in book["代码"].iter_rows(min_row=2, max_row=5, max_col=2)]
    assert labels[:2] == ["身份证", "护照号"]


def test_id_columns_are_formatted_as_text():
    item = catalogue.get_item("penalty", on=TODAY)
    first = sheet("penalty")["填报"]
    for column, field in enumerate(item.fields, 1):
        letter = first.cell(row=1, column=column).column_letter
        dimension = next(one for one in first.column_dimensions.values() if one.min <= column <= one.max)
        expected = "General" if field.type == FieldType.MONEY else "@"
        assert dimension.number_format == expected, (letter, field.name)


def test_the_help_sheet_has_a_line_for_each_column():
    item = catalogue.get_item("penalty", on=TODAY)
    rows = list(sheet("penalty")["填写说明"].iter_rows(values_only=True))
    assert len(rows) == len(item.fields) + 1
    by_name = {row[0]: row for row in rows}
    assert by_name["证件号码"][1:4] == ("CF_XDR_ZJHM", "自然人必填", "证件号码，文本格式")
    assert by_name["处罚类别"][5].endswith("（可填多个，用；分开）")


def test_the_workbook_of_every_item_opens():
    for item in catalogue.list_items(on=TODAY)[:70]:
        catalogue.xlsx_template(item)


@pytest.mark.clause("E6.2a")
def test_the_schema_of_every_item_is_valid_and_each_field_cites_a_source():
    for code in catalogue.list_item_codes():
        schema = catalogue.json_schema(catalogue.item_history(code)[-1])
        assert jsonschema_rs.meta.is_valid(schema), code
        for name, field in schema["properties"].items():
            assert field["x-source"], (code, name)


@pytest.mark.clause("P3.3b")
def test_a_column_outside_the_active_version_is_refused_by_name(bees):
    validator = jsonschema_rs.Draft202012Validator(catalogue.json_schema(catalogue.get_item(bees, on=TODAY)))
    row = {
        "subject_name": "测试蜂业有限公司",
        "uscc": "91390100MA0000015M",
        "register_no": "B-1",
        "hives": 12,
        "determined_on": "2026-01-05",
        "body_name": "测试农业农村局",
    }
    assert validator.is_valid(row)
    found = [error.message for error in validator.iter_errors({**row, "faith": "x"})]
    assert found == ["Additional properties are not allowed ('faith' was unexpected)"]


def test_the_schema_demands_the_identifier_of_the_kind_of_subject():
    validator = jsonschema_rs.Draft202012Validator(catalogue.json_schema(catalogue.get_item("penalty", on=TODAY)))
    missing = {
        error.message
        for error in validator.iter_errors({"subject_kind": "自然人"})
        if "id_no" in error.message or "uscc" in error.message
    }
    assert missing == {'"id_no" is a required property'}
