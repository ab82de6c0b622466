"""Text is cleaned and folded alike, one at a time and as a column."""

import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chengxin.kernel.text import Cleaned, clean, clean_column, fold, fold_column

# Where the two could differ: blocks, marks, letters that join, separators, controls, planes nobody has filled yet.
_TELLING = (
    "aAzZßİſŉ０Ａａ１９　 \t\n\r\x0b\x0c\x1c\x1f\x7f\x85\xa0\xad\u200b\u200d\u2028\u2029\u202e\ufeff\ufffe\uffff"
    "中国國囯臺台湾灣後后發发著着乾干〇々·•．。，（）()《》-－—～"
    "é\u0301\u0308\u3099\u309aかがｶﾞﾊﾟガパ한글\u1112\u1161\u11ab가\uac00\ufe0f\U000e0100㎡㈱ﬁ①Ⅳ豈金\U0002f800"
    "𠮷㐀\U0002a6df\U0002a6e0\U0002ebe1\U00031350\U0003347f\U00013430\U00013439\ue000\uf8ff"
)
_whole = some.text(some.characters(exclude_categories=["Cs"]), max_size=8)
_texts = some.one_of(some.text(_TELLING, max_size=12), _whole)
_columns = some.lists(some.none() | _texts, max_size=12)
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
    # Letters of scripts without case are most of them, and nobody's controls.
    characters = [character for character in _EVERY if unicodedata.category(character) != "Lo"]
    texts = [f"王{character}五" for character in characters]
    kept, removed = clean_column(pl.Series(texts))
    one_by_one = [clean(text) for text in texts]
    assert kept.to_list() == [cleaned.text for cleaned in one_by_one]
    assert removed.to_list() == [cleaned.removed != () for cleaned in one_by_one]


@settings(deadline=None, max_examples=120)
@given(_columns)
def test_a_column_is_cleaned_row_by_row(rows: list[str | None]) -> None:
    kept, removed = clean_column(pl.Series("texts", rows, dtype=pl.String))
    one_by_one = [None if row is None else clean(row) for row in rows]
    assert kept.to_list() == [None if cleaned is None else cleaned.text for cleaned in one_by_one]
    assert removed.to_list() == [cleaned is not None and cleaned.removed != () for cleaned in one_by_one]


@pytest.mark.parametrize(
    ("written", "kept", "removed"),
    [
        ("  张三\t ", "张三", ()),
        ("张\t三", "张 三", ()),
        ("张\u3000三\u3000", "张\u3000三", ()),
        ("甲\r\n乙\r丙\u2028丁\u2029戊", "甲\n乙\n丙\n丁\n戊", ()),
        ("张\x00三", "张三", ("U+0000",)),
        ("\u202e三张\u202c", "三张", ("U+202C", "U+202E")),
        ("\ufeff张\u200b三\u200d\u200b", "张三", ("U+200B", "U+200D", "U+FEFF")),
        ("\x0b\x85\xad\uffff\ufffe", "", ("U+000B", "U+0085", "U+00AD", "U+FFFE", "U+FFFF")),
        ("\u200b 张三 \u200b", "张三", ("U+200B",)),
        ("\U000e0041张", "张", ("U+E0041",)),
        ("", "", ()),
    ],
)
def test_what_nobody_sees_is_taken_out_and_named(written: str, kept: str, removed: tuple[str, ...]) -> None:
    assert clean(written) == Cleaned(text=kept, removed=removed)
    column, gone = clean_column(pl.Series([written, None, "王"]))
    assert column.to_list() == [kept, None, "王"]
    assert gone.to_list() == [removed != (), False, False]


@settings(deadline=None, max_examples=80)
@given(_texts)
def test_a_cleaned_text_is_clean(text: str) -> None:
    once = clean(text).text
    assert clean(once) == Cleaned(text=once)


@settings(deadline=None, max_examples=120)
@given(_columns, some.integers(1, 3))
def test_a_column_folds_row_by_row(rows: list[str | None], times: int) -> None:
    # Repeated rows take the way over the distinct values, others the way over all.
    column = pl.Series("names", rows * times, dtype=pl.String)
    folded = fold_column(column)
    assert folded.to_list() == [None if row is None else fold(row) for row in rows] * times
    assert (folded.name, folded.dtype) == ("names", pl.String)


@settings(deadline=None, max_examples=200)
@given(_texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert "\n" not in once


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ａｂｃ１２３", "abc123"),
        ("ＡBC", "abc"),
        ("Straße", "strasse"),
        ("İ", "i\u0307"),
        ("國際貿易有限公司", "国际贸易有限公司"),
        ("臺灣", "台湾"),
        ("著名", "著名"),
        ("后", "后"),
        ("江苏（南京）·有限 公司。", "江苏南京有限公司"),
        ("《诚信》—“信用”、，;:!?", "诚信信用"),
        ("张\n三\r\n李\t四", "张三李四"),
        ("ｶﾞｰﾄﾞ", "ガード"),
        ("か\u3099", "が"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u1112\u1161\u11ab글", "한글"),
        ("葛\U000e0100城\ufe00", "葛城"),
        ("㈱①㎡Ⅳﬁ", "株1m2ivfi"),
        ("\uf900\U0002f800", "岂丽"),
        ("王\ue000", "王\ue000"),
        ("\u200b\x00\u202e", ""),
        ("王\ud842小", "王小"),
        ("", ""),
    ],
)
def test_what_makes_no_difference_is_folded_away(written: str, folded: str) -> None:
    assert fold(written) == folded
    if "\ud842" not in written:
        assert fold_column(pl.Series([written, None, "王", ""])).to_list() == [folded, None, "王", ""]


def test_letters_that_meet_when_something_between_them_goes_are_joined() -> None:
    assert fold("か（\u3099") == "が"
    assert fold("\u1112-\u1161") == "하"
    assert fold_column(pl.Series(["か（\u3099", "\u1112-\u1161", "王"])).to_list() == ["が", "하", "王"]


def test_a_column_of_nothing_folds_and_cleans_to_nothing() -> None:
    for rows in ([], [None], [None, None], [""], ["", None]):
        column = pl.Series(rows, dtype=pl.String)
        assert fold_column(column).to_list() == rows
        assert clean_column(column)[0].to_list() == rows
        assert clean_column(column)[1].to_list() == [False] * len(rows)


def test_a_line_feed_inside_a_text_does_not_move_the_rows_of_a_column() -> None:
    rows = ["甲\n乙", "丙", "\n", "丁\n", "国國"]
    assert fold_column(pl.Series(rows)).to_list() == ["甲乙", "丙", "", "丁", "国国"]
