"""Django's PostgreSQL backend, where what the ORM asks is prepared, a commit is one call, and a lost server is seen."""

from __future__ import annotations

import select
from typing import Any, Self

from django.db.backends.postgresql.base import CursorMixin
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.postgresql.features import DatabaseFeatures as PostgreSQLFeatures
from psycopg import ClientCursor, Connection
from psycopg.abc import Params, Query
from psycopg.adapt import Transformer
from psycopg.pq import TransactionStatus

from chengxin.database.session import run_prepared, send

# The ORM writes its words in capitals; our own statements do not, and some of them cannot be prepared.
_OF_THE_ORM = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ")
# A list of values of another length is another statement: a long one is not asked again.
_FEW = 50


class Cursor(CursorMixin, ClientCursor[Any]):
    """A cursor in which a statement of the ORM is planned once per session (ADR 0115)."""

    def execute(self, query: Query, params: Params | None = None, **how: bool | None) -> Self:
        """Run a statement, by its prepared plan where the ORM wrote it."""
        few = isinstance(params, list | tuple) and len(params) <= _FEW
        if not few or not isinstance(query, str) or not query.startswith(_OF_THE_ORM):
            return super().execute(query, params, **how)  # type: ignore[arg-type] # psycopg's overloads
        self._reset()
        self._tx = Transformer.from_context(self)
        self._set_results([run_prepared(self.connection, query, list(params or ()), self._tx)])
        return self


class DatabaseFeatures(PostgreSQLFeatures):
    """What Django may expect: the statement a cursor sent has places and not values."""

    uses_server_side_binding = True


class DatabaseWrapper(PostgreSQL):
    """One session of Django's."""

    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg connects with: Django's parameters and our cursor."""
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def is_usable(self) -> bool:
        """Tell whether the session goes on: Django asks once a request, so only one that has word for us is tried."""
        return self.connection is not None and (not has_word(self.connection) or bool(super().is_usable()))

    def _commit(self) -> None:
        if self.connection is not None and self.connection.pgconn.transaction_status != TransactionStatus.IDLE:
            with self.wrap_database_errors:
                send(self.connection, b"commit")

    def _savepoint(self, sid: str) -> None:
        self._say(self.ops.savepoint_create_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        self._say(self.ops.savepoint_rollback_sql(sid))

    def _savepoint_commit(self, sid: str) -> None:
        self._say(self.ops.savepoint_commit_sql(sid))

    def _say(self, statement: str) -> None:
        """Run a plain statement that answers nothing."""
        self.ensure_connection()
        with self.wrap_database_errors:
            send(self.connection, statement.encode())


def has_word(session: Connection[Any]) -> bool:
    """Tell whether there is something to read in an idle session: its end, mostly."""
    if session.closed:
        return True
    poll = select.poll()
    poll.register(session.fileno(), select.POLLIN)
    return bool(poll.poll(0))
