"""Read bodies, accounts, clients and rights."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q

from chengxin.access import models
from chengxin.access.contracts import Account, Body, Client, Post, SourceRight
from chengxin.access.relations import covers
from chengxin.database.facade import ask
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import now

_BODY: Final = """
    select code, name_zh, name_en, uscc, area, level, fields_of_work, coalesce(parent_id, ''), is_credit_office
      from access_body where code = %s
"""
_POSTS: Final = """
    select p.body_id, b.area, p.role, p.starts_on, p.ends_on
      from access_post p join access_body b on b.code = p.body_id
     where p.account_id = %s and p.starts_on <= %s and (p.ends_on is null or p.ends_on > %s)
     order by p.body_id, p.role, p.id
"""


_RESTRICTIONS: Final = """
    select kind, per_minute from access_restriction
     where account_id = %s and starts_at <= %s and ends_at > %s and lifted_at is null
"""


def find_body(code: str) -> Body | None:
    """Return a body by its code, or None."""
    for own, name_zh, name_en, uscc, area, level, fields_of_work, parent, is_credit_office in ask(_BODY, [code]):
        return Body(
            code=own,
            name_zh=name_zh,
            name_en=name_en,
            uscc=uscc,
            area=area,
            level=level,
            fields_of_work=tuple(fields_of_work),
            parent=parent,
            is_credit_office=is_credit_office,
        )
    return None


def get_body(code: str) -> Body:
    """Return a body by its code; raises LookupError when there is none."""
    body = find_body(code)
    if body is None:
        raise LookupError(f"There is no body with the code {code}.")
    return body


def list_bodies(*, area: str = "", level: str = "") -> list[Body]:
    """Return the bodies inside an area, by area and code."""
    rows = models.Body.objects.filter(area__startswith=area).order_by("area", "code")
    return [_body(row) for row in (rows.filter(level=level) if level else rows)]


def credit_office_of(area: str) -> Body | None:
    """Return the credit office (信用办) nearest to an area: its own, else the one above it."""
    offices = models.Body.objects.filter(is_credit_office=True).order_by("code")
    covering = [_body(office) for office in offices if covers(office.area, area)]
    return max(covering, key=lambda office: len(office.area), default=None)


def credit_offices_over(area: str) -> frozenset[str]:
    """Return every credit office whose area holds an area, by code: its own and those above it."""
    offices = models.Body.objects.filter(is_credit_office=True).values_list("code", "area")
    return frozenset(code for code, held in offices if covers(held, area))


def find_account(username: str, *, on: date) -> Account | None:
    """Return an account with its posts in force on a day, or None."""
    row = models.Account.objects.filter(username=username).first()
    return account_of(row, on=on) if row else None


def find_account_by_id(account_id: UUID, *, on: date) -> Account | None:
    """Return an account by its id, or None."""
    row = models.Account.objects.filter(id=account_id).first()
    return account_of(row, on=on) if row else None


def account_of(row: models.Account, *, on: date) -> Account:
    """Return the value of a row with its posts in force on a day, ordered by body and role, and its restrictions."""
    moment = now()
    limits = ask(_RESTRICTIONS, [row.id, moment, moment])
    return Account(
        id=row.id,
        username=row.username,
        subject_id=row.subject_id,
        is_active=row.is_active,
        posts=tuple(
            Post(body=body, area=area, role=Role(role), starts_on=starts_on, ends_on=ends_on)
            for body, area, role, starts_on, ends_on in ask(_POSTS, [row.id, on, on])
        ),
        is_frozen=any(kind == "freeze" for kind, _ in limits),
        slowed_to=min((pace for kind, pace in limits if kind == "slow"), default=None),
    )


def list_account_subjects(*, after: UUID | None = None, limit: int = 1000) -> list[UUID]:
    """Return subjects that have an active account, each once, in order, those after one."""
    rows = models.Account.objects.filter(subject_id__isnull=False, is_active=True)
    rows = rows.filter(subject_id__gt=after) if after else rows
    found = rows.order_by("subject_id").values_list("subject_id", flat=True).distinct()[:limit]
    return [subject_id for subject_id in found if subject_id is not None]


def list_colleagues(body: str, *, role: Role, on: date) -> list[Account]:
    """Return the active accounts that hold a role for a body on a day, by user name."""
    posts = models.Post.objects.filter(_in_force(on), body_id=body, role=role, account__is_active=True)
    rows = models.Account.objects.filter(id__in=posts.values("account_id")).order_by("username")
    return [account_of(row, on=on) for row in rows]


def nearest_with(role: Role, *, area: str, on: date, apart_from: Collection[UUID]) -> Body | None:
    """Return the nearest body over an area in which somebody beside some accounts holds a role, or None."""
    fit = [
        body
        for body in map(get_body, sorted(bodies_with_role(role, on=on)))
        if covers(body.area, area)
        and any(one.id not in apart_from for one in list_colleagues(body.code, role=role, on=on))
    ]
    return max(fit, key=lambda body: (len(body.area), body.code), default=None)


def find_client(client_id: UUID) -> Client | None:
    """Return a registered program, or None."""
    row = models.ApiClient.objects.filter(id=client_id).select_related("body").first()
    return client_of(row) if row else None


def list_clients(body: str) -> list[Client]:
    """Return the registered programs of a body, by name."""
    rows = models.ApiClient.objects.filter(body_id=body).select_related("body").order_by("name", "id")
    return [client_of(row) for row in rows]


def client_of(row: models.ApiClient) -> Client:
    """Return the value of a row, without its secret."""
    return Client(
        id=row.id,
        body=row.body_id,
        area=row.body.area,
        name=row.name,
        scopes=frozenset(row.scopes),
        is_active=row.is_active,
        rate_per_minute=row.rate_per_minute,
        public_key=bytes(row.public_key),
    )


def source_bodies(item_code: str, *, on: date) -> frozenset[str]:
    """Return the bodies that may file an item on a day."""
    rights = models.SourceRight.objects.filter(_in_force(on), item_code=item_code)
    return frozenset(rights.values_list("body_id", flat=True))


def items_of(body: str, *, on: date) -> tuple[str, ...]:
    """Return the items a body may file on a day, by code."""
    rights = models.SourceRight.objects.filter(_in_force(on), body_id=body)
    return tuple(rights.order_by("item_code").values_list("item_code", flat=True).distinct())


def list_source_rights(*, on: date, area: str = "", body: str = "") -> list[SourceRight]:
    """Return who may file what on a day inside an area or for one body, by body and item."""
    rights = models.SourceRight.objects.filter(_in_force(on), body__area__startswith=area)
    rows = (rights.filter(body_id=body) if body else rights).order_by("body__area", "body_id", "item_code", "starts_on")
    return [
        SourceRight(body=row.body_id, item_code=row.item_code, starts_on=row.starts_on, ends_on=row.ends_on)
        for row in rows
    ]


def bodies_with_role(role: Role, *, on: date) -> frozenset[str]:
    """Return the bodies for which an active account holds a role on a day."""
    posts = models.Post.objects.filter(_in_force(on), role=role, account__is_active=True)
    return frozenset(posts.values_list("body_id", flat=True))


def bodies_with_program(scope: str) -> frozenset[str]:
    """Return the bodies with a registered program that is served and may ask for a scope."""
    programs = models.ApiClient.objects.filter(is_active=True, scopes__contains=[scope])
    return frozenset(programs.values_list("body_id", flat=True))


def _in_force(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def _body(row: models.Body) -> Body:
    return Body(
        code=row.code,
        name_zh=row.name_zh,
        name_en=row.name_en,
        uscc=row.uscc,
        area=row.area,
        level=row.level,
        fields_of_work=tuple(row.fields_of_work),
        parent=row.parent_id or "",
        is_credit_office=row.is_credit_office,
    )
