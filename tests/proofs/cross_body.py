"""Nobody reaches across: not by SQL with the web's own login, not by any address with any sign-in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection

import pytest
from tests.proofs import _comers, _http, _sql
from tests.proofs._conditions import leave_out
from tests.proofs._mutants import caught_by, mutants
from tests.proofs._rights import RIGHTS
from tests.proofs._world import Side, world

SUMMARY = "No body, citizen, program or visitor reads or changes what is another's, by SQL or over HTTP."
Report = Callable[[str], None]


def run(short: bool, report: Report) -> dict[str, int | float]:
    """Attack from both sides, then break the protections one by one and attack again."""
    with world(size=2 if short else 12) as sides:
        report("both sides of the province stand")
        counts = by_sql(sides, short=short, report=report)
        counts |= by_http(sides, short=short, report=report)
        return counts | broken(sides, short=short, report=report)


def by_sql(sides: tuple[Side, Side], *, short: bool, report: Report) -> dict[str, int | float]:
    """Let every context, honest and forged, try every verb on every protected table."""
    seen, tally = _sql.snapshot(), _sql.Tally()
    unknown = sorted(set(seen.keys) - set(RIGHTS))
    if unknown:
        # Counted, so that it is seen; a package that comes with tables writes their rights into _rights.py.
        report(f"no second opinion in _rights.py about {', '.join(unknown)}")
    empty = [table for table in RIGHTS if not seen.rows[table]]
    assert empty == [], f"no row to attack in {', '.join(empty)}"
    honest = _comers.comers(sides)
    forgers = list(_comers.forged(honest))
    everybody = [*honest[::15], *forgers[::450]] if short else [*honest, *forgers]
    for place, comer in enumerate(everybody):
        # In short each comer tries every second table, and the next one the others.
        _sql.attack(comer, list(RIGHTS)[place % 2 :: 2] if short else RIGHTS, seen, tally)
        if place % 100 == 99:
            report(f"SQL: {place + 1} of {len(everybody)} have tried, {tally.attempts:,} attempts")
    report(f"SQL: all {len(everybody)} have tried, {tally.attempts:,} attempts")
    _none("SQL", tally.leaks, tally.failed_controls)
    return {
        "sql_contexts": len(everybody),
        "sql_statements": tally.statements,
        "sql_attempts": tally.attempts,
        "sql_refused": tally.refused,
        "sql_controls": tally.controls,
        "sql_leaks": len(tally.leaks),
        "tables": len(RIGHTS),
        "tables_without_second_opinion": len(unknown),
    }


def by_http(sides: tuple[Side, Side], *, short: bool, report: Report) -> dict[str, int | float]:
    """Let everybody of one side ask every address for the other side's things, and each for its own."""
    asked = _http.Asked()
    for side in sides:
        _http.control(side, asked)
    for attackers, victim in [tuple(sides)] if short else [tuple(sides), tuple(reversed(sides))]:
        _http.attack(attackers, victim, short=short, asked=asked)
        report(f"HTTP: {attackers.letter} has asked for what is {victim.letter}'s, {asked.requests:,} requests")
    _none("HTTP", asked.leaks, asked.failed_controls)
    return {"http_requests": asked.requests, "http_controls": asked.controls, "http_leaks": len(asked.leaks)}


def broken(sides: tuple[Side, Side], *, short: bool, report: Report) -> dict[str, int | float]:
    """Break each protection and see that the attack notices."""
    seen, comers = _sql.snapshot(), _comers.comers(sides)
    found = mutants()
    chosen = found[:: len(found) // 3] if short else found
    missed = []
    for place, mutant in enumerate(chosen):
        if not caught_by(mutant, comers, seen):
            missed.append(mutant.name)
            report(f"not noticed: {mutant.name}")
        if place % 25 == 24:
            report(f"{place + 1} of {len(chosen)} protections broken")
    if not _notices_a_program_without_secret(sides):
        missed.append("a program's secret is not compared")
    assert missed == [], f"{len(missed)} broken protections went unnoticed: {', '.join(missed)}"
    counts: dict[str, int | float] = {"mutants": len(chosen) + 1, "mutants_caught": len(chosen) + 1 - len(missed)}
    if short:
        return counts
    # Both sides are alike: who comes from one of them tries the rows of both.
    return counts | by_condition(_comers.comers(sides[:1]), seen, report=report)


def by_condition(
    comers: list[_comers.Comer], seen: _sql.Snapshot, *, report: Report, tables: Collection[str] = ()
) -> dict[str, int | float]:
    """Leave out each condition of each policy in turn; what goes unnoticed is reported, for a person to look at.

    It is no failure: a condition may say what another, a grant or a trigger says too.
    """
    found = leave_out(comers, seen, tables=tables)
    for name in found.behind_triggers:
        report(f"noticed while triggers sleep only: {name}")
    for name in found.unnoticed:
        report(f"not noticed: {name}")
    return {
        "conditions": found.tried,
        "conditions_behind_triggers": len(found.behind_triggers),
        "conditions_unnoticed": len(found.unnoticed),
    }


def _notices_a_program_without_secret(sides: tuple[Side, Side]) -> bool:
    asked = _http.Asked()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chengxin.access.credentials.hmac.compare_digest", lambda *_: True)
        _http.attack(*sides, short=True, asked=asked, only="forged program")
    return bool(asked.leaks)


def _none(how: str, leaks: list[str], failed: list[str]) -> None:
    for what, found in (("leaks", leaks), ("positive controls failed", failed)):
        shown = "; ".join(f"{count} × {one}" for one, count in Counter(found).most_common(8))
        assert not found, f"{how}: {len(found)} {what}: {shown}"
