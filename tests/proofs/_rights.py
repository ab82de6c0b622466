"""Who may see, add, change and delete which row: the second opinion, written in Python beside the policies in SQL.

A rule is asked of who comes (the signed context) and a row; what no rule allows is a leak. It knows the rows of other
tables only where the sentence of the rule does: a mark is seen with its record, a step with its case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chengxin.database.contracts import Context
from chengxin.kernel.actor import Role

Row = Mapping[str, Any]
Rows = Mapping[str, list[Row]]
Rule = Callable[[Context, Row, Rows], bool]


@dataclass(frozen=True)
class Rights:
    """What is allowed on one table; `change` is the assignment an attacker tries on every row at once.

    `crooked` is one that only some of those who may change a row may make: to hand it over, to leave out a receipt.
    """

    select: tuple[Rule, ...]
    insert: tuple[Rule, ...] = ()
    update: tuple[Rule, ...] = ()
    delete: tuple[Rule, ...] = ()
    change: str = ""
    crooked: str = ""
    crooked_update: tuple[Rule, ...] = ()


def doors(*names: str, role: Role | None = None, purpose: str = "") -> Rule:
    """Allow whoever comes through certain doors."""

    def rule(who: Context, _row: Row, _rows: Rows) -> bool:
        return who.channel in names and (role is None or role in who.roles) and purpose in {"", who.purpose}

    return rule


def body(*names: str, column: str = "body") -> Rule:
    """Allow the body that is named in the row, through certain doors or any."""

    def rule(who: Context, row: Row, _rows: Rows) -> bool:
        return bool(who.body) and row[column] == who.body and (not names or who.channel in names)

    return rule


def subject(*names: str, column: str = "subject_id") -> Rule:
    """Allow the subject the row is about."""

    def rule(who: Context, row: Row, _rows: Rows) -> bool:
        is_own = who.subject_id is not None and str(row[column]) == str(who.subject_id)
        return is_own and (not names or who.channel in names)

    return rule


def attended(column: str = "subject_id") -> Rule:
    """Allow the hall clerk before whom the subject stands."""

    def rule(who: Context, row: Row, _rows: Rows) -> bool:
        there = who.attended_id is not None and who.channel == "counter" and Role.HALL_CLERK in who.roles
        return there and str(row[column]) == str(who.attended_id)

    return rule


def own(column: str) -> Rule:
    """Allow who acts in their own name."""
    return lambda who, row, _rows: row[column] == who.actor_key


def both(*rules: Rule) -> Rule:
    """Allow only where each rule does."""
    return lambda who, row, rows: all(rule(who, row, rows) for rule in rules)


def where(**values: Any) -> Rule:
    """Allow rows that are so."""
    return lambda _who, row, _rows: all(row[name] == value for name, value in values.items())


def with_parent(table: str, *pairs: tuple[str, str]) -> Rule:
    """Allow what hangs on a row that may be seen."""

    def rule(who: Context, row: Row, rows: Rows) -> bool:
        parents = (one for one in rows[table] if all(one[theirs] == row[ours] for ours, theirs in pairs))
        return any(may(table, "select", who, one, rows) for one in parents)

    return rule


def oversees(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the credit office of the area, for oversight."""
    area = next((one["area"] for one in rows["access_body"] if one["code"] == who.body and one["is_credit_office"]), "")
    lies = next((one["area"] for one in rows["access_body"] if one["code"] == row["body"]), "")
    is_officer = who.channel == "office" and who.purpose == "oversight" and Role.CASE_OFFICER in who.roles
    return is_officer and bool(area) and lies.startswith(area)


def public(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow what is public by law."""
    is_determined = row["provenance"] == "determined" and row["not_public_because"] == ""
    return row["subject_kind"] != "natural_person" and is_determined and row["superseded_at"] is None


def party(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow the bodies that are parties of a case."""
    return bool(who.body) and who.body in row["parties"]


def received_by(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow who is named as the recipient, itself or by its body."""
    return row["recipient"] in {who.actor_key, f"body:{who.body}" if who.body else ""}


def open_visit(who: Context, row: Row, rows: Rows) -> bool:
    """Allow within the visit that is named and not yet downloaded."""
    visits = (one for one in rows["archives_counter_visit"] if str(one["id"]) == who.case_ref)
    return attended()(who, row, rows) and any(
        one["subject_id"] == row["subject_id"] and one["downloaded_at"] is None for one in visits
    )


def of_the_visit(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the report whose code the visit gave out."""
    codes = [one["code"] for one in rows["archives_counter_visit"] if str(one["id"]) == who.case_ref]
    return open_visit(who, row, rows) and row["code"] in codes


def citizens_notice(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow a citizen to notify a body, or to get a receipt."""
    mine = row["subject_id"] in {None, str(who.subject_id)}
    return who.subject_id is not None and row["sender_body"] == "" and mine


def named(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow whoever comes with a valid context."""
    return bool(who.actor_key)


def platform(purpose: str = "") -> Rule:
    """Allow the platform's own work."""
    return doors("job", role=Role.PLATFORM, purpose=purpose)


def has_role(role: Role) -> Rule:
    """Allow a role through any door."""
    return lambda who, _row, _rows: role in who.roles


def may(table: str, verb: str, who: Context, row: Row, rows: Rows) -> bool:
    """Tell whether a rule allows it."""
    return any(rule(who, row, rows) for rule in getattr(RIGHTS[table], verb))


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
CASE_MOVERS = (party, subject(), has_role(Role.PLATFORM))
MESSAGE_OF_BODY = both(received_by, where(receipt_at=None), lambda _who, row, _rows: row["delivered_at"] is not None)

RIGHTS: dict[str, Rights] = {
    "archives_report": Rights(
        select=(
            _SELF,
            of_the_visit,
            both(platform("public_viewing"), lambda who, row, _rows: row["code"] == who.case_ref),
            open_visit,
        ),
        insert=(_SELF, of_the_visit),
        update=(_SELF, attended()),
        change="withdrawn_at = now(), superseded_at = now()",
        crooked="withdrawn_at = null, superseded_at = null",
    ),
    "archives_counter_visit": Rights(
        select=(both(own("clerk_key"), HALL, doors("body", "counter")),),
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
        select=(_SELF,), insert=(both(open_visit, lambda who, row, _rows: str(row["visit_id"]) == who.case_ref),)
    ),
    "audit_event": Rights(
        select=(subject(), attended(), both(has_role(Role.AUDIT_ADMIN), lambda who, _r, _s: who.purpose == "audit")),
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
    "casework_step": Rights(select=(WITH_CASE,), insert=(both(own("actor_key"), WITH_CASE),)),
    "casework_opening": Rights(select=(WITH_CASE,), insert=(both(own("actor_key"), WITH_CASE),)),
    "intake_batch": Rights(
        select=(body(), platform(), oversees),
        insert=(both(body(), own("uploaded_by")),),
        update=(body(),),
        change="returned_because = 'x'",
    ),
    "intake_questioned_row": Rights(select=(body(),), insert=(body(),), delete=(body(),)),
    "intake_fix": Rights(
        select=(body(), oversees),
        insert=(both(body(), own("fixed_by")),),
        update=(both(body(), own("fixed_by")),),
        change="fixed_at = now()",
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
            platform(),
            attended(),
        ),
        insert=(body("intake"),),
        update=(body("intake"),),
        change="superseded_at = now()",
    ),
    "records_mark": Rights(
        select=(WITH_RECORD,),
        insert=(both(own("actor_key"), doors("body", "office", "job")),),
        update=(both(body(), doors("body", "office", "job")),),
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
        ),
        insert=(FILED,),
        update=(OFFICER, doors("job")),
        change="status = 'erased'",
    ),
    "subjects_subject_key": Rights(select=(_SELF, STAFF, attended()), **PART_OF_SUBJECT),
    "subjects_identifier": Rights(
        select=(_SELF, STAFF), update=(OFFICER,), change="valid_until = '2031-01-01'", **PART_OF_SUBJECT
    ),
    "subjects_name": Rights(
        select=(_SELF, STAFF, attended()), update=(OFFICER,), change="valid_until = '2031-01-01'", **PART_OF_SUBJECT
    ),
    "subjects_review": Rights(
        select=(doors("body", "office", "intake", "job"),),
        insert=(both(doors("body", "intake", "office", "job"), where(state="open")),),
        update=(OFFICER, both(doors("intake"), where(state="open"))),
        delete=(ERASES,),
        change="case_id = '01a20621-ad00-70a6-8882-8129e30ef544'",
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
    ),
}
