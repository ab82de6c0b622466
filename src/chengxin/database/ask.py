"""Statements asked on every request: bound by the server and planned once per session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


def ask(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a statement as a prepared one and return its rows, if it has any.

    Under row security a plan costs more than its run, and Django's cursor would have it made anew each time. The
    server infers what type a parameter is: where it cannot, the statement casts it.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement.encode(), parameters, prepare=True)
        return cursor.fetchall() if cursor.description else []
