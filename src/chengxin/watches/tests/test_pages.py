"""Watches on a phone: an officer sets one and reads a warning, the watched sees who watches; a program ends it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.lists.tests.conftest import ABNORMAL, ABNORMAL_HEAD, FIRM
from chengxin.lists.tests.conftest import settle as settle_lists
from chengxin.watches.tests.conftest import LICENCES, NAME, SETUP, warnings


@world
def licensed(firm: Actor, market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Actor:
    """Return the firm, licensed by the regulator for a year and on its list of abnormal operation today."""
    licence = LICENCES.replace("2027-03-31", (legal_day(now()) + timedelta(days=365)).isoformat())
    accept(hand_in(licence.encode(), market, item="licence", name="许可.csv").id, market)
    content = ABNORMAL_HEAD + ABNORMAL.format(until="", removed="")
    accept(hand_in(content.encode(), market, item="abnormal_operation").id, market)
    settle_lists(now())
    return firm


@pytest.mark.browser
@pytest.mark.clause("P5.2d")
@pytest.mark.django_db(transaction=True)
def test_an_officer_watches_a_licensee_on_a_phone_and_the_licensee_sees_it(
    live_server: Any, licensed: Actor, browser_page: Callable[..., Page]
) -> None:
    url, clerk, own = live_server.url, *(cookie_of(one, live_server.url) for one in ("ytsj-clerk", "firm"))
    page = browser_page(width=360, javascript=False, cookies=[clerk])
    page.goto(f"{url}/dept/watches/new")
    keep(page, "watch-new")
    page.get_by_label("统一社会信用代码或者身份证号").fill(FIRM)
    page.get_by_label("为了什么").select_option("closer_supervision")
    page.get_by_label("本单位作出的、仍然有效的行政许可").check()
    page.get_by_label("最后一日").fill((legal_day(now()) + timedelta(days=90)).isoformat())
    page.get_by_role("button", name="开始关注").click()
    text = page.inner_text("main")
    for words in (NAME, "关注中", "号码相同，请核对是否采取措施", "待核对", "云市监异〔2026〕1号"):
        assert words in text, words
    keep(page, "watch-one")
    (case,) = warnings("YTSJ")
    page.get_by_role("link", name="核对这一条").click()
    assert "系统只提示，不作任何处理" in page.inner_text("main")
    keep(page, "watch-case")
    watched = browser_page(width=360, javascript=False, cookies=[own])
    watched.goto(f"{url}/me/watches")
    text = watched.inner_text("main")
    for words in ("云汀市市场监督管理局", "关注中", "行政许可法", "名单有变动"):
        assert words in text, words
    keep(watched, "watch-own")
    watched.goto(f"{url}/me/looks")
    assert "开始关注您是否列入名单" in watched.inner_text("main")
    officer, firm = (browser_page(width=320, cookies=[cookie]) for cookie in (clerk, own))
    for address in ("/dept/watches", "/dept/watches/new", f"/dept/watches/{case.ref.id}", f"/dept/cases/{case.id}"):
        assert is_sound(officer, url + address), address
    assert is_sound(firm, f"{url}/me/watches")
    a_program_reads_and_ends_what_its_body_watches(case.ref.id)


def a_program_reads_and_ends_what_its_body_watches(watch_id: str) -> None:
    new = access.register_client("YTSJ-1", body="YTSJ", scopes=("watch.set",), actor=SETUP, now=now())
    pair = base64.b64encode(f"{new.client.id}:{new.secret}".encode()).decode()
    client, headers = Client(), {"Authorization": f"Basic {pair}"}
    (one,) = client.get("/api/v1/watches", headers=headers).json()
    assert (one["id"], one["ground"], one["runs"], "subject" in one) == (watch_id, "licence", True, False)
    said = {"kind": "enterprise", "number": FIRM, "purpose": "closer_supervision", "ground": "licence"}
    said["last_day"] = one["last_day"]
    again = client.post("/api/v1/watches", orjson.dumps(said), content_type="application/json", headers=headers)
    assert (again.status_code, again.json()["code"]) == (422, "WATCH-TWICE")
    assert client.post(f"/api/v1/watches/{watch_id}/end", headers=headers).status_code == 204
    assert [one["ended_because"] for one in client.get("/api/v1/watches", headers=headers).json()] == ["taken_back"]
    assert client.get("/api/v1/watches").status_code == 401
