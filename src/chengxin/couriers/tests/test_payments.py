"""Payment institutions: who enters them, what an officer sees, and where payments, orders and parcels disagree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.couriers import facade, models
from chengxin.couriers.contracts import Company, Entry
from chengxin.couriers.tests.test_couriers import code, post
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import MARKET, NOW, SETUP, Office, accept, ground, hand_in, market, open_office
from chengxin.intake.tests.test_main_job import FIRM, HEAD
from chengxin.lake import facade as lake
from chengxin.lake.contracts import Mode
from chengxin.lake.tests.conftest import Send, order, payment, send, store, waybill

__all__ = ["accept", "ground", "hand_in", "market", "post", "send", "store"]
BANK, PAYER = "YTRH", "云汀付"


@world
def bank(ground: None) -> Office:
    return open_office(BANK, "云汀市人民银行分行", "91390100MA0000023G", "390100", (), kind="central_bank")


@world
def institution(
    market: Office, post: Office, bank: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> Company:
    """Return a registered payment institution that a market regulator fined."""
    accept(hand_in((HEAD + FIRM).encode(), market).id, market)
    entry = Entry(uscc=MARKET, names=(PAYER,), kind="payment")
    return facade.register_company(bank.clerk, entry, now=NOW)


def handed_in(send: Send, source: str, *, channel: str = PAYER, lost: int = 0, dear: int = 0, bare: int = 0) -> None:
    """Hand in two hundred payments with orders and parcels; some without an order, paid dearer, or never sent."""
    numbers = [f"{source}-{channel}-{place}" for place in range(200)]
    plain = {"platform": source, "mode": Mode.LATE, "now": NOW}
    send("orders", *(order(one, status="delivered") for one in numbers[lost:]), **plain)
    paid = [
        payment(f"P{one}", order_id=one, channel=channel, amount="120.00" if place >= 200 - dear else "100.00")
        for place, one in enumerate(numbers)
    ]
    send("payments", *paid, **plain)
    send("waybills", *(waybill(f"W{one}", order_id=one) for one in numbers[lost + bare :]), **plain)


@pytest.mark.clause("E2.3a")
def test_an_institution_is_entered_by_the_bank_alone_and_seen_with_its_facts_for_a_use(
    institution: Company, post: Office, market: Office
) -> None:
    entry = Entry(uscc=MARKET, names=(PAYER,), kind="payment")
    for stranger in (post, market):
        assert code(lambda clerk=stranger.clerk: facade.register_company(clerk, entry, now=NOW)) == "CO-AUTHORITY"
    assert ([one.name for one in facade.list_companies("payment")], facade.list_companies()) == ([institution.name], [])
    assert facade.names_on_waybills() == frozenset(), "A payment institution carries no parcels."
    page = Client().get("/payments").content.decode()
    assert [one in page for one in (institution.name, PAYER, "让您离开平台付款", "?type=payment")] == [True] * 4
    assert Client().get(f"/couriers/{MARKET}").status_code == 404
    browser = sign_in("ytrh-clerk")
    assert institution.name in browser.get("/reg/payments").content.decode()
    assert "发布虚假广告" not in browser.get(f"/reg/payments/{MARKET}").content.decode()
    seen = browser.post(f"/reg/payments/{MARKET}", {"use": "payment"}).content.decode()
    assert ["发布虚假广告" in seen, "核对整改" in seen] == [True, True]
    assert browser.post(f"/reg/payments/{MARKET}", {"use": "vehicle"}).status_code == 422
    assert Client().get("/reg/payments/mismatch").status_code == 401


@pytest.mark.clause("E2.3b")
def test_a_seeded_mismatch_is_found_from_sums_and_an_honest_institution_agrees(
    institution: Company, bank: Office, post: Office, store: lake.Store, send: Send
) -> None:
    handed_in(send, "market", lost=20, dear=9, bare=36)
    handed_in(send, "honest")
    handed_in(send, "third", channel="张三的收款码", lost=199)
    assert facade.refresh(store=store, now=NOW)["flows"] == 3
    assert facade.refresh(store=store, now=NOW)["flows"] == 0
    found = {one.source: one for one in facade.list_flows(bank.clerk, now=NOW)}
    checks = {one.code: one for one in facade.flow_rules().checks}
    shares = {source: {code: flow.share(one) for code, one in checks.items()} for source, flow in found.items()}
    assert shares == {
        "market": {"order_unknown": 1000.0, "amount_differs": 500.0, "parcel_unknown": 2000.0},
        "honest": {"order_unknown": 0.0, "amount_differs": 0.0, "parcel_unknown": 0.0},
        "third": {"order_unknown": 9950.0, "amount_differs": None, "parcel_unknown": None},
    }
    disagree = {source: [code for code, one in checks.items() if flow.disagrees(one)] for source, flow in found.items()}
    assert disagree == {"market": [*checks], "honest": [], "third": ["order_unknown"]}
    # A name that no institution has could be a person's: it stands under none.
    assert {source: flow.channel for source, flow in found.items()} == {"market": PAYER, "honest": PAYER, "third": ""}
    page = sign_in("ytrh-clerk").get("/reg/payments/mismatch").content.decode()
    # Four cells, and the words at the head of the page.
    assert ["张三" in page, page.count("对不上"), "20/200" in page] == [False, 5, True]
    assert code(lambda: facade.list_flows(post.clerk, now=NOW)) == "ABSENT"
    assert sign_in("ytyz-clerk").get("/reg/payments/mismatch").status_code == 403


def test_the_database_keeps_sums_of_registered_institutions_alone(institution: Company) -> None:
    plain: dict[str, Any] = dict.fromkeys(("amount_differs", "sent", "parcel_unknown", "refunds", "refunded_fen"), 0)
    day = {"window_from": date(2026, 1, 1), "window_until": date(2026, 4, 1), "computed_on": date(2026, 4, 1)}
    row = models.Flow(source="market", channel=PAYER, payments=2, order_known=2, order_unknown=0, paid_fen=1, **plain)
    for name, value in {**day, "run": "x", "version": "x"}.items():
        setattr(row, name, value)
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="courier_keeping"):
        row.channel = "张三的收款码"
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)
        row.channel, row.order_unknown = PAYER, 1
        with pytest.raises(IntegrityError, match="couriers_flow_parts_of_wholes"), transaction.atomic():
            row.save(force_insert=True)
    columns = {field.name for field in models.Flow._meta.get_fields()}
    assert not [name for name in columns if any(word in name for word in ("card", "account", "payer", "order_id"))]
