"""Each day the platform looks at every shop: a licence that ends is reminded of, one that is missing opens a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.market import facade, models
from chengxin.market.categories import categories, read_categories
from chengxin.market.contracts import Licence
from chengxin.market.rules import cover_of, reminder_of
from chengxin.market.tests.conftest import Sold, filing, licence, licensed, shop_of
from chengxin.market.watch import WATCH
from chengxin.notices import facade as notices

ENDS = date(2027, 2, 11)


def at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 1, tzinfo=UTC)


def told(sold: Sold) -> list[str]:
    with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="case_handling"):
        return [one.text for one in notices.list_for(sold.clerk)][::-1]


def gap_of(shop_id: UUID) -> Case | None:
    with access.acting_for(WATCH, channel=Channel.JOB, purpose="market_filing"):
        return casework.find_latest_case("licence_gap", ref_id=str(shop_id))


@pytest.mark.parametrize(
    ("left", "step"), [(61, ""), (60, "first"), (31, "first"), (30, "second"), (8, "second"), (7, "last"), (0, "last")]
)
def test_a_reminder_is_due_sixty_thirty_and_seven_days_before_the_last(left: int, step: str) -> None:
    assert reminder_of(ENDS, on=ENDS - timedelta(days=left)) == step


def test_nothing_is_reminded_of_after_the_end_or_without_one() -> None:
    assert reminder_of(ENDS, on=ENDS + timedelta(days=1)) == ""
    assert reminder_of(None, on=ENDS) == ""


@pytest.mark.clause("E2.1b")
def test_a_licence_that_ends_is_told_once_at_sixty_thirty_and_seven_days(sold: Sold, firm: UUID) -> None:
    shop_of(sold)
    sent = []
    for left in (61, 60, 59, 30, 7, 1):
        for _twice in range(2):
            done = facade.look_after(now=at(ENDS - timedelta(days=left)))
            sent.append(done["reminded"])
    assert sent == [0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0]
    assert told(sold) == ["licence_ends"] * 3
    with access.acting_for(WATCH, channel=Channel.JOB, purpose="market_filing"):
        assert [one.step for one in models.Reminder.objects.order_by("id")] == ["first", "second", "last"]
    assert firm is not None


@pytest.mark.clause("E2.1b")
def test_a_watch_that_was_away_sends_the_last_reminder_and_no_old_ones(sold: Sold, firm: UUID) -> None:
    shop_of(sold)
    assert facade.look_after(now=at(ENDS - timedelta(days=5)))["reminded"] == 1
    assert facade.look_after(now=at(ENDS - timedelta(days=4)))["reminded"] == 0
    assert told(sold) == ["licence_ends"]
    assert firm is not None


@pytest.mark.clause("E2.1b")
def test_a_lapsed_licence_opens_one_case_the_same_day_and_a_new_one_closes_it(
    sold: Sold, firm: UUID, market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    shop = shop_of(sold)
    assert facade.look_after(now=at(ENDS))["opened"] == 0
    lapsed = at(ENDS + timedelta(days=1))
    assert facade.look_after(now=lapsed)["opened"] == 1
    assert facade.look_after(now=lapsed + timedelta(hours=3))["opened"] == 0
    case = gap_of(shop.id)
    assert case is not None
    assert (case.state, case.body, case.ref.subject_id, case.facts) == ("found", "SHOP", firm, {"categories": ["food"]})
    # Seven working days after the day of the gap, provisional: the holidays of 2027 are not announced.
    assert (case.due_on, case.due_provisional) == (date(2027, 2, 23), True)
    licensed(market, hand_in, accept, licence(2, until="2030-01-05"))
    assert facade.look_after(now=lapsed + timedelta(days=1))["covered"] == 1
    closed = gap_of(shop.id)
    assert closed is not None
    assert (closed.state, closed.is_closed) == ("covered", True)


@pytest.mark.clause("E2.1b")
def test_what_the_platform_stops_is_no_longer_sold_and_the_merchant_is_told(sold: Sold, firm: UUID) -> None:
    shop = shop_of(sold, filing(categories=("daily", "drugs")))
    assert facade.look_after(now=NOW)["opened"] == 1
    case = gap_of(shop.id)
    assert case is not None
    casework.carry_out(case.id, verb="stop", actor=sold.clerk, now=NOW, reasons="没有药品经营许可。")
    assert facade.get_shop(shop.id).categories == ("daily",)
    assert facade.look_after(now=NOW) == {"looked": 1, "changed": 0, "reminded": 0, "opened": 0, "covered": 0}
    with access.acting_for(WATCH, channel=Channel.JOB, purpose="market_filing"):
        served = [*notices.list_about(str(shop.id)), *notices.list_about(case.number)]
    assert [(one.text, one.to_subject) for one in served if not one.to_body] == [
        ("licence_missing", firm),
        ("sale_stopped", firm),
    ]


def test_a_shop_that_sold_nothing_else_is_closed(sold: Sold, firm: UUID) -> None:
    shop = shop_of(sold, filing(categories=("drugs",)))
    facade.look_after(now=NOW)
    case = gap_of(shop.id)
    assert case is not None
    casework.carry_out(case.id, verb="stop", actor=sold.clerk, now=NOW, reasons="没有药品经营许可。")
    assert facade.get_shop(shop.id).closed_on == date(2026, 11, 23)
    assert facade.list_shops("SHOP", now=NOW) == []
    assert firm is not None


def test_a_firm_that_was_renamed_is_no_impostor(sold: Sold, firm: UUID) -> None:
    shop_of(sold)
    assert facade.look_after(now=NOW)["changed"] == 0
    assert firm is not None


def holding(content: str = "保健食品销售", **changed: object) -> Licence:
    plain = {"record_id": UUID(int=1), "title": "食品经营许可证", "number": "1", "body_name": "x", "valid_until": ENDS}
    return Licence(**{**plain, "content": content, **changed})  # type: ignore[arg-type]


def test_health_food_takes_a_licence_that_names_it() -> None:
    kind = categories()["health_food"]
    assert cover_of(kind, [holding()], on=ENDS).licence is not None
    assert cover_of(kind, [holding(content="预包装食品销售")], on=ENDS).is_missing
    assert cover_of(kind, [holding()], on=ENDS + timedelta(days=1)).is_missing
    assert not cover_of(categories()["daily"], [], on=ENDS).is_missing


def test_a_category_never_seen_before_is_data() -> None:
    text = "tea:\n  title: {zh: 茶, en: Tea}\n  licences: [茶叶登记证]\n  basis: [EC/12]\n"
    assert cover_of(read_categories(text)["tea"], [holding(title="茶叶登记证")], on=ENDS).licence is not None
    with pytest.raises(Exception, match="EC/999"):
        read_categories(text.replace("EC/12", "EC/999"))
