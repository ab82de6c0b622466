"""The second factor: no post without it, set up on a phone without scripts, by app, passkey or recovery code."""

import time
from datetime import timedelta
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings as live
from django.core.cache.backends import locmem
from django.db.models import F
from django.test import Client

from chengxin.access.models import Account, Tally
from chengxin.access.tests.cast import open_body, open_citizen, open_staff, prove, sign_in
from chengxin.audit.models import Event
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role

pytestmark = pytest.mark.django_db
PASSWORD = "yun-ting-39-hexagon"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LIN = UUID("01890000-0000-7000-8000-000000000001")
MENU = "/account/second-factor/"


def code_of(secret: str = SECRET) -> str:
    """Return what an authenticator app shows at this moment."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def wrong_code() -> str:
    """Return six digits no app shows within a minute of now."""
    near = {format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + step)) for step in range(-3, 4)}
    return next(f"{digits:06}" for digits in range(10) if f"{digits:06}" not in near)


@pytest.fixture
def wu() -> Account:
    """Return a clerk who has not set up anything."""
    open_body("3901-SC")
    open_staff("wu", Role.CLERK, body="3901-SC", password=PASSWORD)
    return Account.objects.get(username="wu")


def with_app(account: Account) -> Account:
    TOTP.activate(account, SECRET)
    return account


def by_password(username: str = "wu") -> Client:
    client = Client()
    client.post("/sign-in", {"login": username, "password": PASSWORD})
    return client


def factor_events() -> list[str]:
    from chengxin.access.facade import acting_for

    auditor = Actor(key="account:a", roles=frozenset({Role.AUDIT_ADMIN}), body="39-XY", area="39")
    with acting_for(auditor, channel=Channel.OFFICE, purpose="audit"):
        return sorted(Event.objects.filter(reference__startswith="factor:").values_list("reference", flat=True))


@pytest.mark.parametrize("path", ["/dept", "/dept/inbox", "/dept/batches", "/", "/me"])
def test_whoever_holds_a_post_is_led_to_set_a_second_factor_up_before_anything_else(wu: Account, path: str) -> None:
    client = by_password()
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, MENU)
    assert "请先设置第二重验证" in client.get(MENU).content.decode()


def test_redline_23_no_post_counts_in_a_session_that_proved_a_password_alone(wu: Account) -> None:
    client = by_password()
    request = client.get(MENU).wsgi_request
    assert (request.actor.body, request.actor.roles) == ("", frozenset({Role.PUBLIC}))
    prove(client, wu)
    assert client.get(MENU).wsgi_request.actor.roles == {Role.CLERK}
    prove(client, wu, method="password")
    assert client.get(MENU).wsgi_request.actor.roles == {Role.PUBLIC}


def test_a_citizen_needs_no_second_factor_and_may_add_one() -> None:
    open_citizen("lin", LIN, password=PASSWORD)
    client = by_password("lin")
    assert client.get(MENU).wsgi_request.actor.roles == {Role.CITIZEN}
    page = client.get(MENU).content.decode()
    assert "设置验证器应用" in page
    assert "请先设置第二重验证" not in page


def test_an_app_is_set_up_with_its_first_code_and_the_post_opens_at_once(wu: Account) -> None:
    client = by_password()
    page = client.get(f"{MENU}app")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    wrong = client.post(f"{MENU}app", {"code": "abc"})
    assert wrong.status_code == 200
    assert "验证码不对" in wrong.content.decode()
    assert Authenticator.objects.count() == 0
    answer = client.post(f"{MENU}app", {"code": code_of(secret)})
    assert (answer.status_code, answer["Location"]) == (302, f"{MENU}codes")
    assert client.get("/dept/inbox").status_code == 200
    assert factor_events() == ["factor:add:totp"]


def test_the_secret_of_an_app_is_never_in_the_database_in_the_clear(wu: Account) -> None:
    with_app(wu)
    stored = Authenticator.objects.get().data["secret"]
    assert SECRET not in stored
    assert Authenticator.objects.get().wrap().validate_code(code_of())


def test_after_the_password_the_code_is_asked_and_nothing_opens_before(wu: Account) -> None:
    with_app(wu)
    client = Client()
    answer = client.post("/sign-in", {"login": "wu", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, f"{MENU}step")
    assert "_auth_user_id" not in client.session
    assert "第二重验证" in client.get(f"{MENU}step").content.decode()
    assert client.post(f"{MENU}step", {"code": wrong_code()}).status_code == 200
    assert "_auth_user_id" not in client.session
    answer = client.post(f"{MENU}step", {"code": code_of()})
    assert (answer.status_code, answer["Location"]) == (302, "/dept")
    assert client.get("/dept/inbox").status_code == 200


def test_a_code_counts_once(wu: Account) -> None:
    with_app(wu)
    code = code_of()
    assert by_password().post(f"{MENU}step", {"code": code}).status_code == 302
    second = by_password()
    assert second.post(f"{MENU}step", {"code": code}).status_code == 200
    assert "_auth_user_id" not in second.session


def test_a_code_that_was_used_is_remembered_as_long_as_it_would_be_taken(wu: Account) -> None:
    with_app(wu)
    code = code_of()
    assert by_password().post(f"{MENU}step", {"code": code}).status_code == 302
    # A step of the clock later the code is still good, as the one before: 89 seconds is as late as it can be.
    Tally.objects.update(ends_at=F("ends_at") - timedelta(seconds=85))
    second = by_password()
    assert second.post(f"{MENU}step", {"code": code}).status_code == 200
    assert "_auth_user_id" not in second.session


def test_five_wrong_codes_close_the_step_even_to_the_right_one_in_another_process(wu: Account) -> None:
    with_app(wu)
    client = by_password()
    for _ in range(5):
        client.post(f"{MENU}step", {"code": wrong_code()})
    for memory in locmem._caches.values():  # What a process keeps in its own memory, another one does not know.
        memory.clear()
    page = client.post(f"{MENU}step", {"code": code_of()})
    assert "请在半小时后再试" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_stands_in_once_for_a_phone_that_is_not_at_hand(wu: Account) -> None:
    client = by_password()
    client.post(f"{MENU}app", {"code": code_of(client.get(f"{MENU}app").context["form"].secret)})
    codes = client.get(f"{MENU}codes").context["unused_codes"]
    assert len(codes) == 10
    assert by_password().post(f"{MENU}step", {"code": codes[0]}).status_code == 302
    again = by_password()
    assert again.post(f"{MENU}step", {"code": codes[0]}).status_code == 200
    assert "_auth_user_id" not in again.session


def test_staff_cannot_take_their_last_factor_away_and_a_citizen_can(wu: Account) -> None:
    with_app(wu)
    RecoveryCodes.activate(wu)
    kept = sign_in("wu").post(f"{MENU}app/remove")
    assert "至少要保留一种" in kept.content.decode()
    assert Authenticator.objects.filter(user=wu, type=Authenticator.Type.TOTP).count() == 1
    open_citizen("lin", LIN, password=PASSWORD)
    with_app(Account.objects.get(username="lin"))
    assert sign_in("lin").post(f"{MENU}app/remove").status_code == 302
    assert not Authenticator.objects.exclude(user=wu).exists()
    assert factor_events() == ["factor:remove:totp"]


def test_changing_a_factor_asks_for_a_fresh_proof(wu: Account) -> None:
    with_app(wu)
    client = sign_in("wu")
    prove(client, wu, seconds_ago=live.FRESH_SECONDS + 1)
    assert client.get(f"{MENU}codes/new").status_code == 403
    assert client.get(f"{MENU}passkey").status_code == 403
    prove(client, wu, seconds_ago=live.FRESH_SECONDS - 60)
    assert client.get(f"{MENU}passkey").status_code == 200


def test_whoever_is_not_signed_in_is_sent_to_sign_in() -> None:
    for path in ("", "app", "passkey", "codes/new"):
        assert Client().get(f"{MENU}{path}")["Location"].startswith("/sign-in"), path
