"""A clerk on a phone without scripts: password, an authenticator app, recovery codes, and a proof asked for again."""

import pytest
from django.conf import settings as live
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access.models import Account
from chengxin.access.tests.cast import open_body, open_staff, prove, sign_in
from chengxin.access.tests.test_second_factor import PASSWORD, code_of
from chengxin.intake.tests.test_journey import is_sound, keep
from chengxin.kernel.actor import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wu() -> Account:
    open_body("3901-SC")
    open_staff("wu", Role.CLERK, body="3901-SC", password=PASSWORD)
    return Account.objects.get(username="wu")


def test_a_clerk_sets_up_an_app_on_a_phone_without_scripts(wu: Account, live_server, browser_page) -> None:
    page: Page = browser_page(width=360, javascript=False)
    page.goto(f"{live_server.url}/sign-in")
    page.get_by_label("用户名").fill("wu")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    assert "请先设置第二重验证" in page.inner_text("main")
    keep(page, "factor-owed")
    page.get_by_role("link", name="设置验证器应用").click()
    keep(page, "factor-app")
    page.get_by_label("应用里显示的验证码").fill(code_of(page.inner_text("code.secret")))
    page.get_by_role("button", name="完成设置").click()
    assert page.locator(".codes li").count() == 10
    keep(page, "factor-codes")
    page.get_by_role("link", name="我已收好，继续").click()
    assert page.url.rstrip("/").endswith("/dept/inbox")
    page.goto(f"{live_server.url}/account/second-factor/")
    assert "已启用" in page.inner_text("main")
    keep(page, "factor-set-up")


def test_the_pages_of_a_second_factor_are_sound(wu: Account, live_server, browser_page) -> None:
    client = sign_in("wu")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    inspector = browser_page(width=320, cookies=[cookie])
    for path in ("", "app", "passkey"):
        assert is_sound(inspector, f"{live_server.url}/account/second-factor/{path}"), problems_of(inspector)
    prove(client, wu, seconds_ago=live.FRESH_SECONDS + 1)
    inspector.goto(f"{live_server.url}/account/second-factor/app")
    assert "请再次确认是您本人" in inspector.inner_text("main")
    keep(inspector, "proof-asked")


def test_a_passkey_is_added_and_then_asked_for_at_sign_in(wu: Account, live_server, browser_page) -> None:
    page: Page = browser_page(width=360)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    page.goto(f"{live_server.url}/sign-in")
    page.get_by_label("用户名").fill("wu")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="添加通行密钥").click()
    page.get_by_label("给它起个名字").fill("办公室的电脑")
    keep(page, "passkey-add")
    page.get_by_role("button", name="添加", exact=True).click()
    page.wait_for_url("**/codes")
    page.goto(f"{live_server.url}/sign-out")
    page.get_by_role("button", name="退出登录").click()
    page.goto(f"{live_server.url}/sign-in")
    page.get_by_label("用户名").fill("wu")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    keep(page, "passkey-step")
    page.get_by_role("button", name="使用通行密钥").click()
    page.wait_for_url("**/dept/inbox")
    assert problems_of(page) == []
