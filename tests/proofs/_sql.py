"""Attack the tables: every cast context and every forged one, on every protected table, with every verb.

Each attack is answered by what PostgreSQL did and by `_rights`. More than allowed is a leak; less is a control that
failed, so that a table closed to everybody does not pass for a safe one. Everything is rolled back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier, Literal
from tests.proofs._comers import Comer, claims
from tests.proofs._rights import RIGHTS
from tests.proofs._rules import Rule, may
from tests.proofs._world import superuser

DENIED = psycopg.errors.InsufficientPrivilege
ACTORS = (
    "account_key",
    "uploaded_by",
    "opened_by",
    "actor_key",
    "set_by",
    "fixed_by",
    "sender_key",
    "clerk_key",
    "applied_by",
    "drafted_by",
    "owner_key",
    "proposed_by",
    "created_by",
    "asked_by",
    "granted_by",
    "registered_by",
    "recipient",
)


@dataclass
class Tally:
    """What was tried and what came of it."""

    attempts: int = 0
    refused: int = 0
    controls: int = 0
    statements: int = 0

    def __post_init__(self) -> None:
        self.leaks: list[str] = []
        self.failed_controls: list[str] = []

    def note(self, expected: bool, happened: bool, what: str) -> None:
        """Count one attempt on one row."""
        self.attempts += 1
        self.controls += expected
        self.refused += not expected and not happened
        if happened and not expected:
            self.leaks.append(what)
        if expected and not happened:
            self.failed_controls.append(what)


@dataclass(frozen=True)
class Snapshot:
    """All protected rows as they are, with the columns that tell them apart."""

    rows: dict[str, list[dict[str, Any]]]
    keys: dict[str, list[str]]

    def key_of(self, table: str, row: dict[str, Any]) -> tuple[str, ...]:
        """Return the primary key of a row as texts."""
        return tuple(str(row[column]) for column in self.keys[table])


PROTECTED = """
    select c.relname, array_agg(a.attname::text order by a.attnum)
      from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
      join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
     where c.relnamespace = 'public'::regnamespace and c.relrowsecurity and not c.relispartition
     group by c.relname order by c.relname
"""


def protected_tables() -> list[str]:
    """Return the tables under row security."""
    with superuser() as looking:
        return [name for name, _ in looking.execute(PROTECTED).fetchall()]


def snapshot() -> Snapshot:
    """Read every protected row past row security."""
    with superuser() as looking:
        keys = dict(looking.execute(PROTECTED).fetchall())
        rows = {
            table: [row for (row,) in looking.execute(f"select to_jsonb(t) from {table} t").fetchall()]
            for table in [*keys, "access_body"]
        }
    return Snapshot(rows=rows, keys=keys)


VERBS = frozenset({"select", "insert", "update", "delete"})


def attack(comer: Comer, tables: Iterable[str], seen: Snapshot, tally: Tally) -> None:
    """Let one comer try every verb on every row of the tables."""
    given = connection.settings_dict
    with psycopg.connect(host=given["HOST"], port=given["PORT"], dbname=given["NAME"], user=comer.login) as session:
        hand_in(session, comer)
        for table in tables:
            strike_all(session, comer, table, seen=seen, tally=tally)
        session.rollback()


def hand_in(session: psycopg.Connection[Any], comer: Comer) -> None:
    """Hand in a comer's context for the transaction that is open."""
    message, signature = claims(comer, session.info.backend_pid)
    session.execute(
        "select set_config('guard.context', %s, true), set_config('guard.signature', %s, true)", [message, signature]
    )


def strike_all(
    session: psycopg.Connection[Any],
    comer: Comer,
    table: str,
    *,
    seen: Snapshot,
    tally: Tally,
    verbs: frozenset[str] = VERBS,
) -> None:
    """Try the verbs on every row of a table."""
    if "select" in verbs:
        _look(session, comer, table, seen, tally)
    for blow in _blind(table):
        if blow.verb.removeprefix("crooked_") in verbs:
            _strike(session, comer, table, blow=blow, seen=seen, tally=tally)
    if "insert" in verbs:
        _add(session, comer, table, seen, tally)


class Blow(NamedTuple):
    """A change of every row of a table, and who may make it."""

    verb: str
    statement: str
    rules: tuple[Rule, ...]


def _blind(table: str) -> Iterator[Blow]:
    """Yield the statements that name no column, so that nothing but the verb's own policy stands in the way."""
    rights = RIGHTS[table]
    if rights.change:
        yield Blow("update", f"update {table} set {rights.change}", rights.update)
    if rights.crooked:
        yield Blow("crooked_update", f"update {table} set {rights.crooked}", rights.crooked_update)
    for change, rules in rights.further.items():
        yield Blow("crooked_update", f"update {table} set {change}", rules)
    yield Blow("delete", f"delete from {table}", rights.delete)


def _tried(session: psycopg.Connection[Any], work: Callable[[], Any]) -> tuple[bool, Any]:
    """Try within a savepoint that is always undone; a refusal by right is False, anything else got through."""
    session.execute("savepoint a")
    try:
        return True, work()
    except DENIED:
        return False, None
    except psycopg.Error:
        # It came past the policies and stumbled over a constraint.
        return True, None
    finally:
        session.execute("rollback to savepoint a")
        session.execute("release savepoint a")


def _look(session: psycopg.Connection[Any], comer: Comer, table: str, seen: Snapshot, tally: Tally) -> None:
    columns = SQL(", ").join(SQL("{}::text").format(Identifier(name)) for name in seen.keys[table])
    query = SQL("select {} from {}").format(columns, Identifier(table))
    _, found = _tried(session, lambda: set(session.execute(query).fetchall()))
    tally.statements += 1
    for row in seen.rows[table]:
        expected = may(table, "select", comer.believed, row, seen.rows)
        tally.note(expected, seen.key_of(table, row) in (found or ()), f"{comer.name} reads {table}")


def _strike(
    session: psycopg.Connection[Any],
    comer: Comer,
    table: str,
    *,
    blow: Blow,
    seen: Snapshot,
    tally: Tally,
) -> None:
    """Try to change or delete everything at once: as many rows may be hit as are allowed."""
    passed, count = _tried(session, lambda: session.execute(blow.statement).rowcount)
    tally.statements += 1
    permitted = [any(rule(comer.believed, row, seen.rows) for rule in blow.rules) for row in seen.rows[table]]
    what = f"{comer.name} {blow.verb}s {table}"
    if passed and count is None and _alone(session, table, blow, seen, permitted):
        tally.leaks.append(what)
    allowed = sum(permitted)
    hit = (count if count is not None else allowed or 1) if passed else 0
    for place in range(max(len(seen.rows[table]), hit)):
        tally.note(place < allowed, place < hit, what)


def _alone(session: psycopg.Connection[Any], table: str, blow: Blow, seen: Snapshot, permitted: list[bool]) -> bool:
    """Tell whether a change that stumbled over a row comes past the policies at one that is not its comer's."""
    where = SQL(" and ").join(SQL("{}::text = %s").format(Identifier(name)) for name in seen.keys[table])
    statement = SQL("{} where {}").format(SQL(blow.statement), where)  # type: ignore[arg-type] - our own words
    for row, is_permitted in zip(seen.rows[table], permitted, strict=True):
        key = seen.key_of(table, row)
        if not is_permitted:
            passed, count = _tried(session, lambda key=key: session.execute(statement, key).rowcount)
            if passed and count != 0:
                return True
    return False


def _add(session: psycopg.Connection[Any], comer: Comer, table: str, seen: Snapshot, tally: Tally) -> None:
    """Try to add rows like those that are there, as they are and in the comer's own name."""
    for row in _samples(seen.rows[table]):
        in_own_name = row | {name: comer.context.actor_key for name in ACTORS if _is_actor(name, row)}
        fresh = {"delivered_at": None, "receipt_at": None, "attempts": 0, "sender_body": comer.context.body}
        put_anew = in_own_name | {name: value for name, value in fresh.items() if name in row}
        but_one = [put_anew | {name: row[name]} for name in row if row[name] != put_anew[name]]
        for tried in [row, *(one for one in (in_own_name, put_anew, *but_one) if one != row)]:
            columns = SQL(", ").join(map(Identifier, tried))
            statement = SQL(
                "insert into {0} ({1}) overriding system value select {1} from jsonb_populate_record(null::{0}, {2})"
            ).format(Identifier(table), columns, Literal(json.dumps(tried)))
            passed, _ = _tried(session, lambda statement=statement: session.execute(statement))
            tally.statements += 1
            expected = may(table, "insert", comer.believed, tried, seen.rows)
            tally.note(expected, passed, f"{comer.name} adds to {table}")


def _is_actor(name: str, row: dict[str, Any]) -> bool:
    """Tell whether a column names who acts; a recipient may also be sealed, and then it names nobody."""
    return name in row and (name != "recipient" or ":" in str(row[name]))


def _samples(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first rows of each owner."""
    owners: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        owner = next((row[name] for name in ("body", "sender_body", "source_body") if row.get(name)), "")
        owners.setdefault(owner, []).append(row)
    return [row for found in owners.values() for row in found[:3]]
