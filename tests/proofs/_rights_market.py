"""The second opinion on platforms, shops and what was rated in them."""

from __future__ import annotations

from datetime import datetime

from tests.proofs._rights_lists import everybody
from tests.proofs._rules import Rights, Row, Rows, body, both, doors, may, own, platform, subject, where, with_parent

from chengxin.database.contracts import Context
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import legal_day


def registers(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow a case officer or the platform itself, at the office's door."""
    return who.channel == "office" and bool({Role.CASE_OFFICER, Role.PLATFORM} & set(who.roles))


def files(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow at a body's own door, to file."""
    return who.channel == "body" and who.purpose == "market_filing"


def is_platform(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow where the shop's platform is registered."""
    return any(one["body"] == row["platform"] for one in rows["market_platform"])


def own_shop(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the platform whose shop it is."""
    shops = (one for one in rows["market_shop"] if one["id"] == row["shop_id"])
    return bool(who.body) and any(one["platform"] == who.body for one in shops)


def of_trade(who: Context, row: Row, rows: Rows) -> Row | None:
    """Return the trade a row hangs on, if it is the filing platform's own."""
    trades = (one for one in rows["reviews_trade"] if one["id"] == row["trade_id"])
    return next((one for one in trades if who.body and one["platform"] == who.body), None)


def own_trade(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the platform of the trade."""
    return of_trade(who, row, rows) is not None


def own_trade_in_shop(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the platform of a trade in that very shop."""
    found = of_trade(who, row, rows)
    return found is not None and found["shop_id"] == row["shop_id"]


def opened(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow what both sides rated, or what has waited long enough."""
    both_rated = any(one["trade_id"] == row["trade_id"] for one in rows["reviews_opening"])
    return both_rated or datetime.fromisoformat(row["opens_at"]) <= NOW


def _hex(column: str) -> str:
    return column.removeprefix("\\x")


def names_trade(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow who names order and buyer as their keyed hashes."""
    follows = who.channel == "public" and who.purpose == "review_following"
    return follows and _hex(row["order_tag"]) + _hex(row["buyer_tag"]) == who.case_ref


def buyer_of(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the buyer of the trade."""
    return any(names_trade(who, one, rows) for one in rows["reviews_trade"] if one["id"] == row["trade_id"])


def review_of(row: Row, rows: Rows) -> Row:
    """Return the review a row hangs on."""
    return next(one for one in rows["reviews_review"] if one["id"] == row["review_id"])


def own_review(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the platform of the review."""
    return bool(who.body) and review_of(row, rows)["platform"] == who.body


def buyers_review(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the buyer of the review's trade."""
    return buyer_of(who, review_of(row, rows), rows)


def is_shown(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow words that nobody hides now."""
    held = [one for one in rows["reviews_hiding"] if one["review_id"] == row["review_id"]]
    return not held or not max(held, key=lambda one: one["place"])["is_hidden"]


def is_no_answer(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow the two sides; a platform never answers in its merchant's name."""
    return bool(row["side"] != "answer")


def subjects_shop(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the operator of the shop."""
    shops = (one for one in rows["market_shop"] if one["id"] == row["shop_id"])
    return any(one["subject_id"] == str(who.subject_id) and one["platform"] == row["platform"] for one in shops)


def own_answer(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the merchant whose answer it is."""
    found = review_of(row, rows)
    return found["side"] == "answer" and who.subject_id is not None and found["subject_id"] == str(who.subject_id)


def own_carried_trade(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the platform of a trade whose parcel the company of the row carried."""
    found = of_trade(who, row, rows)
    return found is not None and found["parcel_tag"] is not None and found["courier"] == row["courier"]


def own_snapshot(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the platform of the snapshot."""
    found = (one for one in rows["reviews_snapshot"] if one["id"] == row["snapshot_id"])
    return bool(who.body) and any(one["platform"] == who.body for one in found)


def of_operator(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow where an operator sells in the shop."""
    return any(one["id"] == row["shop_id"] and one["seller"] == "operator" for one in rows["market_shop"])


def classes_no_person(who: Context, row: Row, rows: Rows) -> bool:
    """Allow a class of an operator's shop alone."""
    return not row["grade"] or of_operator(who, row, rows)


def in_context(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow whoever comes with a valid context, which says what moment it is."""
    return bool(who.actor_key)


def notice_of(row: Row, rows: Rows) -> Row:
    """Return the notice a step belongs to."""
    return next(one for one in rows["duties_ip_notice"] if one["id"] == row["notice_id"])


def own_notice(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the platform of the notice."""
    return bool(who.body) and notice_of(row, rows)["platform"] == who.body


def merchants_notice(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the operator the notice is about."""
    return who.subject_id is not None and notice_of(row, rows)["subject_id"] == str(who.subject_id)


def with_its_operator(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow a row that names the operator its shop has."""
    return any(
        (one["id"], one["platform"], one["subject_id"]) == (row["shop_id"], row["platform"], row["subject_id"])
        for one in rows["market_shop"]
    )


def own_company(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the authority that entered the company of a branch."""
    found = (one for one in rows["couriers_company"] if one["id"] == row["company_id"])
    return bool(who.body) and any(one["authority"] == who.body for one in found)


def of_company(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow what is said of a registered company by its name on waybills."""
    return any(one["kind"] == "courier" and row["courier"] in one["names"] for one in rows["couriers_company"])


def of_company_or_all(who: Context, row: Row, rows: Rows) -> bool:
    """Allow a registered company, all others together, or who stands for all of a source."""
    return row["courier"] in {"", row["source"]} or of_company(who, row, rows)


def decided(who: Context, row: Row, rows: Rows) -> bool:
    """Allow where the officer's own body sees a case about that shop, decided after somebody else proposed it."""
    apart = any(one["id"] == row["shop_id"] and one["platform"] != row["body"] for one in rows["market_shop"])
    return apart and any(
        one["id"] == row["case_id"]
        and (one["procedure"], one["state"]) == ("impersonation", "decided")
        and one["proposed_by"] != row["decided_by"]
        and one["facts"].get("shop") == row["shop_id"]
        and may("casework_case", "select", who, one, rows)
        for one in rows["casework_case"]
    )


def taken_back(who: Context, row: Row, rows: Rows) -> bool:
    """Allow where the case took its decision back."""
    return any(
        one["id"] == row["case_id"] and one["state"] == "lifted" and may("casework_case", "select", who, one, rows)
        for one in rows["casework_case"]
    )


def of_institution_or_all(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow a registered payment institution, or all others together."""
    named = any(one["kind"] == "payment" and row["channel"] in one["names"] for one in rows["couriers_company"])
    return row["channel"] == "" or named


WATCH = platform("market_filing")
FINDS = both(doors("body", role=Role.CASE_OFFICER, purpose="case_handling"), body())
COMPUTES = platform("courier_keeping")
ENTERS = doors("body", purpose="courier_keeping")
ANSWERS = both(subject("self"), doors("self", purpose="own_archive"))
ANSWERS_IN_PLACE = doors("self", purpose="own_archive")
OVERSEES = doors("office", role=Role.CASE_OFFICER, purpose="oversight")
WITH_REVIEW = with_parent("reviews_review", ("review_id", "id"))
WITH_SNAPSHOT = with_parent("reviews_snapshot", ("snapshot_id", "id"))
OWN = both(files, body(column="platform"))

MARKET: dict[str, Rights] = {
    "market_platform": Rights(select=(everybody,), insert=(both(registers, own("registered_by")),)),
    "market_shop": Rights(
        select=(everybody,),
        insert=(both(files, body(column="platform"), is_platform),),
        update=(both(files, body(column="platform")), WATCH),
        change="standing = standing",
    ),
    "market_verification": Rights(
        select=(everybody,), insert=(both(files, own("actor_key"), own_shop), both(WATCH, own("actor_key")))
    ),
    "market_reminder": Rights(select=(WATCH,), insert=(WATCH,)),
    "market_warning": Rights(select=(everybody,), insert=(WATCH,), update=(WATCH,), change="shown_at = shown_at"),
    "market_impersonation": Rights(
        select=(everybody,),
        insert=(both(FINDS, own("decided_by"), where(ended_on=None), decided),),
        update=(both(FINDS, taken_back),),
        change="ended_on = ended_on",
    ),
    "reviews_trade": Rights(select=(OWN, WATCH, names_trade), insert=(both(OWN, own_shop),)),
    "reviews_opening": Rights(select=(everybody,), insert=(both(files, own_trade),)),
    "reviews_review": Rights(
        select=(
            both(where(side="buyer", of_operator=True), in_context, opened),
            both(where(side="answer", of_operator=True), in_context, opened),
            both(where(side="seller"), subject("self")),
            both(buyer_of, where(side="buyer")),
            both(buyer_of, opened),
            OWN,
            WATCH,
        ),
        insert=(
            both(OWN, own_trade_in_shop, is_no_answer),
            both(ANSWERS, where(side="answer", of_operator=True), subjects_shop),
        ),
    ),
    "reviews_hiding": Rights(
        select=(everybody,),
        insert=(
            both(files, own("actor_key"), body(), own_review),
            both(OVERSEES, own("actor_key"), body(), WITH_REVIEW),
        ),
    ),
    "reviews_said": Rights(
        select=(
            both(WITH_REVIEW, is_shown),
            both(files, own_review),
            both(OVERSEES, WITH_REVIEW),
            both(WITH_REVIEW, buyers_review),
        ),
        insert=(both(files, own_review), both(ANSWERS_IN_PLACE, own_answer)),
    ),
    "reviews_snapshot": Rights(select=(OWN, OVERSEES, WATCH), insert=(both(OWN, own_shop),)),
    "reviews_removal": Rights(select=(WITH_SNAPSHOT,), insert=(both(WITH_SNAPSHOT, own_snapshot),)),
    "reviews_parcel_rating": Rights(select=(OWN, WATCH), insert=(both(OWN, own_carried_trade),)),
    "reviews_voice": Rights(
        select=(everybody,), insert=(both(WATCH, of_company),), update=(WATCH,), change="settled_on = settled_on"
    ),
    "couriers_company": Rights(
        select=(everybody,),
        insert=(both(ENTERS, body(column="authority"), own("registered_by")),),
        update=(both(ENTERS, body(column="authority")),),
        change="body = body",
    ),
    "couriers_branch": Rights(
        select=(everybody,),
        insert=(both(ENTERS, own_company),),
        update=(both(ENTERS, own_company),),
        change="area = area",
    ),
    "couriers_figure": Rights(
        select=(everybody,),
        insert=(both(COMPUTES, of_company_or_all),),
        update=(COMPUTES,),
        change="computed_on = computed_on",
    ),
    "couriers_flow": Rights(
        select=(ENTERS, COMPUTES),
        insert=(both(COMPUTES, of_institution_or_all),),
        update=(COMPUTES,),
        change="computed_on = computed_on",
    ),
    "couriers_paper_rate": Rights(
        select=(everybody,), insert=(COMPUTES,), update=(COMPUTES,), change="computed_on = computed_on"
    ),
    "duties_rule": Rights(select=(everybody,), insert=(both(OWN, own("filed_by"), is_platform),)),
    "duties_action": Rights(
        select=(where(is_public=True), subject("self"), OWN, OVERSEES),
        insert=(both(OWN, own("decided_by"), own_shop, classes_no_person),),
        update=(OWN,),
        change="lifted_on = lifted_on",
    ),
    "duties_probe": Rights(
        select=(everybody,),
        insert=(
            both(doors("body", role=Role.CASE_OFFICER, purpose="case_handling"), body(), own("probed_by"), is_platform),
        ),
    ),
    "duties_filing": Rights(
        select=(everybody,),
        insert=(both(OWN, own("filed_by"), is_platform, where(filed_on=str(legal_day(NOW)))),),
    ),
    "duties_ip_notice": Rights(select=(everybody,), insert=(both(OWN, own("filed_by"), with_its_operator),)),
    "duties_ip_step": Rights(
        select=(everybody,),
        insert=(both(files, own_notice), both(doors("self"), where(state="declared"), merchants_notice)),
    ),
    "reviews_score": Rights(
        select=(everybody,), insert=(both(WATCH, of_operator),), update=(WATCH,), change="settled_on = settled_on"
    ),
}
