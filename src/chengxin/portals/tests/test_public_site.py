"""What the public finds, and what it never sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import simulated
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind

DOCUMENT = "云市监处罚〔2026〕1号"


def page(client: Client, address: str, at: datetime = NOW) -> str:
    with simulated(at):
        reply = client.get(address)
    assert reply.status_code == 200
    return reply.content.decode()


@pytest.mark.parametrize("text", ["禾木", "91390100MA0000015M", "云市监处罚", "雲市監", "〔２０２６〕１号"])
def test_a_fragment_finds_the_firm_or_its_document(filed: Batch, client: Client, text: str) -> None:
    assert "云汀禾木商贸有限公司" in page(client, f"/search?q={text}")


def test_one_character_finds_nothing_and_says_why(filed: Batch, client: Client) -> None:
    assert "没有匹配的企业" in page(client, "/search?q=云")


@pytest.mark.clause("P4.2a")
def test_redline_15_no_person_and_no_digit_of_an_id_number_is_public(filed: Batch, client: Client) -> None:
    for address in ("/", "/search?q=林禾舟", "/search?q=云市监处罚", "/publicity", "/publicity/penalty"):
        content = page(client, address).replace('value="林禾舟"', "")
        assert "林禾舟" not in content
        assert not re.search(r"39010119900101", content)


@pytest.mark.clause("P4.3b")
def test_the_day_after_the_last_day_nothing_shows_it_though_no_sweep_has_run(filed: Batch, client: Client) -> None:
    last_moment = datetime(2027, 10, 1, 15, 59, 59, tzinfo=UTC)
    midnight = datetime(2027, 10, 1, 16, 0, tzinfo=UTC)
    assert DOCUMENT in page(client, "/search?q=云市监处罚", last_moment)
    assert DOCUMENT in page(client, "/publicity/penalty", last_moment)
    assert DOCUMENT not in page(client, "/search?q=云市监处罚", midnight)
    assert DOCUMENT not in page(client, "/publicity/penalty", midnight)


def test_a_withdrawn_record_leaves_at_once(filed: Batch, market: Office, client: Client) -> None:
    subject_id, record_id = _firm_record(market)
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.withdraw(
            subject_id=subject_id,
            record_id=record_id,
            reason="决定已被撤销",
            reference="云府复〔2026〕8号",
            actor=market.approver,
            now=NOW,
        )
    assert DOCUMENT not in page(client, "/publicity/penalty")
    with access.acting_for(platform("sweep"), channel=Channel.JOB, purpose="filing"):
        assert records.publish_due(actor=platform("sweep"), now=NOW) == 0


def test_an_objection_shows_beside_the_record(filed: Batch, market: Office, client: Client) -> None:
    subject_id, record_id = _firm_record(market)
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=subject_id,
            record_id=record_id,
            kind=MarkKind.OBJECTION,
            reason="当事人提出异议",
            reference="YY-1",
            actor=market.clerk,
            now=NOW,
        )
    assert "有异议" in page(client, "/publicity/penalty")


def test_a_page_of_records_is_kept_out_of_search_engines(filed: Batch, client: Client) -> None:
    with simulated(NOW):
        reply = client.get("/publicity/penalty")
    assert (reply["X-Robots-Tag"], reply["Cache-Control"]) == ("noindex, noarchive", "no-store")


def _firm_record(market: Office) -> tuple[UUID, UUID]:
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        found = records.search_documents("云市监处罚〔2026〕1号", now=NOW)
    return found[0].subject_id, found[0].record_id


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", ["/", "/search?q=禾木", "/publicity", "/publicity/penalty", "/glossary", "/help"])
def test_the_public_pages_are_accessible_on_a_phone(
    filed: Batch, live_server: LiveServer, browser_page: Callable[..., Page], address: str, language: str
) -> None:
    page = browser_page(width=320, language=language)
    with simulated(NOW):
        page.goto(f"{live_server.url}{address}")
        assert problems_of(page) == []
