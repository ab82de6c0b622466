"""What tests of the database share."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connections


def take_away(owner: psycopg.Connection[Any], what: str) -> None:
    """Drop what a fixture committed to the schema: a database that is as it was is not copied anew."""
    owner.rollback()
    connections.close_all()
    owner.execute(what)  # type: ignore[call-overload] # words of a test
    owner.commit()
