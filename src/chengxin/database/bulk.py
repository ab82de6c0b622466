"""Many rows at once: COPY into a TEMP table, which alone may pass beside row security, COPY of an answer out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
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


@dataclass(frozen=True, kw_only=True)
class _Laid:
    """A frame as it travels: a few rows with their bytes as text, or all of them in the binary form."""

    columns: Sequence[str]
    few: pl.DataFrame | None
    binary: memoryview


def copy_frame(cursor: CursorWrapper, frame: pl.DataFrame, *, into: Landing) -> int:
    """Copy a frame into the columns of the same names, instead of what lies there; return the number of rows.

    Ids and bytes are hexadecimal text, JSON is text, arrays are lists. INSERT … SELECT goes on under row security.
    """
    return _copy(cursor, _lay_out(frame, into), into)


def copy_frames(cursor: CursorWrapper, frames: Iterable[pl.DataFrame], *, into: Landing) -> Iterator[int]:
    """Copy frame after frame as `copy_frame` does, and yield how many rows lie there now.

    While they are used, the next frame is laid out in a thread; frames are drawn in this one, which has the session.
    """
    with ThreadPoolExecutor(max_workers=1) as worker:
        laid: Future[_Laid] | None = None
        for frame in frames:
            before, laid = laid, worker.submit(_lay_out, frame, into)
            del frame
            if before is not None:
                rows = _copy(cursor, before.result(), into)
                # What went in is let go of before it is used: a frame and its form are a hundred megabytes.
                del before
                yield rows
        if laid is not None:
            yield _copy(cursor, laid.result(), into)


def _lay_out(frame: pl.DataFrame, into: Landing) -> _Laid:
    types = [into.type_of(column) for column in frame.columns]
    few = _with_bytes(frame, types) if frame.height < _FEW else None
    return _Laid(columns=frame.columns, few=few, binary=to_binary(frame, types) if few is None else memoryview(b""))


def _copy(cursor: CursorWrapper, laid: _Laid, into: Landing) -> int:
    # Plans upon a table outlive a DELETE and not a TRUNCATE.
    cursor.execute(into.emptied(by="truncate" if laid.few is None else "delete from"))
    statement = f"copy pg_temp.{into.name} ({', '.join(laid.columns)}) from stdin"
    # Django turns the driver's errors into its own for every call but this one.
    with (
        cursor.db.wrap_database_errors,
        cursor.copy(f"{statement} (format binary)" if laid.few is None else statement) as copy,
    ):
        if laid.few is None:
            copy.write(laid.binary)
        else:
            for row in laid.few.iter_rows():
                copy.write_row(row)
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
