"""A representative at the counter: with a letter whose image is kept, told to the represented, and never without."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.utils import Error
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.archives.models import Mandate
from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.archives.tests.test_hall import NOBODY, NUMBER, OTHER, attending, post, text_of, today, window
from chengxin.archives.tests.test_pages import keep
from chengxin.audit import facade as audit
from chengxin.database.contracts import Channel
from chengxin.files import facade as files
from chengxin.intake.tests.conftest import NOW, SETUP
from chengxin.intake.tests.test_journey import cookie_of
from chengxin.kernel.actor import Actor, Role

__all__ = ["today", "window"]
PAGE = "/hall/representative"
SCAN = b"%PDF-1.7 a letter"
LETTER = {
    "name": "林禾舟",
    "number": NUMBER,
    "signed_on": "2026-11-20",
    "letter_number": "委2026-7",
    "representative_name": "望星遥",
    "representative_number": OTHER,
    "document": "id_card",
    "is_present": "on",
}


def given(scan: bytes = SCAN, **changed: str) -> Mapping[str, Any]:
    return {**LETTER, **changed, "letter": SimpleUploadedFile("letter.pdf", scan)}


@pytest.mark.clause("P3.4a")
def test_a_representative_with_a_letter_gets_the_report_of_whom_they_represent(window: Actor) -> None:
    client = sign_in("window")
    answer = client.post(PAGE, given())
    assert answer.status_code == 302, answer.content.decode()
    visit = answer.headers["Location"]
    assert "望星遥" not in client.get(visit).content.decode()
    text = text_of(client.post(f"{visit}/report").content)
    assert "代理人望星遥（持2026年11月20日委托书，由云汀市政务服务中心窗口打印）" in text
    assert "虚假宣传" in text
    assert OTHER not in text
    assert client.post(f"{visit}/report").status_code == 422


@pytest.mark.clause("P3.4a")
def test_the_represented_sees_the_letter_among_who_looked_and_its_image_is_kept(window: Actor, lin: Actor) -> None:
    sign_in("window").post(PAGE, given())
    page = sign_in("lin").get("/me/looks").content.decode()
    assert "代理人持2026年11月20日的委托书，核对了代理人的居民身份证原件，留存了委托书影像" in page
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (mandate,) = Mandate.objects.all()
    assert mandate.signed_on == date(2026, 11, 20)
    for clear in ("望星遥", OTHER, "委2026-7"):
        assert clear.encode() not in bytes(mandate.sealed)
        assert orjson.dumps(clear)[1:-1] not in bytes(mandate.sealed)
    with (
        access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"),
        files.opened(mandate.document_digest, unlock=audit.unlock) as scan,
    ):
        assert scan.read_bytes() == SCAN


@pytest.mark.clause("P3.4a")
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"is_present": ""}, "HALL-NO-LETTER"),
        ({"signed_on": "2026-11-24"}, "HALL-LETTER-DAY"),
        ({"representative_number": NUMBER}, "HALL-ONE-PERSON"),
        ({"representative_number": NUMBER[:-1] + "9"}, "E-ID-02"),
        ({"scan": b"<html>"}, "HALL-SCAN"),
        ({"scan": b"%PDF-" + b"0" * (10 << 20)}, "HALL-SCAN"),
        ({"name": "林禾木"}, "HALL-UNABLE"),
        ({"number": NOBODY}, "HALL-UNABLE"),
        ({"representative_name": ""}, "id_representative_name"),
    ],
)
def test_no_report_without_a_letter_that_holds(window: Actor, lin: Actor, changed: Any, code: str) -> None:
    answer = sign_in("window").post(PAGE, given(**changed))
    assert answer.status_code == 422
    assert code in answer.content.decode()
    assert "生成了信用报告" not in sign_in("lin").get("/me/looks").content.decode()


def test_no_report_without_the_image_of_the_letter(window: Actor) -> None:
    assert sign_in("window").post(PAGE, LETTER).status_code == 422


def test_a_clerk_is_no_representative_at_their_own_counter(window: Actor) -> None:
    citizen("both", OTHER)
    account = access.find_account("both", on=NOW.date())
    assert account is not None
    access.give_post(account.id, body="YTDT", role=Role.HALL_CLERK, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    assert "HALL-SELF" in sign_in("both").post(PAGE, given()).content.decode()


def test_only_a_hall_post_opens_the_page_for_representatives(window: Actor) -> None:
    assert sign_in("ytdt-clerk").post(PAGE, given()).status_code == 403
    assert sign_in("ytdt-clerk").get(PAGE).status_code == 403


def test_row_security_keeps_a_letter_from_clerks_and_ties_it_to_its_visit(window: Actor, lin: Actor) -> None:
    client = sign_in("window")
    visit_id = str(client.post(PAGE, given()).headers["Location"]).rsplit("/", 1)[-1]
    with attending(window, lin.subject_id, case_ref=visit_id):
        assert Mandate.objects.count() == 0
    other = post("colleague", body="YTDT")
    row = {"subject_id": lin.subject_id, "signed_on": NOW.date(), "document_digest": "a" * 32, "sealed": b"x"}
    absent = "019a0000-0000-7000-8000-000000000001"
    for clerk, case_ref in ((window, absent), (other, absent)):
        with pytest.raises(Error), attending(clerk, lin.subject_id, case_ref=case_ref):
            Mandate.objects.create(visit_id=absent, **row)


@pytest.mark.browser
@pytest.mark.clause("P3.4a")
@pytest.mark.django_db(transaction=True)
def test_a_representative_is_served_on_a_phone_without_scripts(
    live_server, window: Actor, browser_page: Callable[..., Page], tmp_path: Path
) -> None:
    cookie = cookie_of("window", live_server.url)
    (tmp_path / "letter.pdf").write_bytes(SCAN)
    page = browser_page(width=360, javascript=False, cookies=[cookie])
    page.goto(f"{live_server.url}/hall")
    page.get_by_role("link", name="代理人持委托书办理").click()
    for name, value in LETTER.items():
        if name not in {"document", "is_present"}:
            page.locator(f"[name={name}]").fill(value)
    page.locator("[name=document]").select_option("temporary_id_card")
    page.locator("[name=letter]").set_input_files(tmp_path / "letter.pdf")
    page.locator("[name=is_present]").check()
    keep(page, "hall-representative")
    page.get_by_role("button", name="核对并生成报告").click()
    assert "验真码" in page.inner_text("main")
    for width, language in ((320, "zh"), (1280, "en")):
        inspector = browser_page(width=width, language=language, cookies=[cookie])
        inspector.goto(live_server.url + PAGE)
        assert problems_of(inspector) == [], (width, language)
