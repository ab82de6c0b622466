"""A short transaction of its own beside the running one: committed when the block ends, whatever becomes of the other.

The key service opens only what a committed event covers, while whoever looks is still in the transaction that found
what to open. So the event goes through a second session of the same login, under the same signed context.
"""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from chengxin.database.guard import enter, present_context


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


@contextmanager
def apart() -> Iterator[None]:
    """Run the block in a transaction of its own that is committed before it is left; nothing else belongs in it."""
    context = present_context()
    if context is None:
        raise NobodyActs("Nobody acts: there is no context to write in.")
    main = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = session = _session(main)
    try:
        with transaction.atomic():
            with session.connection.pipeline():  # BEGIN and the context travel together.
                enter(context)
            yield
    finally:
        connections[DEFAULT_DB_ALIAS] = main


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
