"""Leave out each condition of each policy, one at a time, as the catalogue tells it: `a and b and c` becomes `a and c`.

Each is broken, attacked and taken back within one transaction of one session, which takes the place of each comer in
turn; so thousands can be tried, and none is ever committed. What nobody notices is tried again with triggers asleep:
a trigger that says the same hides whether the condition holds anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import psycopg
from tests.proofs._comers import Comer
from tests.proofs._mutants import POLICIES, Policy
from tests.proofs._probes import probe
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


@dataclass(frozen=True)
class LeftOut:
    """How many conditions were left out, whose absence nobody noticed, and which of those only a trigger hid."""

    tried: int
    unnoticed: tuple[str, ...]
    behind_triggers: tuple[str, ...]


class Weakened(NamedTuple):
    """A policy that lacks a condition: what to call it, what makes it so, and where it shows."""

    name: str
    statement: str
    table: str
    verbs: frozenset[str]


def leave_out(comers: list[Comer], seen: Snapshot, *, tables: Collection[str] = ()) -> LeftOut:
    """Leave each condition out and attack; what nobody notices is tried again while triggers sleep."""
    with superuser() as session:
        session.autocommit = False
        policies = [Policy(*row) for row in session.execute(POLICIES).fetchall()]
        chosen = [one for one in policies if one.table in RIGHTS and (not tables or one.table in tables)]
        broken = [one for policy in chosen if "chengxin_app" in policy.roles for one in _without(policy)]
        everybody = [*comers, *_at_other_doors(comers)]
        awake = _unnoticed(session, broken, everybody, seen)
        session.rollback()
        session.execute("set session_replication_role = replica")
        session.commit()
        asleep = _unnoticed(session, awake, everybody, seen)
    hidden = tuple(one.name for one in awake if one not in asleep)
    return LeftOut(tried=len(broken), unnoticed=tuple(one.name for one in asleep), behind_triggers=hidden)


def _without(policy: Policy) -> Iterator[Weakened]:
    """Yield each way to leave a condition out; where both halves say it, from both, as each would hold alone."""
    halves = [dict(weakened(half)) if half else {} for half in (policy.using, policy.check)]
    verbs = frozenset({policy.verb}) if policy.verb != "all" else VERBS
    for term in dict.fromkeys([*halves[0], *halves[1]]):
        words = (("using", halves[0].get(term)), ("with check", halves[1].get(term)))
        changed = " ".join(f"{half} ({said})" for half, said in words if said)
        statement = f"alter policy {policy.name} on {policy.table} {changed}"
        yield Weakened(f"{policy.table}.{policy.name} without {term}", statement, policy.table, verbs)


def _at_other_doors(comers: list[Comer]) -> Iterator[Comer]:
    """Yield comers at doors the product never opens to them, and who comes as the platform does without being it."""
    for one in comers:
        context = one.context
        if Role.PLATFORM in context.roles:
            yield replace(one, name=f"{one.name}, at office", context=replace(context, channel=Channel.OFFICE))
            nobody = replace(context, roles=frozenset({Role.CITIZEN}))
            yield replace(one, name=f"{one.name}, without its role", context=nobody)
        elif context.body and context.channel == Channel.BODY:
            yield replace(one, name=f"{one.name}, at job", context=replace(context, channel=Channel.JOB))
        elif context.channel in {Channel.SELF, Channel.PUBLIC, Channel.OFFICE}:
            yield replace(one, name=f"{one.name}, at body", context=replace(context, channel=Channel.BODY))


def _unnoticed(
    session: psycopg.Connection[Any], broken: list[Weakened], comers: list[Comer], seen: Snapshot
) -> list[Weakened]:
    """Return those whose condition makes no difference to anybody: as much is reached with it as without."""
    whole: dict[tuple[str, frozenset[str]], dict[Comer, Counter[str]]] = {}
    missed, order = [], list(comers)
    for one in broken:
        session.rollback()
        if (one.table, one.verbs) not in whole:
            whole[one.table, one.verbs] = {comer: _struck(session, comer, one, seen) for comer in comers}
        session.execute(one.statement)  # type: ignore[call-overload] - the text is the catalogue's own
        before = whole[one.table, one.verbs]
        noticed_by = next((comer for comer in order if _struck(session, comer, one, seen) != before[comer]), None)
        if noticed_by is None:
            missed.append(one)
        else:
            # Who noticed this one often notices the next too.
            order.remove(noticed_by)
            order.insert(0, noticed_by)
    session.rollback()
    return missed


def _struck(session: psycopg.Connection[Any], comer: Comer, broken: Weakened, seen: Snapshot) -> Counter[str]:
    """Count what a comer reached that was not theirs, or did not reach that was, in the session's open transaction.

    Beside the blows of the second opinion each column is changed, and each filled in as a row is added; of these it
    counts what came of them, since only a difference between with and without a condition is asked for.
    """
    tally = Tally()
    session.execute("savepoint comer")
    session.execute(f"set local session authorization {comer.login}")  # type: ignore[call-overload]
    hand_in(session, comer)
    strike_all(session, comer, broken.table, seen=seen, tally=tally, verbs=broken.verbs)
    probed = Counter(probe(session, comer, broken.table, seen, verbs=broken.verbs))
    session.execute("rollback to savepoint comer")
    return Counter(tally.leaks) + Counter(f"not: {one}" for one in tally.failed_controls) + probed
