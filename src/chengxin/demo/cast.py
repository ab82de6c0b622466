"""The cast (演员表) of the demonstration: who they are, what to try, and the numbers by which they are found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dateutil.relativedelta import relativedelta

from chengxin.access.contracts import CastMember
from chengxin.catalogue.contracts import Words
from chengxin.demo.places import read_data
from chengxin.kernel.actor import Role


@dataclass(frozen=True, kw_only=True)
class Member:
    """One of the cast; `role` is None for those who cannot sign in, `serial` the serial of the identity number.

    `start` is the page that shows most of a member's story; a `supporting` member has an account and is not offered.
    """

    key: str
    name: str
    role: Role | None
    area: str
    words: Words
    attempt: Words
    born: date | None = None
    age: tuple[int, int] | None = None
    serial: int = 0
    body: str = ""
    namesakes: bool = False
    deceased: bool = False
    guardianship: bool = False
    hardship: bool = False
    supporting: bool = False
    start: str = ""
    runs_shop: bool = False

    @property
    def is_person(self) -> bool:
        """Tell whether the member is a natural person with a number of its own."""
        return self.born is not None or self.age is not None

    @property
    def is_minor(self) -> bool:
        """Tell whether the member is under age on the day of the demonstration."""
        return self.age is not None and self.age[0] < 18


def birth_of(member: Member, *, today: date) -> date:
    """Return the birthday of a member, counted back from today where the cast gives an age."""
    if member.born is not None:
        return member.born
    if member.age is None:
        raise ValueError(f"{member.key} is no person.")
    years, days = member.age
    return today - relativedelta(years=years) - relativedelta(days=days)


def _member(given: dict[str, Any]) -> Member:
    roles = {"nobody": None, "merchant": Role.CITIZEN}
    role = given["role"]
    age = given.get("age")
    return Member(
        key=given["key"],
        name=given["name"],
        role=roles[role] if role in roles else Role(role),
        area=given["area"],
        words=Words(zh=given["words"][0], en=given["words"][1]),
        attempt=Words(zh=given["try"][0], en=given["try"][1]),
        born=given.get("born"),
        age=(age["years"], age["days"]) if age else None,
        serial=given.get("serial", 0),
        body=given.get("body", ""),
        namesakes=given.get("namesakes", False),
        deceased=given.get("deceased", False),
        guardianship=given.get("guardianship", False),
        hardship=given.get("hardship", False),
        supporting=given.get("supporting", False),
        start=given.get("start", ""),
        runs_shop=given.get("operator", False),
    )


@cache
def read_cast() -> tuple[Member, ...]:
    """Return the cast in its written order."""
    return tuple(_member(given) for given in read_data("cast.yaml")["members"])


def sign_ins() -> tuple[CastMember, ...]:
    """Return the cast who can sign in, for the demonstration's sign-in page."""
    return tuple(
        CastMember(username=member.key, name=member.name, sentence=member.words.zh, start=member.start)
        for member in read_cast()
        if member.role is not None and member.role not in {Role.CLIENT, Role.PUBLIC} and not member.supporting
    )
