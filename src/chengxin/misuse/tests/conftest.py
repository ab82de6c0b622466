"""One unit, its clerk, two audit administrators and a person; looks written as the platform writes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from chengxin.access.facade import acting_for, actor_for_account, find_account
from chengxin.access.tests.cast import open_body, open_staff
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)  # Monday noon in Beijing.
LIN = UUID("01890000-0000-7000-8000-000000000001")
PASSWORD = "yun-ting-39-hexagon"


def actor_named(username: str) -> Actor:
    account = find_account(username, on=date(2026, 3, 2))
    assert account is not None
    return actor_for_account(account, on=date(2026, 3, 2))


@pytest.fixture
def staff(db) -> dict[str, Actor]:
    """Open the unit, the credit office over it, and their people."""
    open_body("39-XY", area="39", level="province", is_credit_office=True)
    open_body("3901-SC")
    open_staff("wu", Role.CLERK, body="3901-SC", password=PASSWORD)
    open_staff("colleague", Role.CLERK, body="3901-SC", password=PASSWORD)
    open_staff("auditor", Role.AUDIT_ADMIN, body="39-XY", password=PASSWORD)
    open_staff("auditor2", Role.AUDIT_ADMIN, body="39-XY", password=PASSWORD)
    open_staff("security", Role.SECURITY_ADMIN, body="39-XY", password=PASSWORD)
    with simulated(NOW + timedelta(minutes=2)):
        yield {name: actor_named(name) for name in ("wu", "colleague", "auditor", "auditor2", "security")}


@pytest.fixture
def look() -> Callable[..., UUID]:
    """Write a look of a clerk at a person into the log."""

    def write(actor: Actor, *, subject: UUID = LIN, at: datetime = NOW, reference: str = "", **changed: object) -> UUID:
        with acting_for(actor, channel=Channel.BODY, purpose="case_handling"):
            event = Event(
                kind=Kind.DISCLOSE,
                actor=actor,
                at=at,
                purpose="case_handling",
                channel=Channel.BODY,
                subject_id=subject,
                reference=reference,
            )
            return record_event(event).event_id

    return write


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def strangers(count: int) -> list[UUID]:
    return [uuid4() for _ in range(count)]
