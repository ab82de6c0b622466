"""The second opinion on leads: the authority's, the merchant's once opened, the platform's own reports."""

from __future__ import annotations

from tests.proofs._rules import Rights, Row, Rows, body, both, own, platform, subject, sweeps, where

from chengxin.database.contracts import Context


def looks_into(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow whoever handles leads or their cases at a body's door."""
    return who.channel == "body" and who.purpose in {"lead_handling", "case_handling"}


def decides(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow whoever handles leads at a body's door."""
    return who.channel == "body" and who.purpose == "lead_handling"


def is_opened(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow a lead that an officer opened to the merchant."""
    return row["shown_at"] is not None


def own_report(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow the platform that reported it."""
    files = who.channel == "body" and who.purpose == "market_filing"
    return files and bool(row["reference"]) and bool(who.body) and row["platform"] == who.body


def _lead_of(row: Row, rows: Rows) -> Row | None:
    return next((one for one in rows["leads_lead"] if one["id"] == row["lead_id"]), None)


def lead_seen(who: Context, row: Row, rows: Rows) -> bool:
    """Allow with the lead it hangs on; a note hangs on none."""
    lead = _lead_of(row, rows)
    return lead is not None and any(rule(who, lead, rows) for rule in SEES_LEAD)


def ring_seen(who: Context, row: Row, rows: Rows) -> bool:
    """Allow with the finding it is behind."""
    found = next(one for one in rows["leads_finding"] if one["id"] == row["finding_id"])
    return lead_seen(who, found, rows)


def at_own_door(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow at a subject's own door."""
    return who.channel == "self"


WATCH = platform("lead_detection")
SEES_LEAD = (WATCH, both(looks_into, body()), both(subject("self"), is_opened), sweeps)
ENDS = both(sweeps, where(destroyed_at=None))

LEADS: dict[str, Rights] = {
    "leads_lead": Rights(
        select=SEES_LEAD, insert=(WATCH,), update=(WATCH, both(decides, body())), change="first_day = first_day"
    ),
    "leads_finding": Rights(
        select=(WATCH, lead_seen, own_report, sweeps),
        insert=(WATCH,),
        update=(WATCH, both(decides, lead_seen)),
        change="outcome = outcome",
        crooked="rows = '[]'",
        crooked_update=(),
        further={
            "rows = '[]', \"values\" = '{}', destroyed_at = now()": (ENDS,),
            "rows = '[1]', \"values\" = '{}', destroyed_at = now()": (),
            "rows = '[]', \"values\" = '{\"a\": 1}', destroyed_at = now()": (),
            "rows = '[]', \"values\" = '{}'": (),
        },
    ),
    "leads_ring": Rights(
        select=(WATCH, both(looks_into, ring_seen), sweeps),
        insert=(WATCH,),
        update=(sweeps,),
        change="accounts = '[]', edges = '[]'",
        crooked="accounts = '[1]'",
    ),
    "leads_answer": Rights(
        select=(lead_seen,),
        insert=(both(at_own_door, own("actor_key"), lead_seen),),
        update=(both(ENDS, lead_seen),),
        change="destroyed_at = now(), text = ''",
        crooked="text = ''",
    ),
}
