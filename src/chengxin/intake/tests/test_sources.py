"""The register of sources and the lineage of a line: who sees them, what they say, and what they never say."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.database.contracts import Channel
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch
from chengxin.intake.models import Batch as BatchRow
from chengxin.intake.models import Fix
from chengxin.intake.tests.conftest import NOW, SETUP, Office, open_office
from chengxin.intake.tests.test_main_job import BAD, FIRM, HEAD, PERSON
from chengxin.intake.tests.test_pages import sign_in
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


def officer_of(code: str, area: str, *, is_credit_office: bool = True) -> Actor:
    """Open a body with one case officer, who signs in as `<code>-officer`."""
    body = Body(
        code=code,
        name_zh=f"{code}信用办",
        name_en=code,
        uscc="",
        area=area,
        level="city",
        fields_of_work=(),
        parent="",
        is_credit_office=is_credit_office,
    )
    access.open_bodies([body], actor=SETUP, now=NOW)
    account = access.open_account(f"{code.lower()}-officer", actor=SETUP, now=NOW)
    access.give_post(account.id, body=code, role=Role.CASE_OFFICER, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    opened = access.find_account_by_id(account.id, on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date(), body=code)


@world
def batch(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Batch:
    return accept(hand_in((HEAD + FIRM + PERSON + BAD).encode(), market).id, market)


@world
def office(market: Office) -> Actor:
    return officer_of("XY", "39")


@pytest.mark.clause("P3.3a")
def test_an_office_reads_who_may_file_what_by_which_door_and_how_well(batch: Batch, office: Actor) -> None:
    open_office("YTHB", "云汀市生态环境局", "", "390100", ("penalty",))
    (environment, market) = intake.list_sources(office, now=NOW)
    assert (environment.body.code, environment.total.batches, environment.total.last_at) == ("YTHB", 0, None)
    total = market.total
    assert (total.rows, total.accepted, total.questioned, total.late) == (3, 2, 1, batch.late)
    assert (total.batches, total.last_at, total.channels) == (1, NOW, frozenset({"page"}))
    assert [right.item_code for right in market.rights] == ["licence", "penalty"]
    assert market.doors == frozenset({"page"})
    access.register_client("双公示对接", body="YTSJ", scopes=["batch.upload"], actor=SETUP, now=NOW)
    assert intake.get_source(office, "YTSJ", now=NOW).doors == frozenset({"page", "api"})
    page = sign_in("xy-officer").get("/office/sources").content.decode()
    for words in ("云汀市市场监督管理局", "页面上传、接口推送", "2026年11月23日 10:00", "共3行", "过去一年没有"):
        assert words in page
    assert "云汀市生态" not in sign_in("xy-officer").get("/office/sources?q=市场").content.decode()
    page = sign_in("xy-officer").get("/office/sources/YTSJ").content.decode()
    for words in ("双公示对接", "自2020年1月1日起", batch.number, "双公示.csv", f"/dept/lineage/{batch.id}"):
        assert words in page


@pytest.mark.clause("P3.3a")
def test_the_scope_of_each_field_says_which_door_lets_it_out(batch: Batch, office: Actor) -> None:
    page = sign_in("xy-officer").get("/office/sources/YTSJ/items/penalty").content.decode()
    rows = page.partition('id="scope"')[2].split('<tr role="row">')
    (number,) = [row for row in rows if "法定代表人证件号码" in row.partition("</th>")[0]]
    assert number.count("不可以") == 1
    assert "加密保存，每次打开都有登记；平时全部隐去" in number
    (name,) = [row for row in rows if "行政处罚决定书文号" in row.partition("</th>")[0]]
    assert "不可以" not in name
    assert "只限经营者" in name
    assert sign_in("xy-officer").get("/office/sources/YTSJ/items/honour").status_code == 404


@pytest.mark.clause("P3.3a")
def test_a_line_opens_to_batch_file_row_officers_times_and_receipt(batch: Batch, office: Actor, market: Office) -> None:
    for viewer in ("xy-officer", "ytsj-clerk", "ytsj-approver"):
        reply = sign_in(viewer).get(f"/dept/lineage/{batch.id}/2")
        page = reply.content.decode()
        for words in (
            batch.number,
            "双公示.csv",
            "ytsj-clerk",
            "ytsj-approver",
            "2026年11月23日 10:00",
            "成为记录的第1版",
        ):
            assert words in page, (viewer, words)
        assert str(batch.receipt_id) in page
        assert reply["Cache-Control"] == "no-store"
        assert "林禾舟" not in sign_in(viewer).get(f"/dept/lineage/{batch.id}/3").content.decode()
    (origin,) = intake.origin_of(market.clerk, batch.id, 2, now=NOW).became
    assert str(origin.record_id) in sign_in("ytsj-clerk").get(f"/dept/lineage/{batch.id}").content.decode()
    assert "查看每一行成了哪一条记录" in sign_in("ytsj-clerk").get(f"/dept/batches/{batch.id}").content.decode()


@pytest.mark.clause("P3.3a")
def test_a_cell_corrected_in_the_page_names_who_and_when_and_not_the_text(
    market: Office, office: Actor, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    unnumbered = FIRM.replace("云市监处罚〔2026〕1号", "")
    found = hand_in((HEAD + unnumbered + PERSON).encode(), market)
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        intake.fix_cell(found.id, row=2, field="decision_no", text="云市监罚〔2026〕77号", actor=market.clerk, now=NOW)
    accept(found.id, market)
    page = sign_in("xy-officer").get(f"/dept/lineage/{found.id}/2").content.decode()
    assert "在页面上改正了“行政处罚决定书文号”" in page
    assert "77号" not in page
    assert "在页面上改正了" not in sign_in("xy-officer").get(f"/dept/lineage/{found.id}/3").content.decode()


@pytest.mark.clause("P3.3a")
def test_nobody_else_sees_a_source_or_a_lineage(batch: Batch, office: Actor) -> None:
    open_office("YTHB", "云汀市生态环境局", "", "390100", ("penalty",))
    officer_of("XY2", "3902")
    officer_of("SIDE", "3901", is_credit_office=False)
    addresses = ["/office/sources/YTSJ", "/office/sources/YTSJ/items/penalty"]
    addresses += [f"/dept/lineage/{batch.id}", f"/dept/lineage/{batch.id}/2"]
    for address in addresses:
        assert Client().get(address).status_code == 401, address
        for stranger in ("ythb-clerk", "ythb-approver", "xy2-officer", "side-officer"):
            reply = sign_in(stranger).get(address)
            assert (reply.status_code, batch.number in reply.content.decode()) == (404, False), (stranger, address)
        for known in ("xy-officer", "ytsj-clerk", "ytsj-approver"):
            assert sign_in(known).get(address).status_code == 200, (known, address)
    assert Client().get("/office/sources").status_code == 401
    assert "市场监督" not in sign_in("xy2-officer").get("/office/sources").content.decode()
    assert sign_in("side-officer").get("/office/sources").status_code == 403
    assert sign_in("ytsj-clerk").get("/office/sources")["Location"] == "/office/sources/YTSJ"
    for absent in (f"/dept/lineage/{uuid4()}/2", f"/dept/lineage/{batch.id}/4", f"/dept/lineage/{batch.id}/99"):
        assert sign_in("xy-officer").get(absent).status_code == 404


def read_as(actor: Actor, *, channel: Channel, purpose: str) -> tuple[int, int]:
    with access.acting_for(actor, channel=channel, purpose=purpose):
        return BatchRow.objects.count(), Fix.objects.count()


@pytest.mark.clause("P3.3a")
def test_row_security_shows_an_office_its_area_and_only_to_oversee(
    market: Office, office: Actor, hand_in: Callable[..., Batch]
) -> None:
    found = hand_in((HEAD + FIRM + BAD).encode(), market)
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        intake.drop_row(found.id, row=2, actor=market.clerk, now=NOW)
    assert read_as(office, channel=Channel.OFFICE, purpose="oversight") == (1, 1)
    assert read_as(office, channel=Channel.OFFICE, purpose="case_handling") == (0, 0)
    assert read_as(office, channel=Channel.INTAKE, purpose="oversight") == (0, 0)
    for other in (officer_of("XY2", "3902"), officer_of("SIDE", "3901", is_credit_office=False)):
        assert read_as(other, channel=Channel.OFFICE, purpose="oversight") == (0, 0)
        with pytest.raises(Refused):
            intake.origin_of(other, found.id, 2, now=NOW)


@pytest.mark.clause("P3.3a")
def test_a_post_that_handles_cases_for_the_body_itself_is_no_right_to_its_lineage(batch: Batch, office: Actor) -> None:
    account = access.open_account("ytsj-cases", actor=SETUP, now=NOW)
    access.give_post(account.id, body="YTSJ", role=Role.CASE_OFFICER, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    for address in (f"/dept/lineage/{batch.id}", f"/dept/lineage/{batch.id}/2", "/office/sources/YTSJ"):
        assert sign_in("ytsj-cases").get(address).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_are_accessible_on_a_phone(
    live_server, batch: Batch, office: Actor, browser_page: Callable[..., Page], language: str
) -> None:
    cookie = {"name": "sessionid", "value": sign_in("xy-officer").cookies["sessionid"].value, "url": live_server.url}
    page = browser_page(width=360, javascript=False, language=language, cookies=[cookie])
    inspector = browser_page(width=360, language=language, cookies=[cookie])
    for name, address in (
        ("sources", "/office/sources"),
        ("source", "/office/sources/YTSJ"),
        ("scope", "/office/sources/YTSJ/items/penalty"),
        ("lineage-batch", f"/dept/lineage/{batch.id}"),
    ):
        page.goto(live_server.url + address)
        keep(page, f"{name}-{language}")
        inspector.goto(live_server.url + address)
        assert problems_of(inspector) == [], address
    page.locator("tbody th a").first.click()
    keep(page, f"lineage-row-{language}")
    assert page.get_by_text("ytsj-approver").first.is_visible()
    inspector.goto(page.url)
    assert problems_of(inspector) == []


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("CHENGXIN_SCREENSHOTS", ""):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
