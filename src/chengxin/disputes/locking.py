"""Wait for one's turn: what reads before it writes does so one after the other."""

from __future__ import annotations

from django.db import connection


def wait_turn(name: str) -> None:
    """Wait until nobody else holds this name; from here to the end of the transaction we do."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
