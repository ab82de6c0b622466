"""Statements asked on every request, in the running transaction of Django's connection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from chengxin.database.session import ask_in


def ask(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a statement as a prepared one and return its rows, if it has any.

    The server infers what type a parameter is: where it cannot, the statement casts it.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return ask_in(connection.connection, statement, parameters)
