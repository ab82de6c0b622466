"""Check characters, lengths, alphabets and realms of the numbers people and operators are known by."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, ValidationError

from chengxin.kernel.identifier_columns import check_column, check_id_column
from chengxin.kernel.identifiers import (
    IdentifierKind,
    NumberFault,
    check_id_no,
    check_uscc,
)
from chengxin.kernel.tests.numbers import (
    CHECKED,
    OF_KIND,
    PUBLISHED,
    USCC_ALPHABET,
    VALID,
    fault_of,
    faults_of,
    id_nos,
    reg_no,
    uscc,
    usccs,
)

pytestmark = pytest.mark.clause("P3.1a")
Kind = IdentifierKind
Fault = NumberFault
CHECK_DIGIT = {
    Kind.ID_NO: Fault.ID_CHECK_DIGIT,
    Kind.USCC: Fault.USCC_CHECK_DIGIT,
    Kind.ORG_CODE: Fault.ORG_CHECK_DIGIT,
    Kind.REG_NO: Fault.REG_CHECK_DIGIT,
}
CHARACTERS = {
    Kind.ID_NO: Fault.ID_CHARACTERS,
    Kind.USCC: Fault.USCC_CHARACTERS,
    Kind.ORG_CODE: Fault.ORG_CHARACTERS,
    Kind.REG_NO: Fault.REG_CHARACTERS,
}
LENGTH = {
    Kind.ID_NO: Fault.ID_LENGTH,
    Kind.USCC: Fault.USCC_LENGTH,
    Kind.ORG_CODE: Fault.ORG_LENGTH,
    Kind.REG_NO: Fault.REG_LENGTH,
}
REALM = {Kind.ID_NO: Fault.ID_REALM, Kind.USCC: Fault.USCC_REALM, Kind.REG_NO: Fault.REG_REALM}
kinds = pytest.mark.parametrize("kind", CHECKED)


@kinds
def test_the_published_and_the_invented_examples_are_accepted(kind: IdentifierKind) -> None:
    for number in (VALID[kind], *PUBLISHED[kind]):
        assert fault_of(number, kind=kind) is Fault.NONE


@kinds
def test_every_number_with_its_check_character_is_accepted(kind: IdentifierKind) -> None:
    @settings(deadline=None, max_examples=15)
    @given(some.lists(OF_KIND[kind], min_size=20, max_size=20))
    def accepts(numbers: list[str]) -> None:
        assert set(faults_of(numbers, kind=kind)) == {Fault.NONE}

    accepts()


@kinds
def test_every_single_change_of_a_character_is_refused(kind: IdentifierKind) -> None:
    alphabet = {Kind.USCC: USCC_ALPHABET, Kind.ORG_CODE: "0123456789X"}.get(kind, "0123456789")

    @settings(deadline=None, max_examples=15)
    @given(OF_KIND[kind])
    def refuses(number: str) -> None:
        changed = [
            number[:place] + other + number[place + 1 :]
            for place in range(len(number))
            for other in alphabet
            if other != number[place]
        ]
        # GB 11714 weighs letters up to 35 modulo 11: only a change of a digit is sure to show.
        if kind is Kind.ORG_CODE:
            changed = [new for place in range(8) if number[place].isdigit() for new in _digits_changed(number, place)]
        assert Fault.NONE not in faults_of(changed, kind=kind)

    refuses()


def _digits_changed(number: str, place: int) -> list[str]:
    return [number[:place] + digit + number[place + 1 :] for digit in "0123456789" if digit != number[place]]


@pytest.mark.parametrize("kind", [Kind.ID_NO, Kind.USCC])
def test_every_exchange_of_two_neighbours_is_refused(kind: IdentifierKind) -> None:
    @settings(deadline=None, max_examples=25)
    @given(OF_KIND[kind])
    def refuses(number: str) -> None:
        places = [place for place in range(len(number) - 1) if number[place] != number[place + 1]]
        swapped = [number[:p] + number[p + 1] + number[p] + number[p + 2 :] for p in places]
        assert Fault.NONE not in faults_of(swapped, kind=kind)

    refuses()


@kinds
def test_another_length_is_refused(kind: IdentifierKind) -> None:
    number = VALID[kind]
    for wrong in ("", number[0], number[:-1], number + "0", number * 2, "0" * 30):
        assert fault_of(wrong, kind=kind) is LENGTH[kind]


@kinds
def test_other_characters_are_refused_in_every_place(kind: IdentifierKind) -> None:
    number = VALID[kind]
    for other in "a９Ａ中é -\n\x00\x1c٣𝟗ʼ/:@[":
        wrong = [number[:place] + other + number[place + 1 :] for place in range(len(number))]
        assert set(faults_of(wrong, kind=kind)) == {CHARACTERS[kind]}, other


@kinds
def test_a_number_of_the_right_bytes_and_the_wrong_characters_has_another_length(kind: IdentifierKind) -> None:
    wide = "中" * (len(VALID[kind]) // 3)
    assert len(wide.encode()) == len(VALID[kind])
    assert fault_of(wide, kind=kind) is LENGTH[kind]


@kinds
def test_an_absent_number_has_the_fault_of_its_length(kind: IdentifierKind) -> None:
    absent = pl.Series([None, VALID[kind], None], dtype=pl.String)
    assert check_column(absent, kind=kind).tolist() == [LENGTH[kind], Fault.NONE, LENGTH[kind]]
    assert check_column(absent.head(1), kind=kind).tolist() == [LENGTH[kind]]
    assert check_column(absent.head(0), kind=kind).tolist() == []


@pytest.mark.parametrize("letter", "IOSVZ")
def test_a_code_has_no_letter_that_looks_like_a_digit(letter: str) -> None:
    for place in range(18):
        number = VALID[Kind.USCC]
        assert fault_of(number[:place] + letter + number[place + 1 :], kind=Kind.USCC) is Fault.USCC_CHARACTERS


def test_a_code_has_digits_in_places_2_to_8_and_may_begin_with_a_n_or_y() -> None:
    body = VALID[Kind.USCC][:17]
    for letter in "ABCDEFGHJKLMNPQRTUWXY":
        for place in range(8):
            code = uscc(body[:place] + letter + body[place + 1 :])
            allowed = place == 0 and letter in "ANY"
            assert fault_of(code, kind=Kind.USCC) is (Fault.NONE if allowed else Fault.USCC_CHARACTERS)


@pytest.mark.parametrize("authority", "ANY")
def test_the_check_character_of_a_code_that_begins_with_a_letter_is_weighed(authority: str) -> None:
    body = authority + VALID[Kind.USCC][1:17]
    right = uscc(body)[17]
    faults = dict(zip(USCC_ALPHABET, faults_of([body + c for c in USCC_ALPHABET], kind=Kind.USCC), strict=True))
    assert faults.pop(right) is Fault.NONE
    assert set(faults.values()) == {Fault.USCC_CHECK_DIGIT}


@pytest.mark.parametrize("kind", REALM)
def test_the_demonstration_takes_area_39_only_and_production_never(kind: IdentifierKind) -> None:
    invented, real = VALID[kind], PUBLISHED[kind][0]
    assert [fault_of(n, kind=kind, demo=True) for n in (invented, real)] == [Fault.NONE, REALM[kind]]
    assert [fault_of(n, kind=kind, demo=False) for n in (invented, real)] == [REALM[kind], Fault.NONE]
    assert [fault_of(n, kind=kind, demo=None) for n in (invented, real)] == [Fault.NONE, Fault.NONE]


def test_the_realm_of_a_code_is_read_from_places_3_and_4_alone() -> None:
    elsewhere = [uscc("91320139MA0000039"), uscc("93320100MA0003900")]
    assert faults_of(elsewhere, kind=Kind.USCC, demo=False) == [Fault.NONE] * 2
    assert faults_of(elsewhere, kind=Kind.USCC, demo=True) == [Fault.USCC_REALM] * 2


@pytest.mark.parametrize("kind", [Kind.USCC, Kind.REG_NO])
def test_of_many_faults_of_a_code_the_gravest_is_answered(kind: IdentifierKind) -> None:
    number = VALID[kind]
    wrong_check = number[:-1] + ("1" if number[-1] != "1" else "2")
    wrong_character = wrong_check[:4] + "中" + wrong_check[5:]
    ascii_character = wrong_check[:4] + "@" + wrong_check[5:]
    rows = [number, wrong_check, ascii_character, wrong_character, wrong_character + "0"]
    expected = [REALM[kind], CHECK_DIGIT[kind], CHARACTERS[kind], CHARACTERS[kind], LENGTH[kind]]
    assert faults_of(rows, kind=kind, demo=False) == expected


def _stdnum(validate: Callable[[str], str], number: str) -> type[ValidationError] | None:
    try:
        validate(number)
    except ValidationError as error:
        return type(error)
    except KeyError:
        # Its table knows the province and no county: it means to say that the place is unknown.
        return InvalidComponent
    return None


near_id_nos = some.one_of(id_nos, some.from_regex(r"39[0-9]{15}[0-9X]|[0-9]{17,19}|[0-9A-Z]{18}", fullmatch=True))
near_usccs = some.one_of(usccs, some.from_regex(r"9139[0-9A-Z]{14}|[0-9A-Z]{17,19}", fullmatch=True))


@settings(deadline=None, max_examples=100)
@given(near_id_nos)
def test_id_numbers_are_judged_as_the_kept_library_does(number: str) -> None:
    same = {InvalidLength: Fault.ID_LENGTH, InvalidFormat: Fault.ID_CHARACTERS, InvalidChecksum: Fault.ID_CHECK_DIGIT}
    theirs, ours = _stdnum(ric.validate, number), check_id_no(number)
    # What is left is a date or a place that the library does not know: we know no counties, and province 39.
    rest = {Fault.NONE} if theirs is None else {Fault.NONE, Fault.ID_BIRTH_DATE, Fault.ID_AREA}
    assert ours in ({same[theirs]} if theirs in same else rest)


@settings(deadline=None, max_examples=100)
@given(near_usccs.filter(lambda number: number[0] not in "ANY"))
def test_codes_are_judged_as_the_kept_library_does(number: str) -> None:
    same = {InvalidLength: Fault.USCC_LENGTH, InvalidFormat: Fault.USCC_CHARACTERS, None: Fault.NONE}
    theirs = _stdnum(stdnum_uscc.validate, number)
    assert check_uscc(number) is same.get(theirs, Fault.USCC_CHECK_DIGIT)


def test_every_fault_has_a_code_of_its_own_that_never_changes_and_says_what_to_do() -> None:
    codes = {fault.code: fault for fault in Fault}
    assert sorted(codes) == sorted(
        [
            *("", "E-DOC-01"),
            *(f"E-ID-{number:02d}" for number in range(1, 8)),
            *(f"E-USCC-{number:02d}" for number in range(1, 5)),
            *(f"E-ORG-{number:02d}" for number in range(1, 4)),
            *(f"E-REG-{number:02d}" for number in range(1, 5)),
        ]
    )
    assert len(codes) == len(Fault)
    assert codes["E-ID-02"].message == "身份证号第18位校验不对，请核对原件"
    assert codes["E-ID-05"] is Fault.ID_UNDER_AGE
    assert all(("请" in fault.message or "不收" in fault.message) for fault in Fault if fault)
    assert Fault.NONE.message == ""


def test_a_registration_number_of_either_realm_keeps_its_check_digit() -> None:
    assert fault_of(reg_no("39010000000001"), kind=Kind.REG_NO, demo=True) is Fault.NONE
    assert check_id_column(pl.Series([reg_no("39010000000001")])).tolist() == [Fault.ID_LENGTH]
