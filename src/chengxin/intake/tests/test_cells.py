"""A cell has one value, whether it is read among a few rows or among many."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from chengxin.catalogue import facade as catalogue
from chengxin.intake import cells
from chengxin.intake.cells import raw_name, read_columns

STRANGE = (
    *("", "x", "2026-10-01", "2026/1/2", "20261301", "2026年3月4日", "2026.5.6", "2026-10-01 08:30:00", "0001-01-01"),
    *(
        "1",
        "0",
        "-3",
        "1,200.5",
        "1e400",
        "nan",
        "inf",
        "3.14159265",
        "１２",
        "罚款",
        "罚款；没收违法所得",
        "警告;x",
        "是",
        "N",
    ),
)


@pytest.mark.parametrize("code", ["penalty", "licence", "utility_arrears"])
def test_a_cell_has_the_same_value_among_few_rows_and_among_many(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = catalogue.get_item(code, on=date(2026, 11, 23)).fields
    texts = pl.Series([text or None for text in STRANGE], dtype=pl.String)
    frame = pl.DataFrame([texts.alias(raw_name(field)) for field in fields])
    few = read_columns(frame, fields)
    monkeypatch.setattr(cells, "FEW", 0)
    assert_frame_equal(few, read_columns(frame, fields))
    assert few.width > frame.width
