"""Attack the tables: every cast context and every forged one, on every protected table, with every verb.

Each attack is answered by what PostgreSQL did and by `_rights`. More than allowed is a leak; less is a control that
failed, so that a table closed to everybody does not pass for a safe one. Everything is rolled back.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier, Literal
from tests.proofs._rights import RIGHTS
from tests.proofs._rules import may
from tests.proofs._world import Side, superuser

from chengxin.access import facade as access
from chengxin.database.contracts import Channel, Context
from chengxin.database.guard_key import key_file, read_key, sign
from chengxin.kernel.actor import ANYONE, Actor, Role, platform
from chengxin.kernel.clock import now

DENIED = psycopg.errors.InsufficientPrivilege
NOBODY = Context(actor_key="", roles=frozenset(), channel=cast("Channel", ""), purpose="")
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
)


@dataclass(frozen=True)
class Comer:
    """Who comes: a name for the report, the login, the context as it is, and how it is handed in."""

    name: str
    context: Context
    forge: str = ""
    login: str = "chengxin_web"

    @property
    def believed(self) -> Context:
        """Return what the database may believe: of a forgery, nothing."""
        return NOBODY if self.forge else self.context


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


PLATFORM_PURPOSES = (
    *("filing", "correction", "audit", "misuse_detection"),
    *("catalogue_change", "tip_handling", "breach_handling", "retention"),
    *("look_restriction", "own_summary", "presentation", "market_filing", "lead_detection", "dispute_handling"),
    "representation_handling",
)
ADMIN_PURPOSES = ("administration", "audit", "misuse_handling", "breach_handling", "emergency")
OFFICE_PURPOSES = (
    "oversight",
    "identity_review",
    "case_handling",
    "catalogue_change",
    "tip_handling",
    "emergency",
)


def comers(sides: Iterable[Side]) -> list[Comer]:
    """Return everybody the product lets in, through each door it opens to them, and the platform."""
    found = [Comer("anyone", Context.of(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"))]
    for side in sides:
        found += _of_side(side)
    found.append(Comer("anyone with a comment", Context.of(ANYONE, channel=Channel.PUBLIC, purpose="catalogue_change")))
    for purpose in PLATFORM_PURPOSES:
        keeper = Context.of(platform("sweep"), channel=Channel.JOB, purpose=purpose)
        found.append(Comer(f"worker for {purpose}", keeper, login="chengxin_worker"))
    return found


def _of_side(side: Side) -> Iterator[Comer]:
    office, letter = side.department, side.letter
    staff = (Channel.BODY, Channel.INTAKE, Channel.PUBLIC)
    plans: list[tuple[str, Actor, tuple[Channel, ...], tuple[str, ...]]] = [
        (
            *("clerk", office.clerk, staff),
            (
                "filing",
                "correction",
                "oversight",
                "determination",
                "look_restriction",
                "market_filing",
                "lead_handling",
                "dispute_handling",
            ),
        ),
        ("approver", office.approver, staff, ("filing_review", "correction", "determination", "look_restriction")),
        ("program", side.program, staff, ("filing", "correction", "identity_verification", "market_filing")),
        ("bank clerk", side.bank.clerk, (Channel.BODY, Channel.PUBLIC), ("correction", "public_viewing")),
        (
            "citizen",
            side.citizen,
            (Channel.SELF, Channel.PUBLIC),
            ("own_archive", "own_report", "own_summary", "dispute_handling"),
        ),
        ("office", side.office, (Channel.OFFICE, Channel.BODY), OFFICE_PURPOSES),
        ("hall", side.window, (Channel.BODY, Channel.PUBLIC), ("own_report_at_counter",)),
    ]
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        actor = Actor(key=f"account:{role}{letter}", roles=frozenset({role}), body=f"ADMIN{letter}", area=side.area)
        plans.append((role.value, actor, (Channel.OFFICE,), ADMIN_PURPOSES))
    for name, actor, channels, purposes in plans:
        for channel in channels:
            for purpose in purposes:
                context = Context.of(actor, channel=channel, purpose=purpose)
                yield Comer(f"{name} {letter} at {channel} for {purpose}", context)
    yield from _with_papers(side)


def _with_papers(side: Side) -> Iterator[Comer]:
    """Return those whose context names a subject, a visit or a code."""
    letter, office = side.letter, side.department
    reader = Actor(key=side.things["reader_key"], roles=frozenset({Role.CLIENT}), body=side.bank.body, area=side.area)
    yield Comer(f"reader {letter}", Context.of(reader, channel=Channel.BODY, purpose="correction"))
    asks = replace(Context.of(side.program, channel=Channel.QUERY, purpose="authorised_query"))
    yield Comer(f"program {letter} asks about the person", replace(asks, attended_id=side.citizen.subject_id))
    holds = replace(asks, attended_id=side.citizen.subject_id, case_ref=str(side.things["authorisation"]))
    yield Comer(f"program {letter} with the authorisation", holds)
    yield Comer(f"program {letter} with it about another", replace(holds, attended_id=side.guardian.subject_id))
    rushes = Context.of(side.office, channel=Channel.QUERY, purpose="emergency", case_ref=str(side.things["emergency"]))
    yield Comer(f"office {letter} in an emergency", replace(rushes, attended_id=side.citizen.subject_id))
    yield Comer(f"office {letter} in it about another", replace(rushes, attended_id=side.guardian.subject_id))
    invited = Context.of(side.guardian, channel=Channel.SELF, purpose="own_archive", case_ref=f"CODE{letter}")
    yield Comer(f"citizen {letter} with the code", invited)
    guardian = Context.of(side.guardian, channel=Channel.SELF, purpose="own_archive")
    yield Comer(f"guardian {letter}", guardian)
    yield from _after_a_trade(letter)
    yield from _for_another(side)
    visit = Context.of(
        side.window,
        channel=Channel.COUNTER,
        purpose="own_report_at_counter",
        case_ref=str(side.things["visit_id"]),
        attended_id=side.citizen.subject_id,
    )
    yield Comer(f"hall {letter} with the person", visit)
    number = str(side.things["case_number"])
    for name, actor in (("approver", office.approver), ("bank clerk", side.bank.clerk), ("office", side.office)):
        for channel in (Channel.BODY, Channel.OFFICE, Channel.INTAKE):
            handled = Context.of(actor, channel=channel, purpose="case_handling", case_ref=number)
            yield Comer(f"{name} {letter} at {channel} with the case", handled)
    yield Comer(f"hall {letter} with the letter", replace(visit, case_ref=str(side.things["mandate_visit"])))
    yield Comer(f"hall {letter} away from the counter", replace(visit, channel=Channel.BODY))
    # A clerk of another desk, or of none, names the same person.
    yield Comer(f"clerk {letter} at the counter", replace(visit, actor_key=office.clerk.key, roles=office.clerk.roles))
    verifies = Context.of(platform("v"), channel=Channel.JOB, purpose="public_viewing", case_ref=side.things["code"])
    yield Comer(f"verification {letter}", verifies)


def _after_a_trade(letter: str) -> Iterator[Comer]:
    """Return buyers who name order and buyer of a trade that both sides rated, of one that waits; who complained."""
    for what, place in (("an opened trade", 3), ("a trade that waits", 2)):
        named = "".join(hashlib.md5(f"{letter}{one}{place}".encode()).hexdigest() for one in ("order", "buyer"))
        follows = Context.of(ANYONE, channel=Channel.PUBLIC, purpose="review_following", case_ref=named)
        yield Comer(f"buyer {letter} of {what}", follows)
    tag = hashlib.md5(f"{letter}complaint".encode()).hexdigest()
    complains = Context.of(ANYONE, channel=Channel.PUBLIC, purpose="dispute_following", case_ref=tag)
    yield Comer(f"consumer {letter} with the code of a complaint", complains)


def _for_another(side: Side) -> Iterator[Comer]:
    """Return who acts for the citizen: on a mandate that lives, only to look, and on those that hold no longer."""
    letter = side.letter
    scope = frozenset({"record.read_own", "objection.file"})
    holds = access.representing(side.guardian, side.citizen.subject_id, scope=scope, ground="mandate")
    for holder, key in {"all": side.guardian.key, **side.things["holders"]}.items():
        acts = Context.of(replace(holds, key=key), channel=Channel.SELF, purpose="objection")
        yield Comer(f"representative {letter} with {holder}", acts)
    acts = Context.of(holds, channel=Channel.SELF, purpose="objection")
    yield Comer(f"representative {letter} at no door of theirs", replace(acts, channel=Channel.SELF))
    for whom in ("ward", "gone", "dead", "still", "stranger"):
        yield Comer(f"representative {letter} of the {whom}", replace(acts, represented_id=side.things[whom]))
    ward = replace(side.citizen, key=f"account:ward{letter}", subject_id=side.things["ward"])
    yield Comer(f"ward {letter}", Context.of(ward, channel=Channel.SELF, purpose="representation"))
    for number in side.things["applied"]:
        checks = Context.of(side.office, channel=Channel.OFFICE, purpose="representation_handling", case_ref=number)
        yield Comer(f"office {letter} checks {number}", checks)
        yield Comer(f"office {letter} has {number} at its desk", replace(checks, channel=Channel.BODY))


FORGERIES = ("absent", "unsigned", "own key", "other body", "platform role", "expired", "other session", "cut")


def forged(honest: Iterable[Comer]) -> Iterator[Comer]:
    """Return each comer again with every forgery of its context."""
    for comer in honest:
        for forgery in FORGERIES:
            yield replace(comer, name=f"{comer.name}, {forgery}", forge=forgery)


def claims(comer: Comer, pid: int) -> tuple[str, str]:
    """Return message and signature as the comer hands them in."""
    context = comer.context
    said: dict[str, Any] = {
        "actor_key": context.actor_key,
        "roles": sorted(context.roles),
        "body": context.body,
        "subject_id": str(context.subject_id or ""),
        "purpose": context.purpose,
        "channel": context.channel,
        "case_ref": context.case_ref,
        "attended_id": str(context.attended_id or ""),
        "represented_id": str(context.represented_id or ""),
        "at": now().timestamp(),
        "pid": pid + (comer.forge == "other session"),
        "expires": time.time() + (-1 if comer.forge == "expired" else 600),
    }
    key = b"a key of their own, thirty-two bytes" if comer.forge == "own key" else read_key(key_file())
    signature = sign(json.dumps(said), key=key)
    if comer.forge == "other body":
        said["body"] = "DEPTA" if context.body == "DEPTB" else "DEPTB"
    if comer.forge == "platform role":
        said |= {"actor_key": "platform:other", "roles": ["platform"], "channel": "job"}
    forms = {"absent": ("", ""), "unsigned": (json.dumps(said), ""), "cut": (json.dumps(said), signature[:-1])}
    return forms.get(comer.forge, (json.dumps(said), signature))


def attack(comer: Comer, tables: Iterable[str], seen: Snapshot, tally: Tally) -> None:
    """Let one comer try every verb on every row of the tables."""
    given = connection.settings_dict
    with psycopg.connect(host=given["HOST"], port=given["PORT"], dbname=given["NAME"], user=comer.login) as session:
        message, signature = claims(comer, session.info.backend_pid)
        session.execute(
            "select set_config('guard.context', %s, true), set_config('guard.signature', %s, true)",
            [message, signature],
        )
        for table in tables:
            _look(session, comer, table, seen, tally)
            for verb, statement in _blind(table):
                _strike(session, comer, table, verb=verb, statement=statement, seen=seen, tally=tally)
            _add(session, comer, table, seen, tally)
        session.rollback()


def _blind(table: str) -> Iterator[tuple[str, str]]:
    """Yield the statements that name no column, so that nothing but the verb's own policy stands in the way."""
    if RIGHTS[table].change:
        yield "update", f"update {table} set {RIGHTS[table].change}"
    if RIGHTS[table].crooked:
        yield "crooked_update", f"update {table} set {RIGHTS[table].crooked}"
    yield "delete", f"delete from {table}"


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
    verb: str,
    statement: str,
    seen: Snapshot,
    tally: Tally,
) -> None:
    """Try to change or delete everything at once: as many rows may be hit as are allowed."""
    passed, count = _tried(session, lambda: session.execute(statement).rowcount)
    tally.statements += 1
    allowed = sum(may(table, verb, comer.believed, row, seen.rows) for row in seen.rows[table])
    hit = (count if count is not None else allowed or 1) if passed else 0
    for place in range(max(len(seen.rows[table]), hit)):
        tally.note(place < allowed, place < hit, f"{comer.name} {verb}s {table}")


def _add(session: psycopg.Connection[Any], comer: Comer, table: str, seen: Snapshot, tally: Tally) -> None:
    """Try to add rows like those that are there, as they are and in the comer's own name."""
    for row in _samples(seen.rows[table]):
        in_own_name = row | {name: comer.context.actor_key for name in ACTORS if name in row}
        fresh = {"delivered_at": None, "receipt_at": None, "attempts": 0, "sender_body": comer.context.body}
        put_anew = in_own_name | {name: value for name, value in fresh.items() if name in row}
        for tried in [row, *(one for one in (in_own_name, put_anew) if one != row)]:
            columns = SQL(", ").join(map(Identifier, tried))
            statement = SQL(
                "insert into {0} ({1}) overriding system value select {1} from jsonb_populate_record(null::{0}, {2})"
            ).format(Identifier(table), columns, Literal(json.dumps(tried)))
            passed, _ = _tried(session, lambda statement=statement: session.execute(statement))
            tally.statements += 1
            expected = may(table, "insert", comer.believed, tried, seen.rows)
            tally.note(expected, passed, f"{comer.name} adds to {table}")


def _samples(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first rows of each owner."""
    owners: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        owner = next((row[name] for name in ("body", "sender_body", "source_body") if row.get(name)), "")
        owners.setdefault(owner, []).append(row)
    return [row for found in owners.values() for row in found[:3]]
