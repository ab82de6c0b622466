"""The second opinion on honours: who nominates, who answers, who is shown, who writes."""

from __future__ import annotations

from tests.proofs._rules import Rights, Row, Rows, body, both, doors, own, subject, sweeps, where

from chengxin.database.contracts import Context
from chengxin.kernel.actor import Role


def shown_or_numbered(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow everybody what is in notice under a name, and by its number what is not."""
    is_out = row["notice_from"] is not None and row["closed_at"] is None
    return who.channel == "public" and is_out and (row["shown_name"] != "" or row["number"] == who.case_ref)


def about_a_notice(who: Context, row: Row, rows: Rows) -> bool:
    """Allow a proposal, and an objection to what the writer may see and is not decided."""
    if row["nomination_id"] is None:
        return True
    found = (one for one in rows["honours_nomination"] if one["id"] == row["nomination_id"])
    return any(
        one["body"] == row["body"] and one["awarded_on"] is None and shown_or_numbered(who, one, rows) for one in found
    )


def awarded_to_the_keeper(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow the platform, for the yearly review, what was awarded and stands."""
    is_keeper = Role.PLATFORM in who.roles and who.channel == "job" and who.purpose == "honour"
    return is_keeper and row["record_id"] is not None and row["withdrawn_at"] is None


def given_up(who: Context, row: Row, rows: Rows) -> bool:
    """Allow who gave an honour up the mark on its record, for that purpose."""
    found = (one for one in rows["honours_nomination"] if one["record_id"] == row["record_id"])
    return who.purpose == "honour" and any(
        one["subject_id"] == row["subject_id"] and one["closed_at"] is not None for one in found
    )


def by_number(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow the author, who holds the number."""
    return who.channel == "public" and row["number"] == who.case_ref


HONOURS: dict[str, Rights] = {
    "honours_nomination": Rights(
        select=(shown_or_numbered, body("body", "intake"), subject("self"), awarded_to_the_keeper, sweeps),
        insert=(both(body("intake"), own("nominated_by"), where(answer="", awarded_on=None)),),
        update=(body("body", "intake"), subject("self")),
        change="answered_at = now()",
        crooked="checked_on = '2026-11-02'",
        crooked_update=(body("body", "intake"),),
        further={
            "sealed = '', shown_name = '', shown_story = ''": (
                body("body", "intake"),
                subject("self"),
                both(sweeps, lambda _who, row, _rows: row["closed_at"] is not None),
            )
        },
    ),
    "honours_letter": Rights(
        select=(by_number, body("body", "intake"), sweeps),
        insert=(both(doors("public", purpose="honour"), where(outcome=""), about_a_notice),),
        update=(both(body("body"), where(outcome="")), both(sweeps, lambda _who, row, _rows: row["outcome"] != "")),
        change="replied_at = now()",
        crooked="replied_by = 'account:nobody', outcome = 'adopted', reply = 'x'",
        # The sweep may touch a letter it has emptied; it writes no words, which a trigger holds.
        crooked_update=(both(sweeps, lambda _who, row, _rows: row["outcome"] != ""),),
    ),
}
