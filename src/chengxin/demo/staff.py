"""Open the province's departments, their officers, rights and clients, and the accounts of the cast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import polars as pl

from chengxin.access import facade as access
from chengxin.access.contracts import Account
from chengxin.access.contracts import Body as AccessBody
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion
from chengxin.database.contracts import Channel
from chengxin.demo.bodies import Body
from chengxin.demo.cast import Member
from chengxin.demo.places import area_of
from chengxin.demo.province import Province
from chengxin.kernel.actor import Actor, Role, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.subjects import facade as subjects

BUILDER = platform("demo")
_PERSON = SubjectKind.NATURAL_PERSON.value
OFFICERS = {Role.CLERK: "clerk", Role.APPROVER: "approver"}
GUESTS = {"bank": "390503.bank", "platform_client": "390101.platform"}
MEDIATOR = "390100.market"
SCOPES = {
    "bank": ("identity.verify", "consent.request", "record.query", "outbox.receive"),
    "platform_client": (
        *("identity.verify", "record.read_public"),
        *("consent.request", "record.query", "outbox.receive"),
    ),
    "filing_client": ("batch.upload", "batch.read", "list.match"),
}


def open_departments(bodies: Sequence[Body], *, cast: Sequence[Member], now: datetime) -> None:
    """Enter the departments and the bodies of the cast's clients."""
    kinds = {department.code: department.title.en for department in catalogue.list_departments()}
    entered = [
        AccessBody(
            code=body.code,
            name_zh=body.name,
            name_en=f"{kinds[body.kind]}, {area_of(body.area).english}",
            uscc=body.uscc,
            area=body.area.rstrip("0") if body.area != "390000" else "39",
            level="province" if body.area == "390000" else "city",
            fields_of_work=(body.kind,),
            parent="" if body.area == "390000" else f"390000.{body.kind}",
            is_credit_office=body.code == "390000.development",
        )
        for body in bodies
    ]
    entered += [
        AccessBody(
            code=GUESTS[member.key],
            name_zh=member.name,
            name_en=f"Invented {member.key.replace('_', ' ')}",
            uscc="",
            area=member.area,
            level="county",
            fields_of_work=(),
            parent="",
            is_credit_office=False,
        )
        for member in cast
        if member.key in GUESTS
    ]
    access.open_bodies(entered, actor=BUILDER, now=now)


def give_rights(bodies: Sequence[Body], items: Iterable[ItemVersion], *, now: datetime) -> None:
    """Give each department the right to file the items its kind may file."""
    rights = [
        (body.code, item.code)
        for item in items
        for body in bodies
        if "any" in item.sources or body.kind in item.sources
    ]
    access.give_source_rights(rights, actor=BUILDER, now=now, starts_on=legal_day(now))


def open_officers(bodies: Sequence[Body], *, cast: Sequence[Member], now: datetime) -> None:
    """Open a clerk and an approver for every department, and the staff of the cast."""
    staff = [member for member in cast if member.body and member.role not in (None, Role.CLIENT)]
    taken = {(member.body, member.role) for member in staff}
    for body in bodies:
        for role, word in OFFICERS.items():
            if (body.code, role) not in taken:
                _open(f"{word}.{body.code}", body=body.code, role=role, now=now)
    # A platform acts against a merchant by a person, never by its program.
    _open(f"clerk.{GUESTS['platform_client']}", body=GUESTS["platform_client"], role=Role.CLERK, now=now)
    # A complaint that went up is mediated by a case officer of the regulator of the place.
    _open(f"case.{MEDIATOR}", body=MEDIATOR, role=Role.CASE_OFFICER, now=now)
    for member in staff:
        assert member.role is not None
        _open(member.key, body=member.body, role=member.role, now=now)


def _open(username: str, *, body: str, role: Role, now: datetime) -> None:
    account = access.find_account(username, on=legal_day(now))
    if account is None:
        account = access.open_account(username, actor=BUILDER, now=now)
    if not any(post.body == body and post.role == role for post in account.posts):
        access.give_post(account.id, body=body, role=role, actor=BUILDER, now=now, starts_on=legal_day(now))


def open_clients(cast: Sequence[Member], *, now: datetime) -> None:
    """Register the cast's programs with secrets that are the same in every demonstration."""
    for member in cast:
        if member.key not in SCOPES:
            continue
        body = member.body or GUESTS[member.key]
        if member.name not in {client.name for client in access.list_clients(body)}:
            access.register_client(
                member.name,
                body=body,
                scopes=SCOPES[member.key],
                actor=BUILDER,
                now=now,
                secret=f"demo-{member.key}-secret",
            )


def open_citizens(province: Province, *, now: datetime) -> int:
    """Open accounts for those of the cast who read their own archive: as a person, or as the shop they run."""
    citizens = [member for member in province.cast if member.role is Role.CITIZEN]
    shop = province.operators.row(0, named=True)
    claims = pl.DataFrame(
        {
            "row": range(len(citizens)),
            "kind": [shop["kind"] if member.runs_shop else _PERSON for member in citizens],
            "id_kind": [(IdentifierKind.USCC if one.runs_shop else IdentifierKind.ID_NO).value for one in citizens],
            "number": [shop["uscc"] if one.runs_shop else province.id_no_of(one.key) for one in citizens],
            "name": [shop["name"] if member.runs_shop else member.name for member in citizens],
        },
        schema_overrides={"row": pl.UInt32},
    )
    with access.acting_for(BUILDER, channel=Channel.JOB, purpose="filing"):
        found = subjects.resolve_many(claims, now=now, actor=BUILDER)
    opened = 0
    for member, subject_id in zip(citizens, found["subject_id"], strict=True):
        if access.find_account(member.key, on=legal_day(now)) is None and subject_id is not None:
            access.open_account(member.key, actor=BUILDER, now=now, subject_id=UUID(subject_id))
            opened += 1
    return opened


class Officers:
    """The actors who file and approve for a department; each is looked up once."""

    def __init__(self, cast: Sequence[Member], *, now: datetime) -> None:
        self._named = {(member.body, member.role): member.key for member in cast if member.body}
        self._now = now
        self._known: dict[tuple[str, Role], Actor] = {}

    def of(self, body: str, role: Role) -> Actor:
        """Return the officer of a department in a role."""
        if (body, role) not in self._known:
            username = self._named.get((body, role)) or f"{OFFICERS[role]}.{body}"
            account: Account | None = access.find_account(username, on=legal_day(self._now))
            if account is None:
                raise LookupError(f"There is no officer {username}.")
            self._known[body, role] = access.actor_for_account(account, on=legal_day(self._now), body=body)
        return self._known[body, role]
