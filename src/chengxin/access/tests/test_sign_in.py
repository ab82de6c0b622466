"""Signing in: by password, locked out, left alone, and the cast that exists only in a demonstration."""

import importlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings as live
from django.test import Client
from django.urls import NoReverseMatch, clear_url_caches, reverse

from chengxin.access import sign_in, urls
from chengxin.access.adapter import HOMES
from chengxin.access.contracts import CastMember
from chengxin.access.facade import give_post, open_account
from chengxin.access.tests.cast import open_body, open_citizen, open_staff
from chengxin.access.tests.cast import sign_in as signed_in
from chengxin.audit.contracts import Kind
from chengxin.kernel.actor import Actor, Role, platform
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
PASSWORD = "yun-ting-39-hexagon"
LIN = UUID("01890000-0000-7000-8000-000000000001")
MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)


def cast() -> tuple[CastMember, ...]:
    return (
        CastMember(username="lin", name="林", sentence="46岁，想看看平台上有自己的什么信息。"),
        CastMember(username="ghost", name="无", sentence="没有账户。"),
    )


@pytest.fixture
def demonstration(settings) -> Iterator[None]:
    settings.DEMO = True
    settings.CAST = f"{__name__}.cast"
    _reload()
    yield
    settings.DEMO = False
    _reload()


def _reload() -> None:
    importlib.reload(urls)
    importlib.reload(importlib.import_module(live.ROOT_URLCONF))
    clear_url_caches()


def attempt(client: Client, *, username: str = "wu", password: str = PASSWORD):
    return client.post("/sign-in", {"login": username, "password": password})


def test_staff_sign_in_by_password_and_begin_on_their_workbench(client: Client, owner) -> None:
    open_body("3901-SC")
    account = open_staff("wu", Role.CLERK, body="3901-SC", password=PASSWORD)
    page = client.get("/sign-in")
    assert page.status_code == 200
    assert "请使用本人的账户" in page.content.decode()
    assert f'class="brand__name">{live.SITE["name"]}<' in page.content.decode()
    answer = attempt(client)
    assert (answer.status_code, answer["Location"]) == (302, "/dept")
    assert client.session["_auth_user_id"] == str(account.id)
    cookie = client.cookies["sessionid"]
    assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax")
    assert bool(cookie["secure"]) is live.HTTPS


def test_a_sign_in_is_an_event(client: Client) -> None:
    open_citizen("lin", LIN, password=PASSWORD)
    attempt(client, username="lin")
    from chengxin.access.facade import acting_for
    from chengxin.audit.models import Event
    from chengxin.database.contracts import Channel
    from chengxin.kernel.actor import Actor

    auditor = Actor(key="account:a", roles=frozenset({Role.AUDIT_ADMIN}), body="39-XY", area="39")
    with acting_for(auditor, channel=Channel.OFFICE, purpose="audit"):
        assert Event.objects.filter(kind=Kind.SIGN_IN).count() == 1


def test_a_wrong_password_and_an_unknown_name_read_alike(client: Client) -> None:
    open_body("3901-SC")
    open_staff("wu", Role.CLERK, body="3901-SC", password=PASSWORD)
    wrong = attempt(client, password="not-this-one")
    unknown = attempt(client, username="nobody", password="not-this-one")
    assert (wrong.status_code, unknown.status_code) == (200, 200)
    errors = [list(page.context["form"].errors.values()) for page in (wrong, unknown)]
    assert errors[0] == errors[1] != []
    assert "_auth_user_id" not in client.session


def test_five_wrong_answers_close_the_door_even_to_the_right_one(client: Client) -> None:
    open_body("3901-SC")
    open_staff("wu", Role.CLERK, body="3901-SC", password=PASSWORD)
    codes = [attempt(client, password="not-this-one").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 200, 429]
    locked = attempt(client)
    assert locked.status_code == 429
    assert "A-LOCKED" in locked.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_session_left_alone_for_half_an_hour_ends(client: Client) -> None:
    open_citizen("lin", LIN, password=PASSWORD)
    with simulated(MORNING):
        attempt(client, username="lin")
        client.get("/sign-out")
    with simulated(MORNING + timedelta(minutes=29)):
        client.get("/sign-out")
        assert "_auth_user_id" in client.session
    with simulated(MORNING + timedelta(minutes=59, seconds=1)):
        client.get("/sign-out")
    assert "_auth_user_id" not in client.session


def test_signing_out_takes_a_post_with_a_token() -> None:
    open_citizen("lin", LIN, password=PASSWORD)
    strict = Client(enforce_csrf_checks=True)
    assert attempt(strict, username="lin").status_code == 403
    client = Client()
    attempt(client, username="lin")
    assert client.get("/sign-out").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/sign-out")
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_by_a_form(client: Client) -> None:
    assert client.get("/account/signup").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_one_acts_only_for_a_body_one_has_a_post_for(client: Client) -> None:
    open_body("3901-SC")
    open_body("3902-XX", area="3902")
    open_staff("wu", Role.CLERK, body="3901-SC", password=PASSWORD)
    attempt(client)
    assert client.post("/account/body", {"body": "3902-XX"}).status_code == 404
    assert client.post("/account/body", {"body": "3901-SC"}).status_code == 302
    assert client.session["acting_body"] == "3901-SC"


@pytest.mark.parametrize("path", ["/account/password", "/account/second-factor/"])
def test_pages_of_ones_own_account_ask_for_a_sign_in_and_then_open(client: Client, path: str) -> None:
    open_citizen("lin", LIN, password=PASSWORD)
    assert client.get(path).status_code == 302
    attempt(client, username="lin")
    assert client.get(path, follow=True).status_code == 200


def test_a_one_time_password_opens_nothing_but_its_change(client: Client) -> None:
    open_body("3901-SC")
    setup = platform("setup")
    account = open_account("wu", actor=setup, now=MORNING, password=PASSWORD, password_is_one_time=True)
    give_post(account.id, body="3901-SC", role=Role.CLERK, actor=setup, now=MORNING, starts_on=MORNING.date())
    attempt(client)
    for path in ("/dept/inbox", "/dept/batches", "/me", "/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/account/password"), path
    assert client.get("/account/password").status_code == 200
    given = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert "不能与一次性密码相同" in client.post("/account/password", given).content.decode()
    assert client.get("/dept/inbox").status_code == 302
    new = "another-hexagon-39"
    assert client.post("/account/password", given | {"password1": new, "password2": new}).status_code == 302
    fresh = Client()
    assert attempt(fresh).status_code == 200
    assert attempt(fresh, password=new).status_code == 302
    assert fresh.get("/dept/inbox")["Location"] == "/account/second-factor/"


def test_redline_23_the_casts_sign_in_does_not_exist_in_a_production_build(client: Client) -> None:
    assert live.DEMO is False
    open_citizen("lin", LIN)
    assert client.get("/demo/sign-in").status_code == 404
    assert client.post("/demo/sign-in", {"username": "lin"}).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("access_cast")
    with pytest.raises(Refused):
        sign_in.list_cast()
    with pytest.raises(Refused):
        sign_in.as_cast_member(None, username="lin")
    assert "_auth_user_id" not in client.session


def test_in_a_demonstration_one_button_signs_in_as_a_member_of_the_cast(client: Client, demonstration: None) -> None:
    account = open_citizen("lin", LIN)
    page = client.get("/demo/sign-in").content.decode()
    assert "46岁" in page
    assert "没有账户。" not in page
    answer = client.post("/demo/sign-in", {"username": "lin"})
    assert (answer.status_code, answer["Location"]) == (302, "/me")
    assert client.session["_auth_user_id"] == str(account.id)
    assert client.get("/sign-out").wsgi_request.user.pk == account.id


def test_in_a_demonstration_only_the_cast_signs_in_without_a_password(client: Client, demonstration: None) -> None:
    open_citizen("mallory", LIN)
    assert client.post("/demo/sign-in", {"username": "mallory"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", [role for role, _ in HOMES if role is not Role.CITIZEN])
def test_the_page_a_post_begins_on_is_there(role: Role, owner) -> None:
    open_body("3901-SC")
    browser = signed_in(open_staff("wu", role, body="3901-SC"))
    page = browser.get(sign_in.home_of(Actor(key="wu", roles=frozenset({role}))), follow=True)
    assert page.status_code == 200


def test_a_demonstration_leads_from_sign_in_to_its_cast_and_nothing_else_does(
    client: Client, demonstration: None, settings
) -> None:
    assert 'href="/demo/sign-in"' in client.get("/sign-in").content.decode()
    settings.DEMO = False
    assert "/demo/" not in client.get("/sign-in").content.decode()


def test_who_has_no_password_is_offered_no_change_of_it_and_told_why(client: Client, demonstration: None) -> None:
    open_citizen("lin", LIN)
    client.post("/demo/sign-in", {"username": "lin"})
    assert "/account/password" not in client.get("/account/second-factor/").content.decode()
    page = client.get("/account/password")
    assert page.status_code == 422
    assert "您的账户没有密码，所以不能修改密码" in page.content.decode()
