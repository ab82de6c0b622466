"""Pieces of two characters: a column gives the same as one text, and a fragment is found in its whole."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chengxin.kernel.grams import gram_code_column, gram_codes
from chengxin.kernel.text import fold

_folded = some.text("诚信江苏a1𠮷\U0003347f\uffee\ue000", max_size=12) | some.text(max_size=12).map(fold)


def _sets(column: pl.Series) -> list[set[int]]:
    """Return the codes of each row as a set; none stands twice, and none is null."""
    lists = column.to_list()
    assert all(len(set(codes)) == len(codes) for codes in lists)
    return [set(codes) for codes in lists]


@settings(deadline=None)
@given(some.lists(_folded, max_size=12))
def test_a_column_has_the_codes_of_each_of_its_rows(rows: list[str]) -> None:
    column = gram_code_column(pl.Series(rows, dtype=pl.String))
    assert len(column) == len(rows)
    assert column.name == "grams"
    assert _sets(column) == [set(gram_codes(row)) for row in rows]


@pytest.mark.parametrize("rows", [[], [""], ["诚"], ["", ""], ["", "诚信", ""], ["诚", "信"], ["诚信", "诚信"]])
def test_texts_too_short_for_a_piece_have_none_and_keep_their_place(rows: list[str]) -> None:
    assert _sets(gram_code_column(pl.Series(rows, dtype=pl.String))) == [set(gram_codes(row)) for row in rows]


def test_a_text_of_fewer_than_two_characters_has_no_piece() -> None:
    assert [gram_codes(text) for text in ("", "诚", "𠮷")] == [[], [], []]


def test_the_codes_of_one_text_are_distinct_sorted_and_fit_a_column_of_integers() -> None:
    codes = gram_codes("诚信诚信\uffee𠮷a")
    assert codes == sorted(set(codes))
    assert all(-(2**31) <= code < 2**31 for code in codes)
    # 诚 is U+8BDA and 信 U+4FE1: the first fills the upper half, read as a signed number.
    assert gram_codes("诚信") == [0x8BDA4FE1 - (1 << 32)]
    assert gram_codes("信诚") == [0x4FE18BDA]


@settings(deadline=None, max_examples=120)
@given(_folded.filter(lambda text: len(text) >= 2), some.data())
def test_the_codes_of_a_fragment_are_among_those_of_the_whole(whole: str, data: some.DataObject) -> None:
    start = data.draw(some.integers(0, len(whole) - 2))
    end = data.draw(some.integers(start + 2, len(whole)))
    assert set(gram_codes(whole[start:end])) <= set(gram_codes(whole)) != set()


@settings(deadline=None)
@given(some.text(some.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), min_size=2, max_size=2), some.data())
def test_two_pieces_of_the_basic_plane_never_share_a_code(piece: str, data: some.DataObject) -> None:
    other = data.draw(
        some.text(some.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), min_size=2, max_size=2)
    )
    assert (gram_codes(piece) == gram_codes(other)) == (piece == other)


def test_the_rows_of_a_long_column_keep_their_order() -> None:
    rows = [f"诚信{number}" if number % 7 else "" for number in range(30_000)]
    assert _sets(gram_code_column(pl.Series(rows))) == [set(gram_codes(row)) for row in rows]
