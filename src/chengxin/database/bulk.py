"""Bring many rows to the server: COPY into a TEMP table, which alone may pass beside row security."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Identifier


def copy_frame(cursor: CursorWrapper, *, table: str, columns: Sequence[str], chunks: Iterable[bytes]) -> int:
    """Copy CSV bytes without a header (UTF-8, an unquoted empty field is NULL) into a TEMP table of this session.

    Return the number of rows. From there INSERT … SELECT goes on under row security.
    """
    statement = SQL("copy pg_temp.{} ({}) from stdin (format csv)").format(
        Identifier(table), SQL(", ").join(Identifier(column) for column in columns)
    )
    with cursor.copy(statement) as copy:
        for chunk in chunks:
            copy.write(chunk)
    return int(cursor.rowcount)
