"""Nothing can follow from a mark: nobody imports it, no table holds one, nobody but the merchant sees their own."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps

import chengxin
from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.intake.tests.conftest import NOW, SETUP
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.refusal import Refused
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
