"""A fresh proof: asked before what matters most, answered on the same page, with nothing of the form lost."""

import os
import resource
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import path

from chengxin.access import carrying
from chengxin.access.contracts import ProofNeeded
from chengxin.access.decisions import require_fresh_proof
from chengxin.access.identity import actor_of
from chengxin.access.jobs import TASKS
from chengxin.access.models import Account
from chengxin.access.tests.cast import open_body, open_citizen, open_staff, prove, sign_in
from chengxin.access.tests.test_second_factor import PASSWORD, SECRET, code_of, wrong_code
from chengxin.kernel.actor import Actor, Role
from chengxin.site.urls import urlpatterns as of_the_site

LIN = UUID("01890000-0000-7000-8000-000000000001")
STALE = live.FRESH_SECONDS + 1


def probe(request: HttpRequest) -> HttpResponse:
    """Do something that matters: tell what came with the request."""
    require_fresh_proof(actor_of(request))
    sent = {
        field: [[one.name, one.content_type, one.size, one.read().decode("latin1")] for one in several]
        for field, several in request.FILES.lists()
    }
    return JsonResponse(dict(request.POST.lists()) | sent)


urlpatterns = [path("probe", probe), *of_the_site]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Any, tmp_path: Path) -> None:
    """Hold files in a folder of the test."""
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def clerk() -> Client:
    """Return the browser of a clerk with an app whose last proof is too old."""
    open_body("3901-SC")
    open_staff("wu", Role.CLERK, body="3901-SC", password=PASSWORD)
    row = Account.objects.get(username="wu")
    TOTP.activate(row, SECRET)
    client = sign_in("wu")
    prove(client, row, seconds_ago=STALE)
    return client


@pytest.fixture
def citizen() -> Client:
    """Return the browser of a citizen with a password alone, proved too long ago."""
    open_citizen("lin", LIN, password=PASSWORD)
    client = sign_in("lin")
    prove(client, Account.objects.get(username="lin"), seconds_ago=STALE, method="password")
    return client


def test_a_proof_that_is_young_enough_is_not_asked_for_again(clerk: Client) -> None:
    prove(clerk, Account.objects.get(username="wu"), seconds_ago=live.FRESH_SECONDS - 30)
    assert clerk.post("/probe", {"a": "1"}).json() == {"a": ["1"]}


def test_an_old_proof_is_asked_for_and_a_page_that_was_only_looked_at_opens_anew(clerk: Client) -> None:
    asked = clerk.get("/probe?year=2026")
    assert asked.status_code == 403
    assert asked["Cache-Control"] == "no-store"
    assert "请再次确认是您本人" in asked.content.decode()
    answer = clerk.post("/probe?year=2026", {"proof-for": "look", "proof-code": code_of()})
    assert (answer.status_code, answer["Location"]) == (302, "/probe?year=2026")
    assert clerk.get("/probe?year=2026").status_code == 200


def test_what_was_posted_comes_back_hidden_and_goes_on_when_the_proof_is_right(clerk: Client) -> None:
    asked = clerk.post("/probe", {"reasons": '他说："不"<b>', "choice": ["1", "2"]})
    page = asked.content.decode()
    assert asked.status_code == 403
    assert page.count('type="hidden" name="choice"') == 2
    assert "他说：&quot;不&quot;&lt;b&gt;" in page
    carried = dict(asked.context["carried"])
    assert carried["reasons"] == '他说："不"<b>'
    done = clerk.post(
        "/probe", {"reasons": carried["reasons"], "choice": ["1", "2"], "proof-for": "do", "proof-code": code_of()}
    )
    assert done.json() == {"reasons": ['他说："不"<b>'], "choice": ["1", "2"]}


def test_a_wrong_proof_does_nothing_and_loses_nothing(clerk: Client) -> None:
    wrong = clerk.post("/probe", {"reasons": "甲", "proof-for": "do", "proof-code": wrong_code()})
    assert wrong.status_code == 403
    assert "验证码不对" in wrong.content.decode()
    assert wrong.context["carried"] == [("reasons", "甲")]
    assert clerk.post("/probe", {"reasons": "甲"}).status_code == 403


def test_five_wrong_proofs_close_the_question_even_to_the_right_one(clerk: Client) -> None:
    for _ in range(5):
        clerk.post("/probe", {"proof-for": "do", "proof-code": wrong_code()})
    assert clerk.post("/probe", {"proof-for": "do", "proof-code": code_of()}).status_code == 403


def test_whoever_has_a_second_factor_cannot_answer_with_the_password_alone(clerk: Client) -> None:
    assert clerk.post("/probe", {"proof-for": "do", "proof-password": PASSWORD}).status_code == 403


def test_a_password_that_is_young_makes_no_second_factor_young(clerk: Client) -> None:
    session = clerk.session
    old = session["account_authentication_methods"]
    session["account_authentication_methods"] = [*old, {"method": "password", "at": time.time(), "username": "wu"}]
    session.save()
    assert clerk.post("/probe", {"a": "1"}).status_code == 403


def test_a_recovery_code_proves_once(clerk: Client) -> None:
    row = Account.objects.get(username="wu")
    code = RecoveryCodes.activate(row).get_unused_codes()[0]
    answer = {"a": "1", "proof-for": "do", "proof-code": code}
    assert clerk.post("/probe", answer).json() == {"a": ["1"]}
    prove(clerk, row, seconds_ago=STALE)
    assert clerk.post("/probe", answer).status_code == 403


def test_whoever_has_a_password_alone_answers_with_it(citizen: Client) -> None:
    wrong = citizen.post("/probe", {"a": "1", "proof-for": "do", "proof-password": "not-this-one"})
    assert "密码不对" in wrong.content.decode()
    right = citizen.post("/probe", {"a": "1", "proof-for": "do", "proof-password": PASSWORD})
    assert right.json() == {"a": ["1"]}


def ask_with_files(browser: Client) -> dict[str, str]:
    """Post a form with two papers and a photograph; return what the page with the question carries."""
    papers = [SimpleUploadedFile(name, name.encode(), "application/pdf") for name in ("林的证明.pdf", "b.pdf")]
    asked = browser.post(
        "/probe", {"a": "1", "paper": papers, "photo": SimpleUploadedFile("c.png", b"\x89PNG" * 400_000, "image/png")}
    )
    assert asked.status_code == 403
    assert "您选择的文件还在" in asked.content.decode()
    return {"a": "1", "proof-for": asked.context["mark"], "proof-files": asked.context["held"]}


def held_on_disk() -> list[Path]:
    return sorted(Path(live.FILES_ROOT, "held").glob("*"))


def test_files_come_back_whole_with_their_form_and_are_held_no_longer(clerk: Client) -> None:
    carried = ask_with_files(clerk)
    assert len(held_on_disk()) == 3
    done = clerk.post("/probe", carried | {"proof-code": code_of()})
    first = "林的证明.pdf".encode()
    assert done.json() == {
        "a": ["1"],
        "paper": [
            ["林的证明.pdf", "application/pdf", len(first), first.decode("latin1")],
            ["b.pdf", "application/pdf", 5, "b.pdf"],
        ],
        "photo": [["c.png", "image/png", 1_600_000, "\x89PNG" * 400_000]],
    }
    assert held_on_disk() == []


def test_a_wrong_proof_loses_no_file(clerk: Client) -> None:
    carried = ask_with_files(clerk)
    wrong = clerk.post("/probe", carried | {"proof-code": wrong_code()})
    assert (wrong.status_code, wrong.context["held"], wrong.context["mark"]) == (403, carried["proof-files"], "do")
    done = clerk.post("/probe", carried | {"proof-code": code_of()})
    assert [name for name, *_ in done.json()["paper"]] == ["林的证明.pdf", "b.pdf"]


def test_what_is_held_says_nothing_and_opens_only_with_what_the_page_carries(clerk: Client) -> None:
    carried = ask_with_files(clerk)
    account = Account.objects.get(username="wu")
    for place in held_on_disk():
        assert b"%PDF" not in place.read_bytes()
        assert b".pdf" not in place.read_bytes()
        assert str(account.pk) not in place.name
    assert "林" not in carried["proof-files"]
    assert "proof-files" not in str(dict(clerk.session))


@pytest.mark.parametrize("other", ["another session of the same person", "another person"])
def test_the_files_go_to_nobody_else_and_to_no_other_session(clerk: Client, other: str) -> None:
    carried = ask_with_files(clerk)
    if other == "another person":
        open_citizen("lin", LIN, password=PASSWORD)
        thief, proof = sign_in("lin"), {"proof-password": PASSWORD}
    else:
        thief, proof = sign_in("wu"), {"proof-code": code_of()}
    got = thief.post("/probe", carried | proof, headers={"Accept": "application/json"})
    assert (got.status_code, got.json()["code"]) == (410, "A-FILES-GONE")
    assert len(held_on_disk()) == 3


def test_files_are_held_for_minutes_and_then_swept(clerk: Client) -> None:
    carried = ask_with_files(clerk)
    old = time.time() - live.FRESH_SECONDS
    for place in held_on_disk():
        os.utime(place, (old, old))
    late = clerk.post("/probe", carried | {"proof-code": code_of()}, headers={"Accept": "application/json"})
    assert late.json()["code"] == "A-FILES-GONE"
    assert len(held_on_disk()) == 3
    (task,) = TASKS
    assert task.run(datetime.now(tz=UTC), None) == {"swept": 3}
    assert held_on_disk() == []


def test_files_are_used_once(clerk: Client) -> None:
    carried = ask_with_files(clerk)
    codes = iter(RecoveryCodes.activate(Account.objects.get(username="wu")).get_unused_codes())
    assert clerk.post("/probe", carried | {"proof-code": next(codes)}).status_code == 200
    again = clerk.post("/probe", carried | {"proof-code": next(codes)}, headers={"Accept": "application/json"})
    assert again.json()["code"] == "A-FILES-GONE"


def test_files_that_are_too_large_are_said_to_be_lost(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "MOST", 7)
    asked = clerk.post("/probe", {"a": "1", "paper": SimpleUploadedFile("p.pdf", b"%PDF-1.4")})
    assert "文件需要重新选择" in asked.content.decode()
    assert held_on_disk() == []
    answer = clerk.post("/probe", {"a": "1", "proof-for": "send", "proof-code": code_of()})
    assert (answer.status_code, answer["Location"]) == (302, "/probe")


def test_files_that_find_no_room_on_the_disk_are_said_to_be_lost(clerk: Client) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
        asked = clerk.post("/probe", {"photo": SimpleUploadedFile("c.png", b"\x89PNG" * 400_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (asked.status_code, asked.context["mark"]) == (403, "send")
    assert held_on_disk() == []


def test_one_session_holds_no_more_than_the_most_at_a_time(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "MOST", 2_000_000)
    ask_with_files(clerk)
    asked = clerk.post("/probe", {"photo": SimpleUploadedFile("c.png", b"\x89PNG" * 200_000)})
    assert (asked.context["held"], asked.context["mark"]) == (None, "send")
    assert len(held_on_disk()) == 3


def test_a_proof_needs_a_form_of_ours(clerk: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.cookies
    assert strict.post("/probe", {"proof-for": "do", "proof-code": code_of()}).status_code == 403
    assert clerk.get("/probe").status_code == 403, "The forged proof was believed."


def test_a_program_is_told_by_a_code(clerk: Client) -> None:
    answer = clerk.post("/probe", {"a": "1"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "A-PROVE-AGAIN")


def test_who_is_not_signed_in_is_never_asked_for_a_proof() -> None:
    with pytest.raises(ProofNeeded):
        require_fresh_proof(Actor(key="account:x", roles=frozenset({Role.CLERK}), owes_proof=True))
    assert Client().post("/probe", {"proof-for": "do", "proof-code": "1"}).status_code == 200
