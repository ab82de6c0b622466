"""What is public of a platform's duties: facts with days in three lines, each with its rows, and nothing added up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from chengxin.access.tests.cast import sign_in
from chengxin.duties import facade
from chengxin.duties.tests.test_actions import FIRST, acted, rule
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.clock import simulated
from chengxin.market import facade as markets
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold
from chengxin.reviews.tests.conftest import firm, ground, market, shop, sold, today

__all__ = ["firm", "ground", "market", "rule", "shop", "sold", "today"]
LATER = datetime(2027, 8, 2, 2, tzinfo=UTC)


@pytest.mark.clause("E4.4a")
@pytest.mark.clause("E4.3c")
def test_every_figure_has_its_day_and_leads_to_rows_and_no_line_is_added_up(
    sold: Sold, shop: Shop, rule: object
) -> None:
    acted(sold, rule)  # type: ignore[arg-type]
    facade.file_rule(sold.clerk, replace(FIRST, text="改了，没有征求意见。"), now=NOW)
    platform = markets.get_platform("SHOP")
    lines = facade.scorecard(platform, now=LATER)
    counted = {
        one.code: (one.counted.value, one.counted.out_of, one.counted.newest_on)
        for line in lines
        for one in line.figures
    }
    assert [line.code for line in lines] == ["quality", "rights", "service"]
    assert counted == {
        "verifications": (1, 1, date(2027, 5, 24)),
        "measures": (1, 1, date(2026, 11, 23)),
        "notices": (0, 0, None),
        "endings": (0, 0, None),
        "rules": (1, 2, date(2026, 9, 10)),
        "overdue": (4, 4, date(2027, 7, 31)),
        "late": (0, 0, None),
    }
    assert shop.due_on == date(2027, 5, 24)
    with simulated(LATER):
        page = Client().get("/platforms/SHOP").content.decode()
        urls = set(re.findall(r'href="(/platforms/SHOP[^"]*)"', page))
        assert {Client().get(url.partition("#")[0]).status_code for url in urls} == {200}
        own = sign_in("shop-clerk").get("/biz/self-check").content.decode()
    assert [said in page for said in ("不打分，不排名", "总分", "评分")] == [True, False, False]
    assert ["现在要办" in own, own.count("逾期没有报") >= 4, "到期没有再核验的店铺" in own] == [True, True, True]
