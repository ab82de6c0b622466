"""The second opinion on who acts for another: what a living mandate opens, to its holder alone, and nothing beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.proofs._rules import Rights, Row, Rows, Rule, both, own, subject, where, with_parent

from chengxin.database.contracts import Context
from chengxin.kernel.clock import legal_day, now


def represented(scope: str, column: str = "subject_id") -> Rule:
    """Allow whoever holds a living mandate with a scope, of the person the row is about, who lives."""

    def rule(who: Context, row: Row, rows: Rows) -> bool:
        person = str(who.represented_id)
        lives = any(one["id"] == person and one["status"] == "active" for one in rows["subjects_subject"])
        return str(row[column]) == person and lives and _holds(who, scope, rows)

    return rule


def _holds(who: Context, scope: str, rows: Rows) -> bool:
    return who.channel == "represented" and any(
        one["subject_id"] == str(who.represented_id)
        and one["holder_key"] == who.actor_key
        and scope in one["scopes"]
        and one["ended_at"] is None
        and _is_ahead(one)
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


OBJECTION = both(represented("object"), lambda _who, row, _rows: row["procedure"] in {"objection", "objection_review"})
_ON_LINE = with_parent("records_version", ("subject_id", "subject_id"), ("record_id", "record_id"))
MANDATE = {
    "representation_mandate": Rights(
        select=(subject("self"), offered, held("self", "represented")),
        insert=(both(subject("self"), own("granted_by"), where(ground="mandate", accepted_at=None, ended_at=None)),),
        update=(
            both(subject("self"), where(ended_at=None)),
            both(held("self"), where(ended_at=None)),
            both(offered, in_time),
        ),
        change="holder_key = guard.actor_key(), holder_tag = null, accepted_at = now(), ended_at = now(), "
        "ended_by = 'x'",
    )
}
# What is opened beside what the tables' own packages open.
BESIDE = {
    "subjects_subject": Rights(select=(represented("look", "id"),)),
    "subjects_subject_key": Rights(select=(represented("look"),)),
    "subjects_name": Rights(select=(represented("look"),)),
    "records_version": Rights(select=(represented("look"),)),
    "records_recipient": Rights(select=(represented("look"),)),
    "jobs_message": Rights(select=(represented("look"),)),
    "notices_notice": Rights(select=(), insert=(told_by_representative,)),
    "casework_case": Rights(
        select=(OBJECTION,),
        insert=(both(own("opened_by"), OBJECTION),),
        update=(OBJECTION,),
        crooked_update=(OBJECTION,),
    ),
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
