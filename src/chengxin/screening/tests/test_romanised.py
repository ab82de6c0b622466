"""Chinese persons in letters, whatever stands beside the name and however it is spelled."""

import polars as pl
import pytest

from chengxin.screening.contracts import COLUMNS, Query
from chengxin.screening.facade import Screener, build, check_rows

CHARACTERS = {"P1": "林岚舟", "P2": "韩思强", "P3": "欧阳禾", "P4": "吕旅女", "P5": "仇岚"}
LETTERS = {"L1": "Lin Gang", "L2": "Ricardo Miguel Orlanz Torvald", "L3": "Zhou Xiaolan"}


def screener(names):
    rows = [Query(place, "person", name) for place, name in names.items()]
    return Screener(build(check_rows(pl.DataFrame(rows, schema=list(COLUMNS), orient="row")).frame))


LISTED = screener({**CHARACTERS, **LETTERS})


def found(name, born=""):
    return [(hit.entry_id, hit.rule) for hit in LISTED.answer([Query("q", "person", name, birth_date=born)])[0]]


@pytest.mark.parametrize(
    ("written", "entry"),
    [
        ("Mr. Lin Lanzhou", "P1"),
        ("Dr Lanzhou LIN", "P1"),
        ("Gen. Lin Lanzhou", "P1"),
        ("Peter Lin Lanzhou", "P1"),
        ("Lin Lanzhou Vivian", "P1"),
        ("Lin, Lanzhou (David)", "P1"),
        ("Chan Lin Lanzhou", "P1"),
        ("Chan-Lin Lanzhou", "P1"),
        ("Hon Sze Keung", "P2"),
        ("Jackie HON Sze-Keung", "P2"),
        ("Grace Ouyang He", "P3"),
        ("Lyu Lünü", "P4"),
        ("Lv Lyunv", "P4"),
        ("Ch'iu Lan", "P5"),
    ],
)
def test_a_person_in_characters_is_found_beside_a_title_an_english_name_or_a_husbands_surname(written, entry):
    assert [one for one, _rule in found(written)] == [entry]


def test_the_same_is_found_the_other_way_round():
    letters = {"X1": "Peter Lin Lanzhou", "X2": "Chan Lin Lanzhou", "X3": "Hon Sze Keung", "X4": "Peter Orlanz"}
    listed = screener(letters)
    asked = [Query("1", "person", "林岚舟"), Query("2", "person", "韩思强")]
    assert [{hit.entry_id for hit in hits} for hits in listed.answer(asked)] == [{"X1", "X2"}, {"X3"}]


def test_three_syllables_are_one_name_and_no_husbands_surname_before_a_shorter_one():
    """Chan Qiu Lan may be 陈秋兰 as well: whoever has that name is not called 仇岚."""
    assert found("Chan Qiu Lan") == []


def test_a_name_in_proper_pinyin_is_no_misspelled_other_one():
    hits = LISTED.answer([Query("1", "person", "Lin Fang"), Query("2", "person", "Lin Ganng")])
    assert [[(one.entry_id, one.rule, one.tier.value) for one in some] for some in hits] == [
        [("L1", "latin_neighbour", "medium")],
        [("L1", "latin_spelling", "strong")],
    ]


def test_two_names_with_a_word_of_their_own_each_are_not_strong_without_a_date_of_birth():
    hits = LISTED.answer([Query("1", "person", "Ricardo Pelagio Orlanz Torvald")])[0]
    assert [(one.entry_id, one.rule, one.tier.value) for one in hits] == [("L2", "latin_other_word", "weak")]
    assert "外文姓名各有一个词不同" in hits[0].explanation


@pytest.mark.parametrize(
    ("listed", "asked", "found"),
    [
        # A surname that is elsewhere a particle is a surname at either end of a name.
        ("Lê Quốc Xuân", "Đỗ Quốc Xuân", []),
        ("Lê Quốc Xuân", "Quốc Xuân Lê", [("L1", "latin_name", "strong")]),
        ("Lê Sơn Quang", "Lê Quang", [("L1", "latin_part", "weak")]),
        ("Marine Le Pen", "Le Pen, Marine", [("L1", "latin_name", "strong")]),
        # Among short words a letter makes another name.
        ("Ri Hyon Hak", "Rim Hyon Hak", [("L1", "latin_short_slip", "medium")]),
        ("Choe Chun Ryong", "Choe C. Ryong", [("L1", "latin_typing_error", "strong")]),
        ("Aleksandr Morozov", "Aleksander Morozov", [("L1", "latin_spelling", "strong")]),
        ("Aleksandr Morozov", "Aleksandr Mprozov", [("L1", "latin_typing_error", "strong")]),
        # Surnames as Singapore and Malaysia spell them.
        ("谭倩红", "Tham Qian Hong", [("L1", "person_dialect", "weak")]),
        ("郭成文", "Kuek Cheng Wen", [("L1", "person_dialect", "weak")]),
        ("庄秀英", "Chng Siew Ying", []),
        ("庄晓英", "Chng Hsiao Ying", [("L1", "person_dialect", "weak")]),
        ("柯文雄", "Quah Wen Xiong", [("L1", "person_dialect", "weak")]),
        ("陈文雄", "Tjan Wen Xiong", [("L1", "person_dialect", "weak")]),
        ("许文雄", "Khouw Wen Xiong", [("L1", "person_dialect", "weak")]),
        ("柯文雄", "Kuek Wen Xiong", []),
        # A short vowel that Hong Kong writes with u as well as with a, and the other way to write eung.
        ("林慧珍", "LAM Wai Chun", [("L1", "person_dialect", "weak")]),
        ("林慧珍", "LAM Wai Chan", [("L1", "person_dialect", "weak")]),
        ("陈心怡", "CHAN Sum Yee", [("L1", "person_dialect", "weak")]),
        ("李世昌", "LEE Sai Cheong", [("L1", "person_dialect", "weak")]),
        ("岑振新", "SUM Chun Sun", [("L1", "person_dialect", "weak")]),
        ("林慧珍", "LAM Wai Shan", []),
    ],
)
def test_words_of_names_count_for_what_they_are(listed, asked, found):
    hits = screener({"L1": listed}).answer([Query("q", "person", asked)])[0]
    assert [(hit.entry_id, hit.rule, hit.tier) for hit in hits] == found
