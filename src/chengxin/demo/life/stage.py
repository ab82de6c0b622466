"""Where a happening takes place: the day, who acts, which line or case is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.demo.plans import workdays_before
from chengxin.demo.province import Province
from chengxin.demo.staff import GUESTS
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, start_of
from chengxin.records import facade as records
from chengxin.records.contracts import Record

Told = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that happened: when, who acted, what they did, and what more the story tells of it."""

    at: datetime
    who: str
    does: str
    told: Told


@dataclass
class Stage:
    """The province on the days of its story; `links` are pages that only the story can name."""

    province: Province
    links: dict[str, str] = field(default_factory=dict)

    def moment(self, ago: int, clock: str) -> datetime:
        """Return a moment so many working days before today, by the clock of Beijing."""
        hours, minutes = (int(part) for part in clock.split(":"))
        days = workdays_before(self.province.today)
        return start_of(days[-ago]) + timedelta(hours=hours, minutes=minutes)

    def day(self, ago: int) -> date:
        """Return a calendar day so many days before today."""
        return self.province.today - timedelta(days=ago)

    def actor(self, who: str, *, on: date) -> Actor:
        """Return who acts: one of the cast, `clerk@BODY` or `approver@BODY`, or the program of a guest."""
        if who in GUESTS:
            return access.actor_for_client(access.list_clients(GUESTS[who])[0])
        username = who.replace("@", ".")
        account = access.find_account(username, on=on)
        if account is None:
            raise LookupError(f"There is no {who} in the province.")
        body = account.posts[0].body if account.posts else ""
        return access.actor_for_account(account, on=on, body=body)

    def subject(self, who: str, *, on: date) -> UUID:
        """Return the subject that one of the cast is."""
        subject_id = self.actor(who, on=on).subject_id
        if subject_id is None:
            raise LookupError(f"{who} is nobody a line could be about.")
        return subject_id

    def record(self, who: str, line: int, *, at: datetime, item: str = "penalty") -> Record:
        """Return the line about one of the cast that was determined so many days before today."""
        person = self.actor(who, on=legal_day(at))
        assert person.subject_id is not None
        with access.acting_for(person, channel=Channel.SELF, purpose="own_archive"):
            found = records.list_of_subject(person.subject_id)
        return next(one for one in found if one.item_code == item and one.determined_on == self.day(line))

    def case(self, told: Told, *, at: datetime) -> Case:
        """Return the newest case of a procedure about one of the cast: about a line, or about anything."""
        person = self.actor(told["of"], on=legal_day(at))
        assert person.subject_id is not None
        record = str(self.record(told["of"], told["line"], at=at).record_id) if "line" in told else ""
        with access.acting_for(person, channel=Channel.SELF, purpose="own_archive"):
            found = casework.list_cases_about(person.subject_id, limit=200)
        return next(
            case
            for case in found
            if case.procedure == told["procedure"] and (not record or record in {case.ref.id, case.facts.get("record")})
        )


Doing = Callable[[Stage, Actor, Told, datetime], None]
