"""Django's PostgreSQL backend, where a commit is one call and a lost server is seen without asking it."""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from psycopg import Connection
from psycopg.pq import TransactionStatus

from chengxin.database.session import send


class DatabaseWrapper(PostgreSQL):
    """One session of Django's."""

    def is_usable(self) -> bool:
        """Tell whether the session goes on: Django asks once a request, so only one that has word for us is tried."""
        return self.connection is not None and (not has_word(self.connection) or bool(super().is_usable()))

    def _commit(self) -> None:
        if self.connection is not None and self.connection.pgconn.transaction_status != TransactionStatus.IDLE:
            with self.wrap_database_errors:
                send(self.connection, b"commit")


def has_word(session: Connection[Any]) -> bool:
    """Tell whether there is something to read in an idle session: its end, mostly."""
    if session.closed:
        return True
    poll = select.poll()
    poll.register(session.fileno(), select.POLLIN)
    return bool(poll.poll(0))
