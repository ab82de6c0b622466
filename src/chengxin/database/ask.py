"""Statements asked again and again, in the running transaction of Django's connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from chengxin.database.session import ask_in, change_in


def ask(statement: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement as a prepared one and return its rows, if it has any.

    The server infers what type a parameter is: where it cannot, the statement casts it.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return ask_in(connection.connection, statement, parameters)


def change(statement: str, parameters: Mapping[str, Any]) -> int:
    """Run a statement with named parameters as a prepared one and return how many rows it changed."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return change_in(connection.connection, statement, parameters)
