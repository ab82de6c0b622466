"""Detection looks through the lake by itself, hands on what is found, once, and says nothing where nothing is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.casework import facade as casework
from chengxin.cli.leads import run_take
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office, open_office
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.refusal import Refused
from chengxin.lake import facade as lake
from chengxin.lake.store import Store
from chengxin.lake.tests.conftest import order, scan, send, waybill
from chengxin.leads import facade, jobs, models
from chengxin.leads.contracts import Finding
from chengxin.leads.families import find_rule
from chengxin.leads.tests.conftest import CELLS, act, block, case_of, paper
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold, shop_of
from chengxin.notices import facade as notices

__all__ = ["send"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("CHENGXIN_LAKE", str(tmp_path / "lake"))
    return Store(lake.lake_root())


def sent(send: Any, *names: str, days_ago: int, empty: bool) -> None:
    """Send orders of the shop with their lines, parcels and scans: whole, or light and never on the way."""
    day = (NOW - timedelta(days=days_ago)).date()
    at = lambda hour, days=0: f"{day + timedelta(days=days)}T{hour:02}:00:00+08:00"  # noqa: E731 - one line each
    told = {"platform": "SHOP", "now": NOW}
    send("orders", *(order(name, seller_id="S-1", created_at=at(9), buyer=f"b-{name}") for name in names), **told)
    lines = {"line_no": 1, "created_at": at(9), "sku": "x", "quantity": 1, "unit_price": "100.00"}
    send("order_lines", *({**lines, "order_id": name, "unit_weight_g": 900} for name in names), **told)
    grams = 12 if empty else 930
    parcels = [waybill(f"W-{one}", order_id=one, created_at=at(10), measured_g=grams) for one in names]
    send("waybills", *parcels, **told)
    way = [("signed", 15, 2)] if empty else [("collected", 12, 0), ("transit", 8, 1), ("signed", 15, 2)]
    scans = [scan(kind, at(hour, days), f"W-{one}") for kind, hour, days in way for one in names]
    send("parcel_scans", *scans, **told)


@pytest.mark.clause("E2.2c")
def test_empty_parcels_of_the_last_quarter_make_one_lead_and_a_second_look_changes_nothing(
    shop: Shop, regulator: Office, store: Store, send: Any
) -> None:
    assert jobs.detect(NOW, None) == {"found": 0, "opened": 0}, "There is no lake."
    sent(send, "O-7", days_ago=12, empty=False)
    assert jobs.detect(NOW, None) == {"found": 0, "opened": 0}, "Papers that agree are nothing."
    sent(send, "O-1", "O-2", days_ago=10, empty=True)
    assert jobs.detect(NOW, None) == {"found": 2, "opened": 1}
    assert jobs.detect(NOW, NOW) == {"found": 0, "opened": 0}
    ((lead, case),) = facade.list_of_body(regulator.clerk, now=NOW, is_open=True)
    assert (case.facts["rules"], lead.first_day.isoformat()) == (["R2", "R3"], "2026-11-13")
    sent(send, "O-3", "O-4", "O-5", days_ago=9, empty=True)
    assert jobs.detect(NOW + timedelta(days=1), NOW) == {"found": 2, "opened": 0}
    assert case_of(case.number).state == "found"


def test_what_is_older_than_ninety_days_is_not_told_when_a_lake_is_filled(
    shop: Shop, regulator: Office, store: Store, send: Any
) -> None:
    sent(send, "O-1", "O-2", days_ago=90, empty=True)
    assert jobs.detect(NOW, None) == {"found": 0, "opened": 0}
    sent(send, "O-3", "O-4", days_ago=89, empty=True)
    assert jobs.detect(NOW, None) == {"found": 2, "opened": 1}
    ((lead, _case),) = facade.list_of_body(regulator.clerk, now=NOW, is_open=True)
    assert (lead.first_day.isoformat(), lead.end_day.isoformat()) == ("2026-08-26", "2026-08-27")


def test_rings_are_searched_for_again_only_when_orders_have_changed(shop: Shop, store: Store, send: Any) -> None:
    sent(send, "O-1", "O-2", days_ago=10, empty=False)
    kept = lambda: {file: file.stat().st_mtime_ns for file in store.root.rglob("*-blocks-*.json")}  # noqa: E731 - short
    jobs.detect(NOW, None)
    (first,) = (before := kept())
    jobs.detect(NOW + timedelta(days=1), NOW)
    assert kept() == before, "Another night over the same orders."
    sent(send, "O-3", days_ago=9, empty=False)
    jobs.detect(NOW + timedelta(days=1), NOW)
    assert len(kept()) == 2
    assert kept()[first] == before[first]


def rated(send: Any, *rows: tuple[str, int, int, str]) -> None:
    """Send orders that were rated three days later: shop, days ago of the order, score, buyer."""
    at = lambda ago: (NOW - timedelta(days=ago)).isoformat()  # noqa: E731 - one line each
    names = [f"O-{place}" for place in range(len(rows))]
    told = {"platform": "SHOP", "now": NOW}
    bought = [
        order(name, seller_id=shop, created_at=at(ago), buyer=who)
        for name, (shop, ago, _score, who) in zip(names, rows, strict=True)
    ]
    said = [
        {"review_id": f"R-{name}", "order_id": name, "reviewed_at": at(ago - 3), "score": score}
        for name, (_shop, ago, score, _who) in zip(names, rows, strict=True)
    ]
    send("orders", *bought, **told)
    send("reviews", *said, **told)


@pytest.mark.clause("E2.3b", "E4.1e")
def test_bad_reviews_on_order_make_a_lead_whose_shop_is_harmed_and_never_judged(
    sold: Sold, regulator: Office, merchant: Actor, store: Store, send: Any
) -> None:
    shop_of(sold)
    usual = [("S-1", ago, 1 if place == 0 else 5, f"b{place}") for ago in range(25, 86, 4) for place in range(9)]
    long_ago = [("S-9", 300, 5, f"b{place}") for place in range(9)]
    ring = [(number, 12, 1, f"x{place}") for number in ("S-1", "S-9") for place in range(9)]
    rated(send, *usual, *long_ago, *ring)
    told = jobs.detect(NOW, None)
    assert told == {"found": 3, "opened": 1}
    ((lead, case),) = facade.list_of_body(regulator.clerk, now=NOW, is_open=True)
    assert (case.facts["rules"], lead.is_harmed) == (["bad_burst", "bad_circle", "bad_strangers"], True)
    act(case, "ask", regulator.clerk)
    facade.answer(merchant, lead.id, text="有人发来消息，要钱才撤差评。", now=NOW)
    assert act(case, "confirm", regulator.clerk).state == "founded"
    with pytest.raises(Refused, match="LD-HARMED"):
        facade.begin_determination(regulator.clerk, lead.id, cells=CELLS, now=NOW)
    with (
        access.acting_for(regulator.clerk, channel=Channel.BODY, purpose="lead_handling"),
        pytest.raises(IntegrityError, match="leads_lead_harmed_is_not_judged"),
        transaction.atomic(),
    ):
        models.Lead.objects.filter(id=lead.id).update(determination_id=lead.id)
    for told_to, channel in ((merchant, Channel.SELF), (sold.clerk, Channel.BODY)):
        with access.acting_for(told_to, channel=channel, purpose="own_archive"):
            assert "lead_harmed" in [one.text for one in notices.list_for(told_to)]


def test_what_a_shop_suffers_never_speaks_against_it(shop: Shop, regulator: Office) -> None:
    known = find_rule("against", "bad_burst")
    assert known is not None
    words = {"says": known.says, "clears": known.clears}
    harmed = replace(paper(), family="against", rule="bad_burst", kind="time", **words)
    told = facade.take([block(), harmed], now=NOW)
    assert (told.new, told.opened, told.joined) == (2, [], 0)
    beside = facade.take([paper()], now=NOW)
    assert len(beside.opened) == 1
    ((lead, case),) = facade.list_of_body(regulator.clerk, now=NOW, is_open=True)
    assert (case.facts["rules"], lead.is_harmed) == (["R3", "dense_block"], False)


@pytest.mark.clause("E4.2d")
def test_cross_border_papers_that_disagree_are_for_customs_alone(shop: Shop, regulator: Office) -> None:
    def triple(rule: str, kind: str) -> Finding:
        known = find_rule("crossborder", rule)
        assert known is not None
        return replace(paper(), family="crossborder", rule=rule, kind=kind, says=known.says, clears=known.clears)

    found = [triple("X1", "payment"), triple("X3", "waybill")]
    assert facade.take([*found, block()], now=NOW).opened == [], "Without customs nobody else is told."
    customs = open_office("YTHG", "云汀海关", "91390100MA0000023G", "39", (), kind="customs")
    more = replace(triple("X2", "order"), rows=found[0].rows)
    assert len(facade.take([more], now=NOW).opened) == 1
    ((_lead, case),) = facade.list_of_body(customs.clerk, now=NOW, is_open=True)
    assert (case.body, case.facts["rules"]) == ("YTHG", ["X1", "X2", "X3"])
    assert facade.list_of_body(regulator.clerk, now=NOW, is_open=True) == []
    page = sign_in("ythg-clerk").get("/reg/crossborder").content.decode()
    assert [case.number in page, "只有海关看得到" in page] == [True, True]
    detail = sign_in("ythg-clerk").get(f"/dept/cases/{case.id}").content.decode()
    assert (case.due_on, 'name="verb"' in detail) == (None, False)
    people = [one.code for one in casework.get_procedure("lead").verbs.values() if Role.PLATFORM not in one.roles]
    assert people == ["ask", "more", "confirm", "set_aside"]
    for verb in people:
        with pytest.raises(Refused, match="CASE-NOT-OFFERED"):
            act(case, verb, customs.clerk)
    assert sign_in("ytjg-clerk").get("/reg/crossborder").status_code == 403
    assert sign_in("ytjg-clerk").get(f"/dept/cases/{case.id}").status_code == 404


def test_an_operator_takes_findings_from_files_in_the_declared_format(
    shop: Shop, regulator: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = {"format": "chengxin-finding/1", "platform": "SHOP", "shop": "S-1", "family": "documents"}
    plain |= {"first_day": "2026-10-01", "end_day": "2026-10-21", "values": {"orders": 1}, "model": "m-1"}
    plain["rows"] = [{"day": "2026-10-02", "order": "O-1"}]
    file, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    file.write_text(json.dumps({**plain, "rule": "R3"}) + "\n" + json.dumps({**plain, "rule": "R9", "shop": "S-8"}))
    other.write_text(json.dumps({**plain, "rule": "R9"}))
    asked: Any = SimpleNamespace(files=[file, other], platform="", json=True)
    assert run_take(asked) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["new"], said["known"], said["aside"], len(said["opened"])) == (2, 0, {"shop_unknown": 1}, 1)
    assert run_take(asked) == 0
    assert json.loads(capsys.readouterr().out)["known"] == 2
    asked.files = [tmp_path / "none.jsonl"]
    with pytest.raises(Refused, match="LD-NO-FILE"):
        run_take(asked)
