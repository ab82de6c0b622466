"""From platform to complaint: every neighbour opens in one click for whoever is shown it, and nobody else sees it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, expect
from tests.worlds import world

from chengxin.access.tests.cast import sign_in
from chengxin.disputes import facade
from chengxin.disputes.tests.conftest import Town, complain
from chengxin.intake.tests.conftest import NOW
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.market.contracts import NodeKind
from chengxin.market.tests.conftest import FIRM, Sold, filing, shop_of

LINK = re.compile(r'href="(/[^"#]*)(?:#[^"]*)?"')
CODE = "YT001"


@world
def complained(town: Town) -> str:
    """Return the number of a complaint about the shop."""
    return complain(town.shop).number


def links_of(client: Client, address: str) -> set[str]:
    """Return where the content of a page leads."""
    page = client.get(address)
    assert page.status_code == 200, address
    return set(LINK.findall(page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]))


def walk(client: Client) -> tuple[set[str], list[str]]:
    """Go from the entry along all neighbours; return which kinds of node were met and which links did not open."""
    seen: set[str] = set()
    dead: list[str] = []
    todo = ["/ecommerce"]
    while todo:
        found = links_of(client, todo.pop()) - seen
        seen |= found
        todo += sorted(one for one in found if one.startswith("/ecommerce/"))
        dead += [one for one in found if client.get(one).status_code != 200]
    return {one.split("/")[2] for one in seen if one.startswith("/ecommerce/")}, dead


@pytest.mark.clause("E1")
@pytest.mark.parametrize(
    ("who", "sees_complaint"),
    [("", False), ("firm", True), ("shop-clerk", True), ("xy-first", False)],
)
def test_from_any_node_its_neighbours_open_and_nothing_shown_is_a_dead_link(
    complained: str, who: str, sees_complaint: bool
) -> None:
    client = sign_in(who) if who else Client()
    kinds, dead = walk(client)
    assert dead == []
    assert kinds == {"platform", "shop", "operator", "product"} | ({"complaint"} if sees_complaint else set())


@pytest.mark.clause("E1")
def test_a_complaint_leads_to_its_shop_and_is_absent_for_whoever_may_not_open_it(town: Town, complained: str) -> None:
    address = f"/ecommerce/shop/{town.shop.id}"
    (own,) = [one for one in links_of(sign_in("firm"), address) if one.startswith("/ecommerce/complaint/")]
    assert f"/shops/{town.shop.id}" in links_of(sign_in("firm"), own)
    for who in ("", "xy-first"):
        client = sign_in(who) if who else Client()
        assert client.get(own).status_code == 404
        assert complained not in client.get(address).content.decode()
    assert Client().get("/ecommerce/weather/1").status_code == 404
    assert [Client().get(f"/ecommerce/{one}/none").status_code for one in NodeKind] == [404] * 6


@pytest.mark.clause("E1")
def test_a_shop_with_more_complaints_is_read_with_no_more_questions(town: Town, complained: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as held:
            found = facade.list_handled(town.merchant, town.shop.id, now=NOW)
        numbers.append(len(found))
        return len(held)

    numbers: list[int] = []
    first = asked()
    for order in ("YT002", "YT003"):
        complain(town.shop, order=order)
    assert (asked(), numbers) == (first, [1, 3])
    assert facade.list_handled(town.outsider, town.shop.id, now=NOW) == []


@pytest.mark.clause("E1")
def test_a_number_leads_to_the_shop_and_never_stands_in_an_address_or_on_the_page(town: Town) -> None:
    answer = Client().post("/ecommerce", {"number": CODE})
    page = answer.content.decode()
    assert (answer.status_code, CODE in page) == (200, False)
    assert f'href="/shops/{town.shop.id}"' in page
    assert f'href="/complain?shop={town.shop.id}"' in page
    assert Client().post("/ecommerce", {"number": FIRM}).headers["Location"] == f"/ecommerce/operator/{FIRM}"
    wrong = Client().post("/ecommerce", {"number": "YT404"})
    assert (wrong.status_code, "没有找到这个单号对应的店铺" in wrong.content.decode()) == (422, True)


@pytest.mark.clause("E1")
def test_a_shop_under_the_code_of_another_stands_next_to_no_operator(town: Town, sold: Sold) -> None:
    other = shop_of(sold, filing("S-9", name="云汀别家商贸有限公司"))
    assert f"/ecommerce/operator/{FIRM}" not in links_of(Client(), f"/ecommerce/shop/{other.id}")
    assert f"/shops/{other.id}" not in links_of(Client(), f"/subjects/{FIRM}")
    assert f"/shops/{town.shop.id}" in links_of(Client(), f"/subjects/{FIRM}")


@pytest.mark.browser
@pytest.mark.clause("E1")
def test_a_merchant_goes_from_the_platform_to_a_complaint_on_a_phone_without_scripts(
    town: Town, complained: str, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    page = browser_page(width=360, javascript=False, cookies=(cookie_of("firm", url),))
    page.goto(url + "/ecommerce")
    keep(page, "ecommerce-entry")
    page.get_by_role("link", name="看它相邻的").first.click()
    expect(page.get_by_role("heading", level=1, name="SHOP平台")).to_be_visible()
    page.get_by_role("link", name="看它相邻的").first.click()
    keep(page, "ecommerce-shop")
    page.get_by_role("link", name=complained).click()
    expect(page.get_by_text(complained).first).to_be_visible()
    page.goto(f"{url}/shops/{town.shop.id}")
    keep(page, "ecommerce-own-page")
    inspector = browser_page(width=360)
    addresses = ("/ecommerce", f"/ecommerce/shop/{town.shop.id}")
    assert [one for one in addresses if not is_sound(inspector, url + one)] == []
