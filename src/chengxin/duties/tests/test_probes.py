"""Test calls to the channels of a platform: public, of an officer, and 未测 where there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.db import DatabaseError
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.duties import facade, models
from chengxin.duties.contracts import Probe
from chengxin.duties.tests.test_actions import code
from chengxin.duties.tests.test_sheets import reg
from chengxin.intake.tests.conftest import NOW, ground, market
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.market.tests.conftest import Sold, sold, today
from chengxin.objections.tests.conftest import officer

__all__ = ["ground", "market", "reg", "sold", "today"]
PROBE = Probe(platform="SHOP", channel="phone", depth=3, was_answered=True, seconds=95, on=date(2026, 11, 20))


@pytest.mark.clause("E4.1c")
def test_a_channel_says_not_tested_until_an_officer_tested_it_and_then_the_newest_result(
    sold: Sold, reg: Actor
) -> None:
    assert facade.latest_probes("SHOP") == {"phone": None, "online": None, "page": None}
    assert Client().get("/platforms/SHOP").content.decode().count("未测") == 3
    silent = replace(PROBE, was_answered=False, seconds=None, on=date(2026, 11, 23))
    for one in (silent, PROBE):
        facade.note_probe(reg, one, now=NOW)
    assert facade.latest_probes("SHOP")["phone"] == replace(silent, body=reg.body)
    page = Client().get("/platforms/SHOP").content.decode()
    assert [page.count("未测"), "没有接通" in page, "95秒" in page] == [2, True, False]


@pytest.mark.clause("E4.1c")
def test_a_platform_never_tests_itself_and_a_result_is_whole_of_no_later_day_and_stays(sold: Sold, reg: Actor) -> None:
    boss = officer("shop-boss", "SHOP")
    wrong = (
        (sold.clerk, PROBE, "A-NO-RIGHT"),
        (boss, PROBE, "DU-NOT-COMPETENT"),
        (reg, replace(PROBE, seconds=None), "DU-PROBE channel"),
        (reg, replace(PROBE, channel="fax"), "DU-PROBE channel"),
        (reg, replace(PROBE, on=date(2026, 11, 24)), "DU-PROBE channel"),
    )
    for actor, one, answer in wrong:
        assert code(partial(facade.note_probe, actor, one, now=NOW)) == answer
    assert set(facade.latest_probes("SHOP").values()) == {None}
    facade.note_probe(reg, PROBE, now=NOW)
    with access.acting_for(boss, channel=Channel.BODY, purpose="case_handling"):
        row = models.ChannelProbe.objects.get()
    row.id, row.body, row.probed_by = new_id(NOW), "SHOP", boss.key
    with pytest.raises(DatabaseError), access.acting_for(boss, channel=Channel.BODY, purpose="case_handling"):
        row.save(force_insert=True)
    with pytest.raises(DatabaseError), access.acting_for(reg, channel=Channel.BODY, purpose="case_handling"):
        models.ChannelProbe.objects.update(seconds=1)


@pytest.mark.browser
@pytest.mark.clause("E4.1c")
@pytest.mark.django_db(transaction=True)
def test_an_officer_writes_down_a_test_call_and_everybody_reads_it(
    live_server, sold: Sold, reg: Actor, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    page = browser_page(width=360, javascript=False, cookies=[cookie_of("sj-officer", url)])
    page.goto(f"{url}/reg/probes")
    page.get_by_label("菜单层数").fill("3")
    page.get_by_label("等了多少秒").fill("95")
    page.get_by_label("抽测日").fill(str(legal_day(NOW)))
    keep(page, "probes-form")
    page.get_by_role("button", name="提交").click()
    assert "95秒接通" in page.inner_text("#service")
    keep(page, "probes-public")
    seen = browser_page(width=320)
    seen.goto(page.url)
    assert problems_of(seen) == []
