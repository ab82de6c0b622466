"""Many rows at once: COPY into a TEMP table, which alone may pass beside row security, COPY of an answer out."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Identifier

from chengxin.database.pgcopy import to_binary

_TYPES = """
    select attname, format_type(atttypid, atttypmod) from pg_attribute
    where attrelid = %s::regclass and attnum > 0 and not attisdropped
"""


def copy_frame(cursor: CursorWrapper, frame: pl.DataFrame, *, table: str) -> int:
    """Copy a frame into the columns of the same names of a TEMP table of this session; return the number of rows.

    Ids and bytes are hexadecimal text, JSON is text, arrays are lists. INSERT … SELECT goes on under row security.
    """
    statement = SQL("copy pg_temp.{} ({}) from stdin (format binary)").format(
        Identifier(table), SQL(", ").join(Identifier(column) for column in frame.columns)
    )
    cursor.execute(_TYPES, [f'pg_temp."{table}"'])
    types = dict(cursor.fetchall())
    rows = to_binary(frame, [types[column] for column in frame.columns])
    # Django turns the driver's errors into its own for every call but this one.
    with cursor.db.wrap_database_errors, cursor.copy(statement) as copy:
        copy.write(rows)
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
