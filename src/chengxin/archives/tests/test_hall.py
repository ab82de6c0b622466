"""The counter of a service hall: who is there gets a print, the clerk gets nothing to look at and nothing twice."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import Error
from django.test import Client
from playwright.sync_api import Page
from pypdf import PdfReader
from tests.browser_plugin import problems_of
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives import facade
from chengxin.archives.contracts import DocumentKind
from chengxin.archives.hall import Claim
from chengxin.archives.models import CounterVisit, Report
from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.archives.tests.test_pages import keep
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, SETUP, Office, open_office
from chengxin.intake.tests.test_concurrency import at_once
from chengxin.intake.tests.test_journey import cookie_of
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.records import facade as records
from chengxin.subjects import facade as subjects
from chengxin.subjects.contracts import SubjectStatus

NUMBER = "390101199001010017"
OTHER = "390202198506151023"
NOBODY = "390101199001010025"
THERE = {"name": "林禾舟", "number": NUMBER, "document": "id_card", "is_present": "on"}
PURPOSE = "own_report_at_counter"
UNABLE = "HALL-UNABLE"


@pytest.fixture(autouse=True)
def today() -> object:
    with simulated(NOW):
        yield


@world
def window(lin: Actor) -> Actor:
    """Return a hall clerk; the person with an archive is there too."""
    open_office("YTDT", "云汀市政务服务中心", "", "390100", ())
    return post("window", body="YTDT")


def post(username: str, *, body: str) -> Actor:
    account = access.open_account(username, actor=SETUP, now=NOW)
    access.give_post(account.id, body=body, role=Role.HALL_CLERK, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    opened = access.find_account(username, on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date(), body=body)


def visit_of(client: Client, given: dict[str, str] = THERE) -> str:
    answer = client.post("/hall", given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def text_of(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


@pytest.mark.clause("P3.4a")
def test_a_person_at_the_counter_gets_a_report_with_its_code_and_who_looked(window: Actor) -> None:
    client = sign_in("window")
    visit = visit_of(client)
    code = re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", client.get(visit).content.decode())[0]
    printed = client.post(f"{visit}/report")
    assert printed.headers["Content-Type"] == "application/pdf"
    assert printed.headers["Cache-Control"] == "no-store"
    text = text_of(printed.content)
    for words in ("林禾舟", "虚假宣传", "谁看过", "云汀市政务服务中心窗口打印", code):
        assert words in text
    assert NUMBER not in text
    assert "有效" in Client().get(f"/verify/{code}").content.decode()


def test_the_clerks_screen_shows_nothing_of_the_file_and_no_address_names_the_person(window: Actor) -> None:
    client = sign_in("window")
    visit = visit_of(client)
    page = client.get(visit).content.decode()
    for words in ("林禾舟", NUMBER, "虚假宣传", "罚款"):
        assert words not in page
        assert words not in visit
    assert client.get("/me").status_code == 403


@pytest.mark.clause("P3.4a")
def test_redline_07_the_person_sees_hall_and_how_they_were_identified(window: Actor) -> None:
    client = sign_in("window")
    client.post(f"{visit_of(client)}/report")
    page = sign_in("lin").get("/me/looks").content.decode()
    assert "在办事大厅窗口生成了信用报告：本人到场，核对了居民身份证原件" in page
    assert page.count("云汀市政务服务中心") == 7
    assert "在办事大厅窗口打印了信用报告（只能打印一次）" in page
    assert "在办事大厅窗口核对了姓名和号码" in page
    assert "在办事大厅为到场的本人打印信用报告，依据《个人信息保护法》第45条" in page
    assert "window" not in page


@pytest.mark.clause("P3.4a")
def test_redline_06_nothing_is_made_for_a_person_who_is_not_there(window: Actor) -> None:
    answer = sign_in("window").post("/hall", {**THERE, "is_present": ""})
    assert answer.status_code == 422
    assert "HALL-NOT-PRESENT" in answer.content.decode()
    assert seen_of(window) == []


def test_an_unknown_number_a_wrong_name_and_a_closed_file_are_answered_alike(window: Actor) -> None:
    close_file(citizen("wang", OTHER).subject_id)
    client, answers = sign_in("window"), set()
    for name, number in (("林禾木", NUMBER), ("林禾舟", NOBODY), ("望星遥", OTHER)):
        answer = client.post("/hall", {**THERE, "name": name, "number": number})
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
        answers.add((answer.status_code, page.replace(name, "").replace(number, "")))
        assert UNABLE in page
    assert len(answers) == 1


def close_file(subject_id: UUID | None) -> None:
    officer = Actor(key="account:officer", roles=frozenset({Role.CASE_OFFICER}), body="YTDT", area="390100")
    assert subject_id is not None
    with access.acting_for(officer, channel=Channel.OFFICE, purpose="identity_review"):
        subjects.record_status(
            subject_id,
            status=SubjectStatus.GUARDIANSHIP,
            on=NOW.date(),
            document_digest="a" * 64,
            reasons="法院判决",
            actor=officer,
            now=NOW,
        )


def test_the_person_sees_that_somebody_tried_with_a_wrong_name(window: Actor) -> None:
    sign_in("window").post("/hall", {**THERE, "name": "林禾木"})
    page = sign_in("lin").get("/me/looks").content.decode()
    assert "有人用您的号码和另一个姓名查找，未匹配" in page
    assert "在办事大厅为到场的本人打印信用报告" in page
    assert "云汀市政务服务中心" in page


def test_after_five_failures_a_clerk_waits_half_an_hour_also_for_a_right_name(window: Actor) -> None:
    client = sign_in("window")
    for _ in range(5):
        assert client.post("/hall", {**THERE, "name": "林禾木"}).status_code == 422
    stopped = client.post("/hall", THERE)
    assert stopped.status_code == 429
    assert "TOO_MANY" in stopped.content.decode()
    with simulated(NOW + timedelta(minutes=29)):
        assert client.post("/hall", THERE).status_code == 429
    post("colleague", body="YTDT")
    visit_of(sign_in("colleague"))
    with simulated(NOW + timedelta(minutes=31)):
        visit_of(client)


@pytest.mark.parametrize("username", ["ytdt-clerk", "ytsj-approver", "lin", "window"])
def test_only_a_hall_post_opens_the_counter(window: Actor, username: str) -> None:
    client = sign_in(username)
    allowed = username == "window"
    assert client.get("/hall").status_code == (200 if allowed else 403)
    assert client.post("/hall", THERE).status_code == (302 if allowed else 403)


def test_the_door_behind_the_page_is_closed_to_others_too(window: Actor, market: Office) -> None:
    claim = Claim(name="林禾舟", number=NUMBER, document=DocumentKind.ID_CARD, is_present=True)
    for act in (
        lambda: facade.serve(market.clerk, claim, now=NOW, address_of=str),
        lambda: facade.get_visit(market.clerk, UUID(int=1), now=NOW),
        lambda: facade.hand_out(market.clerk, UUID(int=1), now=NOW),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.refusal.code == "A-NO-RIGHT"


def test_whoever_is_not_signed_in_is_asked_to(window: Actor) -> None:
    assert Client().get("/hall").status_code == 401
    assert Client().post("/hall", THERE).status_code == 401


@pytest.mark.clause("P3.4a")
def test_a_report_is_downloaded_once_and_then_only_its_code_is_left(window: Actor) -> None:
    client = sign_in("window")
    visit = visit_of(client)
    assert client.get(f"{visit}/report").status_code == 405
    assert client.post(f"{visit}/report").status_code == 200
    second = client.post(f"{visit}/report")
    assert (second.status_code, "HALL-DONE" in second.content.decode()) == (422, True)
    assert "已经下载" in client.get(visit).content.decode()


def test_a_download_is_over_after_ten_minutes(window: Actor) -> None:
    client = sign_in("window")
    visit = visit_of(client)
    with simulated(NOW + timedelta(minutes=9, seconds=59)):
        assert "只能下载一次" in client.get(visit).content.decode()
    with simulated(NOW + timedelta(minutes=10)):
        assert client.post(f"{visit}/report").status_code == 422


def test_another_clerks_visit_looks_absent(window: Actor) -> None:
    visit = visit_of(sign_in("window"))
    post("colleague", body="YTDT")
    other = sign_in("colleague")
    assert other.get(visit).status_code == 404
    assert other.post(f"{visit}/report").status_code == 404


def test_a_clerk_does_not_serve_themselves(window: Actor) -> None:
    mine = citizen("both", OTHER)
    account = access.find_account("both", on=NOW.date())
    assert account is not None
    access.give_post(account.id, body="YTDT", role=Role.HALL_CLERK, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    answer = sign_in("both").post("/hall", {**THERE, "name": "望星遥", "number": OTHER})
    assert "HALL-SELF" in answer.content.decode()
    assert mine.subject_id is not None


def test_a_report_that_changed_before_its_print_is_not_given_out(window: Actor, market: Office, lin: Actor) -> None:
    client = sign_in("window")
    visit = visit_of(client)
    assert lin.subject_id is not None
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        (record,) = records.list_of_subject(lin.subject_id)
        records.withdraw(
            subject_id=lin.subject_id,
            record_id=record.record_id,
            reason="决定已被撤销",
            reference="云府复〔2026〕8号",
            actor=market.approver,
            now=NOW + timedelta(minutes=1),
        )
    with simulated(NOW + timedelta(minutes=2)):
        assert "REPORT_OVER" in client.post(f"{visit}/report").content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_downloads_at_the_same_moment_one_gets_the_report(window: Actor) -> None:
    visit_id = UUID(visit_of(sign_in("window")).rsplit("/", 1)[-1])

    def download(_place: int) -> str:
        try:
            return facade.hand_out(window, visit_id, now=NOW).report.code
        except Refused as refused:
            return refused.refusal.code

    codes = at_once(download)
    assert codes.count("HALL-DONE") == 3


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_moment_are_counted_one_after_another(window: Actor) -> None:
    def attempt(_place: int) -> str:
        claim = Claim(name="林禾木", number=NUMBER, document=DocumentKind.ID_CARD, is_present=True)
        try:
            return str(facade.serve(window, claim, now=NOW, address_of=str))
        except Refused as refused:
            return refused.refusal.code

    assert sorted(at_once(attempt, 7)) == [UNABLE] * 5 + ["TOO_MANY"] * 2


def test_a_clerk_of_many_posts_can_still_serve(window: Actor) -> None:
    account = access.find_account("window", on=NOW.date())
    assert account is not None
    for role in (Role.CLERK, Role.APPROVER, Role.CASE_OFFICER, Role.SYSTEM_ADMIN):
        access.give_post(account.id, body="YTDT", role=role, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    visit_of(sign_in("window"))


def seen_of(clerk: Actor) -> list[CounterVisit]:
    with access.acting_for(clerk, channel=Channel.BODY, purpose=PURPOSE):
        return list(CounterVisit.objects.all())


def attending(
    clerk: Actor, subject_id: UUID | None, *, case_ref: str = "", channel: Channel = Channel.COUNTER
) -> AbstractContextManager[None]:
    return access.acting_for(clerk, channel=channel, purpose=PURPOSE, case_ref=case_ref, attended_id=subject_id)


def test_row_security_opens_no_report_without_a_visit_that_stands(window: Actor, lin: Actor) -> None:
    """The pages aside: what the database itself answers to a clerk's context."""
    client = sign_in("window")
    visit = visit_of(client)
    visit_id = visit.rsplit("/", 1)[-1]
    with attending(window, lin.subject_id):
        assert Report.objects.count() == 0
    with attending(window, lin.subject_id, case_ref=visit_id):
        assert Report.objects.count() == 1
    client.post(f"{visit}/report")
    with attending(window, lin.subject_id, case_ref=visit_id):
        assert Report.objects.count() == 0
        assert CounterVisit.objects.filter(id=visit_id).update(downloaded_at=NOW) == 0


def test_row_security_shows_a_counter_the_subject_attended_and_nobody_else(window: Actor, lin: Actor) -> None:
    other = citizen("wang", OTHER)
    assert lin.subject_id is not None
    assert other.subject_id is not None
    with attending(window, lin.subject_id):
        assert len(records.list_of_subject(lin.subject_id)) == 1
        assert records.list_of_subject(other.subject_id) == []
        assert subjects.list_names(other.subject_id) == []
        assert subjects.list_numbers(lin.subject_id) == []
    for channel in (Channel.BODY, Channel.SELF, Channel.REPORT, Channel.OFFICE):
        with attending(window, lin.subject_id, channel=channel):
            assert records.list_of_subject(lin.subject_id) == []


def test_row_security_attends_nobody_for_an_actor_without_the_post(window: Actor, lin: Actor, market: Office) -> None:
    assert lin.subject_id is not None
    with attending(market.clerk, lin.subject_id):
        assert records.list_of_subject(lin.subject_id) == []
        with connection.cursor() as cursor:
            cursor.execute("select guard.attended_id()")
            assert cursor.fetchone() == (None,)


def test_row_security_takes_no_visit_of_another_subject_or_clerk(window: Actor, lin: Actor) -> None:
    other = citizen("wang", OTHER)
    visit_id = UUID("019a0000-0000-7000-8000-000000000001")
    row = {"id": visit_id, "body": "YTDT", "tried_at": NOW, "document_kind": "id_card", "code": "A"}
    for wrong in (
        {**row, "clerk_key": window.key, "subject_id": other.subject_id},
        {**row, "clerk_key": "account:other", "subject_id": lin.subject_id},
    ):
        with pytest.raises(Error), attending(window, lin.subject_id, case_ref=str(visit_id)):
            CounterVisit.objects.create(**wrong)


@pytest.mark.browser
@pytest.mark.clause("P3.4a")
@pytest.mark.django_db(transaction=True)
def test_the_counter_works_on_a_phone_without_scripts(
    live_server, window: Actor, browser_page: Callable[..., Page]
) -> None:
    cookie = cookie_of("window", live_server.url)
    page = browser_page(width=360, javascript=False, cookies=[cookie])
    page.goto(f"{live_server.url}/hall")
    page.get_by_label("姓名").fill("林禾舟")
    page.get_by_label("身份证号码").fill(NUMBER)
    page.get_by_label("核对的证件原件").select_option("id_card")
    page.get_by_label("本人在窗口").check()
    keep(page, "hall")
    page.get_by_role("button", name="核对并生成报告").click()
    assert "验真码" in page.inner_text("main")
    keep(page, "hall-visit")
    for width, language in ((320, "zh"), (1280, "zh"), (320, "en")):
        inspector = browser_page(width=width, language=language, cookies=[cookie])
        for address in ("/hall", page.url.removeprefix(live_server.url)):
            inspector.goto(live_server.url + address)
            assert problems_of(inspector) == [], (address, width, language)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 PDF").click()
    assert download.value.suggested_filename.startswith("report-")
