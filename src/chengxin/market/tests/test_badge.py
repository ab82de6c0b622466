"""The badge answers to the site that shows it; what a shop's page says, and what it never says."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import orjson
import pytest
from django.test import Client

from chengxin.crypto import facade as crypto
from chengxin.intake.tests.conftest import NOW
from chengxin.market import facade
from chengxin.market.badge import KIND
from chengxin.market.contracts import BadgeState
from chengxin.market.tests.conftest import FIRM, HOST, NAME, Sold, filing, individual, shop_of

SITES = [
    (f"https://{HOST}/hemu?x=1", BadgeState.MATCHES),
    (f"https://{HOST}", BadgeState.MATCHES),
    (HOST.upper(), BadgeState.MATCHES),
    ("https://evil.example.net/", BadgeState.FOREIGN),
    (f"https://{HOST}.evil.example.net/", BadgeState.FOREIGN),
    (f"https://evil.example.net/{HOST}", BadgeState.FOREIGN),
    (f"https://{HOST}@evil.example.net/", BadgeState.FOREIGN),
    ("file:///tmp/copy.html", BadgeState.FOREIGN),
    ("", BadgeState.UNSAID),
]


@pytest.mark.clause("E2.1b")
@pytest.mark.parametrize(("site", "answer"), SITES)
def test_a_badge_matches_on_its_own_site_and_on_no_other(sold: Sold, firm: UUID, site: str, answer: BadgeState) -> None:
    shop = shop_of(sold)
    assert facade.state(shop, site, now=NOW) is answer
    said = orjson.loads(crypto.statement_signer().open(facade.statement(shop, site, now=NOW), kind=KIND))
    assert (said["state"], said["host"], said["shop"]) == (answer.value, HOST, str(shop.id))
    assert firm == shop.subject_id


@pytest.mark.clause("E2.1b")
def test_the_image_needs_no_script_and_says_on_a_foreign_site_that_it_does_not_belong(sold: Sold, firm: UUID) -> None:
    address = f"/shops/{shop_of(sold).id}/badge.svg"
    pictures = {
        site: Client().get(address, headers={"Referer": site} if site else {})
        for site in (f"https://{HOST}/", "https://evil.example.net/", "", "http://testserver/shops/x")
    }
    said = [one.content.decode() for one in pictures.values()]
    assert [("网站匹配" in one, "不匹配" in one, "请点开核对" in one) for one in said] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
        (False, False, True),
    ]
    for one in pictures.values():
        assert (one["Content-Type"], one["Cache-Control"]) == ("image/svg+xml", "no-store")
        assert "Referer" in one["Vary"]
    assert "<script" not in said[0]
    assert firm is not None


def test_a_badge_of_an_impostor_an_overdue_or_a_closed_shop_never_matches(sold: Sold, firm: UUID) -> None:
    site = f"https://{HOST}/"
    shops = [
        shop_of(sold, filing("S-1", name="另一家有限公司")),
        shop_of(sold, filing("S-2", verified_on=date(2026, 5, 20))),
        shop_of(sold, filing("S-3", closed_on=date(2026, 11, 23))),
        shop_of(sold, individual()),
    ]
    assert [facade.state(one, site, now=NOW).value for one in shops] == ["unverified", "overdue", "closed", "matches"]
    assert firm is not None


@pytest.mark.clause("E2.1b")
def test_the_public_page_says_who_sells_what_covers_it_and_how_to_contest(sold: Sold, firm: UUID) -> None:
    shop = shop_of(sold, filing(categories=("food", "drugs")))
    page = Client().get(f"/shops/{shop.id}").content.decode()
    for said in (
        NAME,
        FIRM,
        "JY390001",
        "食品经营许可证",
        "2027年2月11日",
        "缺少有效许可",
        "药品经营许可证",
        "提出异议",
    ):
        assert said in page, said
    assert "badge.svg" in page
    assert firm is not None


@pytest.mark.clause("E2.1a")
def test_the_page_of_an_individual_seller_shows_a_badge_and_nothing_that_names_them(sold: Sold) -> None:
    shop = shop_of(sold, individual())
    page = Client().get(f"/shops/{shop.id}").content.decode()
    assert "个人店铺 G-1" in page
    assert "平台已核验身份" in page
    assert "销售自产农副产品" in page
    assert "信用信息</a>" not in page


@pytest.mark.clause("E2.1a")
def test_the_overdue_list_is_the_one_that_was_filed(sold: Sold, firm: UUID) -> None:
    for number, verified in (("S-1", date(2026, 5, 1)), ("S-2", date(2026, 5, 20)), ("S-3", date(2026, 11, 1))):
        shop_of(sold, filing(number, verified_on=verified, title=f"禾木{number}店"))
    page = Client().get("/platforms/SHOP?overdue=1").content.decode()
    assert ["禾木S-1店" in page, "禾木S-2店" in page, "禾木S-3店" in page] == [True, True, False]
    assert page.index("禾木S-1店") < page.index("禾木S-2店")
    assert "SHOP平台" in Client().get("/platforms").content.decode()
    assert Client().get("/platforms/NOBODY").status_code == 404
    assert firm is not None


def test_the_signed_answer_is_for_everybody(sold: Sold) -> None:
    shop = shop_of(sold)
    answer = Client().get(f"/api/v1/shops/{shop.id}/badge", {"site": "https://evil.example.net"}).json()
    assert (answer["state"], answer["address"]) == ("foreign", f"https://{HOST}/hemu")
    missing = "01a20621-ad00-70a6-8882-8129e30ef544"
    assert Client().get(f"/api/v1/shops/{missing}/badge").status_code == 404
