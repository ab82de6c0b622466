import io
import random
from datetime import date, timedelta

import fastexcel
import polars as pl
import pytest

from chengxin.catalogue.contracts import FieldUse
from chengxin.demo.bodies import body_by_code
from chengxin.demo.province import Province
from chengxin.demo.values import heading_of
from chengxin.demo.writing import FIRST_LINE
from chengxin.kernel.subject_kind import SubjectKind

TODAY = date(2026, 11, 24)


def read(filing):
    """Read a file back by other means than the ones that wrote it: rows of text by heading."""
    form = body_by_code(filing.body_code).form
    if filing.media == "csv":
        return pl.read_csv(filing.content.decode(form.encoding).encode(), infer_schema=False).fill_null("")
    if filing.media == "xlsx":
        return fastexcel.read_excel(filing.content).load_sheet(0, dtypes="string").to_polars().fill_null("")
    if filing.media == "jsonl":
        return pl.read_ndjson(filing.content, infer_schema_length=None).cast(pl.String).fill_null("")
    return pl.read_parquet(io.BytesIO(filing.content)).fill_null("")


def test_one_seed_gives_the_same_bytes(items, filings):
    chosen = {3, 40, 90, 150}
    again = [filing for filing in Province("S", today=TODAY).filings(items) if filing.number in chosen]
    assert [f.content for f in again] == [filings[f.number - 1].content for f in again]
    assert len(again) == 4


def test_fifteen_months_of_filings_come_in_the_order_of_their_days(filings):
    days = [filing.day for filing in filings]
    assert days == sorted(days)
    assert days[0] < TODAY - timedelta(days=440)
    assert TODAY - timedelta(days=7) < days[-1] < TODAY
    assert [filing.number for filing in filings] == list(range(1, len(filings) + 1))


def test_every_item_of_the_catalogue_has_rows_and_every_group_its_parts(items, filings):
    assert {filing.item_code for filing in filings} == {item.code for item in items}
    assert all(filing.expected.rows >= 5 for filing in filings)
    assert sum(filing.expected.rows for filing in filings) == pytest.approx(6_000, rel=0.1)


def test_every_format_occurs(filings):
    forms = {(f.media, body_by_code(f.body_code).form.encoding) for f in filings}
    assert {media for media, _ in forms} == {"csv", "xlsx", "jsonl", "parquet"}
    assert {encoding for media, encoding in forms if media == "csv"} == {"utf-8", "utf-8-sig", "gb18030"}


def test_every_fault_of_the_truth_table_is_really_in_the_bytes(items, filings):
    by_code = {item.code: item for item in items}
    checked = 0
    for filing in filings:
        if filing.truth.is_empty():
            continue
        item, form = by_code[filing.item_code], body_by_code(filing.body_code).form
        sheet = read(filing)
        assert sheet.height == filing.expected.rows
        for fault in filing.truth.iter_rows(named=True):
            row = sheet.row(fault["row"] - FIRST_LINE[filing.media], named=True)
            heading = heading_of(item, item.field(fault["field"]), form.headings)
            assert row[heading] == (fault["value"] or ""), filing.file_name
            checked += 1
    assert checked > 60


def test_kinds_of_fault_look_as_they_are_called(filings):
    truth = pl.concat(filing.truth for filing in filings)
    kinds = set(truth["kind"])
    assert kinds >= {"missing", "bad_number", "duplicate", "swapped_dates"}
    assert set(truth.filter(pl.col("kind") == "missing")["value"]) == {""}
    assert set(truth.filter(pl.col("kind") == "unknown_code")["value"]) <= {"不详"}


def test_questioned_rows_are_those_whose_fault_has_a_code(filings):
    for filing in filings:
        rows = filing.truth.filter(pl.col("code") != "")["row"]
        assert rows.n_unique() == rows.len() == filing.expected.questioned


def test_nobody_under_age_is_in_a_row_that_should_pass(province, items, filings):
    minors = set(province.persons.filter(~pl.col("adult"))["id_no"])
    by_code = {item.code: item for item in items}
    for filing in random.Random(1).sample(filings, 60):
        item = by_code[filing.item_code]
        field = item.field_for(FieldUse.SUBJECT_ID_NO)
        if field is None or SubjectKind.NATURAL_PERSON not in item.subject_kinds:
            continue
        sheet = read(filing)
        heading = heading_of(item, field, body_by_code(filing.body_code).form.headings)
        if heading not in sheet.columns:
            continue
        named = {n + FIRST_LINE[filing.media] for n, text in enumerate(sheet[heading]) if text in minors}
        faulty = set(filing.truth.filter(pl.col("kind") == "under_age")["row"])
        assert named == faulty


def test_a_rerun_goes_on_after_the_last_filing_with_the_same_bytes(province, items, filings):
    rest = list(province.filings(items, after=len(filings) - 3))
    assert [f.content for f in rest] == [f.content for f in filings[-3:]]


def test_penalties_end_yesterday_today_and_tomorrow(items, filings):
    penalty = next(item for item in items if item.code == "penalty")
    found = set()
    for filing in filings:
        if filing.item_code != "penalty" or TODAY - filing.day > timedelta(days=50):
            continue
        form = body_by_code(filing.body_code).form
        heading = heading_of(penalty, penalty.field("declared_publicity_until"), form.headings)
        sheet = read(filing)
        found |= (
            {text.replace("/", "").replace("-", "") for text in sheet[heading]} if heading in sheet.columns else set()
        )
    assert found >= {"20261123", "20261124", "20261125"}
