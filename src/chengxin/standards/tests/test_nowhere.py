"""Nothing can follow from a mark: nobody imports it, no table holds one, nobody but the merchant sees their own."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import polars as pl
import pytest
from django.apps import apps

import chengxin
from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.intake.tests.conftest import NOW, SETUP
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.refusal import Refused
from chengxin.lake import facade as lake
from chengxin.lake.tests.conftest import order, scan, waybill
from chengxin.market.tests.conftest import Sold, individual, shop_of
from chengxin.standards import facade, sources

PAGE = "/standards/ecommerce-rating/try"
ROOT = Path(chengxin.__file__).parent


@pytest.mark.clause("E2.2a")
def test_redline_09_no_package_can_rest_anything_on_a_mark() -> None:
    taken = re.compile(r"chengxin\.standards|from chengxin import .*\bstandards\b")
    files = [one for one in ROOT.rglob("*.py") if one.relative_to(ROOT).parts[0] != "standards"]
    users = {one.relative_to(ROOT).as_posix() for one in files if taken.search(one.read_text("utf-8"))}
    assert users == {"site/settings.py", "site/urls.py"}
    assert list(apps.get_app_config("standards").get_models()) == []
    assert set(facade.__all__) == {"history", "in_force"}


@pytest.mark.clause("E2.2a")
def test_redline_10_a_shop_is_tried_by_its_own_operator_alone_and_one_of_a_person_by_nobody(
    sold: Sold, firm: UUID
) -> None:
    shop, person = shop_of(sold), shop_of(sold, individual())
    merchant = Actor(key="account:zhou", roles=frozenset({Role.CITIZEN}), subject_id=firm)
    found = sources.own_figures(merchant, shop.id, now=NOW)
    assert {code: (str(one.value), one.sample) for code, one in found.items()} == {
        "identity.verified": ("100", 1),
        "licences.covered": ("0.00", 1),
    }
    other = Actor(key="account:other", roles=frozenset({Role.CITIZEN}), subject_id=UUID(int=7))
    tries = [(merchant, person.id), (other, shop.id), (ANYONE, shop.id), (sold.clerk, shop.id), (sold.office, shop.id)]
    for actor, shop_id in tries:
        with pytest.raises(Refused) as caught:
            sources.own_figures(actor, shop_id, now=NOW)
        assert caught.value.refusal.code == "ABSENT"

    access.open_account("zhou", actor=SETUP, now=NOW, subject_id=firm)
    mine = sign_in("zhou").get(PAGE, {"shop": str(shop.id)})
    assert "禾木食品铺" in mine.content.decode()
    assert "no-store" in mine.headers["Cache-Control"]
    assert sign_in("shop-clerk").get(PAGE, {"shop": str(shop.id)}).status_code == 404
    assert "禾木" not in sign_in("shop-clerk").get(PAGE).content.decode()


@pytest.mark.clause("E2.2a")
def test_a_figure_of_the_lake_is_ones_own_shops_share_within_the_window_and_no_neighbours(
    sold: Sold, firm: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHENGXIN_LAKE", str(tmp_path / "lake"))
    shop = shop_of(sold)
    merchant = Actor(key="account:zhou", roles=frozenset({Role.CITIZEN}), subject_id=firm)
    fill(tmp_path, {"S-1": (1, 3), "S-2": (4, 4)}, month=10)  # One of four late, and a neighbour always late.
    fill(tmp_path, {"S-1": (9, 9)}, month=3)  # Before the window of 180 days.
    found = sources.own_figures(merchant, shop.id, now=NOW)["handover.late"]
    assert (str(found.value), found.sample) == ("25.00", 4)
    other = Actor(key="account:other", roles=frozenset({Role.CITIZEN}), subject_id=UUID(int=7))
    with pytest.raises(Refused, match="ABSENT"):
        sources.own_figures(other, shop.id, now=NOW)


def fill(folder: Path, shops: dict[str, tuple[int, int]], *, month: int) -> None:
    """Send a platform's orders with parcels: of each shop so many late, and the others in time."""
    orders, parcels, scans = [], [], []
    for seller, (late, in_time) in shops.items():
        for n in range(late + in_time):
            key, hour = f"{seller}-{month}-{n}", 11 if n < late else 9
            day = f"2026-{month:02}-02T"
            orders.append(
                order(key, seller_id=seller, created_at=f"{day}01:00:00+08:00", handover_due_at=f"{day}10:00:00+08:00")
            )
            parcels.append(waybill(key, order_id=key, created_at=f"{day}08:00:00+08:00"))
            scans.append(scan("collected", f"{day}{hour:02}:00:00+08:00", key))
    store = lake.Store(lake.lake_root())
    for dataset, rows in {"orders": orders, "waybills": parcels, "parcel_scans": scans}.items():
        file = folder / f"{dataset}{month}.jsonl"
        file.write_text(pl.DataFrame(rows).write_ndjson(), "utf-8")
        lake.load(file, dataset=dataset, platform="SHOP", store=store, now=NOW)
