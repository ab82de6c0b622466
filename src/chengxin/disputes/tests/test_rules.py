"""What of a story may be read by others, and from how many orders on there is a rate."""

from __future__ import annotations

import random
import re

import pytest

from chengxin.disputes.rules import mean, median, nearest, rate, scrub

PHONES = (
    "13900000000",
    "139 0000 0000",
    "139-0000-0000",
    "一三九零零零零零零零零",
    "１３９００００００００",
    "0390-8000000",
)
NUMBERS = ("390101199001010010", "39010119900101001X", "6222 0000 0000 0000 000")
HANDLES = ("a.b@example.org", "微信：wx_hemu2026", "QQ号1234567")
PLACES = ("云汀市禾木区望山路3号2单元501室", "望山镇禾木村六组12号", "禾木小区5栋2单元")
PLAIN = ("保温杯用了2天就漏水，", "客服说自己负责，", "7天没有退款，", "花了59元，", "发来的不是我买的那一款，")


@pytest.mark.clause("E5.1b")
def test_of_a_thousand_stories_no_telephone_number_or_address_is_left_and_what_happened_is() -> None:
    draw = random.Random(39)
    for _ in range(1000):
        secrets = [draw.choice(kind) for kind in (PHONES, NUMBERS, HANDLES, PLACES)]
        parts = [f"{draw.choice(PLAIN)}联系我{secret}，" for secret in secrets]
        draw.shuffle(parts)
        said = scrub("".join(parts))
        for secret in secrets:
            assert secret not in said, (secret, said)
        assert not re.search(r"\d{5,}|@", said), said
        assert any(plain in said for plain in PLAIN), said
    for kept in PLAIN:
        assert scrub(kept) == kept


@pytest.mark.clause("E5.1b")
def test_there_is_no_rate_of_few_orders_and_the_others_are_per_ten_thousand() -> None:
    assert [rate(3, orders, floor=30) for orders in (0, 29, 30, 12_000)] == [None, None, 1000, 3]
    assert (rate(1, 4000, floor=30), rate(0, 30, floor=30)) == (3, 0)
    assert (median([]), median([9, 1, 4, 2]), mean([]), mean([1, 2])) == (None, 2, None, 2)


def test_the_nearest_authority_over_a_place_is_found_and_none_of_another_place() -> None:
    areas = {"CITY": "390100", "PROVINCE": "390000", "OTHER": "390200"}
    assert [nearest(areas, place) for place in ("390101", "390300", "440100")] == ["CITY", "PROVINCE", ""]
