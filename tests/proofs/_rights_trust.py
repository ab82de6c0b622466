"""The second opinion on determinations, misuse, exports and incentives: who is judged, who judges, what left."""

from __future__ import annotations

from tests.proofs._rules import Rights, Row, Rows, body, both, has_role, own, platform, subject, where

from chengxin.database.contracts import Context
from chengxin.kernel.actor import Role

AUDITOR, SECURITY = has_role(Role.AUDIT_ADMIN), has_role(Role.SECURITY_ADMIN)


def handles_misuse(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow who handles alerts of misuse."""
    return who.purpose == "misuse_handling"


def detects(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow the detection: the platform for this purpose, by whatever door."""
    return Role.PLATFORM in who.roles and who.purpose == "misuse_detection"


def told_of(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow from the day of the prior notice on."""
    return row["noticed_on"] is not None and who.subject_id is not None


def is_conflict_or_auditors(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow everybody their own conflicts, and canaries to the audit administrator only."""
    return row["kind"] == "conflict" or Role.AUDIT_ADMIN in who.roles


def in_emergency(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow what is done for an emergency."""
    return who.purpose == "emergency"


def is_confirmed(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow what a second person confirmed and nobody opened yet."""
    return bool(row["confirmed_by"]) and row["opened_at"] is None


def under_emergency(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the officer of an opened, running emergency the records of its subject that it names."""
    return (
        who.channel == "query"
        and who.purpose == "emergency"
        and who.attended_id is not None
        and str(row["subject_id"]) == str(who.attended_id)
        and any(
            str(one["id"]) == who.case_ref
            and one["subject_id"] == row["subject_id"]
            and one["asked_by"] == who.actor_key
            and row["item_code"] in one["items"]
            and one["opened_at"] is not None
            for one in rows["emergency_access"]
        )
    )


REVIEWS = both(AUDITOR, body(column="reviewer_body"))

TRUST: dict[str, Rights] = {
    "emergency_access": Rights(
        select=(
            both(own("asked_by"), body()),
            both(AUDITOR, in_emergency, body(column="confirming_body")),
            subject("self"),
            platform(),
        ),
        insert=(both(own("asked_by"), body(), has_role(Role.CASE_OFFICER), where(confirmed_by="")),),
        update=(both(own("asked_by"), body(), is_confirmed),),
        change="opened_at = now()",
    ),
    "determinations_determination": Rights(
        select=(body("body", "intake"), both(subject("self", "intake"), told_of)),
        insert=(both(body("intake"), own("drafted_by"), where(noticed_on=None, decided_on=None)),),
        update=(body("body", "intake"),),
        change="undo_case_id = gen_random_uuid()",
    ),
    "misuse_alert": Rights(
        select=(detects, both(handles_misuse, AUDITOR), both(handles_misuse, SECURITY), own("clerk_key")),
        insert=(detects,),
        update=(detects, both(own("clerk_key"), where(explained_at=None))),
        change="explanation = 'x', explained_at = now()",
        crooked="explained_at = null",
        crooked_update=(detects,),
    ),
    "misuse_hit": Rights(select=(detects, both(handles_misuse, AUDITOR)), insert=(detects,)),
    "misuse_mark": Rights(
        select=(detects, own("owner_key")),
        insert=(both(own("owner_key"), is_conflict_or_auditors),),
        update=(own("owner_key"),),
        change="ended_at = now()",
    ),
    "misuse_sample": Rights(
        select=(detects, REVIEWS),
        insert=(detects,),
        update=(detects, both(REVIEWS, where(outcome=""))),
        change="outcome = 'sound', reasons = 'x', reviewed_by = guard.actor_key(), reviewed_at = now()",
        crooked="outcome = 'sound', reasons = 'x', reviewed_by = 'account:nobody', reviewed_at = now()",
        crooked_update=(detects,),
    ),
    "exports_export": Rights(
        select=(body(), both(handles_misuse, AUDITOR), detects),
        insert=(own("actor_key"),),
    ),
    # Nobody but the person reads, by no other door, who sees points.
    "incentives_member": Rights(select=(subject("self"),), insert=(subject("self"),), delete=(subject("self"),)),
    "incentives_choice": Rights(select=(body("body"),), insert=(both(body("body"), own("actor_key")),)),
}
