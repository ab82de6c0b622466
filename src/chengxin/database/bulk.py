"""Many rows at once: COPY into a TEMP table, which alone may pass beside row security, COPY of an answer out."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Identifier, Literal

# Texts hold many quotation marks (JSON) and never this character, so that hardly anything is written twice.
_QUOTE = "\x01"


def copy_frame(cursor: CursorWrapper, frame: pl.DataFrame, *, table: str) -> int:
    """Copy a frame into the columns of the same names of a TEMP table of this session; return the number of rows.

    From there INSERT … SELECT goes on under row security.
    """
    statement = SQL("copy pg_temp.{} ({}) from stdin (format csv, quote {})").format(
        Identifier(table), SQL(", ").join(Identifier(column) for column in frame.columns), Literal(_QUOTE)
    )
    rows = io.BytesIO()
    frame.write_csv(rows, include_header=False, quote_char=_QUOTE)
    # Django turns the driver's errors into its own for every call but this one.
    with cursor.db.wrap_database_errors, cursor.copy(statement) as copy:
        copy.write(rows.getbuffer())
    return int(cursor.rowcount)


def read_frame(cursor: CursorWrapper, query: str, *, schema: Mapping[str, Any]) -> pl.DataFrame:
    """Return the rows of a query without parameters as a frame of that schema; row security holds as in any SELECT."""
    with (
        cursor.db.wrap_database_errors,
        cursor.copy(SQL("copy ({}) to stdout (format csv)").format(SQL(query))) as copy,
    ):
        answer = b"".join(copy)
    if not answer:
        return pl.DataFrame(schema=schema)
    return pl.read_csv(io.BytesIO(answer), has_header=False, schema=schema)


def refresh_statistics(cursor: CursorWrapper, tables: Sequence[str], *, added: int) -> int:
    """Refresh the planner's statistics of tables that grew by a tenth or more; return how many were.

    In the transaction that wrote, so that nobody ever reads the rows with plans for an empty table.
    """
    cursor.execute("select guard.refresh_statistics(%s::regclass[], %s)", [list(tables), added])
    return int(cursor.fetchone()[0])
