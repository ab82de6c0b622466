"""The public pages of the law: every text the platform rests on, and what rests on each article."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from math import ceil

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.policy_pages import PER_PAGE
from chengxin.kernel.clock import BEIJING, simulated
from chengxin.law import facade as law

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=BEIJING)


def text(path: str, *, at: datetime = NOW, status: int = 200, **headers: str) -> str:
    with simulated(at):
        response = Client().get(path, headers=headers)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.clause("P1")
def test_every_text_of_the_index_has_a_page_and_is_on_the_list() -> None:
    statutes = law.list_statutes()
    pages = [main_of(text(f"/policies?page={number + 1}")) for number in range(ceil(len(statutes) / PER_PAGE))]
    for statute in statutes:
        assert any(f'href="/policies/{statute.code}"' in page for page in pages), statute.code
        assert law.short_title(statute.title.zh) in main_of(text(f"/policies/{statute.code}"))


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("at", "code", "word"),
    [
        (NOW, "SEED17", "已废止"),
        (NOW, "SEED1", "现行有效"),
        (datetime(2028, 12, 31, 23, 0, tzinfo=BEIJING), "SEED1", "现行有效"),
        (datetime(2029, 1, 1, 1, 0, tzinfo=BEIJING), "SEED1", "已失效"),
        (datetime(2026, 3, 31, 23, 0, tzinfo=BEIJING), "O36", "尚未施行"),
        (NOW, "D", "平台的选择，不是法律"),
    ],
)
def test_a_text_says_whether_it_holds_today(at: datetime, code: str, word: str) -> None:
    page = main_of(text(f"/policies/{code}", at=at))
    assert word in page
    assert ("新作出的决定不能以它为依据" in page) == (word in {"已废止", "已失效", "尚未施行"})


def test_an_article_leads_to_the_items_that_rest_on_it_and_back() -> None:
    assert 'href="/policies/APL#a48"' in text("/catalogue/penalty")
    article = main_of(text("/policies/APL")).partition('id="a48"')[2].partition("</article>")[0]
    assert "具有一定社会影响的行政处罚决定应当依法公开。" in article
    assert '<a href="/catalogue/penalty">行政处罚</a>' in article
    assert "撤回已公开的处罚信息并说明理由" in article
    assert "records.rules.why_not_usable" in article


def test_every_citation_of_every_item_leads_to_an_article_that_is_there() -> None:
    page_at = cache(text)
    for item in catalogue.list_items(on=NOW.date()):
        for citation in item.basis:
            address, _, anchor = catalogue.citation_url(citation).partition("#")
            assert not anchor or f'id="{anchor}"' in page_at(address), citation


def test_an_opinion_says_for_each_section_what_is_built_and_what_is_not() -> None:
    page = main_of(text("/policies/SEED1"))
    assert page.count('<article class="article"') == 19
    assert "26类重点人群的信用档案" in page.partition('id="a3.2"')[2].partition("</article>")[0]
    assert "平台还没有做这一项" in page.partition('id="a2.1"')[2].partition("</article>")[0]
    assert "平台还没有做这一项" not in page.partition('id="a3.2"')[2].partition("</article>")[0]


@pytest.mark.parametrize(
    ("query", "expected", "absent"),
    [
        ("q=个人信息", "个人信息保护法", "行政处罚法"),
        ("q=個人信息", "个人信息保护法", "行政处罚法"),
        ("q=E-Commerce+Law", "电子商务法", "行政处罚法"),
        ("kept=cited", "信用修复管理办法", "行政处罚法"),
        ("q=没有这样的文件", "没有符合条件的文件", "行政处罚法"),
    ],
)
def test_the_index_is_narrowed_by_name_and_by_what_is_held(query: str, expected: str, absent: str) -> None:
    page = main_of(text(f"/policies?{query}"))
    assert expected in page
    assert f">{absent}<" not in page


def test_a_text_nobody_cites_is_absent() -> None:
    text("/policies/NONE", status=404)


def test_no_citation_is_shown_as_its_code() -> None:
    for address in ("/policies", "/policies/O36", "/catalogue/penalty", "/catalogue/utility_arrears"):
        for language in ("zh", "en"):
            found = re.findall(
                r">[^<]*\b[A-Z]{2,}\d*/\d[^<]*<", main_of(text(address, **{"accept-language": language}))
            )
            assert found == [], address


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", ["", "/PIPL", "/SEED2", "/D"])
def test_the_pages_are_accessible_on_a_phone(
    plain_server: str, browser_page: Callable[..., Page], code: str, language: str
) -> None:
    page = browser_page(width=320, language=language)
    page.goto(f"{plain_server}/policies{code}")
    assert problems_of(page) == []


@pytest.mark.browser
def test_a_text_is_found_and_read_without_scripts(plain_server: str, browser_page: Callable[..., Page]) -> None:
    page = browser_page(width=360, javascript=False)
    page.goto(f"{plain_server}/policies")
    page.get_by_label("名称").fill("行政处罚法")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="行政处罚法", exact=True).click()
    assert page.locator("#a48").is_visible()
