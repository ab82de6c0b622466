"""Open a transaction with a signed context that PostgreSQL itself verifies (trust §5.1)."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import lru_cache
from typing import Final

from django.db import connection, transaction

from chengxin.database.contracts import Context
from chengxin.database.guard_key import key_file, read_key, sign
from chengxin.database.session import literal, send
from chengxin.kernel.clock import now

LASTS = timedelta(minutes=15)
_ENTER: Final = b"select set_config('guard.context', %b, true), set_config('guard.signature', %b, true)"
_KEY_FILE_NAMED_BY: Final = ("CHENGXIN_GUARD_KEY_FILE", "CHENGXIN_VAR", "CHENGXIN_HOME")
_present: ContextVar[Context | None] = ContextVar("guard_context", default=None)


class NobodyActs(RuntimeError):
    """Stop code that would write in somebody's name without a context to write in."""


class OtherContext(RuntimeError):
    """Stop code that would read on behalf of one and act on behalf of another in the same transaction."""


@contextmanager
def acting(context: Context, *, lasts: timedelta = LASTS) -> Iterator[None]:
    """Run the block in one transaction whose rows are those the context may see.

    The same context may be entered again inside; another is refused, because a transaction has one reason to read.
    """
    present = _present.get()
    if present is not None:
        if present != context:
            raise OtherContext(f"{present.actor_key} acts already, {context.actor_key} cannot act inside.")
        with transaction.atomic():
            yield
        return
    token = _present.set(context)
    try:
        with transaction.atomic():
            enter(context, lasts=lasts)
            yield
    finally:
        _present.reset(token)
        _leave()


def renew() -> None:
    """Sign the context of the running transaction anew: a long act outlives what one signature lasts."""
    present = _present.get()
    if present is not None:
        enter(present, lasts=LASTS)


def present_context() -> Context | None:
    """Return the context of the transaction we are in, if it has one."""
    return _present.get()


def get_context() -> Context:
    """Return the context of the transaction we are in; raise `NobodyActs` when it has none."""
    present = _present.get()
    if present is None:
        raise NobodyActs("Nobody acts: there is no context to write in.")
    return present


def enter(context: Context, *, lasts: timedelta = LASTS) -> None:
    """Sign a context into the running transaction of the connection; only `acting` may."""
    connection.ensure_connection()
    session = connection.connection
    message, signature = signed(context, pid=session.pgconn.backend_pid, lasts=lasts)
    with connection.wrap_database_errors:
        send(session, _ENTER % (literal(session, message), literal(session, signature)))


def signed(context: Context, *, pid: int, lasts: timedelta = LASTS) -> tuple[str, str]:
    """Return a context as the guard reads it in the session of one server process, and its signature."""
    message = json.dumps(
        {
            "actor_key": context.actor_key,
            "roles": sorted(context.roles),
            "body": context.body,
            "subject_id": str(context.subject_id or ""),
            "purpose": context.purpose,
            "channel": context.channel,
            "case_ref": context.case_ref,
            "attended_id": str(context.attended_id or ""),
            "represented_id": str(context.represented_id or ""),
            "at": now().timestamp(),
            "pid": pid,
            "expires": time.time() + lasts.total_seconds(),
        }
    )
    return message, sign(message, key=_key(*(os.environ.get(name) for name in _KEY_FILE_NAMED_BY)))


def _leave() -> None:
    # A setting made under a savepoint outlives its release: inside somebody's transaction we take it back ourselves.
    if connection.in_atomic_block and not connection.needs_rollback:
        send(connection.connection, _ENTER % (b"''", b"''"))


@lru_cache(maxsize=4)
def _key(*_named_by: str | None) -> bytes:
    """Return the key that signs, read once for what names its file."""
    return read_key(key_file())
