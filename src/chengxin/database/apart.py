"""A second session beside the running transaction, in which a statement is committed when its answer comes.

The key service opens only what a committed event covers, while whoever looks is still in the transaction that found
what to open. So the event goes through a session of its own under the same login; the statement carries the signed
context of each who acts (`signed_apart`). A process has one such session: one thread at a time may write in it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from chengxin.database.backend.base import has_word
from chengxin.database.contracts import Context
from chengxin.database.guard import signed
from chengxin.database.session import ask_in

_second: list[BaseDatabaseWrapper] = []


def second_session() -> psycopg.Connection[Any]:
    """Return the session in which this process writes apart; a new one whenever the last has ended."""
    connection: psycopg.Connection[Any] = _session(connections[DEFAULT_DB_ALIAS]).connection
    return connection


def signed_apart(session: psycopg.Connection[Any], context: Context) -> tuple[str, str]:
    """Return a context as the guard believes it in the second session, and its signature."""
    return signed(context, pid=session.pgconn.backend_pid)


def write_apart(session: psycopg.Connection[Any], statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run one statement in a transaction of its own, committed when this returns, and return its rows.

    `session` is the second session as it was when the parameters were signed: lost meanwhile, it is told as lost, since
    in a new one they would be forgeries. Nothing of it stands when this raises, except when the session was lost after
    the statement had been sent; the next is written in a new session.
    """
    try:
        with _second[0].wrap_database_errors:
            return ask_in(session, statement, parameters)
    except BaseException:
        end_session()
        raise


def end_session() -> bool:
    """Close the second session, and tell whether there was one: whether anything was written apart."""
    was_there = bool(_second)
    while _second:
        if (connection := _second.pop().connection) is not None:
            connection.close()
    return was_there


def _session(main: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    if _second and (_second[0].settings_dict != main.settings_dict or _is_spent(_second[0])):
        end_session()
    if not _second:
        session = connections.create_connection(DEFAULT_DB_ALIAS)
        session.inc_thread_sharing()
        _second.append(session)
    _second[0].ensure_connection()
    return _second[0]


def _is_spent(session: BaseDatabaseWrapper) -> bool:
    """Tell whether a session has ended, failed, or served long enough."""
    is_old = session.close_at is not None and time.monotonic() >= session.close_at
    return is_old or session.errors_occurred or session.connection is None or has_word(session.connection)
