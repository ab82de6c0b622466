"""What a platform files: owed by the calendar, taken late too, late for good, and all of it public."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.duties import facade, models
from chengxin.duties.contracts import Report
from chengxin.duties.filing_rules import due_of, owed, why_not_answer
from chengxin.duties.tests.test_actions import code
from chengxin.intake.tests.conftest import NOW, Office, ground, market
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.clock import legal_day, simulated
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal
from chengxin.market import facade as markets
from chengxin.market.tests.conftest import Sold, sold, today

__all__ = ["ground", "market", "sold", "today"]
DUTIES = facade.filing_duties()
COUNTS = {"operators": "120", "individuals": "30", "prompted": "2", "left": "1"}
IDENTITY = Report(duty="identity", answers=COUNTS, period="2027-01")
EVENT = Report(
    duty="event",
    answers={"kind": "outage", "facts": "支付页打不开两小时，联系13900000000。", "done": "已经恢复。"},
    happened_on=date(2026, 11, 20),
)
SINCE = date(2026, 11, 23)


def at(*parts: int) -> datetime:
    return datetime(*parts, 2, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.clause("E5.1a")
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 12, 31), [("basic", "", date(2026, 12, 14))]),
        (
            date(2027, 1, 1),
            [
                ("basic", "", date(2026, 12, 14)),
                ("credit", "2027-01", date(2027, 1, 31)),
                ("identity", "2027-01", date(2027, 1, 31)),
            ],
        ),
        (
            date(2027, 7, 31),
            [
                ("basic", "", date(2026, 12, 14)),
                ("credit", "2027-01", date(2027, 1, 31)),
                ("identity", "2027-01", date(2027, 1, 31)),
                ("identity", "2027-07", date(2027, 7, 31)),
            ],
        ),
    ],
)
def test_what_a_platform_owes_follows_from_its_registration_and_the_calendar(
    today: date, expected: list[tuple[str, str, date]]
) -> None:
    found = owed(DUTIES.values(), [], since=SINCE, today=today, pack="jiangsu")
    assert [(one.duty, one.period, one.due_on) for one in found] == expected


@pytest.mark.clause("E5.1a")
def test_a_month_before_the_registration_or_after_today_is_not_filed() -> None:
    def answer(period: str) -> str:
        found = due_of(
            DUTIES["identity"], replace(IDENTITY, period=period), since=SINCE, today=date(2027, 1, 1), pack="jiangsu"
        )
        return found.code if isinstance(found, Refusal) else str(found)

    asked = ("2026-07", "2027-01", "2027-02", "2027-07", "")
    assert [answer(one) for one in asked] == ["DU-FILING-PERIOD", "2027-01-31", *["DU-FILING-PERIOD"] * 3]


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"operators": "-1"}, "operators"), ({"operators": ""}, "operators"), ({"names": "某人"}, "names")],
)
def test_an_answer_that_is_missing_wrong_or_not_asked_is_refused(changed: dict[str, str], field: str) -> None:
    refusal = why_not_answer(DUTIES["identity"], replace(IDENTITY, answers=COUNTS | changed))
    assert refusal is not None
    assert (refusal.code, refusal.field) == ("DU-FILING-ANSWER", field)


@pytest.mark.clause("E5.1a")
def test_a_month_can_be_supplemented_however_much_was_filed_since(sold: Sold) -> None:
    then = at(2027, 1, 10)
    with simulated(then):
        first = facade.file_report(sold.clerk, IDENTITY, now=then)
        with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
            row = models.PlatformFiling.objects.get(id=first.id)
            since = []
            for place in range(200):
                row.id, row.number = new_id(then), f"PB-{place}"
                row.duty, row.period, row.happened_on, row.answers = "event", "", legal_day(then), {}
                since.append(copy(row))
            models.PlatformFiling.objects.bulk_create(since)
        assert "identity" not in {one.report.duty for one in facade.list_filings("SHOP")}
        assert facade.list_filed_periods("SHOP", "identity") == ["2027-01"]
        again = facade.file_report(sold.clerk, IDENTITY, now=then)
    assert again.is_supplement


@pytest.mark.clause("E5.1a")
def test_an_event_is_due_in_three_workdays_and_a_late_one_is_taken_and_marked(sold: Sold) -> None:
    early = facade.file_report(sold.clerk, EVENT, now=NOW)
    assert (early.due_on, early.filed_on, early.is_late) == (date(2026, 11, 25), date(2026, 11, 23), False)
    assert early.report.answers["facts"] == "支付页打不开两小时，联系＊＊＊＊。"
    late = facade.file_report(sold.clerk, replace(EVENT, happened_on=date(2026, 11, 17)), now=NOW)
    assert (late.due_on, late.is_late) == (date(2026, 11, 20), True)
    assert code(lambda: facade.file_report(sold.clerk, replace(EVENT, happened_on=date(2026, 11, 24)), now=NOW)) == (
        "DU-FILING-DAY happened_on"
    )
    page = Client().get("/platforms/SHOP/disclosure").content.decode()
    assert [page.count("迟报"), "服务大面积中断" in page, "13900000000" in page] == [3, True, False]


@pytest.mark.clause("E5.1a")
@pytest.mark.clause("E2.1a")
def test_what_is_overdue_is_counted_in_public_until_it_is_filed_and_stays_late(sold: Sold) -> None:
    def said(moment: datetime) -> list[bool]:
        with simulated(moment):
            page = Client().get("/platforms/SHOP").content.decode()
        return [f"到期没有报{n}项，迟报{m}次" in page for n, m in ((0, 0), (1, 0), (3, 0), (2, 1))]

    assert said(NOW) == [True, False, False, False]
    assert said(at(2026, 12, 15)) == [False, True, False, False]
    assert said(at(2027, 2, 1)) == [False, False, True, False]
    with simulated(at(2027, 2, 1)):
        first, again = (facade.file_report(sold.clerk, IDENTITY, now=at(2027, 2, 1)) for _ in range(2))
    assert [(one.is_late, one.is_supplement) for one in (first, again)] == [(True, False), (False, True)]
    assert said(at(2027, 2, 3)) == [False, False, False, True]
    platform = markets.get_platform("SHOP")
    assert [one.duty for one in facade.list_owed(platform, now=at(2027, 2, 3))] == ["basic", "credit"]


@pytest.mark.clause("E5.1a")
def test_what_was_filed_is_not_owed_however_much_was_filed_since(sold: Sold) -> None:
    moment = at(2027, 1, 4)
    with simulated(moment):
        facade.file_report(sold.clerk, IDENTITY, now=moment)
        with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
            row = models.PlatformFiling.objects.get()
            row.duty, row.period, row.happened_on = "event", "", legal_day(moment)
            rows = [another(row, place) for place in range(200)]
            models.PlatformFiling.objects.bulk_create(rows)
    owing = facade.list_owed(markets.get_platform("SHOP"), now=moment)
    assert [(one.duty, one.period) for one in owing] == [("basic", ""), ("credit", "2027-01")]


def another(row: models.PlatformFiling, place: int) -> models.PlatformFiling:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    return models.PlatformFiling(**kept | {"id": new_id(at(2027, 1, 4)), "number": f"PB-{place}"})


@pytest.mark.clause("E5.1a")
def test_nobody_files_for_another_on_another_day_or_changes_what_was_filed(sold: Sold, market: Office) -> None:
    assert code(lambda: facade.file_report(market.clerk, EVENT, now=NOW)) == "MK-NO-PLATFORM"
    facade.file_report(sold.clerk, EVENT, now=NOW)
    with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
        row = models.PlatformFiling.objects.get()
    for changed in ({"filed_on": date(2026, 11, 20)}, {"platform": "YTSJ"}, {"filed_by": "account:9"}):
        for name, value in ({"id": uuid4(), "number": "PB-X"} | changed).items():
            setattr(row, name, value)
        with pytest.raises(DatabaseError), access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
            row.save(force_insert=True)
    with pytest.raises(DatabaseError), access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
        models.PlatformFiling.objects.update(due_on=date(2030, 1, 1))


@pytest.mark.browser
@pytest.mark.clause("E5.1a")
@pytest.mark.django_db(transaction=True)
def test_a_platform_files_a_material_event_on_a_phone_and_everybody_reads_it(
    live_server, sold: Sold, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    staff = browser_page(width=360, javascript=False, cookies=[cookie_of("shop-clerk", url)])
    staff.goto(f"{url}/biz/platform/filings")
    keep(staff, "filings-biz")
    staff.get_by_role("link", name="去报送").last.click()
    staff.get_by_label("发生的日期").fill(str(legal_day(NOW)))
    staff.get_by_label("什么事件").select_option(label="个人信息泄露")
    staff.get_by_label("发生了什么").fill("一名员工误发了订单文件。")
    staff.get_by_label("已经采取的措施").fill("已经收回，并告知有关消费者。")
    keep(staff, "filings-form")
    staff.get_by_role("button", name="提交").click()
    assert "误发了订单文件" in staff.inner_text("main")
    seen = browser_page(width=320)
    staff.goto(f"{url}/platforms/SHOP/disclosure")
    keep(staff, "filings-public")
    seen.goto(f"{url}/platforms/SHOP/disclosure")
    assert problems_of(seen) == []
