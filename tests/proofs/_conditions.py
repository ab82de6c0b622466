"""Leave out each condition of each policy, one at a time, as the catalogue tells it: `a and b and c` becomes `a and c`.

Each is broken, attacked and taken back within one transaction of one session, which takes the place of each comer in
turn; so thousands can be tried, and none is ever committed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import psycopg
from tests.proofs._comers import Comer
from tests.proofs._mutants import POLICIES, Policy
from tests.proofs._rights import RIGHTS
from tests.proofs._sql import VERBS, Snapshot, Tally, hand_in, strike_all
from tests.proofs._world import superuser

from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Role

AND = " AND "


def weakened(expression: str) -> Iterator[tuple[str, str]]:
    """Yield each condition of an expression, at any depth, with the expression that lacks it.

    >>> list(weakened("((a = 1) AND (b = 'x AND (y'))"))
    [("(a = 1)", "((b = 'x AND (y'))"), ("(b = 'x AND (y')", "((a = 1))")]
    """
    for start, end in _groups(expression):
        terms = _terms(expression[start:end])
        for place, term in enumerate(terms):
            rest = AND.join(terms[:place] + terms[place + 1 :])
            if len(terms) > 1:
                yield term, expression[:start] + rest + expression[end:]


def _groups(expression: str) -> Iterator[tuple[int, int]]:
    """Yield where the inside of each pair of brackets begins and ends; a quoted text has none."""
    opened: list[int] = []
    is_quoted = False
    for place, sign in enumerate(expression):
        if sign == "'":
            is_quoted = not is_quoted
        elif sign == "(" and not is_quoted:
            opened.append(place + 1)
        elif sign == ")" and not is_quoted:
            yield opened.pop(), place


def _terms(inside: str) -> list[str]:
    """Return what is joined by AND at the top of an expression without its brackets."""
    covered = [False] * len(inside)
    depth, is_quoted = 0, False
    for place, sign in enumerate(inside):
        if sign == "'":
            is_quoted = not is_quoted
        depth += 0 if is_quoted else (sign == "(") - (sign == ")")
        covered[place] = is_quoted or depth > 0
    terms, start, place = [], 0, inside.find(AND)
    while place >= 0:
        if not covered[place]:
            terms.append(inside[start:place])
            start = place + len(AND)
        place = inside.find(AND, place + 1)
    return [*terms, inside[start:]]


def unnoticed(comers: list[Comer], seen: Snapshot, *, tables: Collection[str] = ()) -> tuple[int, list[str]]:
    """Return how many conditions were left out, and those whose absence nobody noticed."""
    with superuser() as session:
        session.autocommit = False
        policies = [Policy(*row) for row in session.execute(POLICIES).fetchall()]
        chosen = [one for one in policies if one.table in RIGHTS and (not tables or one.table in tables)]
        everybody = [*comers, *_at_other_doors(session, comers, {one.table for one in chosen}, seen)]
        broken = [mutant for policy in chosen if "chengxin_app" in policy.roles for mutant in _without(policy)]
        missed = [name for name, statement, policy in broken if not _shows(session, statement, policy, everybody, seen)]
    return len(broken), missed


def _without(policy: Policy) -> Iterator[tuple[str, str, Policy]]:
    """Yield each way to leave a condition out; where both halves say it, from both, as each would hold alone."""
    halves = [dict(weakened(half)) if half else {} for half in (policy.using, policy.check)]
    for term in dict.fromkeys([*halves[0], *halves[1]]):
        words = (("using", halves[0].get(term)), ("with check", halves[1].get(term)))
        changed = " ".join(f"{half} ({said})" for half, said in words if said)
        yield (
            f"{policy.table}.{policy.name} without {term}",
            f"alter policy {policy.name} on {policy.table} {changed}",
            policy,
        )


def _at_other_doors(
    session: psycopg.Connection[Any], comers: list[Comer], tables: Collection[str], seen: Snapshot
) -> list[Comer]:
    """Return the platform and staff at doors the product never opens to them, where that alone shows nothing."""
    found = []
    for one in comers:
        door = Channel.OFFICE if Role.PLATFORM in one.context.roles else Channel.JOB
        if Role.PLATFORM in one.context.roles or (one.context.body and one.context.channel == Channel.BODY):
            found.append(replace(one, name=f"{one.name}, at {door}", context=replace(one.context, channel=door)))
    return [one for one in found if not any(_struck(session, one, table, seen, VERBS) for table in tables)]


def _shows(
    session: psycopg.Connection[Any], statement: str, policy: Policy, comers: list[Comer], seen: Snapshot
) -> bool:
    verbs = frozenset({policy.verb}) if policy.verb != "all" else VERBS
    session.rollback()
    session.execute(statement)  # type: ignore[call-overload] - the text is the catalogue's own
    is_shown = any(_struck(session, comer, policy.table, seen, verbs) for comer in comers)
    session.rollback()
    return is_shown


def _struck(
    session: psycopg.Connection[Any], comer: Comer, table: str, seen: Snapshot, verbs: frozenset[str]
) -> list[str]:
    """Return what a comer reached that was not theirs, or did not reach that was, in the session's open transaction."""
    tally = Tally()
    session.execute("savepoint comer")
    session.execute(f"set local session authorization {comer.login}")  # type: ignore[call-overload]
    hand_in(session, comer)
    strike_all(session, comer, table, seen=seen, tally=tally, verbs=verbs)
    session.execute("rollback to savepoint comer")
    return tally.leaks or tally.failed_controls
