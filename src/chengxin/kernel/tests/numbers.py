"""Numbers for the tests, with check characters computed from the standards and by nothing that is tested."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from hypothesis import strategies as some

from chengxin.kernel.identifier_columns import check_column
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

# One invented number of each kind whose check character is right (province 39).
VALID = {
    IdentifierKind.ID_NO: "390101199001010017",
    IdentifierKind.USCC: "91390100MA0000015M",
    IdentifierKind.ORG_CODE: "MA0000015",
    IdentifierKind.REG_NO: "390100000000019",
}
# The examples the standards themselves print, or the country knows: GB 11643, GB 32100, GB 11714, ISO 7064.
PUBLISHED = {
    IdentifierKind.ID_NO: ("11010519491231002X", "440524188001010014"),
    IdentifierKind.USCC: ("91350100M000100Y43", "91110000600037341L"),
    IdentifierKind.ORG_CODE: ("D2143569X",),
    IdentifierKind.REG_NO: ("110108000000016",),
}


def id_no(body: str) -> str:
    """Append the check digit of GB 11643 (ISO 7064 MOD 11-2) to seventeen digits."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def uscc(body: str) -> str:
    """Append the check character of GB 32100 to seventeen characters."""
    total = sum(USCC_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + USCC_ALPHABET[(31 - total % 31) % 31]


def org_code(body: str) -> str:
    """Append the check character of GB 11714 to eight characters."""
    values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = sum(
        values.index(character) * weight for character, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    return body + {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def reg_no(body: str) -> str:
    """Append the check digit of ISO 7064 MOD 11,10 to fourteen digits."""
    product = 10
    for digit in body:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return body + str((11 - product) % 10)


_DIGITS = "0123456789"
_provinces = some.sampled_from(["39", "32", "11", "65", "83", "39"])
_days = some.dates(min_value=date(1880, 1, 1), max_value=date(2099, 12, 31)).map(lambda day: f"{day:%Y%m%d}")
id_nos = some.builds(
    lambda province, county, born, order: id_no(province + county + born + order),
    _provinces,
    some.text(_DIGITS, min_size=4, max_size=4),
    _days,
    some.text(_DIGITS, min_size=3, max_size=3),
)
usccs = some.builds(
    lambda authority, area, organisation: uscc(authority + area + organisation),
    some.sampled_from("123456789ANY"),
    some.text(_DIGITS, min_size=7, max_size=7),
    some.text(USCC_ALPHABET, min_size=9, max_size=9),
)
org_codes = some.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8).map(org_code)
reg_nos = some.text(_DIGITS, min_size=14, max_size=14).map(reg_no)
OF_KIND = {
    IdentifierKind.ID_NO: id_nos,
    IdentifierKind.USCC: usccs,
    IdentifierKind.ORG_CODE: org_codes,
    IdentifierKind.REG_NO: reg_nos,
}
CHECKED = tuple(OF_KIND)


def fault_of(number: str, *, kind: IdentifierKind, **options: Any) -> NumberFault:
    """Check a number alone and in a column, which must agree."""
    alone = check_number(number, kind=kind, **options)
    assert check_column(pl.Series([number]), kind=kind, **options).tolist() == [alone]
    return alone


def faults_of(numbers: list[str], *, kind: IdentifierKind, **options: Any) -> list[NumberFault]:
    """Check numbers alone and in one column, which must agree row by row."""
    alone = [check_number(number, kind=kind, **options) for number in numbers]
    assert check_column(pl.Series(numbers, dtype=pl.String), kind=kind, **options).tolist() == alone
    return alone
