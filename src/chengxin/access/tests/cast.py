"""A small cast: bodies, people and a program, all invented."""

import time
from datetime import UTC, date, datetime
from uuid import UUID

from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from chengxin.access import models
from chengxin.access.contracts import Account, Body
from chengxin.access.facade import give_post, open_account, open_bodies
from chengxin.kernel.actor import Role, platform

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
SETUP = platform("setup")


BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(who: str | Account, *, client: Client | None = None) -> Client:
    """Return a browser in which somebody is signed in, the second factor just proved."""
    client = client or Client()
    row = models.Account.objects.get(username=who if isinstance(who, str) else who.username)
    client.force_login(row, backend=BACKEND)
    prove(client, row)
    return client


def prove(client: Client, row: models.Account, *, seconds_ago: float = 0, method: str = "mfa") -> None:
    """Let the session of a browser say that its owner proved who they are, so long ago, by this means alone."""
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time() - seconds_ago, "type": "test"}]
    session["account_authentication_methods_user"] = user_id_to_str(row)
    session.save()


def open_body(code: str, *, area: str = "3901", **changed: object) -> Body:
    body = Body(
        **{
            "code": code,
            "name_zh": f"测试单位{code}",
            "name_en": f"Test body {code}",
            "uscc": "",
            "area": area,
            "level": "city",
            "fields_of_work": (),
            "parent": "",
            "is_credit_office": False,
        }
        | changed
    )
    open_bodies([body], actor=SETUP, now=NOON)
    return body


def open_staff(username: str, *roles: Role, body: str, password: str | None = None) -> Account:
    account = open_account(username, actor=SETUP, now=NOON, password=password)
    for role in roles:
        give_post(account.id, body=body, role=role, actor=SETUP, now=NOON, starts_on=date(2026, 1, 1))
    return account


def open_citizen(username: str, subject_id: UUID, *, password: str | None = None) -> Account:
    return open_account(username, actor=SETUP, now=NOON, password=password, subject_id=subject_id)
