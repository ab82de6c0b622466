"""A merchant's one page: what buyers see, what authorities see, what to put right by when, how to contest (J10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from playwright.sync_api import Page
from tests.browser_plugin import problems_of
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, SETUP, Office, accept, hand_in
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refused
from chengxin.market import facade as market_facade
from chengxin.market.contracts import BadgeState, Shop
from chengxin.market.tests.conftest import Sold, licence, licensed, shop_of
from chengxin.notices import facade as notices
from chengxin.reviews import facade, models
from chengxin.reviews.tests.conftest import review, trade

__all__ = ["accept", "hand_in"]
SAID = ("买家看到什么", "监管看到什么", "不对怎么办", "差评还没有回复", "可信标识", "许可快到期了")
SAID += ("延续食品的许可", "还有30天")
FALSE = "老板是骗子，电话13900000000。"
# The licence ends thirty days from today.
ENDS = legal_day(NOW) + timedelta(days=30)
LAPSED = NOW + timedelta(days=31)


@world
def zhou(shop: Shop) -> Actor:
    """Return the merchant of the shop, of which a buyer said something bad."""
    assert shop.subject_id is not None
    return Actor(key="account:zhou", roles=frozenset({Role.CITIZEN}), subject_id=shop.subject_id)


def bad(sold: Sold, *, text: str = FALSE) -> UUID:
    taken = review(sold, text=text, marks={"goods": 1, "service": 1, "delivery": 2}, now=NOW)
    assert taken.id is not None, taken.refusal
    return taken.id


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


@pytest.mark.clause("E2.2b")
def test_a_merchant_answers_in_public_and_numbers_of_people_are_masked(sold: Sold, shop: Shop, zhou: Actor) -> None:
    review_id = bad(sold)
    facade.answer(zhou, review_id, text="已经退款，详情打13900000001。", now=NOW)
    (shown,) = facade.list_public(shop.id)
    assert [(one.text, one.marks) for one in shown.answers] == [("已经退款，详情打＊＊＊＊。", {})]
    assert (shown.marks["goods"], shown.followups, facade.count_public(shop.id)) == (1, (), 1)
    assert [one.answers[0].text for one in facade.list_of_trade("SHOP", "O-1", "B-1")] == ["已经退款，详情打＊＊＊＊。"]
    assert code(lambda: facade.answer(zhou, review_id, text="<script>x", now=NOW)) == "RV-ANSWER"
    for text in ("第二次", "第三次"):
        facade.answer(zhou, review_id, text=text, now=NOW)
    assert code(lambda: facade.answer(zhou, review_id, text="第四次", now=NOW)) == "RV-ANSWERS"


def test_nobody_answers_for_another_and_not_before_the_review_is_open(sold: Sold, shop: Shop, zhou: Actor) -> None:
    trade(sold, "O-2")
    waiting = review(sold, "O-2", text="还没有公开。", written_at=NOW).id
    assert waiting is not None
    assert code(lambda: facade.answer(zhou, waiting, text="我先回复。", now=NOW)) == "ABSENT"
    other = Actor(key="account:other", roles=frozenset({Role.CITIZEN}), subject_id=UUID(int=7))
    review_id = bad(sold)
    assert code(lambda: facade.answer(other, review_id, text="不是我的店。", now=NOW)) == "ABSENT"
    assert code(lambda: facade.answer(sold.clerk, review_id, text="平台代答。", now=NOW)) == "SIGN_IN_REQUIRED"
    # The database refuses the same: a platform in its merchant's name, and an answer to what is not open.
    with access.acting_for(zhou, channel=Channel.SELF, purpose="own_archive"):
        found = models.Review.objects.get(id=review_id)
    for actor, channel, purpose, trade_id in (
        (sold.clerk, Channel.BODY, "market_filing", found.trade_id),
        (other, Channel.SELF, "own_archive", found.trade_id),
        (zhou, Channel.SELF, "own_archive", _trade_of(sold, waiting)),
    ):
        acting = access.acting_for(actor, channel=channel, purpose=purpose)
        with pytest.raises(DatabaseError), acting, transaction.atomic():
            _insert(found, trade_id)
    assert facade.list_public(shop.id)[0].answers == ()


def _trade_of(sold: Sold, review_id: UUID) -> UUID:
    with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
        return models.Review.objects.get(id=review_id).trade_id


def _insert(found: models.Review, trade_id: UUID) -> None:
    models.Review.objects.create(
        id=new_id(NOW),
        trade_id=trade_id,
        platform=found.platform,
        shop_id=found.shop_id,
        subject_id=found.subject_id,
        of_operator=True,
        side="answer",
        place=2,
        marks={},
        written_at=NOW,
        filed_at=NOW,
        opens_at=NOW,
    )


@pytest.mark.clause("E2.2b")
def test_a_merchant_asks_for_a_check_on_a_ground_and_a_bad_review_is_none(sold: Sold, shop: Shop, zhou: Actor) -> None:
    review_id = bad(sold)
    assert code(lambda: facade.contest(zhou, review_id, ground="bad", words="差评影响生意。", now=NOW)) == "RV-GROUND"
    case = facade.contest(zhou, review_id, ground="insult", words="“骗子”是侮辱。", now=NOW)
    assert (case.body, case.state, str(case.due_on)) == ("SHOP", "asked", "2026-12-08")
    assert code(lambda: facade.contest(zhou, review_id, ground="insult", words="再问一次。", now=NOW)) == "RV-ASKED"
    casework.carry_out(case.id, verb="hide", actor=sold.clerk, now=NOW, reasons="“骗子”没有事实。")
    (shown,) = facade.list_public(shop.id)
    assert shown.hiding is not None
    assert (shown.text, shown.hiding.ground, shown.marks["goods"]) == ("", "insult", 1)
    with access.acting_for(zhou, channel=Channel.SELF, purpose="own_archive"):
        assert [one.text for one in notices.list_for(zhou)] == ["contest_hidden"]


def test_a_platform_that_does_not_hide_says_why_and_where_to_turn(sold: Sold, shop: Shop, zhou: Actor) -> None:
    case = facade.contest(zhou, bad(sold), ground="off_topic", words="没有说商品。", now=NOW)
    with pytest.raises(Refused):
        casework.carry_out(case.id, verb="keep", actor=sold.clerk, now=NOW)
    casework.carry_out(case.id, verb="keep", actor=sold.clerk, now=NOW, reasons="说的是买到的东西。")
    found = facade.find_contest(zhou, UUID(case.ref.id), now=NOW)
    assert found is not None
    assert (found.state, facade.list_public(shop.id)[0].hiding) == ("kept", None)


def answer_and_ask(page: Page) -> str:
    """Answer the bad review in public, ask for a check, return the address of the page."""
    page.get_by_role("link", name="差评还没有回复").click()
    page.get_by_label("公开回复").fill("已经全额退款，欢迎再来。")
    page.get_by_role("button", name="公开回复").click()
    page.get_by_label("侮辱、诽谤").check()
    page.get_by_label("是哪一句，为什么").fill("“骗子”一句没有事实。")
    page.get_by_role("button", name="请求复核").click()
    assert "待平台复核" in page.inner_text("main")
    keep(page, "merchant-review")
    return page.url


@pytest.mark.browser
@pytest.mark.clause("E2.1b")
@pytest.mark.django_db(transaction=True)
def test_j10_a_merchant_renews_in_time_answers_a_review_and_asks_for_a_check(
    live_server,
    sold: Sold,
    *,
    market: Office,
    hand_in: Callable[..., Batch],
    accept: Callable[..., Batch],
    browser_page: Callable[..., Page],
) -> None:
    firm = licensed(market, hand_in, accept, licence(1, until=str(ENDS)))
    shop = shop_of(sold)
    trade(sold)
    bad(sold)
    access.open_account("zhou", actor=SETUP, now=NOW, subject_id=firm)
    market_facade.look_after(now=NOW)
    url = live_server.url
    cookie = cookie_of("zhou", url)
    page = browser_page(width=360, javascript=False, cookies=[cookie])
    seen = browser_page(width=320, cookies=[cookie])
    page.goto(f"{url}/biz/shop/licences")
    assert [said for said in SAID if said not in page.inner_text("main")] == []
    keep(page, "merchant-page")
    address = answer_and_ask(page)
    page.goto(f"{url}/shops/{shop.id}/reviews")
    assert "已经全额退款" in page.inner_text("main")
    keep(page, "merchant-answered")
    for one in ("/biz/shop/licences", address.removeprefix(url)):
        seen.goto(url + one)
        assert problems_of(seen) == [], one
    # Renewed in time the badge stays; not renewed it would not have.
    assert market_facade.state(shop, shop.address, now=LAPSED) is BadgeState.UNCOVERED
    licensed(market, hand_in, accept, licence(2, until="2036-01-05"))
    assert market_facade.state(shop, shop.address, now=LAPSED) is BadgeState.MATCHES
    page.goto(f"{url}/biz/shop/licences")
    assert "现在没有要做的事" in page.inner_text("main")
    keep(page, "merchant-renewed")
