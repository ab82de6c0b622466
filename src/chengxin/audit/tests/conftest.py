"""Events that commit, and the sequencer run as its own login."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from chengxin.audit import facade as audit
from chengxin.audit.actions import record_apart
from chengxin.audit.contracts import Event, Kind, Receipt
from chengxin.audit.log import writing
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.actor import Actor, Role

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
CLERK = Actor(key="account:7", roles=frozenset({Role.CLERK}), body="MARKET", area="390100")


def event(subject_id: UUID | None = None, *, kind: Kind = Kind.DISCLOSE, at: datetime | None = None) -> Event:
    return Event(
        kind=kind,
        actor=CLERK,
        at=at or datetime.now(UTC),
        purpose="supervision",
        channel="body",
        subject_id=subject_id or uuid4(),
        basis=("ZJ/20",),
        categories=("penalty",),
        fields=("subjects_person.name",),
        reference="案-1",
    )


def record(*events: Event) -> list[Receipt]:
    """Commit some events as the clerk."""
    with acting(Context.of(CLERK, channel=Channel.BODY, purpose="supervision")):
        return audit.record_events(events)


def record_beside(*events: Event) -> list[Receipt]:
    """Commit some events as the clerk beside a transaction that is still running, as a look does."""
    with acting(Context.of(CLERK, channel=Channel.BODY, purpose="supervision")):
        return record_apart(events)


@contextmanager
def as_sequencer() -> Iterator[None]:
    """Log in as the sequencer for the block, on a connection of its own."""
    main = connections[DEFAULT_DB_ALIAS]
    settings = {**main.settings_dict, "USER": "chengxin_sequencer"}
    other = type(main)(settings, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = main


@pytest.fixture
def sequence(transactional_db: None) -> Callable[[], int]:
    """Lay down what waits."""
    writing._unsigned.clear()  # Writers of a database that is gone.

    def run() -> int:
        with as_sequencer():
            return audit.sequence(once=True)

    return run


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """The public keys, in a file of whoever checks."""
    file = tmp_path / "keys.txt"
    file.write_text(audit.public_keys(), "utf-8")
    return file


__all__ = ["CLERK", "NOW", "as_sequencer", "connection", "event", "record", "record_beside"]
