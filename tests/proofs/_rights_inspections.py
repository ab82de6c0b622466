"""The second opinion on inspections: the regulator's, the merchant's once served, everybody's once final and public."""

from __future__ import annotations

from tests.proofs._rights_lists import everybody
from tests.proofs._rules import Rights, Row, Rows, body, both, doors, named, own, subject, where

from chengxin.database.contracts import Context
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import legal_day


def inspects(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow whoever inspects, or handles the case of it, at a body's door."""
    return who.channel == "body" and who.purpose in {"inspection", "case_handling"}


def is_served(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow a sample whose result the merchant received."""
    return row["told_on"] is not None


def is_public(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow a final result that was published and whose time is not over; without a context there is no day."""
    return row["published_on"] is not None and str(row["public_until"]) >= str(legal_day(NOW))


def is_shown(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow a seed that was revealed."""
    return row["revealed_on"] is not None


def is_anothers(who: Context, row: Row, rows: Rows) -> bool:
    """Allow a check of a registered platform that is another body."""
    return row["platform"] != who.body and any(one["body"] == row["platform"] for one in rows["market_platform"])


def own_plan(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the body whose plan it is."""
    return any(one["id"] == row["plan_id"] and one["body"] == who.body for one in rows["inspections_plan"])


def settles(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow the platform's own work for inspections, by whatever door its clocks come."""
    return Role.PLATFORM in who.roles and who.purpose == "inspection"


DRAWS = doors("body", role=Role.CASE_OFFICER, purpose="inspection")
ENTERS = both(doors("body", purpose="inspection"), body())


def has_ended(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow the sweep of retention what was published, came to no result, or need not be kept for a re-test."""
    is_over = row["reserve_until"] is not None and str(row["reserve_until"]) < str(legal_day(NOW))
    is_done = row["told_on"] is None or row["published_on"] is not None or is_over
    return Role.PLATFORM in who.roles and who.purpose == "retention" and is_done


INSPECTIONS: dict[str, Rights] = {
    "inspections_plan": Rights(select=(everybody,), insert=(both(DRAWS, body(), own("opened_by")),)),
    "inspections_draw": Rights(
        select=(both(inspects, body()), is_shown),
        insert=(both(DRAWS, body(), own_plan, where(revealed_on=None)),),
        update=(ENTERS,),
        change="revealed_on = revealed_on",
    ),
    "inspections_check": Rights(
        select=(everybody,), insert=(both(doors("body", purpose="inspection"), body(), is_anothers),)
    ),
    "inspections_sample": Rights(
        select=(both(inspects, body()), both(subject("self"), is_served), settles, has_ended, both(named, is_public)),
        insert=(both(DRAWS, body(), own_plan, where(told_on=None, result="")),),
        update=(ENTERS, settles, has_ended),
        change="finding = finding",
    ),
}
