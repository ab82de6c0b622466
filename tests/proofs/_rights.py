"""Who may see, add, change and delete which row: the second opinion, written in Python beside the policies in SQL.

A rule is asked of who comes (the signed context) and a row; what no rule allows is a leak. It knows the rows of other
tables only where the sentence of the rule does: a mark is seen with its record, a step with its case.
"""

from __future__ import annotations

from tests.proofs._rights_associations import ASSOCIATIONS
from tests.proofs._rights_casework import CASEWORK
from tests.proofs._rights_disputes import DISPUTES
from tests.proofs._rights_honours import HONOURS, given_up
from tests.proofs._rights_inspections import INSPECTIONS
from tests.proofs._rights_leads import LEADS
from tests.proofs._rights_lists import LISTS
from tests.proofs._rights_mandate import MANDATE, widened
from tests.proofs._rights_market import MARKET
from tests.proofs._rights_trust import TRUST, shown, under_emergency, withholds
from tests.proofs._rules import (
    RIGHTS,
    Rights,
    Row,
    Rows,
    attended,
    body,
    both,
    citizens_notice,
    doors,
    handles,
    has_role,
    may,
    named,
    of_closed_case,
    of_the_visit,
    open_visit,
    oversees,
    own,
    party,
    platform,
    public,
    received_by,
    subject,
    sweeps,
    where,
    with_parent,
)

from chengxin.database.contracts import Context
from chengxin.kernel.actor import Role


def queried(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow in a query about the subject that the context names."""
    return who.channel == "query" and who.attended_id is not None and str(row["subject_id"]) == str(who.attended_id)


def under_authorisation(who: Context, row: Row, rows: Rows) -> bool:
    """Allow what a live authorisation, named in the context, gives its holder about the subject."""
    return queried(who, row, rows) and any(
        str(one["id"]) == who.case_ref
        and one["subject_id"] == row["subject_id"]
        and one["body"] == who.body
        and row["item_code"] in one["items"]
        and one["revoked_at"] is None
        and one["used_up_at"] is None
        and (one["ground"] == "statute" or not rests(one, rows))
        for one in rows["consents_authorisation"]
    )


def shown_to_holder(who: Context, row: Row, rows: Rows) -> bool:
    """Allow a body its permissions, but in a query no consent that its person lets rest."""
    if row["body"] != who.body or not who.body or who.channel not in {"body", "query"}:
        return False
    return who.channel == "body" or row["ground"] == "statute" or not rests(row, rows)


def rests(row: Row, rows: Rows) -> bool:
    """Tell whether the person a row is about lets every consent rest."""
    return any(one["subject_id"] == row["subject_id"] and one["lifted_at"] is None for one in rows["consents_freeze"])


def met_in_query(who: Context, row: Row, rows: Rows) -> bool:
    """Allow a query to meet a freeze of whom it is about."""
    return queried(who, row, rows) and row["lifted_at"] is None


def uses_it(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the holder to count a use of the live authorisation it comes with."""
    is_live = row["revoked_at"] is None and row["used_up_at"] is None and shown_to_holder(who, row, rows)
    return is_live and queried(who, row, rows) and str(row["id"]) == who.case_ref


def names_code(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow the person who has the code of a request."""
    return who.channel == "self" and bool(who.case_ref) and row["code"] == who.case_ref


def of_open_application(who: Context, row: Row, rows: Rows) -> bool:
    """Allow papers of an application that may be seen, is the same subject's and is not closed."""
    found = (one for one in rows["repair_application"] if one["id"] == row["application_id"])
    return any(
        may("repair_application", "select", who, one, rows)
        and one["subject_id"] == row["subject_id"]
        and one["closed_at"] is None
        for one in found
    )


def with_authorisation(who: Context, row: Row, rows: Rows) -> bool:
    """Allow steps of an authorisation that may be seen and says the same."""
    pairs = (("authorisation_id", "id"), ("subject_id", "subject_id"), ("body", "body"))
    return with_parent("consents_authorisation", *pairs)(who, row, rows)


OFFICER = doors("body", "office", role=Role.CASE_OFFICER)
STAFF = doors("body", "office", "intake", "job", "report")
FILED = doors("intake", "office", "job")
ERASES = doors("office", "job")
HALL = has_role(Role.HALL_CLERK)
WITH_RECORD = with_parent("records_version", ("subject_id", "subject_id"), ("record_id", "record_id"))
WITH_CASE = with_parent("casework_case", ("case_id", "id"))
PART_OF_SUBJECT = {
    "insert": (FILED, doors("body", role=Role.CASE_OFFICER)),
    "delete": (ERASES,),
}
_SELF = subject("self")
OBJECTION = where(kind="objection")
CASE_MOVERS = (party, subject(), has_role(Role.PLATFORM))


def in_feed(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow what arrived, and what its recipient is called about."""
    return row["delivered_at"] is not None or row["kind"] == "webhook"


def decides(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow the officer of a body who proposes, decides or serves a decision."""
    is_deciding = who.channel == "intake" and who.purpose == "determination"
    return bool(who.body) and is_deciding and bool({Role.CLERK, Role.CASE_OFFICER, Role.APPROVER} & set(who.roles))


MESSAGE_OF_BODY = both(received_by, where(receipt_at=None), in_feed)

RIGHTS |= ASSOCIATIONS | CASEWORK | HONOURS | INSPECTIONS | LISTS | TRUST | MANDATE | MARKET | LEADS | DISPUTES
RIGHTS |= {
    "archives_report": Rights(
        select=(
            _SELF,
            of_the_visit,
            both(platform("public_viewing"), lambda who, row, _rows: row["code"] == who.case_ref),
            open_visit,
            sweeps,
        ),
        insert=(_SELF, of_the_visit),
        update=(_SELF, attended()),
        change="withdrawn_at = now(), superseded_at = now()",
        crooked="withdrawn_at = null, superseded_at = null",
        further={"sealed = ''": (sweeps,), "sealed = 'x'": ()},
    ),
    "archives_counter_visit": Rights(
        select=(both(own("clerk_key"), HALL, doors("body", "counter")), sweeps),
        insert=(
            both(
                own("clerk_key"),
                body(),
                HALL,
                where(downloaded_at=None),
                lambda who, row, rows: (
                    who.channel == "body"
                    if row["subject_id"] is None
                    else attended()(who, row, rows) and str(row["id"]) == who.case_ref
                ),
            ),
        ),
        update=(
            both(
                own("clerk_key"),
                attended(),
                where(downloaded_at=None),
                lambda who, row, _rows: str(row["id"]) == who.case_ref,
            ),
        ),
        change="downloaded_at = now()",
        crooked="downloaded_at = null",
    ),
    "archives_mandate": Rights(
        select=(_SELF, sweeps),
        insert=(both(open_visit, lambda who, row, _rows: str(row["visit_id"]) == who.case_ref),),
        further={"sealed = ''": (sweeps,), "sealed = 'x'": (), "sealed = sealed": ()},
    ),
    "audit_event": Rights(
        select=(
            both(subject(), shown),
            both(attended(), shown),
            both(has_role(Role.AUDIT_ADMIN), lambda who, _r, _s: who.purpose == "audit", shown),
            both(has_role(Role.PLATFORM), lambda who, _r, _s: who.purpose == "misuse_detection"),
            withholds,
        ),
        insert=(own("actor_key"),),
    ),
    "audit_writer": Rights(select=(named,), insert=(named,), update=(named,), change="counter = 7"),
    "casework_case": Rights(
        select=CASE_MOVERS,
        insert=tuple(both(own("opened_by"), rule) for rule in CASE_MOVERS),
        update=CASE_MOVERS,
        change="attempted_verb = 'x'",
        crooked="parties = array['ELSEWHERE']",
        crooked_update=(subject(), has_role(Role.PLATFORM)),
    ),
    "casework_step": Rights(
        select=(WITH_CASE,),
        insert=(both(own("actor_key"), WITH_CASE),),
        further={
            "note = ''": (both(sweeps, of_closed_case, lambda _who, row, _rows: row["note"] != ""),),
            "note = 'y'": (),
            "note = note": (),
        },
    ),
    "casework_opening": Rights(select=(WITH_CASE,), insert=(both(own("actor_key"), WITH_CASE),)),
    "intake_batch": Rights(
        select=(body(), platform(), oversees),
        insert=(both(body(), own("uploaded_by")),),
        update=(body(),),
        change="returned_because = 'x'",
    ),
    "intake_questioned_row": Rights(select=(body(),), insert=(body(),), delete=(body(),)),
    "intake_fix": Rights(
        select=(body(), oversees, sweeps),
        insert=(both(body(), own("fixed_by")),),
        update=(both(body(), own("fixed_by")),),
        change="fixed_at = now()",
        further={"sealed = ''": (both(body(), own("fixed_by")), sweeps)},
    ),
    "jobs_message": Rights(
        select=(received_by, body(column="sender_body"), subject("self"), platform()),
        insert=(
            both(
                own("sender_key"),
                where(receipt_at=None, delivered_at=None, attempts=0),
                lambda who, row, _rows: row["sender_body"] == who.body,
            ),
        ),
        update=(MESSAGE_OF_BODY, platform()),
        change="receipt_kind = 'stopped', receipt_at = now(), receipt_digest = '\\x00'",
        crooked="receipt_kind = 'x'",
        crooked_update=(platform(),),
    ),
    "jobs_webhook": Rights(
        select=(own("recipient"), platform()),
        insert=(both(own("recipient"), has_role(Role.CLIENT)),),
        update=(both(own("recipient"), has_role(Role.CLIENT)),),
        change="ended_at = now()",
    ),
    "notices_notice": Rights(
        select=(subject(), body(), body(column="sender_body"), has_role(Role.PLATFORM)),
        insert=(body(column="sender_body"), has_role(Role.PLATFORM), citizens_notice),
        update=(subject(), body()),
        change="read_at = now()",
    ),
    "records_version": Rights(
        select=(
            body("intake", "body", "office"),
            subject("self", "report"),
            both(doors("public"), public),
            both(decides, where(nature="adverse"), public),
            platform(),
            attended(),
            both(under_authorisation, where(superseded_at=None, provenance="determined")),
            both(handles, doors("body", "office", "intake")),
            both(under_emergency, where(superseded_at=None, provenance="determined")),
        ),
        insert=(body("intake"),),
        update=(body("intake"),),
        change="superseded_at = now()",
    ),
    "records_mark": Rights(
        select=(WITH_RECORD,),
        insert=(
            both(own("actor_key"), doors("body", "office", "job"), WITH_RECORD),
            both(own("actor_key"), _SELF, OBJECTION, where(body=""), WITH_RECORD),
            both(own("actor_key"), _SELF, where(body="", kind="withdrawn"), given_up),
        ),
        # The subject takes its objection back; handler of the case and platform lift its mark (ADR 0016, 0017).
        update=(
            both(body(), doors("body", "office", "job")),
            both(OBJECTION, _SELF),
            both(OBJECTION, platform()),
            both(OBJECTION, handles, doors("body", "office", "intake")),
        ),
        change="lifted_at = now() + interval '9 years'",
        crooked="lifted_at = null",
    ),
    "records_statement": Rights(
        select=(WITH_RECORD,), insert=(_SELF,), update=(_SELF,), change="withdrawn_at = now() + interval '9 years'"
    ),
    "records_recipient": Rights(
        select=(subject(), platform(), body("intake", "body", "office", column="source_body")),
        insert=(received_by, platform()),
    ),
    "subjects_subject": Rights(
        select=(
            lambda _who, row, _rows: row["kind"] != "natural_person",
            subject("self", column="id"),
            STAFF,
            attended("id"),
            lambda who, row, rows: queried(who, {"subject_id": row["id"]}, rows),
        ),
        insert=(FILED,),
        update=(OFFICER, doors("job")),
        change="status = 'erased'",
    ),
    "subjects_subject_key": Rights(select=(_SELF, STAFF, attended(), queried), **PART_OF_SUBJECT),
    "subjects_identifier": Rights(
        select=(_SELF, STAFF), update=(OFFICER,), change="valid_until = '2031-01-01'", **PART_OF_SUBJECT
    ),
    "subjects_name": Rights(
        select=(_SELF, STAFF, attended(), queried),
        update=(OFFICER,),
        change="valid_until = '2031-01-01'",
        **PART_OF_SUBJECT,
    ),
    "subjects_review": Rights(
        select=(doors("body", "office", "intake", "job"),),
        insert=(both(doors("body", "intake", "office", "job"), where(state="open")),),
        update=(OFFICER, both(doors("intake"), where(state="open"))),
        delete=(ERASES,),
        change="case_id = '01a20621-ad00-70a6-8882-8129e30ef544'",
        further={
            "claimed_sealed = ''": (both(sweeps, lambda _who, row, _rows: row["state"] != "open"),),
            "claimed_sealed = 'x'": (),
        },
    ),
    "subjects_status_change": Rights(
        select=(_SELF, doors("office", "intake", "job")),
        insert=(OFFICER, both(doors("job"), where(status="erased"))),
    ),
    "subjects_representation": Rights(
        select=(_SELF, subject("self", column="representative_id"), doors("office", "job")),
        insert=(OFFICER,),
        update=(OFFICER,),
        change="ends_on = '2031-01-01'",
        crooked="ends_on = '2026-11-01'",
        crooked_update=(
            OFFICER,
            subject("self", column="representative_id"),
            doors("job", role=Role.PLATFORM, purpose="representation_handling"),
        ),
    ),
    "consents_request": Rights(
        select=(body("body"), names_code),
        insert=(both(body("body"), where(consent_id=None)),),
        update=(both(names_code, where(consent_id=None)),),
        change="consent_id = gen_random_uuid()",
    ),
    "consents_authorisation": Rights(
        select=(subject("self", "report"), shown_to_holder, platform()),
        insert=(
            both(where(ground="consent", revoked_at=None, use_count=0), _SELF),
            both(where(ground="statute", revoked_at=None, use_count=0), body("body"), has_role(Role.APPROVER)),
        ),
        update=(both(where(ground="consent", revoked_at=None), _SELF),),
        change="revoked_at = now()",
        crooked="use_count = 7",
        crooked_update=(uses_it,),
    ),
    "consents_freeze": Rights(
        select=(_SELF, met_in_query, both(platform("list_watching"), where(lifted_at=None))),
        insert=(both(_SELF, where(lifted_at=None)),),
        update=(both(_SELF, where(lifted_at=None)),),
        change="lifted_at = now()",
    ),
    "consents_step": Rights(
        select=(subject("self", "report"), platform()), insert=(both(own("actor_key"), with_authorisation),)
    ),
    "consents_use": Rights(
        select=(body("body", "query"), subject("self", "report"), platform()),
        insert=(both(body(), queried, where(result_at=None)),),
        update=(both(body("body"), where(result_at=None)),),
        change="result = 'x', result_at = now()",
    ),
    "repair_application": Rights(
        select=(subject("self", "body"), body("body"), sweeps),
        insert=(both(_SELF, own("applied_by"), where(granted_at=None, closed_at=None)),),
        update=(both(subject(), where(granted_at=None, closed_at=None)), body("body")),
        change="closed_at = now()",
        further={
            "sealed = ''": (both(sweeps, lambda _who, row, _rows: row["closed_at"] is not None),),
            "sealed = 'x'": (),
        },
    ),
    "repair_paper": Rights(
        select=(with_parent("repair_application", ("application_id", "id")),),
        insert=(both(_SELF, of_open_application),),
    ),
}
RIGHTS |= widened(RIGHTS)
