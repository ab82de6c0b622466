"""Compliance certificates: from records in scope and period, free, with a code that `/verify` answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from django.test import Client
from playwright.sync_api import Page

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.archives import certificates, facade
from chengxin.archives.areas import fields_offered
from chengxin.archives.contracts import ReportForm
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.intake.tests.test_main_job import HEAD
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.lists.tests.conftest import PENALTY, citizen, firm, market
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind

__all__ = ["firm", "market"]
LATER, REPAIRED = NOW.replace(day=24), NOW.replace(day=25)


def made(own: Actor, *fields: str, years: int = 3, at: datetime = NOW) -> tuple[str, dict[str, Any]]:
    code = facade.make_certificate(own, fields, years=years, now=at, address_of=lambda it: f"https://example.org/{it}")
    return code, orjson.loads(facade.open_report(own, code, now=at).content)


def state(code: str, *, at: datetime = NOW) -> str:
    return facade.verify(code, actor=ANYONE, now=at).value


def numbers(said: dict[str, Any]) -> list[str]:
    facts = [fact["value"] for line in said["chapters"][1]["lines"] for fact in line["facts"]]
    return sorted(value for value in facts if "〔" in value)


@pytest.mark.clause("E5.2a")
def test_it_tells_what_is_on_file_in_scope_and_period_and_what_it_does_not_cover(firm: Actor, market: Office) -> None:
    code, said = made(firm, "market")
    assert numbers(said) == ["云市监处罚〔2026〕1号", "云市监处罚〔2026〕2号"]
    assert "有2条不利记录" in said["chapters"][0]["notes"][0]
    other, elsewhere = made(firm, "tax", "environment", years=1)
    assert (numbers(elsewhere), "没有不利记录" in elsewhere["chapters"][0]["notes"][0]) == ([], True)
    facts = {fact["name"]: fact["value"] for fact in elsewhere["chapters"][0]["facts"]}
    assert (facts["统一社会信用代码"], facts["期间"]) == ("91390100MA0000015M", "2025年11月23日至2026年11月23日")
    assert any("没有报送的，平台不知道" in note for note in elsewhere["chapters"][2]["notes"])
    assert "score" not in repr(said)
    own = sign_in("firm")
    with simulated(NOW):
        answer = own.get(f"/me/reports/{other}.pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert state(code) == "superseded"  # The newer one of its form took its place; a report would not.
    kept = facade.list_reports(firm, now=NOW, form=ReportForm.CERTIFICATE)
    assert sorted(one.state for one in kept) == ["superseded", "valid"]
    facade.make_report(firm, now=NOW, address_of=lambda it: f"https://example.org/{it}")
    assert (state(other), state("0000-0000-0000-0000")) == ("valid", "unknown")
    facade.take_back(firm, other, now=NOW)
    assert state(other) == "withdrawn"
    last = datetime(2027, 10, 1, 2, tzinfo=UTC)  # A year after the decision, to the day.
    assert "云市监处罚〔2026〕1号" in numbers(made(firm, "market", years=1, at=last)[1])
    assert numbers(made(firm, "market", years=1, at=last + timedelta(days=1))[1]) == []


@pytest.mark.clause("E5.2a")
def test_it_gives_way_when_a_record_in_it_changes_or_an_adverse_one_comes_and_lists_nothing_that_ended(
    firm: Actor, market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    clean, _said = made(firm, "tax")
    accept(hand_in((HEAD + PENALTY.replace("1号", "8号", 1)).encode(), market, key="new").id, market, now=LATER)
    assert (state(clean), state(clean, at=LATER)) == ("superseded", "superseded")
    code, said = made(firm, "market", at=LATER)
    assert (len(numbers(said)), state(code, at=LATER)) == (3, "valid")
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        mild = next(one for one in records.list_of_subject(firm.subject_id) if one.document_key.endswith("2号"))  # type: ignore[arg-type]
        records.mark(
            subject_id=mild.subject_id,
            record_id=mild.record_id,
            kind=MarkKind.REPAIRED,
            reason="已经改正",
            reference="YC1",
            actor=market.approver,
            now=REPAIRED,
        )
    assert state(code, at=REPAIRED) == "superseded"
    assert numbers(made(firm, "market", at=REPAIRED)[1]) == ["云市监处罚〔2026〕1号", "云市监处罚〔2026〕8号"]


def test_no_person_gets_one_and_nobody_opens_anothers(firm: Actor, market: Office) -> None:
    lin = citizen("lin", "390101199001010017")
    for actor, fields, years, code in (
        (lin, ("market",), 3, "CERTIFICATE-OPERATORS"),
        (firm, (), 3, "CERTIFICATE-SCOPE"),
        (firm, ("hobby",), 3, "CERTIFICATE-SCOPE"),
        (firm, ("market",), 9, "CERTIFICATE-SCOPE"),
    ):
        with pytest.raises(Refused, match=code):
            made(actor, *fields, years=years)
    code, _said = made(firm, "market")
    with pytest.raises(Refused, match="ABSENT"):
        facade.open_report(lin, code, now=NOW)
    assert Client().get("/me/certificates").status_code == 401
    assert facade.list_reports(lin, now=NOW, form=ReportForm.CERTIFICATE) == []


def test_every_field_is_offered_once_under_a_heading_and_a_new_one_under_the_last() -> None:
    offered = [code for _title, inside in fields_offered() for code, _name in inside]
    assert sorted(offered) == sorted(certificates.fields())
    assert [len(inside) for _title, inside in fields_offered()] == [6, 6, 6, 6, 6, 4, 6]


@pytest.mark.browser
@pytest.mark.clause("E5.2a")
@pytest.mark.django_db(transaction=True)
def test_an_enterprise_makes_one_on_a_phone_without_scripts_and_anybody_verifies_it(
    live_server: Any, firm: Actor, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    own = browser_page(width=360, javascript=False, cookies=[cookie_of("firm", url)])
    own.goto(url + "/me/certificates")
    keep(own, "certificates")
    assert own.locator("main input[type=checkbox]:visible").count() == 0  # Seven headings, not forty boxes.
    own.get_by_text("经营和税费").click()
    own.get_by_label("税务").check()
    keep(own, "certificates-chosen")
    own.get_by_role("button", name="生成合规证明").click()
    keep(own, "certificates-made")
    code = own.locator("main table a").first.inner_text().strip()
    anyone = browser_page(width=360, javascript=False)
    anyone.goto(f"{url}/verify/{code}")
    assert "有效" in anyone.inner_text("main")
    assert "云汀禾木" not in anyone.inner_text("main")
    inspector = browser_page(width=320, cookies=[cookie_of("firm", url)])
    assert is_sound(inspector, url + "/me/certificates")
