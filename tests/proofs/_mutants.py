"""Break each protection of the tables in turn: a proof that misses a broken protection proves nothing.

A policy is dropped, or one of its two conditions loosened; a table loses its row security; the guard believes what it
should not; a right is granted that nobody declared. Each must show as a leak or as a failed control.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.proofs._comers import Comer, forged
from tests.proofs._rights import RIGHTS
from tests.proofs._sql import Snapshot, Tally, attack
from tests.proofs._world import superuser

POLICIES = """
    select c.relname, p.polname, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
           case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete'
                         else 'all' end,
           p.polpermissive, p.polroles::regrole[]::text[]
      from pg_policy p join pg_class c on c.oid = p.polrelid
     where c.relnamespace = 'public'::regnamespace and not c.relispartition order by 1, 2
"""
FUNCTION = "select pg_get_functiondef('guard.{}'::regprocedure)"


@dataclass(frozen=True)
class Mutant:
    """One broken protection: what breaks it, what mends it, and the tables that show it."""

    name: str
    breaks: str
    mends: str
    tables: tuple[str, ...]
    by_forgery: bool = False


def mutants() -> list[Mutant]:
    """Return every mutant of the present catalogue."""
    with superuser() as looking:
        policies = looking.execute(POLICIES).fetchall()
        context, attended, represented = (
            looking.execute(FUNCTION.format(name)).fetchone()[0]
            for name in ("context()", "attended_id()", "represented_id(text)")
        )
    found = [mutant for policy in policies for mutant in _of_policy(Policy(*policy))]
    for table in RIGHTS:
        off = f"alter table {table} disable row level security"
        found.append(Mutant(f"{table} without row security", off, off.replace("disable", "enable"), (table,)))
        if not RIGHTS[table].delete:
            grant = f"grant delete on {table} to chengxin_app; create policy m on {table} for delete using (true)"
            revoke = f"drop policy m on {table}; revoke delete on {table} from chengxin_app"
            found.append(Mutant(f"{table} with a right to delete", grant, revoke, (table,)))
    return [*found, *_of_guard(context, attended), *_of_mandate(represented), *_of_walls()]


class Policy(NamedTuple):
    """A policy as the catalogue tells it."""

    table: str
    name: str
    using: str | None
    check: str | None
    verb: str
    permits: bool
    roles: list[str]


# What a trigger says too, word for word, so that leaving it out of the policy shows in nothing (ADR 0136).
DOUBLED = {("honours_nomination", "sweep_empties")}


def _of_policy(policy: Policy) -> Iterator[Mutant]:
    table, name, using, check, verb, permits, roles = policy
    conditions = (f" using ({using})" if using else "") + (f" with check ({check})" if check else "")
    kind = "permissive" if permits else "restrictive"
    again = f"create policy {name} on {table} as {kind} for {verb} to {', '.join(roles)}{conditions}"
    # What only a function of the owner reads shows in what that function opens or keeps back.
    tables = (table,) if "chengxin_app" in roles else (table, "subjects_name", "audit_event")
    yield Mutant(f"{table}.{name} dropped", f"drop policy {name} on {table}", again, tables)
    # Where both conditions say the same, each holds alone: they are loosened together.
    whole = (" using (true)" if using else "") + (" with check (true)" if check else "")
    mends = f"alter policy {name} on {table}{conditions}"
    # What everybody reads already is not loosened by saying so again.
    if whole != conditions:
        yield Mutant(f"{table}.{name} loosened", f"alter policy {name} on {table}{whole}", mends, tables)
    if verb == "update" and table in RIGHTS and RIGHTS[table].crooked and (table, name) not in DOUBLED:
        check_only = f"alter policy {name} on {table} with check (true)"
        yield Mutant(f"{table}.{name} without its check", check_only, mends, (table,))


def _of_guard(context: str, attended: str) -> Iterator[Mutant]:
    tables = ("records_version", "intake_batch", "archives_report")
    for name, part, instead in (
        ("unsigned contexts", "if not exists (", "if false and not exists ("),
        ("expired contexts", "> statement_timestamp()", "> 'epoch'::timestamptz"),
        ("contexts of other sessions", "= pg_backend_pid()", "> 0"),
    ):
        broken = context.replace(part, instead)
        assert broken != context, f"the guard is written otherwise: {part}"
        yield Mutant(f"the guard believes {name}", broken, context, tables, by_forgery=True)
    shown_by = ("records_version", "subjects_name", "archives_report")
    for pattern in (r"guard\.has_role\('hall_clerk'[^)]*\)", r"\(guard\.channel\(\) = 'counter'[^)]*\)"):
        broken = re.sub(pattern, "true", attended)
        assert broken != attended, f"the guard is written otherwise: {attended}"
        yield Mutant(f"a counter without {pattern}", broken, attended, shown_by)


def _of_mandate(represented: str) -> Iterator[Mutant]:
    for name, part, instead in (
        ("taken back", "(m.ended_at IS NULL)", "true"),
        ("past its last day", "(m.ends_on > guard.legal_day())", "true"),
        ("that rests", "(m.rests_since IS NULL)", "true"),
        ("of a counter an hour ago", "(m.granted_at > (guard.moment() - '01:00:00'::interval))", "true"),
        ("of another scope", "(represented_id.scope = ANY ((m.scopes)::text[]))", "true"),
        ("of the dead", "'mandate'::text THEN 'active'", "'mandate'::text THEN 'deceased'"),
        ("of a guardian for who is of full capacity", "THEN 'guardianship'", "THEN 'active'"),
        ("of next of kin for the living", "THEN 'deceased'", "THEN 'active'"),
    ):
        broken = represented.replace(part, instead)
        assert broken != represented, f"the guard is written otherwise: {represented}"
        yield Mutant(f"a mandate {name}", broken, represented, ("subjects_name", "casework_case"))


# What is a person's own and no representative's, whatever their scope: consents, credentials, points, what they show.
OWN_ALONE = (
    "consents_authorisation",
    "consents_freeze",
    "consents_step",
    "consents_use",
    "credentials_credential",
    "incentives_choice",
    "incentives_member",
    "presentations_presentation",
)


def _of_walls() -> Iterator[Mutant]:
    """Yield each such table opened to who may look, and to who may object; then rows may be added too."""
    for table in OWN_ALONE:
        for scope in ("look", "object"):
            theirs = f"(subject_id = (select guard.represented_id('{scope}')))"
            opened = f"create policy m on {table} using {theirs} with check {theirs}"
            yield Mutant(f"{table} open to who may {scope}", opened, f"drop policy m on {table}", (table,))


def caught_by(mutant: Mutant, comers: list[Comer], seen: Snapshot) -> str:
    """Break, attack until it shows, mend; return what showed it, or nothing."""
    everybody = list(forged(comers[:9])) if mutant.by_forgery else [*comers, *forged(comers[:1])]
    _run(mutant.breaks)
    try:
        for comer in everybody:
            tally = Tally()
            attack(comer, mutant.tables, seen, tally)
            if tally.leaks or tally.failed_controls:
                return (tally.leaks or tally.failed_controls)[0]
    finally:
        _run(mutant.mends)
    return ""


def _run(statement: str) -> Any:
    with superuser() as admin:
        admin.execute(statement)
