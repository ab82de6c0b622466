"""The publicity rules as a table, and a date tried in it: the same for the office and for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.catalogue import facade as catalogue
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.intake.tests.test_sources import keep, officer_of
from chengxin.kernel.clock import simulated
from chengxin.portals.clock_trial import Imagined, try_dates

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


def main_of(address: str, *, status: int = 200, language: str = "zh") -> str:
    reply = Client().get(address, headers={"accept-language": language})
    assert reply.status_code == status, (address, reply.status_code)
    return reply.content.decode().partition("<main")[2].partition("</main>")[0]


def rows_of(page: str) -> list[str]:
    return page.partition("<tbody")[2].partition("</tbody>")[0].split("<tr ")[1:]


@pytest.mark.clause("P4.3b")
def test_a_row_says_attribute_terms_start_citation_and_provisional_per_severity() -> None:
    minor, general, serious, *market = rows_of(main_of("/rules?q=行政处罚"))[:6]
    assert "轻微" in minor
    assert "不公示" in minor
    assert "自认定之日起12个月" in general
    assert "自认定之日起36个月" in serious
    for row in (minor, general, serious):
        for words in (
            "公开公示（只限经营者）",
            "自失信行为终止之日（没有的，自）认定之日起5年",
            "（暂定）",
            'href="/policies/O36',
        ):
            assert words in row, words
    assert [("同时适用市场监管的公示期，取较短者" in row) for row in market] == [False, True, True]
    (licence,) = [row for row in rows_of(main_of("/rules?q=行政许可")) if 'catalogue/licence"' in row]
    assert "在有效期内" in licence
    assert 'href="/policies/QX14#a6"' in licence


@pytest.mark.clause("P4.3b")
def test_every_public_item_has_a_row_and_every_citation_leads_to_its_text() -> None:
    rules = catalogue.list_clock_rules(on=TODAY)
    items = {item.code for item in catalogue.list_items(on=TODAY) if not item.group}
    assert {rule.item.code for rule in rules} == items
    addresses: set[str] = set()
    for page in range(1, 10):
        addresses |= set(re.findall(r'href="(/policies/[^"]+)"', main_of(f"/rules?page={page}")))
    assert {"/policies/O36", "/policies/GS45#a13"} <= addresses
    for address in sorted({address.partition("#")[0] for address in addresses}):
        main_of(address)


@pytest.mark.clause("P4.3b")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "item=penalty&severity=general&determined_on=2026-10-01",
            ("2027年10月1日", "2027年10月2日零时起从所有出口撤下"),
        ),
        ("item=penalty&severity=serious&determined_on=2024-02-29", ("2027年2月28日", "取月末一天")),
        ("item=penalty&severity=general&determined_on=2025-06-01", ("2023年5月1日起的规定", "2026年6月1日")),
        (
            "item=penalty:market&severity=general&determined_on=2026-10-01&lower_fine=on",
            ("2027年1月1日", "2021年9月1日起的规定", "/policies/GS45#a13"),
        ),
        ("item=penalty&severity=minor&determined_on=2026-10-01", ("不公示",)),
        ("item=abnormal_operation&determined_on=2026-10-01&valid_until=2026-12-31", ("2026年12月31日",)),
        ("item=honour&determined_on=2026-10-01", ("没有截止日期",)),
    ],
)
def test_a_tried_date_shows_its_last_public_day_and_the_steps_of_the_count(
    query: str, expected: tuple[str, ...]
) -> None:
    tried = main_of(f"/rules?{query}").partition('id="try"')[2].partition('id="terms"')[0]
    for words in expected:
        assert words in tried, words


@pytest.mark.clause("P4.3b")
def test_the_trial_says_what_the_platform_does_and_counts_each_text() -> None:
    (rule,) = [
        one for one in catalogue.list_clock_rules(on=TODAY) if (one.code, one.severity) == ("penalty", "general")
    ]
    trial = try_dates(Imagined(rule=rule, determined_on=date(2025, 6, 1)), on=TODAY, pack="jiangsu")
    publicity = [one.due.last_day for one in trial.counts if one.clock == "publicity"]
    assert publicity == [date(2028, 6, 1), date(2026, 6, 1)]
    assert trial.clocks.publicity_ends_on == date(2026, 6, 2)
    assert [step.code for step in trial.counts[1].due.steps] == ["start", "last_day", "ends"]


@pytest.mark.parametrize(
    "query",
    [
        "item=penalty&determined_on=2026-10-01",
        "item=nothing&determined_on=2026-10-01",
        "item=penalty&severity=general&determined_on=nonsense",
        "item=penalty&severity=general&determined_on=9999-12-31",
        "item=penalty&severity=general&determined_on=",
    ],
)
def test_what_cannot_be_counted_is_said_beside_the_form(query: str) -> None:
    page = main_of(f"/rules?{query}", status=422)
    assert 'aria-invalid="true"' in page
    assert "公示的最后一天" not in page


@pytest.mark.clause("P4.3b")
def test_the_office_reads_the_rules_in_its_workbench_and_others_do_not(filed: Batch, market: Office) -> None:
    officer_of("XY", "39")
    citizen("lin", "390101199001010017")
    assert Client().get("/office/rules").status_code == 401
    assert sign_in("lin").get("/office/rules").status_code == 403
    assert sign_in("ytsj-clerk").get("/office/rules").status_code == 403
    page = sign_in("xy-officer").get("/office/rules").content.decode()
    assert 'href="/office/sources"' in page
    assert rows_of(page) == rows_of(Client().get("/rules").content.decode())


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_accessible_on_a_phone_and_tries_a_date_without_scripts(
    plain_server: str, browser_page: Callable[..., Page], language: str
) -> None:
    page = browser_page(width=320, language=language)
    for query in ("", "?item=penalty:market&severity=general&determined_on=2025-06-01", "?item=penalty&determined_on="):
        page.goto(f"{plain_server}/rules{query}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert [line for line in problems_of(page) if "422" not in line] == []
    plain = browser_page(width=360, javascript=False, language="zh")
    plain.goto(f"{plain_server}/rules")
    plain.get_by_label("目录条目", exact=True).select_option("penalty")
    plain.get_by_label("严重程度").select_option("general")
    plain.get_by_label("认定日期").fill("2026-10-01")
    plain.get_by_role("button", name="试算").click()
    keep(plain, "rules-tried")
    assert "2027年10月1日" in plain.inner_text("#try")
