"""The second opinion on who acts for another, by mandate or by law: what it opens, to whom, and nothing beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from tests.proofs._rights_trust import shown
from tests.proofs._rules import Rights, Row, Rows, Rule, attended, both, own, subject, sweeps, where, with_parent

from chengxin.database.contracts import Context
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import legal_day, now

# What must have become of a person for each ground to hold.
HOLDS_FOR = {"mandate": "active", "guardian": "guardianship", "next_of_kin": "deceased", "counter": "active"}


def represented(scope: str, column: str = "subject_id") -> Rule:
    """Allow whoever holds what lives, with a scope, for the person the row is about and what became of them."""

    def rule(who: Context, row: Row, rows: Rows) -> bool:
        return str(row[column]) == str(who.represented_id) and _holds(who, scope, rows)

    return rule


def _holds(who: Context, scope: str, rows: Rows) -> bool:
    person = str(who.represented_id)
    status = next((one["status"] for one in rows["subjects_subject"] if one["id"] == person), "")
    return who.channel == "represented" and any(
        one["subject_id"] == person
        and one["holder_key"] == who.actor_key
        and scope in one["scopes"]
        and one["ended_at"] is None
        and one["rests_since"] is None
        and HOLDS_FOR[one["ground"]] == status
        and _is_ahead(one)
        and (one["ground"] != "counter" or now() - datetime.fromisoformat(one["granted_at"]) < timedelta(hours=1))
        for one in rows["representation_mandate"]
    )


def _is_ahead(row: Row) -> bool:
    return date.fromisoformat(row["ends_on"]) > legal_day(now())


def offered(who: Context, row: Row, rows: Rows) -> bool:
    """Allow, at their own door, whoever has the number a mandate is offered to."""
    is_mine = any(
        one["subject_id"] == str(who.subject_id) and one["blind"] == row["holder_tag"] and one["valid_until"] is None
        for one in rows["subjects_identifier"]
    )
    return is_mine and who.channel == "self" and row["accepted_at"] is None and row["ended_at"] is None


def for_a_report(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow what is read to put a report together."""
    return who.purpose == "own_report"


def in_time(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow before the last day is over."""
    return _is_ahead(row)


def told_by_representative(who: Context, row: Row, rows: Rows) -> bool:
    """Allow a representative to tell the person, or a body."""
    about = {"subject_id": who.represented_id}
    return (
        row["sender_body"] == ""
        and row["subject_id"] in {None, str(who.represented_id)}
        and represented("look")(who, about, rows)
    )


def held(*names: str) -> Rule:
    """Allow the holder, through certain doors."""
    return both(own("holder_key"), lambda who, _row, _rows: who.channel in names)


def checks(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow an officer of the office that checks an application, who names its case."""
    is_officer = who.channel == "office" and Role.CASE_OFFICER in who.roles and bool(who.body)
    return is_officer and row["body"] == who.body and row["number"] == who.case_ref


def told(who: Context, row: Row, _rows: Rows) -> bool:
    """Allow whom an application is about, once they were told."""
    is_ward = who.subject_id is not None and str(row["ward_id"]) == str(who.subject_id)
    return is_ward and who.channel == "self" and row["proposed_at"] is not None


def checks_about(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the office that checks an application about the person."""
    about = (one for one in rows["representation_application"] if one["ward_id"] == row["subject_id"])
    named = any(one["number"] == who.case_ref and one["body"] == who.body for one in about)
    return named and who.channel == "office"


def registers(who: Context, row: Row, rows: Rows) -> bool:
    """Allow a second officer to lay what two of them saw the papers of, unless the deceased arranged otherwise."""
    seconds = {one["id"] for one in rows["casework_case"] if one["proposed_by"] != who.actor_key}
    applied = any(
        checks(who, one, rows)
        and all(one[theirs] == row[ours] for theirs, ours in _AS_APPLIED)
        and one["case_id"] in seconds
        and one["proposed_at"] is not None
        and one["closed_at"] is None
        for one in rows["representation_application"]
    )
    arranged = any(
        one["subject_id"] == row["subject_id"] and one["withdrawn_at"] is None
        for one in rows["representation_arrangement"]
    )
    is_open = row["accepted_at"] is not None and row["ended_at"] is None
    return applied and is_open and not (arranged and row["ground"] == "next_of_kin")


def by_law(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow what the law gave."""
    return bool(row["ground"] in {"guardian", "next_of_kin"})


def fills_in(who: Context, row: Row, rows: Rows) -> bool:
    """Allow a hall clerk, in the moment of a visit, to lay what lets them fill in for the person before them."""
    visits = (one for one in rows["archives_counter_visit"] if str(one["id"]) == who.case_ref)
    is_new = row["ground"] == "counter" and row["granted_by"] == f"visit:{who.case_ref}" and row["ended_at"] is None
    return is_new and attended()(who, row, rows) and any(one["downloaded_at"] is None for one in visits)


def registered(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the office that registered what the law gave, while it names the case."""
    return any(one["id"] == row["id"] and checks(who, one, rows) for one in rows["representation_application"])


def keeps(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the platform to close what the law gave and what is over."""
    is_keeper = Role.PLATFORM in who.roles and who.purpose == "representation_handling"
    return is_keeper and by_law(who, row, rows)


def takes_back(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the represented to end what they gave."""
    return not by_law(who, row, rows) and subject("self")(who, row, rows) and leaves_the_law(who, row, rows)


def leaves_the_law(who: Context, _row: Row, rows: Rows) -> bool:
    """Allow whom no registration is about: who in one statement also ends what the law gave ends nothing at all."""
    mine = (one for one in rows["representation_mandate"] if subject("self")(who, one, rows) and not one["ended_at"])
    return not any(by_law(who, one, rows) for one in mine)


def says_not_so(who: Context, row: Row, rows: Rows) -> bool:
    """Allow whom only the law's registrations are about to let them rest; who also gave mandates changes none so."""
    mine = [one for one in rows["representation_mandate"] if subject("self")(who, one, rows) and not one["ended_at"]]
    is_mine = subject("self")(who, row, rows)
    return is_mine and all(by_law(who, one, rows) and one["rests_since"] is None for one in mine)


def hears(who: Context, row: Row, rows: Rows) -> bool:
    """Allow an officer of the office that looks into what a person said, who names its case."""
    is_officer = who.channel == "office" and Role.CASE_OFFICER in who.roles and bool(who.body)
    is_theirs = any(one["number"] == who.case_ref and one["body"] == who.body for one in rows["casework_case"])
    return is_officer and is_theirs and bool(who.case_ref) and row["contest_number"] == who.case_ref


def resumes(who: Context, row: Row, rows: Rows) -> bool:
    """Allow one of them to let it go on who did not propose it."""
    cases = (one for one in rows["casework_case"] if one["number"] == row["contest_number"])
    return hears(who, row, rows) and any(one["proposed_by"] != who.actor_key for one in cases)


def of_open_repair(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow papers of an application that is not closed."""
    about = (one for one in rows["repair_application"] if one["id"] == row["application_id"])
    return any(one["closed_at"] is None for one in about)


_AS_APPLIED = (("id", "id"), ("ward_id", "subject_id"), ("account_key", "holder_key"), ("ground", "ground"))


def is_over(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow a mandate that ended, or whose last day passed."""
    return row["ended_at"] is not None or row["ends_on"] <= legal_day(now()).isoformat()


def is_closed(_who: Context, row: Row, _rows: Rows) -> bool:
    """Allow an application that is over."""
    return row["closed_at"] is not None


def under(scope: str, *procedures: str) -> Rule:
    """Allow whoever holds a scope the cases of its procedures."""
    return both(represented(scope), lambda _who, row, _rows: row["procedure"] in procedures)


WHOLE_REPORT = both(represented("report"), where(form="report"))
OBJECTION = under("object", "objection", "objection_review")
REPAIR = under("repair", "repair", "repair_revocation")
OF_OPEN_REPAIR = with_parent("repair_application", ("application_id", "id"), ("subject_id", "subject_id"))
_ON_LINE = with_parent("records_version", ("subject_id", "subject_id"), ("record_id", "record_id"))
MANDATE = {
    "representation_mandate": Rights(
        select=(
            subject("self"),
            offered,
            held("self", "represented", "counter"),
            registered,
            sweeps,
            keeps,
            hears,
        ),
        insert=(
            both(subject("self"), own("granted_by"), where(ground="mandate", accepted_at=None, ended_at=None)),
            both(own("granted_by"), registers),
            both(own("holder_key"), fills_in),
        ),
        update=(
            both(takes_back, where(ended_at=None)),
            both(keeps, where(ended_at=None)),
            both(held("self"), where(ended_at=None)),
            both(registered, where(ended_at=None)),
            both(offered, in_time, leaves_the_law),
        ),
        change="holder_key = guard.actor_key(), holder_tag = null, accepted_at = now(), ended_at = now(), "
        "ended_by = 'x'",
        crooked="rests_since = case when rests_since is null then now() end, "
        "contest_number = case contest_number when '' then 'x' else contest_number end",
        crooked_update=(both(says_not_so, where(ended_at=None)), both(resumes, where(ended_at=None))),
        further={"sealed_name = ''": (both(sweeps, is_over),), "sealed_name = 'x'": ()},
    ),
    "representation_application": Rights(
        select=(subject("self"), told, checks, sweeps),
        insert=(
            both(
                subject("self"),
                own("account_key"),
                where(ward_id=None, contested_at=None, heard_at=None, closed_at=None),
            ),
        ),
        update=(both(subject("self"), where(closed_at=None)), checks),
        change="closed_at = now()",
        crooked="contested_at = now(), heard_at = null",
        crooked_update=(both(told, where(closed_at=None)), checks),
        further={
            "sealed = '', sealed_name = case when sealed_name is not null then ''::bytea end": (
                both(sweeps, is_closed),
            ),
            "sealed = 'x'": (),
        },
    ),
    "representation_arrangement": Rights(
        select=(subject("self"), checks_about),
        insert=(both(subject("self"), where(withdrawn_at=None)),),
        update=(both(subject("self"), where(withdrawn_at=None)),),
        change="withdrawn_at = now()",
    ),
}
# What is opened beside what the tables' own packages open.
BESIDE = {
    "subjects_subject": Rights(select=(represented("look", "id"),)),
    "audit_event": Rights(select=(both(represented("report"), for_a_report, shown),)),
    "archives_report": Rights(
        select=(WHOLE_REPORT,),
        insert=(both(WHOLE_REPORT, where(superseded_at=None, withdrawn_at=None)),),
    ),
    "subjects_subject_key": Rights(select=(represented("look"),)),
    "subjects_name": Rights(select=(represented("look"),)),
    "records_version": Rights(select=(represented("look"),)),
    "records_recipient": Rights(select=(represented("look"),)),
    "jobs_message": Rights(select=(represented("look"),)),
    "notices_notice": Rights(select=(), insert=(told_by_representative,)),
    "casework_case": Rights(
        select=(OBJECTION, REPAIR),
        insert=(both(own("opened_by"), OBJECTION), both(own("opened_by"), under("repair", "repair"))),
        update=(OBJECTION, REPAIR),
        crooked_update=(OBJECTION, REPAIR),
    ),
    "repair_application": Rights(
        select=(represented("repair"),),
        insert=(both(represented("repair"), own("applied_by"), where(granted_at=None, closed_at=None)),),
    ),
    "repair_paper": Rights(select=(), insert=(both(represented("repair"), OF_OPEN_REPAIR, of_open_repair),)),
    "objections_objection": Rights(
        select=(represented("object"),), insert=(represented("object"),), update=(represented("object"),)
    ),
    "records_mark": Rights(
        select=(),
        insert=(both(own("actor_key"), represented("object"), where(kind="objection", body=""), _ON_LINE),),
    ),
}


def widened(rights: dict[str, Rights]) -> dict[str, Rights]:
    """Return the rights of all tables with what a mandate opens beside them."""
    return {
        table: replace(
            rights[table],
            select=rights[table].select + more.select,
            insert=rights[table].insert + more.insert,
            update=rights[table].update + more.update,
            crooked_update=rights[table].crooked_update + more.crooked_update,
        )
        for table, more in BESIDE.items()
    }
