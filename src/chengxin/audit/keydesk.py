"""What the key service does with a request: it asks the database about events itself, and believes nobody else."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from chengxin.audit.commitment import commitment
from chengxin.audit.opening import FRESH_SECONDS, Bucket, Durable, why_not_open
from chengxin.crypto import vault
from chengxin.crypto.contracts import (
    CannotOpen,
    Count,
    Counted,
    Covered,
    DataKey,
    Keys,
    New,
    Open,
    Opened,
    Refused,
    Reply,
    Request,
    Sealing,
    Tried,
    Try,
    Value,
)
from chengxin.database.session import ask_in

_EVENTS = """
    select id, subject_id, opens, written_at, extract(epoch from clock_timestamp() - written_at)::double precision
    from audit_event where id = any(%s)
"""
_COLUMNS = ("event_id", "subject_id", "opens", "written_at", "age")
_NEVER = datetime.max.replace(tzinfo=UTC)
Write = Callable[[str], None]


class KeyDesk:
    """Answer requests from when it is made; the same event opens once.

    It asks the database for the time at once, so that what is written next is not older by the database's clock; from a
    database that is away it learns later when that was, never too early.
    """

    def __init__(self, conninfo: str, *, per_second: float, write: Write) -> None:
        self._conninfo = conninfo
        self._database: psycopg.Connection[tuple[Any, ...]] | None = None
        self._write = write
        self._started = time.monotonic()
        self._bucket = Bucket(per_second, at=self._started)
        self._used: set[UUID] = set()
        self._used_in_order: deque[tuple[float, UUID]] = deque()
        self._events = self._values = self._refused = 0
        self._since = _NEVER
        with suppress(psycopg.OperationalError):
            self._connect()

    def close(self) -> None:
        """End the session with the database, if there is one."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def answer(self, requests: Sequence[tuple[Request, int]]) -> list[Reply]:
        """Answer requests that came together, each with the process it came from; one look at the database for all."""
        wanted = {
            UUID(bytes=one.event_id) for request, _ in requests if isinstance(request, Open) for one in request.events
        }
        events: dict[UUID, Durable] | None = {}
        if wanted:
            try:
                events = self._durable(list(wanted))
            except psycopg.Error as error:
                self._write(f"database {type(error).__name__}")
                events = None
        return [self._reply(request, peer=peer, events=events) for request, peer in requests]

    def _reply(self, request: Request, *, peer: int, events: dict[UUID, Durable] | None) -> Reply:
        try:
            match request:
                case Open():
                    return self._open(request, peer=peer, events=events)
                case New():
                    made = vault.make_new(request.owners)
                    self._write(f"new keys={len(made)} pid={peer}")
                    return Keys([one.wrapped for one in made], [one.sealing for one in made])
                case Sealing():
                    keys = vault.sealing_keys(request.wrapped, owners=request.owners)
                    self._write(f"sealing keys={len(keys)} pid={peer}")
                    return Keys([], keys)
                case Try():
                    self._write(f"try keys={len(request.wrapped)} pid={peer}")
                    return Tried([_opens(*pair) for pair in zip(request.wrapped, request.owners, strict=True)])
                case Count():
                    return Counted(self._events, self._values, self._refused)
        except (CannotOpen, ValueError):
            self._write(f"cannot-open {type(request).__name__.lower()} pid={peer}")
            return Refused("CANNOT_OPEN")

    def _open(self, request: Open, *, peer: int, events: dict[UUID, Durable] | None) -> Reply:
        if events is None:
            return Refused("DATABASE")
        if not self._bucket.take(len(request.events), at=time.monotonic()):
            return self._refuse(request, "BUSY", peer=peer)
        ids = [UUID(bytes=one.event_id) for one in request.events]
        if len(set(ids)) < len(ids):
            return self._refuse(request, "USED", peer=peer)
        for event_id, covered in zip(ids, request.events, strict=True):
            if why := self._why_not(event_id, covered, events):
                return self._refuse(request, why, peer=peer)
        # Used from here on, whatever becomes of it: what cannot be opened is not tried again under the same event.
        self._use(ids)
        opened = [_open_values(one.values) for one in request.events]
        self._events += len(ids)
        self._values += sum(len(values) for values in opened)
        for event_id, values in zip(ids, opened, strict=True):
            self._write(f"open event={event_id} values={len(values)} pid={peer}")
        return Opened(opened)

    def _why_not(self, event_id: UUID, covered: Covered, events: dict[UUID, Durable]) -> str | None:
        return why_not_open(
            events.get(event_id),
            covered.values,
            digest=commitment(covered.values),
            is_used=event_id in self._used,
            since=self._since,
        )

    def _refuse(self, request: Open, why: str, *, peer: int) -> Refused:
        self._refused += len(request.events)
        for one in request.events:
            self._write(f"refuse event={UUID(bytes=one.event_id)} why={why} pid={peer}")
        return Refused(why)

    def _use(self, ids: Sequence[UUID]) -> None:
        present = time.monotonic()
        # Older ones are refused as stale; twice the time leaves room between our clock and the database's.
        while self._used_in_order and present - self._used_in_order[0][0] > 2 * FRESH_SECONDS:
            self._used.discard(self._used_in_order.popleft()[1])
        self._used.update(ids)
        self._used_in_order.extend((present, event_id) for event_id in ids)

    def _durable(self, ids: list[UUID]) -> dict[UUID, Durable]:
        try:
            return self._look(ids)
        except psycopg.OperationalError:
            return self._look(ids)  # The database came back since we last asked.

    def _look(self, ids: list[UUID]) -> dict[UUID, Durable]:
        database = self._database or self._connect()
        try:
            rows = ask_in(database, _EVENTS, [ids])
        except psycopg.OperationalError:
            self.close()
            raise
        return {row[0]: Durable(**dict(zip(_COLUMNS, row, strict=True))) for row in rows}

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        up_for = timedelta(seconds=time.monotonic() - self._started)
        database = psycopg.connect(self._conninfo, autocommit=True)
        if self._since is _NEVER:
            self._since = ask_in(database, "select clock_timestamp()", [])[0][0] - up_for
        self._database = database
        return database


def _open_values(values: Sequence[Value]) -> list[bytes]:
    keys: dict[tuple[bytes, bytes], DataKey] = {}
    opened = []
    for value in values:
        if not value.wrapped:
            opened.append(b"")
            continue
        owned = (value.wrapped, value.owner)
        if owned not in keys:
            (keys[owned],) = vault.unwrap_many([value.wrapped], subject_ids=[value.owner])
        opened.append(vault.open_sealed(keys[owned], value.ciphertext, value.place))
    return opened


def _opens(wrapped: bytes, owner: bytes) -> bool:
    try:
        vault.unwrap_many([wrapped], subject_ids=[owner])
    except (CannotOpen, ValueError):
        return False
    return True
