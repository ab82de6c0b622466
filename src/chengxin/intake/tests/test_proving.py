"""Rows that are proven are rows the whole check passes: both ways over the same bad files, line by line."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Field, FieldType, FieldUse, ItemVersion
from chengxin.files.facade import open_sheet
from chengxin.intake.csv_scan import scan
from chengxin.intake.doors import COMMAND
from chengxin.intake.heading import match_headings
from chengxin.intake.proving import ProvingReader, can_prove, check_texts
from chengxin.intake.tests.conftest import NOW
from chengxin.intake.validation import Validator
from chengxin.kernel.refusal import Refused
from chengxin.kernel.tests.numbers import id_no, uscc

ON = date(2026, 11, 23)
BODY = "91390100MA0000015M"
pytestmark = pytest.mark.clause("P3.3a")

# Cells as they come: most are wrong somewhere, some are right in an unusual way, all must be answered alike.
CELLS = [
    *(
        "",
        " ",
        "　",
        "\t",
        "\u200b",
        "甲\u200b乙",
        "\ufeff甲",
        "甲\u00a0",
        "\u2003甲",
        "甲\u2028乙",
        "甲\x0b",
        "甲\x7f",
    ),
    *("=1+1", "@sum", " =1", "-1", "+5", "1e5", "NaN", "inf", "1.5", "1,000", "１２", "007", "12.", ".5", "0.00000001"),
    *("9" * 9, "9" * 10, "9" * 25, "1.123456", "1.1234567", "1 000", "万", "2026-02-29", "2024-02-29", "2026-13-01"),
    *("2026/1/5", "2026/01/32", "20260105", "20261305", "2026年1月5日", "2026.1.5", "2026-1/5", "2026-1-5 10:00"),
    *("26-1-5", "02026-01-05", "2026-001-05", "1949-09-30", "1949-10-01", "2099-12-31", "2099/12/31", "2100-01-01"),
    *("2026-11-22", "2026-11-23", "2026-11-24", "2026-11-", "-2026-1-1", "2026--1-1", "0000-01-01"),
    *(
        "是",
        "否",
        "有",
        "y",
        "不详",
        "罚款;警告",
        "罚款；吊销许可证件",
        "罚款;不详",
        "警告",
        "简易程序",
        "自然人",
        "个体工商户",
    ),
    *(
        "身份证",
        "护照",
        "E12345678",
        "军官证",
        "线索",
        "举报",
        "认定",
        "未申请",
        "正在复议",
        "在期",
        "none_in_time",
        "pending",
    ),
    *(
        "甲" * 128,
        "甲" * 129,
        "a" * 513,
        "甲" * 2049,
        "“引号”",
        '甲"乙',
        "甲,乙",
        "甲\n乙",
        "甲\r乙",
        "é",
        "𠀀",
        "ﾟ",
        "…—《》",
    ),
    *(
        "治安管理处罚法第四十二条",
        "《中华人民共和国治安管理处罚法》",
        "http://example.org/a",
        "ftp://example.org",
        "example",
    ),
    *(id_no("39010119900101001"), id_no("39010119900101001").lower(), "390101900101001", id_no("11010119900101001")),
    *(id_no("39010120081123001"), id_no("39010120081122001"), id_no("39010120081124001"), id_no("39010120000229001")),
    *(id_no("39010119900231001"), id_no("99010119900101001"), "390101199001010018", "39010119900101001甲", "3" * 18),
    *(
        BODY,
        BODY.lower(),
        uscc("92390100MA0000023"),
        uscc("91110000600037341"),
        "91390100MA0000015X",
        "9" * 18,
        "甲" * 6,
    ),
    *("９１３９０１００MA0000015M", " 91390100MA0000015M", "91390100-MA0000015M"),
]


@pytest.fixture
def small_texts(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chengxin.files.csv_blocks._TEXT", 20_000)
    catalogue.load(now=NOW)


@pytest.mark.parametrize("part", range(2))
def test_both_ways_of_checking_give_the_same_answers(part: int, small_texts: None, tmp_path: Path) -> None:
    chance = random.Random(39 + part)
    others = [code for place, code in enumerate(catalogue.list_item_codes()) if place % 32 == 16 * part]
    questioned = 0
    for number, code in enumerate(["penalty"] * 3 + ["licence"] * 2 + others):
        item = catalogue.get_item(code, on=ON)
        path = _file(tmp_path / f"{number}.csv", item, chance)
        expected = _plain(path, item)
        assert _by_proof(path, item) == expected, f"{code} {number}"
        questioned += len(expected[2])
    assert questioned > 500


@pytest.mark.parametrize("part", range(2))
def test_rows_that_are_proven_and_alike_all_pass_or_all_fail(part: int, small_texts: None, tmp_path: Path) -> None:
    chance = random.Random(139 + part)
    others = [code for place, code in enumerate(catalogue.list_item_codes()) if place % 32 == 16 * part + 1]
    proven = 0
    for number, code in enumerate(["penalty"] * 3 + ["licence"] * 2 + others):
        item = catalogue.get_item(code, on=ON)
        sheet, validator = _open(_file(tmp_path / f"{number}.csv", item, chance), item)
        reader = ProvingReader(validator, width=len(sheet.headings))
        for text in sheet.texts if can_prove(validator) else ():
            parts = scan(text.utf8(line=0), separator=text.separator, width=len(sheet.headings))
            proof, judged = reader.prover.prove(parts), reader.judge_rows(text.frame(line=0), lines=0)
            resident = judged.frame.select(pl.col("@id").is_null() | (pl.col("@id_type") == "resident_id")).to_series()
            rows = judged.failed.with_columns(
                pl.Series("proven", proof.proven),
                pl.Series("combination", proof.combinations),
                pl.Series("own_key", proof.keys),
                (~judged.failed["bad"] & resident).alias("passes"),
            ).filter("proven")
            assert rows["own_key"].equals(rows["key"], null_equal=True)
            alike = rows.group_by("combination").agg(pl.col("passes").n_unique())
            assert (alike["passes"] == 1).all(), f"{code} {number}"
            proven += rows.height
    assert proven > 700


def test_each_wrong_cell_among_right_ones_is_found(small_texts: None, tmp_path: Path) -> None:
    wrong = [
        ("determined_on", "2026-11-24"),
        ("ended_act_on", "2026-11-24"),
        ("ended_act_on", "1990-01-01"),
        ("body_code", uscc("91390100MA0000023")),
        ("legal_basis", "《中华人民共和国治安管理处罚法》第四十二条"),
        ("subject_id_no", id_no("39010120081123001")),
        ("penalty_valid_until", "2025-01-01"),
        ("notified_on", "2026-11-24"),
    ]
    item = catalogue.get_item("penalty", on=ON)
    chance = random.Random(3)
    fields = {
        field.use.value if field.use in {FieldUse.SUBJECT_ID_NO, FieldUse.NOTIFIED_ON} else field.name: field
        for field in item.fields
    }
    shown = [
        field
        for field in item.fields
        if field.required
        or field in {fields[name] for name, _ in wrong}
        or field.use in {FieldUse.SUBJECT_USCC, FieldUse.SUBJECT_KIND, FieldUse.SUBJECT_ID_TYPE, FieldUse.NOTIFIED_ON}
    ]
    rows = [[_right(field, row, chance, is_person=True) for field in shown] for row in range(60)]
    for place, (name, cell) in enumerate(wrong):
        rows[30 + place][shown.index(fields[name])] = cell
    text = io.StringIO()
    csv.writer(text).writerows([[field.title.zh for field in shown], *rows])
    (tmp_path / "one.csv").write_text(text.getvalue(), encoding="utf-8")
    expected = _plain(tmp_path / "one.csv", item)
    assert _by_proof(tmp_path / "one.csv", item) == expected
    assert {32 + place for place in range(len(wrong))} <= {row for row, _, _ in expected[2]}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: [*rows[:40], "", *rows[40:]],
        lambda rows: [*rows[:40], rows[40] + ",甲,乙", *rows[41:]],
        lambda rows: [*rows[:40], ",".join(rows[40].split(",")[:4]), *rows[41:]],
        lambda rows: [*rows[:40], rows[40].replace(",", ',甲"乙,', 1), *rows[41:]],
        lambda rows: [*rows[:40], rows[40].replace(",", ',"甲" ,', 1), *rows[41:]],
        lambda rows: [*rows[:40], rows[40].replace(",", ',"甲,', 1), *rows[41:]],
        lambda rows: [*rows[:40], rows[40] + "\x00", *rows[41:]],
        lambda rows: [*rows[:40], "," * rows[40].count(","), *rows[41:]],
        lambda rows: [*rows[:40], rows[40] + "\r", *rows[41:]],
        lambda rows: [*rows[:40], rows[40].encode("gb18030").decode("latin-1"), *rows[41:]],
    ],
)
def test_a_file_that_is_laid_out_strangely_is_answered_alike(spoil, small_texts: None, tmp_path: Path) -> None:
    item = catalogue.get_item("penalty", on=ON)
    head, *rows = _sheet(item, random.Random(7), rows=200, spoiled=0.1, quoting=csv.QUOTE_MINIMAL, end="\n").split("\n")
    for number, lines in enumerate((spoil(rows), [rows[0]] * 3 + spoil(rows))):
        path = tmp_path / f"{number}.csv"
        path.write_bytes("\n".join([head, *lines]).encode())
        assert _by_proof(path, item) == _plain(path, item)


def test_bytes_of_another_encoding_are_refused_with_their_line(small_texts: None, tmp_path: Path) -> None:
    item = catalogue.get_item("penalty", on=ON)
    text = _sheet(item, random.Random(8), rows=200, spoiled=0, quoting=csv.QUOTE_MINIMAL, end="\n").encode()
    rows = text.split(b"\n")
    rows[150] = rows[150].decode().encode("gb18030")
    (tmp_path / "mixed.csv").write_bytes(b"\n".join(rows))
    refused = _by_proof(tmp_path / "mixed.csv", item)
    assert refused == _plain(tmp_path / "mixed.csv", item)
    assert refused[0] == "F-ENCODING"
    assert refused[1]["row"] == "151"


def _file(path: Path, item: ItemVersion, chance: random.Random) -> Path:
    quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
    text = _sheet(item, chance, rows=250, spoiled=0.5, quoting=quoting, end=chance.choice(["\n", "\r\n"]))
    path.write_bytes(text.encode(chance.choice(["utf-8", "gb18030"])))
    return path


def _sheet(item: ItemVersion, chance: random.Random, *, rows: int, spoiled: float, quoting, end: str) -> str:
    """Write rows that are right as far as their types say, and spoil a cell or two of some."""
    fields = [field for field in item.fields if field.required or chance.random() < 0.8]
    text = io.StringIO()
    writer = csv.writer(text, quoting=quoting, lineterminator=end)
    writer.writerow([field.title.zh for field in fields])
    for row in range(rows):
        is_person = chance.random() < 0.3
        cells = [_right(field, row, chance, is_person=is_person) for field in fields]
        for _ in range(chance.choice([1, 1, 1, 2]) if chance.random() < spoiled else 0):
            cells[chance.randrange(len(cells))] = chance.choice(CELLS)
        writer.writerow(cells)
        if chance.random() < 0.01:
            writer.writerow(cells)
    return text.getvalue()


_FACTS = {FieldUse.CONSENT_NO, FieldUse.REMEDY_ENDED_ON, FieldUse.BIRTH_DATE, FieldUse.TITLE}


def _right(field: Field, row: int, chance: random.Random, *, is_person: bool) -> str:
    """Return a cell that is right for its field, as far as use and type tell."""
    by_use = {
        FieldUse.SUBJECT_USCC: "" if is_person else uscc(f"9139010{chance.randrange(10)}MA{row:07d}"),
        FieldUse.SUBJECT_ID_NO: id_no(f"390101198{row % 10}0101{row % 1000:03d}") if is_person else "",
        FieldUse.SUBJECT_ID_TYPE: "身份证" if is_person else "",
        FieldUse.SUBJECT_KIND: "自然人" if is_person else "法人及非法人组织",
        FieldUse.BODY_CODE: BODY,
        FieldUse.DOCUMENT_NO: f"云市监〔2026〕{row}号",
    }
    if field.use in by_use:
        return by_use[field.use]
    # Most rows are alike in their codes, or each would be looked at as the first of its kind and prove nothing.
    rare = chance.random() < 0.03
    if not field.required and (not rare if field.codes or field.use in _FACTS else chance.random() < 0.4):
        return ""
    code = field.codes[chance.randrange(min(3, len(field.codes))) if rare else 0] if field.codes else None
    by_type = {
        FieldType.DATE: chance.choice(["2026-0{}-01", "2026/{}/1", "20260{}01"]).format(1 + row % 9),
        FieldType.MONEY: f"{row}.{row % 10}",
        FieldType.DECIMAL: f"{row}.{row % 10}",
        FieldType.INTEGER: str(row),
        FieldType.CODE: code.label.zh if code else "",
        FieldType.ID_TYPE: "身份证",
        FieldType.BOOLEAN: "否",
        FieldType.USCC: BODY,
        FieldType.ID_NO: id_no("39010119800101001"),
        FieldType.URL: "https://example.org/",
    }
    return by_type.get(field.type, f"{field.title.zh}，内容{row}。"[: field.max_length])


def _open(path: Path, item: ItemVersion):
    sheet = open_sheet(path, limits=COMMAND)
    return sheet, Validator(item, match_headings(sheet.headings, item), on=ON, body=BODY, demo=True)


def _plain(path: Path, item: ItemVersion):
    sheet, validator = _open(path, item)
    try:
        return _sum(validator.settle(validator.judge(block), keep=False) for block in sheet.blocks)
    except Refused as refused:
        return refused.refusal.code, refused.refusal.values


def _by_proof(path: Path, item: ItemVersion):
    sheet, validator = _open(path, item)
    if not can_prove(validator):
        assert item.gates
        return _plain(path, item)
    try:
        return _sum(check_texts(validator, sheet.texts, width=len(sheet.headings), limits=COMMAND))
    except Refused as refused:
        return refused.refusal.code, refused.refusal.values


def _sum(found):
    rows = good = 0
    issues = []
    for checked in found:
        rows, good = rows + checked.rows, good + checked.good_rows
        issues += checked.issues.sort("row", "field", "code").rows()
    return rows, good, issues
