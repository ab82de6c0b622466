"""Many rows at once: COPY into a TEMP table, which alone may pass beside row security, COPY of an answer out."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.db.backends.utils import CursorWrapper

from chengxin.database.ask import ask
from chengxin.database.pgcopy import to_binary

# Below this many rows what is prepared beats what is quick per row.
_FEW: Final = 200


@dataclass(frozen=True)
class Landing:
    """A TEMP table in which rows land on their way in: it stays with its session, so that plans upon it do too.

    `columns` gives each column its type, as `format_type` names it, and behind it its default if it has one.
    """

    name: str
    columns: Mapping[str, str]

    def type_of(self, column: str) -> str:
        """Return the type of a column."""
        return self.columns[column].split(" default ")[0]

    def emptied(self, *, by: str) -> str:
        """Return the statement that makes the table in this session if it is not there, and empties it."""
        columns = ", ".join(f"{name} {declared}" for name, declared in self.columns.items())
        made = f"create temp table if not exists {self.name} ({columns}) on commit delete rows"
        return f"{made}; {by} pg_temp.{self.name}"


def copy_frame(cursor: CursorWrapper, frame: pl.DataFrame, *, into: Landing) -> int:
    """Copy a frame into the columns of the same names, instead of what lies there; return the number of rows.

    Ids and bytes are hexadecimal text, JSON is text, arrays are lists. INSERT … SELECT goes on under row security.
    """
    few = frame.height < _FEW
    types = [into.type_of(column) for column in frame.columns]
    # Plans upon a table outlive a DELETE and not a TRUNCATE.
    cursor.execute(into.emptied(by="delete from" if few else "truncate"))
    statement = f"copy pg_temp.{into.name} ({', '.join(frame.columns)}) from stdin"
    # Django turns the driver's errors into its own for every call but this one.
    with (
        cursor.db.wrap_database_errors,
        cursor.copy(statement if few else f"{statement} (format binary)") as copy,
    ):
        if few:
            for row in _with_bytes(frame, types).iter_rows():
                copy.write_row(row)
        else:
            copy.write(to_binary(frame, types))
    return int(cursor.rowcount)


def _with_bytes(frame: pl.DataFrame, types: Sequence[str]) -> pl.DataFrame:
    """Return a frame whose bytes are written as the textual form of COPY has them."""
    named = [name for name, kind in zip(frame.columns, types, strict=True) if kind == "bytea"]
    return frame.with_columns((pl.lit(r"\x") + pl.col(name)).alias(name) for name in named)


def read_frame(cursor: CursorWrapper, query: str, *, schema: Mapping[str, Any], about: int = _FEW) -> pl.DataFrame:
    """Return the rows of a query without parameters, texts and numbers; row security holds as in any SELECT.

    `about` is how many rows are expected: a few are asked by a prepared plan.
    """
    if about < _FEW:
        return pl.DataFrame(ask(query, []), schema=schema, orient="row")
    with cursor.db.wrap_database_errors, cursor.copy(f"copy ({query}) to stdout (format csv)") as copy:
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
