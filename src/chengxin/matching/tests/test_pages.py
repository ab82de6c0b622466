"""An officer's page: one name by hand on a phone, both values and why, a clearance with its second officer."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access.tests.cast import sign_in
from chengxin.determinations.tests.conftest import SERVED
from chengxin.intake.tests.conftest import Office
from chengxin.intake.tests.test_journey import cookie_of
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.lists.tests.conftest import FIRM, entry_of
from chengxin.matching import facade
from chengxin.matching.tests.test_clearances import REASONS

PAGE = "/dept/matching"
ASKED = {"purpose": "procurement", "kind": "enterprise", "name": "", "number": FIRM}


@pytest.mark.clause("P5.2d")
def test_a_hit_shows_both_values_and_leads_to_a_proposal_and_what_was_typed_is_in_no_address(
    standing: Actor, finance: Office
) -> None:
    clerk, approver = sign_in("ytcz-clerk"), sign_in("ytcz-approver")
    with simulated(SERVED):
        shown = clerk.post(PAGE, {**ASKED, "name": "雲汀禾木商貿", "number": ""})
        text = shown.content.decode()
        assert shown["Cache-Control"] == "no-store"
        for words in ("雲汀禾木商貿", "云汀禾木商贸有限公司", "是对方名称的简称", "若提供的证件号码有效且与名单不同"):
            assert words in text, words
        entry = entry_of(standing)
        assert f"/dept/measures/new/{entry.subject_id}/{entry.record_id}/procurement" in text
        cleared = clerk.post(PAGE, {**ASKED, "entry": str(entry.id), "reasons": REASONS})
        assert (cleared.status_code, cleared["Location"]) == (302, PAGE)
        (waiting,) = facade.list_clearances(finance.clerk, now=SERVED)
        assert "等另一人确认" in clerk.get(PAGE).content.decode()
        assert "确认排除" not in clerk.get(PAGE).content.decode()
        assert clerk.post(f"{PAGE}/{waiting.id}/confirm").status_code == 403
        assert "确认排除" in approver.get(PAGE).content.decode()
        assert "不是同一主体，排除" not in approver.post(PAGE, ASKED).content.decode()
        assert approver.post(f"{PAGE}/{waiting.id}/confirm").status_code == 302
        assert "已经排除" in clerk.post(PAGE, ASKED).content.decode()
        assert clerk.post(f"{PAGE}/{waiting.id}/take-back").status_code == 302
        assert facade.list_clearances(finance.clerk, now=SERVED) == []


def test_whoever_has_no_post_is_turned_away_and_a_mistake_is_said(standing: Actor, finance: Office) -> None:
    with simulated(SERVED):
        assert Client().get(PAGE).status_code == 401
        assert sign_in("firm").post(PAGE, ASKED).status_code == 403
        clerk = sign_in("ytcz-clerk")
        wrong = clerk.post(PAGE, {**ASKED, "purpose": "debtor_office"})
        assert wrong.status_code == 422
        nothing = clerk.post(PAGE, {**ASKED, "number": " "})
        assert "名称和证件号码都是空的" in nothing.content.decode()
        assert clerk.post(PAGE, {**ASKED, "entry": "x", "reasons": "y"}).status_code == 422
        no_reason = clerk.post(PAGE, {**ASKED, "entry": str(entry_of(standing).id), "reasons": " "})
        assert no_reason.status_code == 422
        assert facade.list_clearances(finance.clerk, now=SERVED) == []


@pytest.mark.browser
@pytest.mark.clause("P5.2d")
@pytest.mark.django_db(transaction=True)
def test_an_officer_matches_a_name_on_a_phone_without_scripts_and_clears_it(
    live_server, abnormal: Actor, browser_page: Callable[..., Page]
) -> None:
    clerk = cookie_of("ytsj-clerk", live_server.url)
    page = browser_page(width=360, javascript=False, cookies=[clerk])
    page.goto(live_server.url + PAGE)
    page.get_by_label("为了哪一项措施").select_option("closer_supervision")
    page.get_by_label("名称或者姓名").fill("云汀禾木贸商")
    page.get_by_role("button", name="比对").click()
    assert "有命中，请核对" in page.inner_text("main")
    keep(page, "matching-hit")
    inspector = browser_page(width=320, cookies=[clerk])
    inspector.goto(live_server.url + PAGE)
    assert problems_of(inspector) == []
    inspector.get_by_label("名称或者姓名").fill("云汀禾木贸商")
    inspector.get_by_label("为了哪一项措施").select_option("closer_supervision")
    inspector.get_by_role("button", name="比对").click()
    assert problems_of(inspector) == []
    page.locator("summary", has_text="不是同一主体").click()
    page.get_by_label("为什么不是同一主体").fill(REASONS)
    page.get_by_role("button", name="排除", exact=True).click()
    assert REASONS in page.inner_text("main")
    keep(page, "matching-cleared")


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("CHENGXIN_SCREENSHOTS", ""):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
