"""One's own page, looks, reports and verification; the enterprise page; who sees what."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.archives import facade
from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.intake.tests.test_journey import cookie_of
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.records import facade as records

FIRM_PAGE = "/subjects/91390100MA0000015M"


@pytest.fixture(autouse=True)
def today() -> object:
    with simulated(NOW):
        yield


def test_whoever_is_not_signed_in_is_asked_to(lin: Actor, client: Client) -> None:
    assert client.get("/me").status_code == 401
    assert client.get("/api/v1/me/archive").status_code == 401


@pytest.mark.clause("P3.2b")
def test_each_line_answers_five_questions(lin: Actor) -> None:
    page = sign_in("lin").get("/me").content.decode()
    for question in ("谁写的", "为什么可以写", "谁能看到", "什么时候结束", "我能做什么"):
        assert page.count(question) == 1
    assert "云汀市市场监督管理局" in page
    assert "不公开" in page
    assert "2031年9月20日" in page


def test_nobody_sees_the_line_of_another(lin: Actor) -> None:
    other = citizen("wang", "390202198506151023")
    theirs = facade.own_archive(other, now=NOW).lines[0]
    assert sign_in("lin").get(f"/me/records/{theirs.record_id}").status_code == 404
    assert "望星遥" not in sign_in("lin").get("/api/v1/me/archive").content.decode()


@pytest.mark.clause("P3.4a")
def test_redline_07_every_look_at_oneself_is_written_down_and_shown(lin: Actor) -> None:
    client = sign_in("lin")
    client.get("/me")
    client.get("/me")
    page = client.get("/me/looks").content.decode()
    assert page.count("您本人") == 2
    assert "《个人信息保护法》第45条" in page


def test_an_own_statement_is_shown_with_the_line_and_holds_no_number(lin: Actor) -> None:
    client = sign_in("lin")
    record_id = facade.own_archive(lin, now=NOW).lines[0].record_id
    refused = client.post(f"/me/records/{record_id}", {"text": "我的号码是390101199001010017"})
    assert refused.status_code == 422
    assert client.post(f"/me/records/{record_id}", {"text": "罚款已经缴清。"}).status_code == 302
    assert "罚款已经缴清。" in client.get("/me").content.decode()


@pytest.mark.clause("P3.4a")
def test_redline_20_reports_are_free_and_unlimited_and_verified_without_content(lin: Actor) -> None:
    client = sign_in("lin")
    for minute in range(3):
        with simulated(NOW - timedelta(minutes=3 - minute)):
            assert client.post("/me/reports").status_code == 302
    newest, middle, _oldest = facade.list_reports(lin, now=NOW)
    verify = Client()
    assert "有效" in verify.get(f"/verify/{newest.code}").content.decode()
    assert "已有新内容" in verify.get(f"/verify/{middle.code}").content.decode()
    assert "没有这个码" in verify.get("/verify/AAAA-BBBB-CCCC").content.decode()
    assert "林禾舟" not in verify.get(f"/verify/{newest.code}").content.decode()


def test_the_pdf_holds_the_archive_and_is_set_in_the_same_bytes_twice(lin: Actor) -> None:
    client = sign_in("lin")
    client.post("/me/reports")
    code = facade.list_reports(lin, now=NOW)[0].code
    first, second = (client.get(f"/me/reports/{code}.pdf").content for _ in range(2))
    assert before_signature(first) == before_signature(second)
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(first)).pages))
    for words in ("林禾舟", "虚假宣传", "谁看过", "演示数据", "云汀市市场监督管理局"):
        assert words in text
    assert "390101199001010017" not in text


def test_the_pdf_is_signed_and_one_changed_byte_is_seen(lin: Actor) -> None:
    client = sign_in("lin")
    client.post("/me/reports")
    pdf = client.get(f"/me/reports/{facade.list_reports(lin, now=NOW)[0].code}.pdf").content
    (own,) = load_certs_from_pemder_data(Client().get("/verify/certificate.pem").content)

    def verdict(content: bytes) -> tuple[bool, bool, bool]:
        (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[own]))
        return status.intact, status.valid, status.bottom_line

    assert verdict(pdf) == (True, True, True)
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    covered = {one["type"].native: one["values"].native[0] for one in signature.signer_info["signed_attrs"]}
    assert set(covered) == {"content_type", "message_digest", "signing_certificate_v2"}
    (whose,) = covered["signing_certificate_v2"]["certs"]
    assert whose["cert_hash"] == hashlib.sha256(own.dump()).digest()
    assert whose["issuer_serial"]["serial_number"] == own.serial_number
    place = pdf.index(b"stream") + 200
    assert verdict(pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]) == (False, True, False)
    assert "下载核对签名用的证书" in Client().get("/verify").content.decode()


def before_signature(pdf: bytes) -> bytes:
    """Return a PDF as it was set: the signature is added behind its first end."""
    return pdf[: pdf.index(b"%%EOF")]


@pytest.mark.clause("P4.3b")
def test_a_report_is_superseded_when_a_record_in_it_is_withdrawn(lin: Actor, market: Office) -> None:
    sign_in("lin").post("/me/reports")
    code = facade.list_reports(lin, now=NOW)[0].code
    line = facade.own_archive(lin, now=NOW).lines[0]
    assert lin.subject_id is not None
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.withdraw(
            subject_id=lin.subject_id,
            record_id=line.record_id,
            reason="决定已被撤销",
            reference="云府复〔2026〕8号",
            actor=market.approver,
            now=NOW + timedelta(minutes=1),
        )
    with simulated(NOW + timedelta(minutes=2)):
        assert "已有新内容" in Client().get(f"/verify/{code}").content.decode()


@pytest.mark.clause("E3.1a")
def test_the_enterprise_page_shows_what_is_public_and_no_person(lin: Actor, client: Client) -> None:
    page = client.get("/subjects/91390100MA0000015M").content.decode()
    assert "云市监处罚〔2026〕1号" in page
    assert "为什么公开" in page
    assert "林禾舟" not in page
    assert client.get("/subjects/91390100MA0000999X").status_code == 404
    assert client.get("/api/v1/public/subjects/91390100MA0000015M").json()["lines"][0]["standing"] == "public"


@pytest.mark.browser
@pytest.mark.clause("P3.4a")
@pytest.mark.django_db(transaction=True)
def test_journey_j1_is_read_on_a_phone_without_scripts(
    live_server, lin: Actor, browser_page: Callable[..., Page]
) -> None:
    cookie = cookie_of("lin", live_server.url)
    page = browser_page(width=360, javascript=False, cookies=[cookie])
    inspector = browser_page(width=320, cookies=[cookie])
    page.goto(f"{live_server.url}/me")
    assert "谁写的" in page.inner_text("main")
    keep(page, "j1-archive")
    page.get_by_role("link", name="看全部内容和办法").first.click()
    assert "四个期限" in page.inner_text("main")
    keep(page, "j1-line")
    for address in ("/me", page.url.removeprefix(live_server.url), "/me/looks", "/me/reports", "/verify", FIRM_PAGE):
        inspector.goto(live_server.url + address)
        assert problems_of(inspector) == [], address


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("CHENGXIN_SCREENSHOTS", ""):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
