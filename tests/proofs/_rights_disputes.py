"""The second opinion on consumer complaints: who holds the code, the shop, the bodies of its case."""

from __future__ import annotations

from tests.proofs._rights_lists import everybody
from tests.proofs._rights_market import own_shop, subjects_shop
from tests.proofs._rules import Rights, Row, Rows, body, both, doors, own, subject, sweeps, where, with_parent

from chengxin.database.contracts import Context
from chengxin.kernel.actor import Role

HANDLING = "dispute_handling"


def keeps(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow the platform that takes complaints in and acts for whoever holds a code, by whatever door."""
    return Role.PLATFORM in who.roles and who.purpose == HANDLING


def holds_code(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow whoever names the code, through the public door."""
    is_there = who.channel == "public" and who.purpose == "dispute_following"
    return is_there and str(row["tag"]).removeprefix("\\x") == who.case_ref


def handles_case(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the people of a body that is a party of the case."""
    is_staff = who.channel == "body" and who.purpose == HANDLING and bool(who.roles & {Role.CLERK, Role.CASE_OFFICER})
    cases = (one for one in rows["casework_case"] if one["id"] == row["case_id"])
    return is_staff and bool(who.body) and any(who.body in one["parties"] for one in cases)


def for_complaints(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow whoever deals with complaints."""
    return who.purpose == HANDLING


def not_merchant(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow whoever does not come through a subject's own door."""
    return who.channel != "self"


STAFF = both(doors("body", purpose=HANDLING), body(column="platform"), own_shop, own("actor_key"))
MERCHANT = both(doors("self", purpose=HANDLING), subjects_shop, own("actor_key"))
FILER = both(doors("body", purpose=HANDLING), own("filed_by"))
WITH_COMPLAINT = with_parent("disputes_dispute", ("dispute_id", "id"))

DISPUTES: dict[str, Rights] = {
    "disputes_dispute": Rights(
        select=(keeps, holds_code, handles_case, both(doors("self", purpose=HANDLING), subject()), sweeps),
        insert=(both(keeps, where(destroyed_at=None)),),
        update=(both(sweeps, where(destroyed_at=None)),),
        change="destroyed_at = now(), contact = '', public_text = '', public_reply = '', caller_tag = null",
        crooked="public_reply = 'x'",
        crooked_update=(both(keeps, where(destroyed_at=None)),),
    ),
    "disputes_entry": Rights(select=(WITH_COMPLAINT,), insert=(keeps,)),
    "disputes_terms": Rights(
        select=(WITH_COMPLAINT,), insert=(both(WITH_COMPLAINT, for_complaints, own("actor_key")),)
    ),
    "disputes_source": Rights(select=(both(WITH_COMPLAINT, not_merchant), FILER), insert=(keeps,)),
    "disputes_promise": Rights(select=(everybody,), insert=(MERCHANT, STAFF)),
    "disputes_fund": Rights(select=(everybody,), insert=(STAFF,)),
}
