"""Firms whose names are in rare characters (CJK extensions B to H) are found by them and by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.tests.numbers import uscc
from chengxin.lists.tests.conftest import ABNORMAL_HEAD, settle
from chengxin.matching.tests.conftest import ask, enterprise

PURPOSE = "closer_supervision"
# One character of each block: B, C, D, E, F, G and H.
RARE = "𠮷𪜀𫝀𫠠𬺰𰀀𱍐"
ROW = (
    "云汀{0}禾商贸有限公司,{1},云市监异〔2026〕{2}号,未公示年度报告,企业信息公示暂行条例第十七条,"
    "2026-10-01,,,2026-10-08,云汀市市场监督管理局\n"
)


@pytest.fixture
def rarely_named(
    market: Office,
    kept: Callable[[datetime], None],
    hand_in: Callable[..., Batch],
    accept: Callable[..., Batch],
) -> Office:
    rows = [ROW.format(character, uscc(f"91390100MC{at:07}"), at) for at, character in enumerate(RARE)]
    accept(hand_in((ABNORMAL_HEAD + "".join(rows)).encode(), market, item="abnormal_operation").id, market)
    settle(NOW)
    kept(NOW)
    return market


def test_each_block_of_rare_characters_is_found_and_none_is_taken_for_another(rarely_named: Office) -> None:
    asked = [enterprise(f"云汀{character}禾商贸有限公司") for character in RARE]
    rows = ask(rarely_named.clerk, *asked, at=NOW, purpose=PURPOSE).rows
    exact = [[hit.values.entry for hit in row.hits if hit.rule == "name_exact"] for row in rows]
    assert exact == [[one.name] for one in asked]
    (usual,) = ask(rarely_named.clerk, enterprise("云汀吉禾商贸有限公司"), at=NOW, purpose=PURPOSE).rows
    assert "name_exact" not in {hit.rule for hit in usual.hits}
