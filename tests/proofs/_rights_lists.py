"""The second opinion on lists, measures, commitments and clearances: who keeps, whose each is, who promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.proofs._rules import Rights, Row, Rows, body, both, doors, own, platform, subject, sweeps, where

from chengxin.database.contracts import Context
from chengxin.kernel.actor import Role


def on_public_list(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow operators whose entry is public and stands; never a natural person."""
    shown = row["subject_kind"] != "natural_person" and row["public_at"] is not None and row["ended_at"] is None
    return shown and who.channel in {"public", "self", "body", "intake"}


def everybody(_who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow what is public."""
    return True


def promised_in_public(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow what operators promise, and of a person what is asked for by its number."""
    return bool(who.channel) and (not row["is_person"] or (who.channel == "public" and row["number"] == who.case_ref))


def rests_on_something(who: Context, row: Row, rows: Rows) -> bool:
    """Allow a watch of whom the body has a record, an open case or a standing consent about."""
    theirs = {"body": row["body"], "subject_id": row["subject_id"]}
    case = {**theirs, "number": row["reference"], "is_closed": False}
    consent = {**theirs, "revoked_at": None}
    record = {**theirs, "record_id": row["reference"], "superseded_at": None}
    return (
        any(_is(one, case) for one in rows["casework_case"])
        or any(_is(one, record) for one in rows["records_version"])
        or any(_is(one, consent) and str(one["id"]) == row["reference"] for one in rows["consents_authorisation"])
    )


def _is(row: Row, said: Mapping[str, Any]) -> bool:
    return all(row[name] == value for name, value in said.items())


PROGRAM = both(body("body"), doors("body", role=Role.CLIENT))
SETS = both(own("set_by"), where(ended_at=None), rests_on_something)
RUNS = where(ended_at=None)
CLERK, OFFICER = (both(body("body"), doors("body", role=role)) for role in (Role.CLERK, Role.CASE_OFFICER))
FRESH = both(own("proposed_by"), where(confirmed_at=None, withdrawn_at=None))
STANDS = where(withdrawn_at=None)


def matches(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow the platform that keeps the indexes of matching, by whatever door."""
    return Role.PLATFORM in who.roles and who.purpose == "list_matching"


LISTS: dict[str, Rights] = {
    "commitments_commitment": Rights(
        select=(promised_in_public, subject("self")),
        insert=(both(subject("self"), own("signed_by"), where(replaced_at=None)),),
        update=(both(subject("self"), where(replaced_at=None)),),
        change="replaced_at = now()",
    ),
    "lists_entry": Rights(
        select=(platform(), on_public_list, body("body", "intake"), subject("self")),
        insert=(platform(),),
        update=(platform(),),
        change="ends_on = '2031-01-01'",
    ),
    "lists_listing": Rights(select=(body("body", "intake"), subject("self"), platform()), insert=(body("intake"),)),
    "lists_change": Rights(select=(everybody,), insert=(platform(),)),
    "lists_subscriber": Rights(
        select=(own("recipient"), platform()),
        insert=(both(own("recipient"), body()),),
        update=(own("recipient"),),
        change="ended_at = now()",
    ),
    "measures_applied": Rights(
        select=(body("body", "intake"), subject("self"), platform()),
        insert=(both(body("intake"), where(ended_at=None)),),
        update=(both(body("body"), where(ended_at=None)), both(platform(), where(ended_at=None))),
        change="ended_at = now(), ended_because = 'term'",
        crooked="result = 'x'",
        crooked_update=(both(body("body"), where(ended_at=None)),),
    ),
    "watches_watch": Rights(
        select=(body("body"), subject("self", "report"), platform()),
        insert=(both(CLERK, SETS), both(OFFICER, SETS), both(PROGRAM, SETS)),
        update=(both(CLERK, RUNS), both(OFFICER, RUNS), both(PROGRAM, RUNS), both(platform(), RUNS)),
        change="ended_at = now(), ended_because = 'term'",
    ),
    "matching_clearance": Rights(
        select=(body("body"), sweeps),
        insert=(both(CLERK, FRESH), both(OFFICER, FRESH)),
        update=(both(CLERK, STANDS), both(OFFICER, STANDS)),
        change="withdrawn_at = now()",
        crooked="confirmed_by = 'account:nobody', confirmed_at = now()",
        crooked_update=(),
    ),
    "matching_line": Rights(
        select=(matches, sweeps),
        insert=(matches,),
        update=(both(matches, lambda _who, row, _rows: row["digest"] is not None),),
        change="seen_on = '2026-12-01'",
        crooked="name = 'x', digest = null",
        crooked_update=(),
    ),
    "matching_segment": Rights(
        select=(matches, sweeps), insert=(matches,), update=(matches,), change="seen_on = '2026-12-01'"
    ),
    "matching_answer": Rights(
        select=(matches, sweeps),
        insert=(both(body("body"), own("asked_by"), where(destroyed_at=None)),),
        update=(both(sweeps, where(destroyed_at=None)),),
        change="tags = '', outcomes = '', hits = '{}', destroyed_at = now()",
        crooked="outcomes = '', hits = '{}', destroyed_at = now()",
        crooked_update=(),
    ),
}
