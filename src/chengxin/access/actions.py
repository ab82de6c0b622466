"""Open bodies and accounts, give posts and rights, register clients: each authorised, bounded and recorded."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError

from chengxin.access import models, queries
from chengxin.access.contracts import Account, Allow, Body, Client, Deny, NewClient, Resource
from chengxin.access.credentials import digest_of
from chengxin.access.decisions import decide
from chengxin.access.identity import acting_for
from chengxin.access.rules import account_key
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused

DEFAULT_RATE = 600
PURPOSE = "administration"


def open_bodies(bodies: Sequence[Body], *, actor: Actor, now: datetime) -> None:
    """Enter bodies (登记单位), parents before children; one that exists is brought up to date."""
    for body in bodies:
        _authorise("access.open_account", actor=actor, area=body.area, now=now)
    rows = [
        models.Body(
            code=body.code,
            name_zh=body.name_zh,
            name_en=body.name_en,
            uscc=body.uscc,
            area=body.area,
            level=body.level,
            fields_of_work=list(body.fields_of_work),
            parent_id=body.parent or None,
            is_credit_office=body.is_credit_office,
        )
        for body in bodies
    ]
    changing = ["name_zh", "name_en", "uscc", "area", "level", "fields_of_work", "parent", "is_credit_office"]
    with acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        models.Body.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=changing)
        _record(actor, what="open_bodies", now=now, count=len(rows))


def open_account(
    username: str,
    *,
    actor: Actor,
    now: datetime,
    password: str | None = None,
    subject_id: UUID | None = None,
    password_is_one_time: bool = False,
) -> Account:
    """Open an account (开户) that belongs to one person; without a password it cannot sign in by one.

    A one-time password was seen by another: it opens nothing but the page on which it is changed.
    """
    _authorise("access.open_account", actor=actor, area=actor.area, now=now)
    row = models.Account(
        id=new_id(now),
        username=username,
        password=make_password(password),
        password_is_one_time=password_is_one_time,
        subject_id=subject_id,
        is_active=True,
        created_at=now,
    )
    try:
        with acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
            row.save(force_insert=True)
            _record(actor, what=f"open_account:{row.id}", now=now)
    except IntegrityError as error:
        raise Refused(_why_not_opened(error)) from error
    return queries.account_of(row, on=legal_day(now))


def give_post(
    account_id: UUID,
    *,
    body: str,
    role: Role,
    actor: Actor,
    now: datetime,
    starts_on: date,
    ends_on: date | None = None,
) -> None:
    """Give an account a role for a body (授岗); the three administrators never fall into one hand."""
    _authorise("access.give_post", actor=actor, area=queries.get_body(body).area, now=now)
    if actor.key == account_key(account_id):
        raise Refused(Refusal(code="A-OWN-POST", what="不能给自己授岗。", next_step="请由另一位安全管理员办理。"))
    try:
        with acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
            models.Post.objects.create(
                id=new_id(now),
                account_id=account_id,
                body_id=body,
                role=role,
                starts_on=starts_on,
                ends_on=ends_on,
                given_by=actor.key,
            )
            _record(actor, what=f"give_post:{role}:{account_id}", now=now)
    except IntegrityError as error:
        if "access_post_separated_admins" not in str(error):
            raise
        raise Refused(_separated()) from error


def end_post(account_id: UUID, *, body: str, role: Role, actor: Actor, now: datetime, ends_on: date) -> int:
    """End the open posts of an account in a role for a body (离岗) and return how many ended."""
    _authorise("access.give_post", actor=actor, area=queries.get_body(body).area, now=now)
    with acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        ended = models.Post.objects.filter(
            account_id=account_id, body_id=body, role=role, ends_on__isnull=True, starts_on__lt=ends_on
        ).update(ends_on=ends_on)
        _record(actor, what=f"end_post:{role}:{account_id}", now=now, count=ended)
    return ended


def close_account(account_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Close an account (停用): it can no longer sign in, and what it did stays on record."""
    _authorise("access.open_account", actor=actor, area=actor.area, now=now)
    with acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        models.Account.objects.filter(id=account_id).update(is_active=False)
        _record(actor, what=f"close_account:{account_id}", now=now)


def register_client(
    name: str,
    *,
    body: str,
    scopes: Sequence[str],
    actor: Actor,
    now: datetime,
    rate_per_minute: int = DEFAULT_RATE,
    secret: str = "",
    public_key: bytes = b"",
) -> NewClient:
    """Register a program of a body (登记客户端) and return its secret once.

    A program with a `public_key` (Ed25519, 32 bytes) must sign each request.
    `secret` is for the demonstration, whose clients must be the same each time; else 256 random bits are drawn.
    """
    _authorise("access.give_post", actor=actor, area=queries.get_body(body).area, now=now)
    secret = secret or secrets.token_urlsafe(32)
    with acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        row = models.ApiClient.objects.create(
            id=new_id(now),
            body_id=body,
            name=name,
            secret_digest=digest_of(secret),
            public_key=public_key,
            scopes=sorted(scopes),
            is_active=True,
            rate_per_minute=rate_per_minute,
            created_at=now,
        )
        _record(actor, what=f"register_client:{row.id}", now=now)
    client = queries.find_client(row.id)
    if client is None:
        raise LookupError("The client just registered is not there.")
    return NewClient(client=client, secret=secret)


def suspend_client(client_id: UUID, *, actor: Actor, now: datetime) -> Client:
    """Suspend a program (暂停客户端); its next request is refused."""
    client = queries.find_client(client_id)
    if client is None:
        raise LookupError("There is no such client.")
    _authorise("access.give_post", actor=actor, area=client.area, now=now)
    with acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        models.ApiClient.objects.filter(id=client_id).update(is_active=False)
        _record(actor, what=f"suspend_client:{client_id}", now=now)
    return client


def give_source_rights(
    rights: Sequence[tuple[str, str]], *, actor: Actor, now: datetime, starts_on: date, ends_on: date | None = None
) -> None:
    """Give bodies the right to file items (确定报送职责), as pairs of body and item; a right that exists stays."""
    _authorise("access.give_post", actor=actor, area=actor.area, now=now)
    rows = [
        models.SourceRight(id=new_id(now), body_id=body, item_code=item, starts_on=starts_on, ends_on=ends_on)
        for body, item in rights
    ]
    with acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        models.SourceRight.objects.bulk_create(rows, ignore_conflicts=True)
        _record(actor, what="give_source_rights", now=now, count=len(rows))


def _authorise(action: str, *, actor: Actor, area: str, now: datetime) -> Allow:
    answer: Allow | Deny = decide(actor, action=action, resource=Resource(area=area), purpose=PURPOSE, now=now)
    if isinstance(answer, Deny):
        answer = decide(actor, action="access.set_up", resource=Resource(), purpose=PURPOSE, now=now)
    if isinstance(answer, Deny):
        raise Refused(answer.refusal)
    return answer


def _record(actor: Actor, *, what: str, now: datetime, count: int = 1) -> None:
    record_event(
        Event(
            kind=Kind.ADMINISTER,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=Channel.OFFICE,
            reference=what,
            count=count,
        )
    )


def _why_not_opened(error: IntegrityError) -> Refusal:
    if "subject_id" in str(error):
        return Refusal(
            code="A-ONE-ACCOUNT",
            what="这位居民已经有一个账户。",
            why="一人一户，避免他人冒用。",
            next_step="请用已有账户登录；忘记密码可以重设。",
        )
    return Refusal(code="A-USERNAME", what="这个用户名不能使用。", next_step="请用小写英文字母开头，换一个再试。")


def _separated() -> Refusal:
    return Refusal(
        code="A-SEPARATED-ADMINS",
        what="系统管理员、安全管理员、审计管理员不能由一人兼任。",
        why="三员分立，互相制约。",
        next_step="请选择另一个账户。",
    )
