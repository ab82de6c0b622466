"""Card numbers are found however they are written; other long numbers are not taken for one."""

from __future__ import annotations

import pytest

from chengxin.kernel.card_numbers import HIDDEN, heads_account, hide_card_numbers, holds_card_number

# Published test numbers and numbers made for this test; nobody has such a card.
CARD = "6200000000000005"


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        "6200 0000 0000 0005",
        "6200-0000-0000-0005",
        f"付款卡{CARD}，请查",
        CARD.translate({ord(str(one)): chr(0xFF10 + one) for one in range(10)}),
        "4111111111111111",
    ],
)
def test_a_card_number_is_found_however_it_is_written(text: str) -> None:
    assert holds_card_number(text)
    assert HIDDEN in hide_card_numbers(text)
    assert "0005" not in hide_card_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "6200000000000006",
        "2026112322001400000000000001",
        f"9{CARD}",
        f"{CARD}7777",
        "13812345678",
        "390101199001010017",
        "",
    ],
)
def test_other_numbers_are_left_as_they_are(text: str) -> None:
    assert not holds_card_number(text)
    assert hide_card_numbers(text) == text


@pytest.mark.parametrize(
    ("heading", "is_account"),
    [
        *((heading, True) for heading in ("card_no", "BankAccount", "account_number", "付款卡号", "支付账号")),
        *((heading, False) for heading in ("account", "payer", "company", "付款人", "channel")),
    ],
)
def test_a_column_is_told_by_its_heading(heading: str, is_account: bool) -> None:
    assert heads_account(heading) is is_account


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("请退到收款账号 0123 4567 8901", True),
        ("开户行云汀银行，账号：9558800001", True),
        ("对公账户：３９０１２３４５６７８９", True),
        ("订单号 201700001234567890 没有发货", False),
        ("收款账号在平台上，电话13800000000", False),
        ("账号被停用，订单 123456789012", False),
        ("汇款三次，共 1200000000 分", False),
    ],
)
def test_an_account_is_known_by_the_words_before_it_and_no_other_number_is_one(text: str, is_one: bool) -> None:
    assert holds_card_number(text) is is_one
