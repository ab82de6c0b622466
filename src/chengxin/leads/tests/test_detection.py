"""Detection looks through the lake by itself, hands on what is found, once, and says nothing where nothing is."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from chengxin.cli.leads import run_take
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.refusal import Refused
from chengxin.lake import facade as lake
from chengxin.lake.store import Store
from chengxin.lake.tests.conftest import order, scan, send, waybill
from chengxin.leads import facade, jobs
from chengxin.leads.tests.conftest import case_of
from chengxin.market.contracts import Shop

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
