"""Text is cleaned and folded alike, one at a time and as a column."""

import unicodedata

import polars as pl

from chengxin.kernel.text import clean, clean_column, fold, fold_column

# The planes in use, tags and variation selectors, and a sample of the empty planes. The line feed parts texts and is
# tried inside texts; lone surrogates stand in no column.
_POINTS = {*range(0x33500), *range(0xE0000, 0xE0200), *range(0x33500, 0x110000, 61)} - {10, *range(0xD800, 0xE000)}
_EVERY = [chr(point) for point in sorted(_POINTS)]


def test_every_character_folds_alike_in_a_column() -> None:
    column = fold_column(pl.Series(_EVERY)).to_list()
    assert [c for c, folded in zip(_EVERY, column, strict=True) if fold(c) != folded] == []


def test_a_character_younger_than_this_python_stays_in_a_folded_name() -> None:
    assert unicodedata.category("\U0003347f") == "Cn"
    assert fold("王\U0003347f") == "王\U0003347f"
    assert fold("王\u0378") == "王"


def test_every_character_is_cleaned_alike_in_a_column() -> None:
    kept, removed = clean_column(pl.Series([f"王{character}五" for character in _EVERY]))
    one_by_one = [clean(f"王{character}五") for character in _EVERY]
    assert kept.to_list() == [cleaned.text for cleaned in one_by_one]
    assert removed.to_list() == [cleaned.removed != () for cleaned in one_by_one]
