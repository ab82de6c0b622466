"""Text is cleaned and folded alike, one at a time and as a column."""

import unicodedata

import polars as pl

from chengxin.kernel.text import fold, fold_column

# Every code point a column can hold but the line feed, which parts texts and is tried inside texts.
_EVERY = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000 and point != 10]


def test_every_character_folds_alike_in_a_column() -> None:
    # Three in four are letters of far planes that no table decides; those are tried by sample.
    characters = [character for character in _EVERY if ord(character) < 0x3_4000 or ord(character) % 61 == 0]
    column = fold_column(pl.Series(characters)).to_list()
    assert [c for c, folded in zip(characters, column, strict=True) if fold(c) != folded] == []


def test_a_character_younger_than_this_python_stays_in_a_folded_name() -> None:
    assert unicodedata.category("\U0003347f") == "Cn"
    assert fold("王\U0003347f") == "王\U0003347f"
    assert fold("王\u0378") == "王"
