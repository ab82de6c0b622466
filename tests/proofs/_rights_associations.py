"""The second opinion on associations: an association's own members and acts, a member's own, and nobody else's."""

from __future__ import annotations

from tests.proofs._rules import Rights, Row, Rows, body, both, doors, own, subject, sweeps, where, with_parent

from chengxin.database.contracts import Context
from chengxin.kernel.actor import Role


def everybody(_who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow whoever asks."""
    return True


def is_registered(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow what a registered association enters."""
    return any(one["body"] == row["association"] for one in rows["associations_association"])


def of_its_member(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow an act against somebody who is a member now, under a charter of the association."""
    members = {one["id"]: one for one in rows["associations_member"]}
    charters = {one["id"]: one["association"] for one in rows["associations_charter"]}
    member = members.get(row["member_id"])
    return (
        member is not None
        and member["left_on"] is None
        and (member["association"], member["subject_id"]) == (row["association"], row["subject_id"])
        and charters.get(row["charter_id"]) == row["association"]
    )


def has_left(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow a member who left."""
    return row["left_on"] is not None


def of_one_who_left(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow an act against a member who left."""
    return any(one["id"] == row["member_id"] and one["left_on"] is not None for one in rows["associations_member"])


KEEPS = both(doors("body", purpose="association_keeping"), body(column="association"))
# The rows of the world name an operator `firm`; a natural person is never entered.
IS_FIRM = where(name="firm")

ASSOCIATIONS: dict[str, Rights] = {
    "associations_association": Rights(
        select=(everybody,),
        insert=(both(doors("office", role=Role.CASE_OFFICER, purpose="oversight"), own("registered_by")),),
    ),
    "associations_charter": Rights(select=(everybody,), insert=(both(KEEPS, own("filed_by"), is_registered),)),
    "associations_member": Rights(
        select=(KEEPS, subject("self"), both(sweeps, has_left)),
        insert=(both(KEEPS, own("filed_by"), is_registered, IS_FIRM),),
        update=(KEEPS,),
        change="left_on = left_on",
    ),
    "associations_act": Rights(
        select=(KEEPS, subject("self"), both(sweeps, of_one_who_left)),
        insert=(
            both(
                KEEPS,
                own("proposed_by"),
                where(decided_on=None),
                of_its_member,
                with_parent("associations_member", ("member_id", "id")),
            ),
        ),
        # The sweep may write a row it empties and no other; a trigger holds the words (`associations.retention`).
        update=(KEEPS,),
        change="lifted_on = lifted_on",
    ),
}
