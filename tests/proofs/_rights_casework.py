"""The second opinion on objections, statutory queries and figures of service: who says, who decides, who counts."""

from __future__ import annotations

from tests.proofs._rules import (
    Rights,
    Row,
    Rows,
    body,
    both,
    doors,
    handles,
    has_role,
    own,
    platform,
    subject,
    sweeps,
    where,
)

from chengxin.database.contracts import Context
from chengxin.kernel.actor import Role


def party_of_case(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the bodies that are parties of the case the context names, if it is about this record."""
    return any(
        one["number"] == who.case_ref
        and one["ref_kind"] == "record"
        and one["ref_id"] == row["record_id"]
        and who.body in one["parties"]
        for one in rows["casework_case"]
    )


def another_created(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow whoever did not ask for it."""
    return bool(row["created_by"] != who.actor_key)


def anyone(_who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow everybody: what is public and names nobody."""
    return True


def works_for_a_body(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow staff of any body, at their desks."""
    return bool(who.body)


COUNTS = {"insert": (platform(),), "update": (platform(),), "change": "counted_at = now()"}
APPROVES = both(body(), has_role(Role.APPROVER))

CASEWORK: dict[str, Rights] = {
    "objections_objection": Rights(
        select=(subject("self"), party_of_case, platform()),
        insert=(subject("self"),),
        update=(subject("self"), handles, both(platform(), lambda who, row, rows: not sweeps(who, row, rows))),
        change="review_until = '2031-01-01'",
        further={"sealed = '', text = ''": (both(platform(), sweeps),), "sealed = 'x'": ()},
    ),
    "objections_correction": Rights(
        select=(body(),),
        insert=(both(body(), own("proposed_by")),),
        update=(body(),),
        change="dropped_at = now()",
        crooked="dropped_at = null",
    ),
    "inquiries_statutory_query": Rights(
        select=(body("body"), sweeps),
        insert=(both(body("body"), where(approved_at=None)),),
        update=(both(APPROVES, another_created, where(approved_at=None)),),
        change="approved_at = now()",
        crooked="approved_at = null",
    ),
    "inquiries_named_person": Rights(
        select=(body("body"), sweeps),
        insert=(both(body("body"), where(authorisation_id=None)),),
        update=(both(APPROVES, where(authorisation_id=None)),),
        change="authorisation_id = gen_random_uuid()",
        crooked="authorisation_id = null",
        further={"shown = ''": (sweeps,), "shown = 'y'": ()},
    ),
    "casework_service_figure": Rights(select=(anyone,), **COUNTS),
    "casework_outcome_figure": Rights(
        select=(both(doors("body", "office", "job"), works_for_a_body), platform()), **COUNTS
    ),
    "casework_officer_figure": Rights(
        select=(
            doors("office", role=Role.AUDIT_ADMIN),
            doors("office", role=Role.CASE_OFFICER),
            platform(),
        ),
        **COUNTS,
    ),
}
