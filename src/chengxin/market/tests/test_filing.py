"""A platform files its shops: each is compared with the register; what may not be kept is refused and says why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import ANYONE
from chengxin.kernel.refusal import Refused
from chengxin.market import facade, models
from chengxin.market.contracts import Filing, Standing
from chengxin.market.tests.conftest import FIRM, HOST, NAME, TODAY, Sold, filing, individual, shop_of


@pytest.mark.clause("E2.1a")
def test_a_shop_is_compared_with_the_register_and_is_to_be_verified_again_in_six_months(sold: Sold, firm: UUID) -> None:
    shop = shop_of(sold)
    assert (shop.standing, shop.subject_id, shop.due_on) == (Standing.AGREES, firm, date(2027, 5, 24))
    assert facade.list_verifications(shop.id) == [(NOW, Standing.AGREES)]
    again = shop_of(sold)
    assert again.id == shop.id
    assert len(facade.list_verifications(shop.id)) == 1
    old = shop_of(sold, filing("S-2", verified_on=date(2026, 5, 20)))
    assert (old.due_on, old.is_overdue(TODAY)) == (date(2026, 11, 20), True)
    assert not shop_of(sold, filing("S-3", verified_on=date(2026, 5, 23))).is_overdue(TODAY)
    assert [one.number for one in facade.list_shops("SHOP", now=NOW, overdue=True)] == ["S-2"]
    counts = facade.count_shops("SHOP", now=NOW)
    assert (counts.shops, counts.overdue, counts.by_standing[Standing.AGREES]) == (3, 1, 3)


@pytest.mark.clause("E2.1c")
def test_who_claims_another_firms_code_is_flagged_and_shown_nothing_of_that_firm(sold: Sold, firm: UUID) -> None:
    shop = shop_of(sold, filing(name="云汀某某旗舰有限公司", title="禾木官方旗舰店"))
    assert (shop.standing, shop.subject_id) == (Standing.OTHER_NAME, None)
    facts = facade.shop_facts(shop.id, now=NOW)
    assert (facts.registered_name, [one.is_missing for one in facts.covers]) == ("", [True])
    # The positive control: the firm's own shop shows its name and licence.
    own = facade.shop_facts(shop_of(sold, filing("S-2")).id, now=NOW)
    assert (own.registered_name, own.covers[0].licence is not None) == (NAME, True)
    assert firm == own.shop.subject_id


def test_an_unknown_code_is_said_to_be_unknown(sold: Sold, market: Office) -> None:
    assert shop_of(sold).standing is Standing.UNKNOWN
    assert market.body == "YTSJ"


@pytest.mark.clause("E2.1a")
@pytest.mark.parametrize("field", ["uscc", "name", "title"])
def test_nothing_that_names_an_individual_seller_is_kept(sold: Sold, field: str) -> None:
    given = {"uscc": "390101199001010017", "name": "林禾舟", "title": "林禾舟的小店"}[field]
    (refused,) = facade.file_shops(sold.clerk, [individual(**{field: given})], now=NOW)
    assert refused.refusal is not None
    assert (refused.refusal.code, refused.refusal.field) == ("MK-INDIVIDUAL", field)
    shop = shop_of(sold, individual())
    assert (shop.standing, shop.uscc, shop.claimed_name, shop.title, shop.subject_id) == (
        Standing.VOUCHED,
        *("", "", ""),
        None,
    )
    # The database says the same, whoever writes.
    with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
        with pytest.raises(IntegrityError, match="market_shop_individual_unnamed"), transaction.atomic():
            models.Shop.objects.filter(id=shop.id).update(**{"claimed_name" if field == "name" else field: given})
        assert models.Shop.objects.get(id=shop.id).title == ""


WRONG = [
    ({"number": "13900000000"}, "MK-NUMBER", "number"),
    ({"number": "a b"}, "MK-NUMBER", "number"),
    ({"categories": ()}, "MK-CATEGORY", "categories"),
    ({"categories": ("food", "arms")}, "MK-CATEGORY", "categories"),
    ({"uscc": "91390100MA0000015X"}, "E-USCC-02", "uscc"),
    ({"name": " "}, "MK-OPERATOR", "name"),
    ({"title": ""}, "MK-OPERATOR", "title"),
    ({"exemption": "farm"}, "MK-OPERATOR", "exemption"),
    ({"address": "https://evil.example.org/hemu"}, "MK-ADDRESS", "address"),
    ({"address": f"https://not{HOST}/hemu"}, "MK-ADDRESS", "address"),
    ({"address": f"https://{HOST}@evil.example.org/"}, "MK-ADDRESS", "address"),
    ({"address": "javascript:alert(1)"}, "MK-ADDRESS", "address"),
    ({"verified_on": TODAY + timedelta(days=1)}, "MK-DAY", "verified_on"),
    ({"closed_on": date(2024, 1, 1)}, "MK-DAY", "closed_on"),
]


@pytest.mark.parametrize(("changed", "code", "field"), WRONG)
def test_a_filing_that_is_wrong_is_told_where_and_changes_nothing(
    sold: Sold, changed: dict[str, Any], code: str, field: str
) -> None:
    filed = facade.file_shops(sold.clerk, [filing(**changed), filing("S-9")], now=NOW)
    assert filed[0].refusal is not None
    assert filed[0].refusal.field == field
    assert filed[0].refusal.code == code
    assert [one.number for one in facade.list_shops("SHOP", now=NOW)] == ["S-9"]


@pytest.mark.parametrize(
    ("one", "code"),
    [(individual(exemption=""), "MK-EXEMPTION"), (individual(address=f"https://{HOST}/linhezhou"), "MK-ADDRESS")],
)
def test_an_individual_seller_says_why_not_registered_and_files_no_more_than_the_host(
    sold: Sold, one: Filing, code: str
) -> None:
    (filed,) = facade.file_shops(sold.clerk, [one], now=NOW)
    assert filed.refusal is not None
    assert filed.refusal.code == code


def test_a_number_stays_with_its_kind_of_seller(sold: Sold) -> None:
    shop_of(sold, individual("S-1"))
    (filed,) = facade.file_shops(sold.clerk, [filing("S-1")], now=NOW)
    assert filed.refusal is not None
    assert filed.refusal.code == "MK-OTHER-SELLER"


def test_only_a_registered_platform_files_and_only_the_office_over_it_registers(sold: Sold, market: Office) -> None:
    with pytest.raises(Refused) as refused:
        facade.file_shops(market.clerk, [filing()], now=NOW)
    assert refused.value.refusal.code == "MK-NO-PLATFORM"
    for actor in (market.clerk, sold.clerk, ANYONE):
        with pytest.raises(Refused):
            facade.register_platform("YTSJ", host="sj.example.org", actor=actor, now=NOW)
    assert [one.body for one in facade.list_platforms()] == ["SHOP"]
    assert facade.list_shops("SHOP", now=NOW) == []


@pytest.mark.clause("E2.1a")
def test_a_program_files_many_and_is_told_of_each(sold: Sold, firm: UUID) -> None:
    one = {
        "number": "S-1",
        "seller": "operator",
        "address": f"https://{HOST}/hemu",
        "categories": ["food"],
        "verified_on": "2026-11-23",
        "opened_on": "2025-01-02",
        "uscc": FIRM,
        "name": NAME,
        "title": "禾木食品铺",
    }
    answer = sold.post("/api/v1/merchants", shops=[one, {**one, "number": "S-2", "categories": ["arms"]}])
    assert answer.status_code == 200
    first, second = answer.json()
    assert (first["taken"], first["standing"], first["verify_by"]) == (True, "agrees", "2027-05-24")
    assert (second["taken"], second["fault"]["code"], second["fault"]["field"]) == (False, "MK-CATEGORY", "categories")
    assert "food、" in second["fault"]["next_step"]
    assert sold.post("/api/v1/merchants", shops=[{**one, "phone": "1"}]).status_code == 422
    assert facade.count_shops("SHOP", now=NOW).shops == 1
    assert firm is not None


def test_a_platform_changes_no_shop_of_another(sold: Sold, market: Office) -> None:
    shop = shop_of(sold)
    for channel in Channel:
        with access.acting_for(market.clerk, channel=channel, purpose="market_filing"):
            assert models.Shop.objects.filter(id=shop.id).update(title="别人的店") == 0
    with (
        access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("delete from market_verification")
