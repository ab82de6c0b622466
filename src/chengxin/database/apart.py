"""A short transaction of its own beside the running one: committed when the block ends, whatever becomes of the other.

The key service opens only what a committed event covers, while whoever looks is still in the transaction that found
what to open. So the event goes through a second session of the same login, under the same signed context. BEGIN, the
context, the statements and COMMIT travel together: one way there and back for each look at a person.
"""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from chengxin.database.guard import ENTER, present_context, signed

Statement = tuple[str, Sequence[Any]]


class NobodyActs(RuntimeError):
    """Stop code that would write apart without a context to write in."""


class _Second:
    """A second session; it is closed with the thread that holds it."""

    def __init__(self) -> None:
        self.session: BaseDatabaseWrapper | None = None

    def __del__(self) -> None:
        self.drop()

    def drop(self) -> None:
        """Close the session; its thread may be another one, so the driver's own connection is closed."""
        if self.session is not None and self.session.connection is not None:
            self.session.connection.close()
        self.session = None


class _Held(threading.local):
    """What each thread holds."""

    def __init__(self) -> None:
        self.second = _Second()


_held = _Held()


def second_session() -> psycopg.Connection[Any]:
    """Return the session in which this thread writes apart; a new one whenever the last has ended."""
    connection: psycopg.Connection[Any] = _session(connections[DEFAULT_DB_ALIAS]).connection
    return connection


def write_apart(statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
    """Run statements in a transaction of its own, committed when this returns, and return the rows of each.

    Nothing of it stands when this raises, except when the session was lost after the COMMIT had been sent.
    """
    context = present_context()
    if context is None:
        raise NobodyActs("Nobody acts: there is no context to write in.")
    session = _session(connections[DEFAULT_DB_ALIAS])
    connection: psycopg.Connection[Any] = session.connection
    entering = (ENTER, signed(context, pid=connection.info.backend_pid))
    try:
        with session.wrap_database_errors, connection.pipeline():
            connection.execute(b"begin")
            cursors = [_sent(connection, *statement) for statement in (entering, *statements)]
            connection.execute(b"commit")
    except BaseException:
        _held.second.drop()  # What is left of the transaction ends with its session.
        raise
    return [cursor.fetchall() if cursor.description else [] for cursor in cursors[1:]]


def _sent(
    connection: psycopg.Connection[Any], statement: str, parameters: Sequence[Any]
) -> psycopg.Cursor[tuple[Any, ...]]:
    return psycopg.Cursor(connection).execute(statement.encode(), parameters, prepare=True)


def end_session() -> bool:
    """Close the second session of this thread, and tell whether there was one: whether anything was written apart."""
    was_there = _held.second.session is not None
    _held.second.drop()
    return was_there


def _session(main: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    second = _held.second
    if second.session is not None and (second.session.settings_dict != main.settings_dict or _is_over(second.session)):
        second.drop()
    if second.session is None:
        second.session = connections.create_connection(DEFAULT_DB_ALIAS)
    session = second.session
    if session.errors_occurred or (session.close_at is not None and time.monotonic() >= session.close_at):
        session.close_if_unusable_or_obsolete()
    session.ensure_connection()
    return session


def _is_over(session: BaseDatabaseWrapper) -> bool:
    """Tell whether the server has ended the session: an idle one has nothing to read but that."""
    connection = session.connection
    if connection is None:
        return False
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
