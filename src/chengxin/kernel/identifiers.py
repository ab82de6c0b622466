"""Numbers that identify a credit subject: one number at a time.

GB 11643 resident ID numbers, GB 32100 unified social credit codes (统一社会信用代码), GB 11714 organisation codes,
15-digit business registration numbers (ISO 7064 MOD 11,10), and the shapes of other identity documents.
The same checks over whole columns are in `identifier_columns`; a test proves the two equal.
"""

from __future__ import annotations

import re
from calendar import isleap
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent
from stdnum.iso7064 import mod_11_10

DEMO_PROVINCE: Final = "39"
# GB/T 2260 provinces, and the codes GB 11643 numbers carry for residents of Taiwan, Hong Kong and Macau: 71 81 82 83.
_NORTH: Final = ("11", "12", "13", "14", "15", "21", "22", "23")
_EAST_AND_SOUTH: Final = ("31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46")
_WEST: Final = ("50", "51", "52", "53", "54", "61", "62", "63", "64", "65")
PROVINCES: Final = frozenset((*_NORTH, *_EAST_AND_SOUTH, *_WEST, "71", "81", "82", "83"))


class IdentifierKind(StrEnum):
    """What kind of number a person or an operator is known by (证件类型)."""

    ID_NO = "id_no"
    PASSPORT = "passport"
    HK_MACAU_PERMIT = "hk_macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGNER_CARD = "foreigner_card"
    MILITARY = "military"
    OTHER = "other"
    USCC = "uscc"
    ORG_CODE = "org_code"
    REG_NO = "reg_no"


class NumberFault(IntEnum):
    """Why a number is not accepted; the value is what columns hold, `code` what people are told."""

    NONE = 0
    ID_LENGTH = 1
    ID_CHECK_DIGIT = 2
    ID_BIRTH_DATE = 3
    ID_REALM = 4
    ID_UNDER_AGE = 5
    ID_CHARACTERS = 6
    ID_AREA = 7
    USCC_LENGTH = 11
    USCC_CHECK_DIGIT = 12
    USCC_CHARACTERS = 13
    USCC_REALM = 14
    ORG_LENGTH = 21
    ORG_CHECK_DIGIT = 22
    ORG_CHARACTERS = 23
    REG_LENGTH = 31
    REG_CHECK_DIGIT = 32
    REG_CHARACTERS = 33
    REG_REALM = 34
    DOCUMENT_SHAPE = 41

    @property
    def code(self) -> str:
        """Return the stable code, such as E-ID-02; empty when there is no fault."""
        family, number = divmod(int(self), 10)
        return "" if self is NumberFault.NONE else f"E-{('ID', 'USCC', 'ORG', 'REG', 'DOC')[family]}-{number:02d}"

    @property
    def message(self) -> str:
        """Return what is wrong and what to do, in Chinese, without the number itself."""
        return _MESSAGES[self]


_MESSAGES: Final = {
    NumberFault.NONE: "",
    NumberFault.ID_LENGTH: "身份证号应为18位，请核对原件后重新填写",
    NumberFault.ID_CHECK_DIGIT: "身份证号第18位校验不对，请核对原件",
    NumberFault.ID_BIRTH_DATE: "身份证号第7至14位不是有效的出生日期，请核对原件",
    NumberFault.ID_REALM: (
        "身份证号的地区码不属于本系统的数据范围：演示系统只收39开头的虚构号码，正式系统不收39开头的号码"
    ),
    NumberFault.ID_UNDER_AGE: "该主体未满18周岁，平台不收集未成年人信息，请将此行删除",
    NumberFault.ID_CHARACTERS: "身份证号只能由数字组成，末位可以是X，请核对原件",
    NumberFault.ID_AREA: "身份证号前两位不是已启用的省级代码，请核对原件",
    NumberFault.USCC_LENGTH: "统一社会信用代码应为18位，请核对营业执照或登记证书",
    NumberFault.USCC_CHECK_DIGIT: "统一社会信用代码第18位校验不对，请核对营业执照或登记证书",
    NumberFault.USCC_CHARACTERS: "统一社会信用代码含有不允许的字符（不使用I、O、S、V、Z），请核对营业执照或登记证书",
    NumberFault.USCC_REALM: (
        "统一社会信用代码的地区码不属于本系统的数据范围：演示系统只收39地区的虚构代码，正式系统不收39地区的代码"
    ),
    NumberFault.ORG_LENGTH: "组织机构代码应为9位，请核对代码证",
    NumberFault.ORG_CHECK_DIGIT: "组织机构代码末位校验不对，请核对代码证",
    NumberFault.ORG_CHARACTERS: "组织机构代码只能由数字和大写字母组成，请核对代码证",
    NumberFault.REG_LENGTH: "工商注册号应为15位，请核对营业执照",
    NumberFault.REG_CHECK_DIGIT: "工商注册号末位校验不对，请核对营业执照",
    NumberFault.REG_CHARACTERS: "工商注册号只能由数字组成，请核对营业执照",
    NumberFault.REG_REALM: (
        "工商注册号的地区码不属于本系统的数据范围：演示系统只收39开头的虚构号码，正式系统不收39开头的号码"
    ),
    NumberFault.DOCUMENT_SHAPE: "证件号码的格式与证件类型不符，请核对证件类型和号码",
}

# Chinese characters by code point: `\p{Han}` is not known to Python, and grows with every version of Unicode.
_HAN: Final = "〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003347f"
# Documents without a public check digit: only their shape is known. Both checks read the same expressions.
DOCUMENT_SHAPES: Final[dict[IdentifierKind, str]] = {
    IdentifierKind.PASSPORT: r"^[A-Z0-9]{5,20}$",
    IdentifierKind.HK_MACAU_PERMIT: r"^[HM][0-9]{8}([0-9]{2})?$",
    IdentifierKind.TAIWAN_PERMIT: r"^([0-9]{8}|[0-9]{10}[A-Z]?)$",
    IdentifierKind.FOREIGNER_CARD: r"^([A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X])$",
    IdentifierKind.MILITARY: rf"^[{_HAN}]{{1,4}}字?第?[0-9]{{4,10}}号?$",
    IdentifierKind.OTHER: rf"^[A-Z0-9{_HAN}]{{4,40}}$",
}
_PYTHON_SHAPES: Final = {kind: re.compile(shape) for kind, shape in DOCUMENT_SHAPES.items()}

_ORG_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
# Registering bodies that GB 32100 numbers carry beside digits: armed forces, rural collectives, others. python-stdnum
# does not know them yet, so they are checked as the digit 9 and their own weight is put right.
LETTER_AUTHORITIES: Final = frozenset("ANY")
_USCC_SHAPE: Final = re.compile(r"[0-9ANY][0-9]{7}[0-9A-HJ-NPQRTUWXY]{10}")


def compact(number: str) -> str:
    """Return a number without separators, half width, in upper case."""
    return re.sub(r"[\s\-‐‑–—－　]+", "", number).translate(_HALF_WIDTH).upper()


_HALF_WIDTH: Final = {0xFF01 + offset: chr(0x21 + offset) for offset in range(94)}


def upgrade_id_no(number: str) -> str:
    """Return the 18-digit form of a 15-digit resident ID number (GB 11643-1989 → 1999); others unchanged."""
    if len(number) != 15 or not _digits(number):
        return number
    longer = f"{number[:6]}19{number[6:]}0"
    return longer[:17] + str(ric.calc_check_digit(longer))


def latest_adult_birth(on: date, *, years: int) -> date:
    """Return the last date of birth that is adult on a day: the day after the birthday counts (law-rules A11).

    Somebody born on 29 February has the birthday on 28 February in a common year (Civil Code 202).
    """
    birthday = on - timedelta(days=1)
    year = birthday.year - years
    if (birthday.month, birthday.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    if (birthday.month, birthday.day) == (2, 28) and isleap(year) and not isleap(birthday.year):
        return date(year, 2, 29)
    return birthday.replace(year=year)


def check_id_no(number: str, *, demo: bool | None = None, adult_birth: date | None = None) -> NumberFault:
    """Check an 18-digit resident ID number; `demo` None leaves the realm open, `adult_birth` None the age.

    The county of the area code is not judged: the published tables miss development zones, and a person numbered
    years after birth carries a code younger than the birth date, which python-stdnum would refuse.
    """
    fault = _id_form_fault(number)
    if fault is not NumberFault.NONE:
        return fault
    if number[:2] not in PROVINCES | {DEMO_PROVINCE}:
        return NumberFault.ID_AREA
    if demo is not None and (number[:2] == DEMO_PROVINCE) is not demo:
        return NumberFault.ID_REALM
    too_young = adult_birth is not None and birth_date(number) > adult_birth
    return NumberFault.ID_UNDER_AGE if too_young else NumberFault.NONE


def _id_form_fault(number: str) -> NumberFault:
    if len(number) != 18:
        return NumberFault.ID_LENGTH
    if not _digits(number[:17]) or number[17] not in "0123456789X":
        return NumberFault.ID_CHARACTERS
    if number[17] != ric.calc_check_digit(number):
        return NumberFault.ID_CHECK_DIGIT
    try:
        ric.get_birth_date(number)
    except InvalidComponent:
        return NumberFault.ID_BIRTH_DATE
    return NumberFault.NONE


def birth_date(number: str) -> date:
    """Return the date of birth written in a valid resident ID number."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def check_uscc(number: str, *, demo: bool | None = None) -> NumberFault:
    """Check a unified social credit code of GB 32100."""
    if len(number) != 18:
        return NumberFault.USCC_LENGTH
    # python-stdnum tidies a number before it looks: it would read lower case and the digits of other alphabets.
    if not _USCC_SHAPE.fullmatch(number):
        return NumberFault.USCC_CHARACTERS
    letter = number[0] in LETTER_AUTHORITIES
    if not uscc.is_valid("9" + number[1:17] + _as_if_nine(number) if letter else number):
        return NumberFault.USCC_CHECK_DIGIT
    return NumberFault.NONE if demo is None or (number[2:4] == DEMO_PROVINCE) is demo else NumberFault.USCC_REALM


def _as_if_nine(number: str) -> str:
    """Return the check character the number would have, had its first character been 9; weights there are 1."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return alphabet[(alphabet.index(number[17]) + alphabet.index(number[0]) - 9) % 31]


def check_org_code(number: str) -> NumberFault:
    """Check an organisation code (组织机构代码) of GB 11714, without its hyphen."""
    if len(number) != 9:
        return NumberFault.ORG_LENGTH
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", number):
        return NumberFault.ORG_CHARACTERS
    total = sum(int(character, 36) * weight for character, weight in zip(number[:8], _ORG_WEIGHTS, strict=True))
    return NumberFault.NONE if number[8] == "0123456789X"[-total % 11] else NumberFault.ORG_CHECK_DIGIT


def check_reg_no(number: str, *, demo: bool | None = None) -> NumberFault:
    """Check a 15-digit business registration number (工商注册号) by ISO 7064 MOD 11,10."""
    if len(number) != 15:
        return NumberFault.REG_LENGTH
    if not _digits(number):
        return NumberFault.REG_CHARACTERS
    if not mod_11_10.is_valid(number):
        return NumberFault.REG_CHECK_DIGIT
    return NumberFault.NONE if demo is None or (number[:2] == DEMO_PROVINCE) is demo else NumberFault.REG_REALM


def check_number(
    number: str, *, kind: IdentifierKind, demo: bool | None = None, adult_birth: date | None = None
) -> NumberFault:
    """Check a compact number of any kind."""
    if kind is IdentifierKind.ID_NO:
        return check_id_no(number, demo=demo, adult_birth=adult_birth)
    if kind is IdentifierKind.USCC:
        return check_uscc(number, demo=demo)
    if kind is IdentifierKind.ORG_CODE:
        return check_org_code(number)
    if kind is IdentifierKind.REG_NO:
        return check_reg_no(number, demo=demo)
    return NumberFault.NONE if _PYTHON_SHAPES[kind].fullmatch(number) else NumberFault.DOCUMENT_SHAPE


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
