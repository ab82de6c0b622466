"""The second opinion on determinations, misuse, withheld looks, exports and incentives: who judges whom, what left."""

from __future__ import annotations

from tests.proofs._rules import (
    Rights,
    Row,
    Rows,
    Rule,
    body,
    both,
    doors,
    has_role,
    of_closed_case,
    own,
    platform,
    subject,
    sweeps,
    where,
    with_parent,
)

from chengxin.database.contracts import Context
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import legal_day, now

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


def asked_for_honours(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the platform, before somebody is honoured, what was told and may be under way."""
    return platform("honour")(who, row, rows) and row["noticed_on"] is not None


def is_conflict_or_auditors(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow everybody their own conflicts, and canaries to the audit administrator only."""
    return row["kind"] == "conflict" or Role.AUDIT_ADMIN in who.roles


def in_emergency(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow what is done for an emergency."""
    return who.purpose == "emergency"


def is_confirmed(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow what a second person confirmed and nobody opened yet."""
    return bool(row["confirmed_by"]) and row["opened_at"] is None


def is_open(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow what is neither confirmed nor refused."""
    return row["confirmed_by"] == "" and row["refused_at"] is None


def not_askers(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow another than who asked for the access."""
    return row["asked_by"] != who.actor_key


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


def withholds(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow the platform that registers which looks are withheld."""
    return Role.PLATFORM in who.roles and who.purpose == "look_restriction"


def says_what_its_look_says(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow a restriction whose look is of the same person and the same body."""
    return any(
        (one["id"], one["subject_id"], one["body"]) == (row["event_id"], row["subject_id"], row["body"])
        for one in rows["audit_event"]
    )


def tells_of_years(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow the platform that tells of the yearly summary."""
    return Role.PLATFORM in who.roles and who.purpose == "own_summary"


def holds_code(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow the platform on behalf of whoever holds the code of this very row."""
    opens = who.channel == "job" and Role.PLATFORM in who.roles and who.purpose == "presentation"
    return opens and str(row["code_digest"]).removeprefix("\\x") == who.case_ref


def opens_nothing(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow a presentation past its last moment."""
    return str(row["ends_at"]) < now().isoformat()


def is_over(row: Row) -> bool:
    """Tell whether a restriction withholds nothing any more."""
    return row["ended_at"] is not None or row["ends_on"] <= legal_day(now()).isoformat()


def shown(who: Context, row: Row, rows: Rows) -> bool:
    """Allow a look unless a running restriction keeps it from its person, or from who has a report made for them."""
    own_ids = {str(one) for one in (who.subject_id, who.attended_id, who.represented_id) if one is not None}
    return not any(
        one["event_id"] == row["id"]
        and str(one["subject_id"]) in own_ids
        and one["approved_at"] is not None
        and not is_over(one)
        for one in rows["looks_restriction"]
    )


def came_to_an_end(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow what was withheld once and no longer is."""
    return row["approved_at"] is not None and is_over(row)


def not_ones_own(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow another than who asked."""
    return row["proposed_by"] != who.actor_key


RUNS = both(where(ended_at=None), lambda _who, row, _rows: row["approved_at"] is not None)
REVIEWS = both(AUDITOR, body(column="reviewer_body"))


def changes_catalogue(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow who comes for an amendment of the catalogue."""
    return who.purpose == "catalogue_change"


def opened(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow everybody what was opened to comment."""
    return row["opened_on"] is not None


def of_amendment(*rules: Rule) -> Rule:
    """Allow by the amendment a comment is about, as it stands, whoever may read it."""

    def rule(who: Context, row: Row, rows: Rows) -> bool:
        found = [one for one in rows["amendments_amendment"] if one["id"] == row["amendment_id"]]
        return any(all(ask(who, one, rows) for ask in rules) for one in found)

    return rule


def keeps_tips(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow the platform that takes tips in, by whatever door."""
    return Role.PLATFORM in who.roles and who.purpose == "tip_handling"


def handles_tip(who: Context, row: Row, rows: Rows) -> bool:
    """Allow an officer of the body that handles the case now, never one of the body it is about."""
    handled = any(one["id"] == row["case_id"] and one["body"] == who.body for one in rows["casework_case"])
    is_officer = Role.CASE_OFFICER in who.roles and who.channel == "office" and who.purpose == "tip_handling"
    return is_officer and handled and bool(who.body) and row["reported_body"] != who.body


def holds_tip_code(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow whoever names the code, through the public door."""
    is_there = who.channel == "public" and who.purpose == "tip_following"
    return is_there and str(row["tag"]).removeprefix("\\x") == who.case_ref


OFFICER = has_role(Role.CASE_OFFICER)


def at_desk(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow the administrators of the desk that handles a breach."""
    is_desk = who.purpose == "breach_handling" and who.channel == "office" and bool(who.body)
    return is_desk and row["body"] == who.body and bool(who.roles & {Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


def counts_breaches(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow the platform to count breaches."""
    return Role.PLATFORM in who.roles and who.purpose == "breach_handling"


def of_untold(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow while the persons of the breach were not told."""
    return any(one["id"] == row["incident_id"] and one["told_at"] is None for one in rows["breaches_incident"])


def of_own_export(who: Context, row: Row, rows: Rows) -> bool:
    """Allow with an export of one's own."""
    return any(one["id"] == row["export_id"] and one["actor_key"] == who.actor_key for one in rows["exports_export"])


WITH_BREACH = with_parent("breaches_incident", ("incident_id", "id"))
WITH_TIP = with_parent("complaints_tip", ("tip_id", "id"))
KEEPS = both(OFFICER, doors("office"), of_amendment(body()))

CONFIRMS_EMERGENCY = both(AUDITOR, in_emergency, body(column="confirming_body"), not_askers, is_open)

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
        crooked="confirmed_by = guard.actor_key(), confirmed_at = now(), ends_at = now() + interval '1 hour'",
        crooked_update=(CONFIRMS_EMERGENCY,),
        further={
            "refused_at = now()": (CONFIRMS_EMERGENCY,),
            "confirmed_by = guard.actor_key(), confirmed_at = now(), ends_at = now() + interval '1 hour', "
            "opened_at = now()": (),
            "ends_at = ends_at": (),
        },
    ),
    "amendments_amendment": Rights(
        select=(body(), opened, sweeps),
        insert=(both(body(), own("drafted_by"), OFFICER, where(opened_on=None, decided_at=None)),),
        update=(both(body(), OFFICER),),
        change="decision_reasons = 'x'",
    ),
    "amendments_opinion": Rights(
        select=(where(look="shown"), KEEPS, both(has_role(Role.PLATFORM), changes_catalogue), sweeps),
        insert=(
            both(where(look="waiting", verdict=""), changes_catalogue, of_amendment(opened, where(decided_at=None))),
        ),
        update=(KEEPS,),
        change="looked_by = 'x'",
        crooked="looked_by = ''",
    ),
    "breaches_incident": Rights(
        select=(at_desk, counts_breaches),
        insert=(
            both(
                lambda who, row, _rows: who.purpose == "breach_handling" and bool(who.body) and row["body"] == who.body,
                *(own("opened_by"), SECURITY, where(told_at=None, waived_at=None)),
            ),
        ),
        update=(at_desk,),
        change="authority_ref = 'x'",
    ),
    "breaches_person": Rights(
        select=(WITH_BREACH,),
        insert=(both(WITH_BREACH, SECURITY, where(told_at=None), of_untold),),
        update=(both(WITH_BREACH, SECURITY, where(told_at=None)),),
        change="told_at = now()",
        crooked="told_at = null",
    ),
    "breaches_stop": Rights(
        select=(WITH_BREACH,),
        insert=(both(WITH_BREACH, SECURITY, own("actor_key")),),
    ),
    "complaints_tip": Rights(
        select=(keeps_tips, handles_tip, holds_tip_code, sweeps),
        insert=(both(keeps_tips, where(destroyed_at=None)),),
        update=(both(sweeps, where(destroyed_at=None)),),
        change="destroyed_at = now(), identity = ''",
        crooked="destroyed_at = null",
    ),
    "complaints_entry": Rights(
        select=(WITH_TIP,),
        insert=(
            both(keeps_tips, where(from_office=False)),
            both(WITH_TIP, doors("office"), own("actor_key"), where(from_office=True)),
            both(WITH_TIP, doors("public"), where(from_office=False)),
        ),
    ),
    "determinations_determination": Rights(
        select=(body("body", "intake"), both(subject("self", "intake"), told_of), asked_for_honours, sweeps),
        insert=(both(body("intake"), own("drafted_by"), where(noticed_on=None, decided_on=None)),),
        update=(body("body", "intake"),),
        change="undo_case_id = gen_random_uuid()",
        further={"sealed = ''": (both(sweeps, of_closed_case),), "sealed = 'x'": ()},
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
    "looks_restriction": Rights(
        select=(
            withholds,
            body("body"),
            both(doors("office", purpose="oversight"), AUDITOR),
            both(subject("self"), came_to_an_end),
        ),
        insert=(both(withholds, where(approved_at=None), says_what_its_look_says),),
        update=(
            both(withholds, RUNS),
            both(body("body"), RUNS),
            both(body("body"), has_role(Role.APPROVER), where(approved_at=None), not_ones_own),
        ),
        change="approved_by = 'account:other', approved_at = now(), ended_at = now()",
        crooked="ended_at = null",
    ),
    "looks_summary": Rights(
        select=(subject("self"), tells_of_years),
        insert=(subject("self"), tells_of_years),
        update=(subject("self"), tells_of_years),
        change="is_wanted = false",
    ),
    "presentations_presentation": Rights(
        select=(subject("self"), holds_code, sweeps),
        insert=(both(subject("self"), where(uses=0, withdrawn_at=None)),),
        update=(both(subject("self"), where(withdrawn_at=None)),),
        change="withdrawn_at = now()",
        crooked="uses = uses_most",
        crooked_update=(both(holds_code, where(withdrawn_at=None)),),
        further={"recipient = ''": (both(sweeps, opens_nothing),), "recipient = 'y'": ()},
    ),
    "exports_person": Rights(
        select=(detects,),
        insert=(both(of_own_export, with_parent("exports_export", ("export_id", "id"))),),
    ),
    "retention_destruction": Rights(
        select=(sweeps, both(AUDITOR, lambda who, _row, _rows: who.purpose == "audit")), insert=(sweeps,)
    ),
    "credentials_credential": Rights(
        select=(subject("self"), doors("job", role=Role.PLATFORM, purpose="credential_status")),
        insert=(both(subject("self"), where(revoked_at=None)),),
        update=(both(subject("self"), where(revoked_at=None)),),
        change="revoked_at = now()",
    ),
    # Nobody but the person reads, by no other door, who sees points.
    "incentives_member": Rights(select=(subject("self"),), insert=(subject("self"),), delete=(subject("self"),)),
    "incentives_choice": Rights(select=(body("body"),), insert=(both(body("body"), own("actor_key")),)),
}
