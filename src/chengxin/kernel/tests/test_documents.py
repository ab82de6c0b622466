"""Documents without a public check digit: the shape is all that is known, and both checks know the same shape."""

import polars as pl
import pytest

from chengxin.kernel.identifier_columns import check_column
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number

FITS = {
    IdentifierKind.PASSPORT: ("E12345678", "AB123", "A" * 20, "12345"),
    IdentifierKind.HK_MACAU_PERMIT: ("H12345678", "M1234567801"),
    IdentifierKind.TAIWAN_PERMIT: ("12345678", "1234567890", "1234567890A"),
    IdentifierKind.FOREIGNER_CARD: ("DEU390190010101", "93901199001010017X", "939011990010100171"),
    IdentifierKind.MILITARY: ("军字第1234号", "南字1234567890", "军1234", "〇字第12345号", "𠮷㐀字第1234"),
    IdentifierKind.OTHER: ("A123", "证1234", "〇一二三", "𠮷野家证", "\U00031350123", "1" * 40),
}
DOES_NOT_FIT = {
    IdentifierKind.PASSPORT: ("", "1234", "A" * 21, "e12345678", "E1234567Ａ", "E 2345678", "E12345678\n", "护照12345"),
    IdentifierKind.HK_MACAU_PERMIT: (
        "X12345678",
        "H1234567",
        "H123456789",
        "H123456789012",
        "H1234567٣",
        "H12345678\n",
    ),
    IdentifierKind.TAIWAN_PERMIT: ("1234567", "123456789", "12345678A", "1234567890AB", "1234567٣", "12345678\n"),
    IdentifierKind.FOREIGNER_CARD: ("DE3901900101012", "DEU39019001010", "839011990010100171", "93901199001010017Y"),
    IdentifierKind.MILITARY: (
        "1234",
        "军字第123号",
        "军字第12345678901号",
        "东南西北中字第1234号",
        "A字第1234号",
        "军字第1234号\n",
    ),
    IdentifierKind.OTHER: ("A12", "1" * 41, "a1234", "A-1234", "A 1234", "ｱ1234", "A1234\n", "ABC]]]]"),
}


@pytest.mark.parametrize("kind", FITS)
@pytest.mark.parametrize(("numbers", "fault"), [(FITS, NumberFault.NONE), (DOES_NOT_FIT, NumberFault.DOCUMENT_SHAPE)])
def test_a_document_number_has_the_shape_of_its_kind(
    kind: IdentifierKind, numbers: dict[IdentifierKind, tuple[str, ...]], fault: NumberFault
) -> None:
    of_kind = numbers[kind]
    assert {number: check_number(number, kind=kind) for number in of_kind} == dict.fromkeys(of_kind, fault)
    assert check_column(pl.Series(of_kind), kind=kind).tolist() == [fault] * len(of_kind)


@pytest.mark.parametrize("kind", FITS)
def test_an_absent_document_number_does_not_fit(kind: IdentifierKind) -> None:
    assert check_column(pl.Series([None, ""], dtype=pl.String), kind=kind).tolist() == [NumberFault.DOCUMENT_SHAPE] * 2


@pytest.mark.parametrize("kind", [IdentifierKind.MILITARY, IdentifierKind.OTHER])
def test_both_checks_know_the_same_characters(kind: IdentifierKind) -> None:
    edges = (0x30, 0x41, 0x3007, 0x3400, 0x4DC0, 0x4E00, 0xA000, 0xF900, 0x20000, 0x2EBE1, 0x31350, 0x33480)
    points = {edge + step for edge in edges for step in range(-3, 12)} | set(range(0x21, 0x34000, 11))
    numbers = [f"{chr(point)}1234" for point in sorted(points) if not 0xD800 <= point < 0xE000]
    column = check_column(pl.Series(numbers), kind=kind)
    apart = [n for n, fault in zip(numbers, column, strict=True) if check_number(n, kind=kind) != fault]
    assert apart == []
