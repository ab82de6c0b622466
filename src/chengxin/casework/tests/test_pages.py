"""The inbox and the case page, without a line of JavaScript."""

from uuid import UUID

import pytest
from django.test import Client

from chengxin.access.tests.cast import NOON, open_body, open_staff, sign_in
from chengxin.casework import facade
from chengxin.casework.contracts import Case
from chengxin.casework.tests.conftest import as_, officer, open_one
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import simulated

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> tuple[Client, Case]:
    open_body("3901-SC")
    account = open_staff("wang", Role.CASE_OFFICER, body="3901-SC")
    return sign_in(account), open_one(evidence=())


def test_the_inbox_shows_the_case_its_state_and_its_deadline(desk: tuple[Client, Case]) -> None:
    client, case = desk
    with simulated(NOON):
        page = client.get("/dept/inbox").content.decode()
    assert case.number in page
    assert "失物认领" in page
    assert "已登记" in page
    assert "还有3天" in page
    assert f'href="/dept/cases/{case.id}"' in page


def test_what_rests_is_found_from_the_inbox(desk: tuple[Client, Case]) -> None:
    client, _ = desk
    case, keeper = open_one(procedure="found_property"), officer("wang")
    with as_(keeper):
        facade.take(case.id, verb="keep", actor=keeper, now=NOON)
    with simulated(NOON):
        inbox = client.get("/dept/inbox").content.decode()
        resting = client.get("/dept/inbox/resting").content.decode()
    assert (case.number in inbox, "另有1件在册、不用办理的案件" in inbox) == (False, True)
    assert (f'href="/dept/cases/{case.id}"' in resting, "保管中" in resting) == (True, True)


def test_an_empty_inbox_says_what_would_appear() -> None:
    open_body("3901-SC")
    client = sign_in(open_staff("wang", Role.CASE_OFFICER, body="3901-SC"))
    with simulated(NOON):
        assert "没有待办的案件" in client.get("/dept/inbox").content.decode()


def test_a_step_is_taken_by_a_plain_form(desk: tuple[Client, Case]) -> None:
    client, case = desk
    with simulated(NOON):
        page = client.get(f"/dept/cases/{case.id}").content.decode()
        assert '<button class="button" name="verb" value="ask">要求说明</button>' in page
        assert "<script>" not in page
        answer = client.post(f"/dept/cases/{case.id}/steps", {"verb": "ask", "reasons": "请说明来历", "note": "急"})
        assert (answer.status_code, answer["Location"]) == (302, f"/dept/cases/{case.id}")
        after = client.get(f"/dept/cases/{case.id}").content.decode()
    assert "请说明来历" in after
    assert "等待说明" in after


def test_a_refused_step_keeps_what_was_written_and_changes_nothing(desk: tuple[Client, Case]) -> None:
    client, case = desk
    li = officer("li")
    with as_(li):
        facade.take(case.id, verb="propose_refusal", actor=li, now=NOON)
    with simulated(NOON):
        answer = client.post(f"/dept/cases/{case.id}/steps", {"verb": "refuse", "reasons": "", "note": "再看看"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明理由。" in page
    assert "CASE-REASONS" in page
    assert "再看看" in page
    with as_(li):
        assert facade.access_case(case.id, actor=li).state == "proposed"


def test_reasons_that_are_too_long_are_not_dropped_but_asked_to_be_shorter(desk: tuple[Client, Case]) -> None:
    client, case = desk
    with simulated(NOON):
        answer = client.post(f"/dept/cases/{case.id}/steps", {"verb": "ask", "reasons": "长" * 2001})
    assert (answer.status_code, "长长长" in answer.content.decode()) == (422, True)
    with as_(officer("li")):
        assert facade.access_case(case.id, actor=officer("li")).state == "reported"


def test_a_case_is_taken_in_hand_and_given_back(desk: tuple[Client, Case]) -> None:
    client, case = desk
    with simulated(NOON):
        client.post(f"/dept/cases/{case.id}/hands", {"hand": "take"})
        assert "退回待办" in client.get(f"/dept/cases/{case.id}").content.decode()
        client.post(f"/dept/cases/{case.id}/hands", {"hand": "release"})
        assert "由我办理" in client.get(f"/dept/cases/{case.id}").content.decode()


def test_the_case_of_another_body_and_a_case_that_is_not_there_look_alike(desk: tuple[Client, Case]) -> None:
    _, case = desk
    open_body("3902-XX", area="3902")
    stranger = sign_in(open_staff("out", Role.CASE_OFFICER, Role.CLERK, body="3902-XX"))
    with simulated(NOON):
        theirs = stranger.get(f"/dept/cases/{case.id}")
        nothing = stranger.get(f"/dept/cases/{UUID(int=5)}")
        moved = stranger.post(f"/dept/cases/{case.id}/steps", {"verb": "ask"})
    assert (theirs.status_code, nothing.status_code, moved.status_code) == (404, 404, 404)
    assert case.number not in theirs.content.decode()
    li = officer("li")
    with as_(li):
        assert facade.access_case(case.id, actor=li).step_count == 1


def test_whoever_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get("/dept/inbox").status_code == 401
    assert client.post(f"/dept/cases/{UUID(int=5)}/steps", {"verb": "ask"}).status_code == 401
