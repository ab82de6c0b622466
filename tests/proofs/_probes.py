"""Try what no second opinion speaks of: change each column that may be changed, fill each in as a row is added.

A probe answers with what PostgreSQL did. It is no leak by itself; that it answers otherwise once a condition is left
out shows that the condition holds something.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier, Literal
from tests.proofs._comers import Comer
from tests.proofs._sql import ACTORS, Snapshot

COLUMNS = """
    select a.attname::text, format_type(a.atttypid, null), a.attnotnull,
           has_column_privilege('chengxin_app', a.attrelid, a.attnum, 'update')
      from pg_attribute a
     where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by a.attnum
"""
# Values of a type that differ from what most rows hold.
VALUES: dict[str, tuple[Any, ...]] = {
    "timestamp with time zone": ("2026-11-02T00:00:00+00:00", "2126-01-01T00:00:00+00:00"),
    "date": ("2026-11-02", "2126-01-01"),
    "character varying": ("", "x"),
    "text": ("", "x"),
    "bytea": ("\\x", "\\x02"),
    "uuid": ("01a20621-ad00-70a6-8882-8129e30ef544",),
    "boolean": (True, False),
    "integer": (0, 7),
    "smallint": (0, 7),
    "jsonb": ("[]",),
}
Column = tuple[str, tuple[Any, ...], bool]


TRIED = """
    do $probe$
    declare
        statement text;
        came text := '';
        hit integer;
    begin
        foreach statement in array {}::text[] loop
            begin
                execute statement;
                get diagnostics hit = row_count;
                raise exception using errcode = 'ZZ999', message = hit::text;
            exception
                when sqlstate 'ZZ999' then came := came || sqlerrm || ' ';
                when others then came := came || sqlstate || ' ';
            end;
        end loop;
        perform set_config('probe.came', came, true);
    end $probe$
"""


def probe(
    session: psycopg.Connection[Any], comer: Comer, table: str, seen: Snapshot, *, verbs: frozenset[str]
) -> list[str]:
    """Return what came of each probe of the verbs, in the session's open transaction: rows hit, or a code of an error.

    All are tried within one statement of the server's own language, each undone before the next.
    """
    tried = [one.as_string(session) for one in _probes(session, comer, table, seen, verbs=verbs)]
    if not tried:
        return []
    session.execute(SQL(TRIED).format(Literal(tried)))
    row = session.execute("select current_setting('probe.came')").fetchone()
    assert row is not None
    return [f"{comer.name}: {one} came to {came}" for one, came in zip(tried, row[0].split(), strict=True)]


def _probes(
    session: psycopg.Connection[Any], comer: Comer, table: str, seen: Snapshot, *, verbs: frozenset[str]
) -> Iterator[psycopg.sql.Composed]:
    columns = _columns(session.info.dbname, table)
    if "update" in verbs:
        for name, values, may_change in columns:
            for value in values if may_change else ():
                yield SQL("update {} set {} = {}").format(Identifier(table), Identifier(name), Literal(value))
    if "insert" in verbs and seen.rows[table]:
        for place in {0, len(seen.rows[table]) - 1}:
            row = _in_own_name(seen.rows[table][place], comer)
            for name, values, _ in columns:
                yield from (_adding(table, row | {name: value}) for value in values[:2] if row[name] != value)


def _in_own_name(row: dict[str, Any], comer: Comer) -> dict[str, Any]:
    own = {name: comer.context.actor_key for name in ACTORS if name in row and name != "recipient"}
    about = {"subject_id": str(comer.context.subject_id)} if "subject_id" in row and comer.context.subject_id else {}
    theirs = {name: comer.context.body for name in ("body", "platform") if name in row and comer.context.body}
    return row | own | about | theirs


def _adding(table: str, row: dict[str, Any]) -> psycopg.sql.Composed:
    return SQL(
        "insert into {0} ({1}) overriding system value select {1} from jsonb_populate_record(null::{0}, {2})"
    ).format(Identifier(table), SQL(", ").join(map(Identifier, row)), Literal(json.dumps(row)))


@cache
def _columns(_database: str, table: str) -> tuple[Column, ...]:
    """Return the columns of a table: name, values to try, and whether the application may change it."""
    from tests.proofs._world import superuser

    with superuser() as looking:
        rows = looking.execute(COLUMNS, [table]).fetchall()
    return tuple(
        (name, (*VALUES.get(kind, ()), *(() if is_needed else (None,))), may_change)
        for name, kind, is_needed, may_change in rows
    )
