"""Sheets of three hotlines: the same call is one complaint with three sources, another caller is never joined."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page, expect

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.disputes import facade
from chengxin.disputes.contracts import Sheet
from chengxin.disputes.tests.conftest import DAY, Town, complain
from chengxin.disputes.tests.test_course import code_of
from chengxin.intake.tests.conftest import NOW, SETUP
from chengxin.intake.tests.test_journey import cookie_of, keep


def sheet(hotline: str, number: str, **changed: object) -> Sheet:
    plain = {"platform": "SHOP", "shop": "S-1", "phone": "139 0000 0000", "text": "保温杯漏水。", "at": NOW}
    return Sheet(hotline=hotline, number=number, **{**plain, **changed})  # type: ignore[arg-type]


@pytest.mark.clause("E2.5b", "E4.1b")
def test_three_hotlines_with_one_caller_are_one_complaint_with_three_sources(town: Town) -> None:
    filed = facade.file_sheets(
        town.regulator,
        [
            sheet("12345", "A1", at=NOW - 2 * DAY),
            sheet("12315", "B1", phone="13900000000", at=NOW - DAY),
            sheet("12318", "C1", phone="+86 139-0000-0000"),
            sheet("12315", "B1"),
            sheet("12315", "B2", phone="13900000001"),
            sheet("12345", "A2", phone=""),
            sheet("110", "D1"),
            sheet("12345", "A3", shop="S-9"),
            sheet("12345", "A4", at=NOW + DAY),
        ],
        now=NOW,
    )
    first = filed[0].number
    assert [one.number == first for one in filed] == [True] * 4 + [False] * 5
    assert [one.is_new for one in filed] == [True, False, False, False, True, True, False, False, False]
    assert [one.refusal and one.refusal.code for one in filed[6:]] == ["DSP-SHEET", "DSP-NO-SHOP", "DSP-SHEET"]
    found = {one.number: one for one in facade.list_for(town.clerk)}
    assert len(found) == 3
    assert [one.hotline for one in found[first].sources] == ["12345", "12315", "12318"]
    assert [one.sources for one in facade.list_for(town.merchant)] == [(), (), ()]
    assert code_of(facade.file_sheets, town.merchant, [sheet("12345", "A5")], now=NOW) in {"A-NO-RIGHT", "ABSENT"}


def hotline(town: Town, method: str, **body: Any) -> Any:
    """Ask as the program of the regulator's hotline."""
    new = access.register_client(
        "hotline", body=town.regulator.body, scopes=("dispute.file_sheet",), actor=SETUP, now=NOW
    )
    pair = base64.b64encode(f"{new.client.id}:{new.secret}".encode()).decode()
    client, given = Client(headers={"Authorization": f"Basic {pair}"}), orjson.dumps(body)
    posted = client.post("/api/v1/hotline-sheets", given, content_type="application/json")
    return posted if method == "post" else client.get("/api/v1/hotline-sheets")


def given(line: str, number: str, **changed: object) -> dict[str, object]:
    plain = {"hotline": line, "number": number, "platform": "SHOP", "shop": "S-1", "phone": "13900000000"}
    return {**plain, "text": "保温杯漏水。", "at": NOW.isoformat(), **changed}


@pytest.mark.clause("E4.1b")
def test_a_hotlines_program_reads_what_its_sheets_became_and_why_one_was_not_taken(town: Town) -> None:
    complain(town.shop)  # Not by a hotline: no program reads of it.
    sheets = [given("12345", "A1"), given("12318", "C1"), given("12315", "B1", shop="S-9")]
    assert hotline(town, "post", sheets=[given("110", "D1")]).status_code == 422
    assert hotline(town, "get", sheets=sheets).json() == [
        {
            "complaint": next(one.number for one in facade.list_for(town.clerk) if one.sources),
            "state": "first",
            "is_closed": False,
            "sources": [
                {"hotline": "12345", "number": "A1", "at": "2026-11-23T02:00:00+00:00"},
                {"hotline": "12318", "number": "C1", "at": "2026-11-23T02:00:00+00:00"},
            ],
        }
    ]
    (_first, _second, refused) = hotline(town, "post", sheets=sheets).json()
    assert (refused["fault"]["code"], refused["complaint"]) == ("DSP-NO-SHOP", "")


@pytest.mark.clause("E4.1b")
def test_an_officer_files_a_sheet_on_a_page_and_sees_its_own_alone(town: Town) -> None:
    facade.file_sheets(town.clerk, [sheet("12315", "B1")], now=NOW)
    client = sign_in("sj-officer")
    assert "还没有登记工单" in client.get("/reg/hotlines").content.decode()
    said = {**given("12345", "A1"), "on": "2026-11-23", "matter": "other", "asks": "refund"}
    assert client.post("/reg/hotlines", {**said, "shop": "S-9"}).status_code == 422
    assert client.post("/reg/hotlines", said).status_code == 302
    page = client.get("/reg/hotlines").content.decode()
    assert "2个来源" in page
    assert [one for one in ("12345 A1", "12315 B1") if one not in page] == []
    assert "13900000000" not in page
    assert Client().get("/reg/hotlines").status_code == 401
    # The shop that is complained of finds it on its one page, with its last day.
    own = sign_in("firm").get("/biz/shop/licences").content.decode()
    assert "答复投诉" in own
    assert "没有办完的投诉" in own
    assert "首问负责岗位" in sign_in("firm").get("/biz/promises").content.decode()


FILE = """热线,工单号,平台,店铺编号,来电号码,来电时间,内容
12345,F1,SHOP,S-1,13900000000,2026-11-23 09:00,保温杯漏水。
12315,F2,SHOP,S-1,139-0000-0000,2026-11-23,还是那只保温杯。
12315,F3,SHOP,S-9,,2026-11-23,另一家。
12315,F4,SHOP,S-1,,昨天,漏水。
12315,,SHOP,S-1,,2026-11-23,漏水。
"""


@pytest.mark.clause("E4.1b")
def test_a_file_of_sheets_is_answered_row_by_row_and_once(town: Town) -> None:
    client = sign_in("sj-officer")
    for place in range(2):
        sent = SimpleUploadedFile("sheets.csv", FILE.encode("gb18030"))
        page = client.post("/reg/hotlines", {"press": "file", "file": sent}).content.decode()
        said = ("第5行的来电时间读不出来", "第6行没有工单号", "这个平台没有报送过这个编号的店铺", "2个来源")
        assert [one for one in said if one not in page] == [], place
        assert ("新的一件" in page) == (place == 0)
        assert "13900000000" not in page
    (one,) = facade.list_for(town.clerk)
    assert [each.sheet for each in one.sources] == ["F2", "F1"]
    bare = SimpleUploadedFile("sheets.csv", "热线,工单号\n12345,F9\n".encode())
    refused = client.post("/reg/hotlines", {"press": "file", "file": bare})
    assert (refused.status_code, "平台、店铺编号、来电时间、内容" in refused.content.decode()) == (422, True)
    assert client.post("/reg/hotlines", {"press": "file"}).status_code == 422
    assert len(facade.list_for(town.clerk)) == 1


@pytest.mark.browser
@pytest.mark.clause("E4.1b")
@pytest.mark.django_db(transaction=True)
def test_a_file_is_filed_on_a_phone_without_scripts(live_server, town: Town, browser_page: Callable[..., Page]) -> None:
    page = browser_page(width=360, javascript=False, cookies=[cookie_of("sj-officer", live_server.url)])
    page.goto(f"{live_server.url}/reg/hotlines")
    keep(page, "hotlines")
    sent = {"name": "sheets.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.get_by_label("工单文件").set_input_files(files=[sent])
    page.get_by_role("button", name="登记文件里的工单").click()
    expect(page.locator("main")).to_contain_text("第5行的来电时间读不出来")
    expect(page.locator("main")).to_contain_text("2个来源")
    keep(page, "hotlines-filed")
