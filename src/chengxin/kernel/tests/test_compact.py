"""A number is brought to one form before it is checked or looked for, alone as in a column."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chengxin.kernel.identifier_columns import compact_column
from chengxin.kernel.identifiers import compact

CODE = "91390100MA0000015M"


@pytest.mark.parametrize(
    "written",
    [
        CODE,
        CODE.lower(),
        "９１３９０１００ＭＡ０００００１５Ｍ",
        "ｍａ".join(("91390100", "0000015m")),
        " 9139 0100　MA00\t00015M\n",
        "91390100-MA000001-5-M",
        "91390100‐MA0‑00–00—1－5M",
        "\x1c91390100MA0000015M\x1f\x85\xa0",
    ],
)
def test_a_number_has_one_form_however_it_is_written(written: str) -> None:
    assert compact(written) == CODE
    assert compact_column(pl.Series([written])).to_list() == [CODE]


def test_a_column_of_numbers_keeps_its_rows_and_its_nulls() -> None:
    for rows in ([], [None], [None, "", "a"], ["12", None, "3-4"], ["一a", None, "\x1f"]):
        expected = [None if row is None else compact(row) for row in rows]
        assert compact_column(pl.Series(rows, dtype=pl.String)).to_list() == expected


_numbers = some.text("019AZXxaßıſ０９ａｚＺ－— 　-‑_.\t\n\x1c\x85\xa0中𝟗ǆ", max_size=8)


@settings(deadline=None)
@given(some.lists(some.none() | _numbers, max_size=8))
def test_a_column_of_numbers_is_compacted_row_by_row_and_only_once(rows: list[str | None]) -> None:
    column = compact_column(pl.Series(rows, dtype=pl.String))
    assert column.to_list() == [None if row is None else compact(row) for row in rows]
    assert compact_column(column).to_list() == column.to_list()


def test_every_character_is_compacted_alike_but_letters_only_one_side_knows() -> None:
    characters = [chr(point) for point in range(0x20000) if not 0xD800 <= point < 0xE000]
    column = compact_column(pl.Series([f"1{character}2" for character in characters])).to_list()
    apart = [(c, row) for c, row in zip(characters, column, strict=True) if compact(f"1{c}2") != row]
    # Their capitals are younger than Python's Unicode: no number holds such a letter in either form.
    assert [c for c, row in apart if c.isascii() or compact(f"1{c}2").isascii() or row.isascii()] == []
