"""Only matched trades are rated, both sides blind, follow-ups append; nothing is ever changed or deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.test import Client

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold, individual, shop_of
from chengxin.reviews import facade, models
from chengxin.reviews.contracts import Side
from chengxin.reviews.rules import masked
from chengxin.reviews.settling import KEEPER
from chengxin.reviews.tests.conftest import DONE, EARLY, FIVE, code, of_buyer, review, trade

TABLES = ("trade", "review", "said", "opening", "hiding", "snapshot", "removal")


def shown(shop: Shop, *, at: datetime = NOW) -> list[str]:
    with simulated(at):
        return [one.text for one in facade.list_public(shop.id)]


@pytest.mark.clause("E2.2b")
def test_a_rating_needs_a_completed_trade_that_the_platform_reported(sold: Sold, shop: Shop) -> None:
    assert code(review(sold, "O-9")) == "RV-NO-TRADE"
    assert code(review(sold, written_at=DONE - timedelta(minutes=1))) == "RV-TIME"
    assert code(review(sold, written_at=NOW + timedelta(minutes=1))) == "RV-TIME"
    assert code(review(sold)) == ""
    assert code(trade(sold, "O-2", completed_at=NOW + timedelta(hours=1))) == "RV-SHOP"
    assert code(trade(sold, "O-3", shop="S-9")) == "RV-SHOP"
    assert facade.count_public(shop.id) == 1


@pytest.mark.clause("E2.2b")
def test_neither_side_is_open_before_both_rated_or_fifteen_days(sold: Sold, shop: Shop) -> None:
    late = NOW - timedelta(hours=1)
    taken = review(sold, written_at=late)
    assert taken.opens_at == late + timedelta(days=15)
    assert shown(shop) == []
    assert shown(shop, at=late + timedelta(days=15) - timedelta(seconds=1)) == []
    assert shown(shop, at=late + timedelta(days=15)) == ["和描述一样。"]
    of_buyer(sold, written_at=late)
    assert shown(shop) == ["和描述一样。"]


@pytest.mark.clause("E2.2b")
def test_who_could_read_the_other_side_rates_no_more_but_a_consumer_always_may(sold: Sold, shop: Shop) -> None:
    review(sold)
    assert code(of_buyer(sold, written_at=NOW)) == "RV-LATE"
    trade(sold, "O-2")
    assert code(of_buyer(sold, "O-2")) == ""
    assert code(review(sold, "O-2", written_at=NOW)) == ""
    assert facade.count_public(shop.id) == 2


@pytest.mark.clause("E2.2b")
def test_the_same_review_again_changes_nothing_another_is_refused_and_a_followup_appends(
    sold: Sold, shop: Shop
) -> None:
    first = review(sold)
    assert review(sold).id == first.id
    assert code(review(sold, marks={**FIVE, "goods": 1})) == "RV-TWICE"
    assert code(review(sold, text="改一改")) == "RV-TWICE"
    later = {"marks": {}, "is_followup": True, "written_at": NOW}
    assert code(review(sold, text="用了一周，坏了。", **later)) == ""
    assert code(review(sold, text="用了一周，坏了。", **later)) == ""
    assert code(review(sold, text="客服换了新的。", **later)) == ""
    (one,) = facade.list_public(shop.id)
    assert (one.marks, one.text, [later.text for later in one.followups]) == (
        FIVE,
        "和描述一样。",
        ["用了一周，坏了。", "客服换了新的。"],
    )
    assert code(review(sold, marks={"goods": 1}, is_followup=True, written_at=NOW)) == "RV-FOLLOWUP"
    trade(sold, "O-2")
    assert code(review(sold, "O-2", text="先追评", **later)) == "RV-NO-FIRST"


def test_marks_are_whole_and_from_one_to_five(sold: Sold, shop: Shop) -> None:
    wrong = [{}, {"goods": 5}, {**FIVE, "looks": 5}, *({**FIVE, "goods": mark} for mark in (0, 6, -5))]
    assert [code(review(sold, marks=marks)) for marks in wrong] == ["RV-MARKS"] * 6
    assert facade.count_public(shop.id) == 0


@pytest.mark.clause("E2.2b")
@pytest.mark.django_db(transaction=True)
def test_nothing_is_deleted_or_changed_by_a_login_nor_by_the_owner(
    sold: Sold, shop: Shop, owner: psycopg.Connection[Any]
) -> None:
    taken = review(sold, text="老板骂人。")
    of_buyer(sold, "O-1")
    assert taken.id is not None
    facade.hide(sold.clerk, taken.id, ground="insult", reasons="骂人的话。", now=NOW)
    facade.compare_snapshot(sold.clerk, "S-1", orders=[], as_of=NOW, now=NOW)
    keys = {"said": "review_id", "opening": "trade_id"}
    for table in TABLES:
        key = keys.get(table, "id")
        for verb in (f"delete from reviews_{table}", f"update reviews_{table} set {key} = {key}"):
            with (
                access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"),
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(verb)
    # The owner, even where it opened row security to itself.
    for table in ("trade", "review", "said", "hiding"):
        key = keys.get(table, "id")
        owner.execute(f"alter table reviews_{table} no force row level security")
        counted = owner.execute(f"select count(*) from reviews_{table}").fetchone()
        assert counted is not None
        assert counted[0] >= 1
        for verb in ("delete from {}", f"update {{}} set {key} = {key}", "truncate {} cascade"):
            with pytest.raises(psycopg.Error, match="only ever added"), owner.transaction():
                owner.execute(verb.format(f"reviews_{table}"))
    owner.rollback()
    assert facade.count_public(shop.id) == 1


@pytest.mark.clause("E2.2b")
def test_a_hidden_review_stays_as_a_gap_with_its_ground_and_its_words_are_kept(sold: Sold, shop: Shop) -> None:
    taken = review(sold, text="他家老板叫林禾舟，住在某某路。")
    assert taken.id is not None
    facade.hide(sold.clerk, taken.id, ground="personal", reasons="写出了老板的住址。", now=NOW)
    (one,) = facade.list_public(shop.id)
    assert (one.text, one.marks) == ("", FIVE)
    assert one.hiding is not None
    assert (one.hiding.ground, one.hiding.body, one.hiding.reasons) == ("personal", "SHOP", "写出了老板的住址。")
    assert facade.get_for_staff(sold.office, taken.id, now=NOW).text == "他家老板叫林禾舟，住在某某路。"
    assert [one.text for one in facade.list_of_trade("SHOP", "O-1", "B-1")] == ["他家老板叫林禾舟，住在某某路。"]
    facade.show_again(sold.office, taken.id, reasons="不是住址，是店址。", now=NOW)
    assert shown(shop) == ["他家老板叫林禾舟，住在某某路。"]
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"):
        assert [row.is_hidden for row in models.Hiding.objects.order_by("place")] == [True, False]


@pytest.mark.clause("E2.2b")
def test_a_bad_review_is_no_ground_and_reasons_are_needed(sold: Sold, shop: Shop) -> None:
    taken = review(sold, marks={**FIVE, "goods": 1}, text="很差")
    assert taken.id is not None
    for why, reasons, refused in (
        ("bad_review", "差评", "RV-GROUND"),
        ("", "差评", "RV-GROUND"),
        ("insult", " ", "RV-REASONS"),
    ):
        with pytest.raises(Refused) as caught:
            facade.hide(sold.clerk, taken.id, ground=why, reasons=reasons, now=NOW)
        assert caught.value.refusal.code == refused
    assert shown(shop) == ["很差"]


def test_only_a_named_person_of_the_platform_or_the_office_over_it_hides(
    sold: Sold, shop: Shop, market: Office
) -> None:
    taken = review(sold)
    assert taken.id is not None
    program = Actor(key="client:x", roles=frozenset({Role.CLIENT}), body="SHOP", area="390100")
    merchant = Actor(key="account:m", roles=frozenset({Role.CITIZEN}), subject_id=shop.subject_id)
    for actor in (market.clerk, market.approver, program, merchant, ANYONE):
        with pytest.raises(Refused):
            facade.hide(actor, taken.id, ground="insult", reasons="骂人", now=NOW)
    assert shown(shop) == ["和描述一样。"]
    with (
        access.acting_for(program, channel=Channel.BODY, purpose="market_filing"),
        pytest.raises(IntegrityError, match="reviews_hiding_by_a_person"),
        transaction.atomic(),
    ):
        models.Hiding.objects.create(
            id=taken.id, review_id=taken.id, place=1, is_hidden=True, ground="insult", reasons="x", body="SHOP",
            actor_key=program.key, at=NOW,
        )  # fmt: skip


@pytest.mark.clause("E2.2b")
def test_how_a_buyer_was_rated_is_seen_by_the_two_sides_and_by_nobody_else(
    sold: Sold, shop: Shop, market: Office
) -> None:
    late = {"written_at": NOW - timedelta(hours=1)}
    of_buyer(sold, text="拒收一次。", **late)
    assert [one.text for one in facade.list_of_trade("SHOP", "O-1", "B-1")] == []
    review(sold, **late)
    assert {one.side: one.text for one in facade.list_of_trade("SHOP", "O-1", "B-1")} == {
        Side.BUYER: "和描述一样。",
        Side.SELLER: "拒收一次。",
    }
    assert facade.list_of_trade("SHOP", "O-1", "B-2") == []
    merchant = Actor(key="account:m", roles=frozenset({Role.CITIZEN}), subject_id=shop.subject_id)
    assert [one.text for one in facade.list_given(merchant)] == ["拒收一次。"]
    seen = 0
    for actor in (ANYONE, market.clerk, sold.office):
        for channel in Channel:
            for purpose in ("public_viewing", "market_filing", "oversight", "review_following", "own_archive"):
                with access.acting_for(actor, channel=channel, purpose=purpose, case_ref="0" * 64):
                    seen += models.Review.objects.filter(side=Side.SELLER.value).count()
                    seen += models.Said.objects.filter(text="拒收一次。").count()
    assert seen == 0


@pytest.mark.clause("E2.2b")
def test_a_buyer_reads_on_a_page_how_they_were_rated_and_nobody_else_does(sold: Sold, shop: Shop) -> None:
    late = {"written_at": NOW - timedelta(hours=1)}
    of_buyer(sold, text="拒收一次。", **late)
    asked = {"platform": "SHOP", "order": "O-1", "buyer": "B-1"}

    def read(**changed: str) -> tuple[int, str]:
        answer = Client().post("/reviews/of-me", {**asked, **changed})
        assert answer["Cache-Control"] == "no-store"
        return answer.status_code, answer.content.decode()

    assert "没有可以看的评价" in read()[1]  # The shop's waits until the buyer has said theirs.
    review(sold, **late)
    status, words = read()
    assert (status, words.index("拒收一次。") < words.index("和描述一样。"), "交易配合 4" in words) == (200, True, True)
    for wrong in ({"buyer": "B-2"}, {"order": "O-2"}):
        assert "没有可以看的评价" in read(**wrong)[1]
        assert "拒收一次。" not in read(**wrong)[1]
    assert read(platform="NONE")[0] == 422
    assert "拒收一次。" not in Client().get("/reviews/of-me", asked).content.decode()


def test_nobody_tries_numbers_on_the_page_of_buyers_all_day(sold: Sold, shop: Shop, settings: Any) -> None:
    settings.COMMENTS_AN_HOUR = 1
    of_buyer(sold, text="拒收一次。", written_at=NOW - timedelta(hours=1))
    review(sold, written_at=NOW - timedelta(hours=1))
    tried = [
        Client(REMOTE_ADDR="192.0.2.77").post("/reviews/of-me", {"platform": "SHOP", "order": "O-1", "buyer": buyer})
        for buyer in ("B-7", "B-8", "B-9", "B-1")
    ]
    assert [answer.status_code for answer in tried] == [200, 200, 200, 422]
    assert "太多" in tried[-1].content.decode()
    assert "拒收一次。" not in tried[-1].content.decode()


@pytest.mark.clause("E2.2b")
def test_what_buyers_say_of_an_individual_seller_stays_on_the_platform(sold: Sold) -> None:
    shop = shop_of(sold, individual("S-1"))
    trade(sold)
    assert code(review(sold)) == ""
    assert facade.count_public(shop.id) == 0
    assert facade.settle(now=NOW) == {"scored": 0, "insufficient": 0, "voices": 0}
    with (
        access.acting_for(KEEPER, channel=Channel.JOB, purpose="market_filing"),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        models.Score.objects.create(
            shop_id=shop.id, dimension="goods", status="insufficient", effective_n=0, ratings=0, window_days=180,
            settled_on=NOW.date(), prior_mean=4, prior_weight=5, version="x",
        )  # fmt: skip


SCRIPTS = [
    "<script>alert(1)</script>",
    "好<img src=x onerror=alert(1)>",
    "看 javascript:alert(1)",
    "&#60;b",
    "坏\x00字",
]


def test_a_review_with_code_in_it_is_refused_and_told_what_to_do(sold: Sold, shop: Shop) -> None:
    for text in SCRIPTS:
        taken = review(sold, text=text)
        assert taken.refusal is not None
        assert (taken.refusal.code, taken.refusal.field) == ("RV-SCRIPT", "text")
        assert "只报送" in taken.refusal.next_step
    assert facade.count_public(shop.id) == 0


NUMBERS = [
    ("电话13900000000找他", "电话＊＊＊＊找他", 1),
    ("电话 139-0000-0000", "电话 ＊＊＊＊", 1),
    ("１３９００００００００", "＊＊＊＊", 1),
    ("身份证390101199001010017", "身份证＊＊＊＊", 1),
    ("390101 19900101 001X 号", "＊＊＊＊ 号", 1),
    ("卡9999 0000 1111 2222和a@example.org", "卡＊＊＊＊和＊＊＊＊", 2),
    ("11月23日买了2件，花了199.50元", "11月23日买了2件，花了199.50元", 0),
    ("2026-11-23 到货，单价<3元", "2026-11-23 到货，单价<3元", 0),
]


@pytest.mark.parametrize(("text", "kept", "count"), NUMBERS)
def test_numbers_of_people_are_masked(text: str, kept: str, count: int) -> None:
    assert masked(text) == (kept, count)


def test_what_is_masked_is_kept_nowhere(sold: Sold, shop: Shop) -> None:
    taken = review(sold, text="电话13900000000找他")
    assert (taken.masked, shown(shop)) == (1, ["电话＊＊＊＊找他"])
    with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
        assert [row.text for row in models.Said.objects.all()] == ["电话＊＊＊＊找他"]


def test_the_database_holds_no_order_no_buyer_and_no_parcel(sold: Sold, shop: Shop) -> None:
    trade(sold, "ORDER-77", buyer="13900000000", parcel="DEMO12345678")
    with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"), connection.cursor() as cursor:
        cursor.execute("select t::text from reviews_trade t")
        kept = str(cursor.fetchall())
    for secret in ("ORDER-77", "13900000000", "DEMO12345678"):
        assert secret not in kept
    assert str(shop.id) in kept


@pytest.mark.clause("E2.2b")
def test_a_program_files_and_is_told_of_each(sold: Sold, shop: Shop) -> None:
    told = {"shop": "S-1", "order": "O-5", "buyer": "B-5", "completed_at": "2026-11-01T11:00:00+08:00"}
    assert sold.post("/api/v1/trades", trades=[told]).json()[0]["taken"] is True
    one = {
        "order": "O-5",
        "side": "buyer",
        "marks": FIVE,
        "text": "好，电话13900000000",
        "written_at": EARLY.isoformat(),
    }
    first, second = sold.post("/api/v1/reviews", reviews=[one, {**one, "order": "O-9"}]).json()
    assert (first["taken"], first["masked"]) == (True, 1)
    assert (second["fault"]["code"], second["fault"]["field"]) == ("RV-NO-TRADE", "order")
    naive = {**one, "written_at": "2026-11-03T03:00:00"}
    assert sold.post("/api/v1/reviews", reviews=[naive]).status_code == 422
    assert datetime.fromisoformat(first["opens_at"]) == EARLY + timedelta(days=15)
    assert shown(shop, at=datetime(2026, 11, 30, tzinfo=UTC)) == ["好，电话＊＊＊＊"]
