"""What a shop promises and what its fund pays: no less than the law gives, and a ledger that balances."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.disputes import facade, models
from chengxin.disputes.contracts import Offer, Promise
from chengxin.disputes.tests.conftest import DAY, Town, complain
from chengxin.disputes.tests.test_course import REFUND, code_of
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.ids import new_id

TODAY = NOW.date()
NO = {"A-NO-RIGHT", "ABSENT"}


@pytest.mark.clause("E2.5a")
def test_the_platform_pays_first_once_and_claims_back_no_more_and_the_ledger_balances(town: Town) -> None:
    shop, clerk = town.shop.id, town.clerk
    assert facade.find_fund(shop) is None
    assert facade.book(clerk, shop, kind="deposit", fen=10_000, done_on=TODAY, now=NOW) == 10_000
    received = complain(town.shop)
    dispute = facade.get_by_code(received.code)
    facade.act(town.merchant, dispute.id, verb="answer", reasons="退款。", offer=REFUND, now=NOW)
    facade.act_by_code(received.code, verb="agree", now=NOW)
    too_much = Offer(what="refund", fen=10_001, done_on=date(2026, 11, 25))
    paid = Offer(what="refund", fen=5900, done_on=date(2026, 11, 25))
    later = {"reasons": "店铺没有付，先行赔付。", "now": NOW + 2 * DAY}
    assert code_of(facade.act, clerk, dispute.id, verb="pay_for", offer=too_much, **later) == "DSP-FUND-SHORT"
    assert code_of(facade.act, town.merchant, dispute.id, verb="pay_for", offer=paid, **later) == "A-NO-RIGHT"
    facade.act(clerk, dispute.id, verb="pay_for", offer=paid, **later)
    assert code_of(facade.act, clerk, dispute.id, verb="pay_for", offer=paid, **later) == "CASE-STATE"
    back = {"kind": "claim_back", "done_on": TODAY, "number": received.number, "now": NOW + 3 * DAY}
    assert code_of(facade.book, clerk, shop, fen=5901, **back) == "DSP-FUND-OWED"
    assert facade.book(clerk, shop, fen=5900, **back) == 10_000
    for stranger in (town.merchant, town.outsider, town.regulator):
        assert code_of(facade.book, stranger, shop, kind="return", fen=1, done_on=TODAY, now=NOW) in NO
    fund = facade.find_fund(shop)
    assert fund is not None
    assert [(one.kind, one.fen, one.balance, one.waited_days) for one in fund.lines] == [
        ("deposit", 10_000, 10_000, None),
        ("pay_out", -5900, 4100, 2),
        ("claim_back", 5900, 10_000, None),
    ]
    assert (fund.balance, fund.paid_out, fund.claimed_back, fund.mean_days) == (10_000, 5900, 5900, 2)
    assert facade.get_by_code(received.code).case.state == "paid"


def test_the_database_takes_no_line_that_does_not_follow_the_last_one(town: Town) -> None:
    facade.book(town.clerk, town.shop.id, kind="deposit", fen=10_000, done_on=TODAY, now=NOW)
    plain = {"shop_id": town.shop.id, "platform": "SHOP", "kind": "deposit", "done_on": TODAY, "at": NOW}
    with access.acting_for(town.clerk, channel=Channel.BODY, purpose="dispute_handling"):
        for place, balance in ((2, 10_001), (2, 9_999), (3, 10_100)):
            line = models.FundLine(
                id=new_id(NOW), place=place, fen=100, balance=balance, actor_key=town.clerk.key, **plain
            )
            with pytest.raises(IntegrityError, match="does not follow"), transaction.atomic():
                line.save(force_insert=True)
    assert models.FundLine.objects.count() == 1


@pytest.mark.clause("E2.5a")
def test_a_shop_promises_no_less_than_the_law_and_names_a_post_never_a_person(town: Town) -> None:
    given = Promise(post="售后客服岗", reach="400-000-0000", pays_first_fen=50_000, exceptions=("perishable",))
    for wrong, code in (
        ({"return_days": 6}, "DSP-RETURN"),
        ({"exceptions": ("opened",)}, "DSP-EXCEPTION"),
        ({"post": "丁女士"}, "DSP-POST"),
        ({"pays_first_fen": -1}, "DSP-EXCEPTION"),
    ):
        changed = Promise(**{**vars(given), **wrong})
        assert code_of(facade.promise, town.merchant, town.shop.id, changed, now=NOW) == code
    assert code_of(facade.promise, town.outsider, town.shop.id, given, now=NOW) in NO
    assert facade.find_promise(town.shop.id) is None
    facade.promise(town.merchant, town.shop.id, given, now=NOW)
    facade.promise(town.clerk, town.shop.id, Promise(**{**vars(given), "return_days": 15}), now=NOW)
    found = facade.find_promise(town.shop.id)
    assert found is not None
    assert (found.post, found.return_days, found.exceptions) == ("售后客服岗", 15, ("perishable",))
