"""Numbers of bank cards in texts (银行卡号): found by prefix, length and check digit (ISO/IEC 7812-1), so never kept.

An account number has no check digit: in a text it is known by the words before it, a column by its heading.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

HIDDEN: Final = "［卡号已删除］"
# 62 UnionPay, 4 Visa, 51–55 Mastercard, 35 JCB, 34 and 37 American Express; grouped or not, never part of a longer row.
_CARD: Final = re.compile(r"(?<![0-9])(?:62|4[0-9]|5[1-5]|35|3[47])(?:[ -]?[0-9]){13,17}(?![0-9])")
# A row of digits after words that say it is an account; without them it is a number like others.
_ACCOUNT: Final = re.compile(
    r"(?:(?:银行|收款|付款|对公|开户|打款|汇款)[^0-9\n]{0,10}(?:账号|帐号|账户|帐户|卡号)|bank account|iban)"
    r"[ 是为：:=]{0,4}(?:[ -]?[0-9]){9,30}(?![0-9])",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(
    r"card_?(no|num|number|id)\b|pan\b|cvv|iban|(bank|payment|pay)_?account|account_?(no|num|number)\b"
    r"|卡号|银行账号|银行账户|支付账号|支付账户|账户号|帐号",
    re.IGNORECASE,
)


def hide_card_numbers(text: str) -> str:
    """Return a text in which every card number is replaced by `HIDDEN`."""
    return _CARD.sub(lambda found: HIDDEN if _is_card(found[0]) else found[0], _plain(text))


def holds_card_number(text: str) -> bool:
    """Tell whether a text holds the number of a bank card, or one that its words call a bank account's."""
    plain = _plain(text)
    return _ACCOUNT.search(plain) is not None or any(_is_card(found[0]) for found in _CARD.finditer(plain))


def heads_account(heading: str) -> bool:
    """Tell whether a column is headed as one of card or account numbers."""
    return _HEADING.search(heading.strip()) is not None


def _plain(text: str) -> str:
    """Return a text with digits and spaces of full width as plain ones."""
    return "".join(
        unicodedata.normalize("NFKC", one) if unicodedata.category(one) in {"Nd", "Zs"} else one for one in text
    )


def _is_card(found: str) -> bool:
    digits = [int(one) for one in found if one.isdigit()][::-1]
    doubled = (2 * digit - 9 * (2 * digit > 9) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
