"""The rules of `_rights` that more than one table needs, and the question that is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
    `further` are more of them, each with who may make it.
    """

    select: tuple[Rule, ...]
    insert: tuple[Rule, ...] = ()
    update: tuple[Rule, ...] = ()
    delete: tuple[Rule, ...] = ()
    change: str = ""
    crooked: str = ""
    crooked_update: tuple[Rule, ...] = ()
    further: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)


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


def handles(who: Context, row: Row, rows: Rows) -> bool:
    """Allow the body that handles the case the context names, on the record that case is about (ADR 0016)."""
    return any(
        one["number"] == who.case_ref
        and one["ref_kind"] == "record"
        and one["ref_id"] == row["record_id"]
        and bool(who.body)
        and one["body"] == who.body
        for one in rows["casework_case"]
    )


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


def sweeps(who: Context, _row: Row, _rows: Rows) -> bool:
    """Allow the sweep of retention: the platform for this purpose, by whatever door."""
    return Role.PLATFORM in who.roles and who.purpose == "retention"


def of_closed_case(_who: Context, row: Row, rows: Rows) -> bool:
    """Allow what hangs on a case that is over."""
    return any(one["id"] == row["case_id"] and one["is_closed"] for one in rows["casework_case"])


RIGHTS: dict[str, Rights] = {}


def may(table: str, verb: str, who: Context, row: Row, rows: Rows) -> bool:
    """Tell whether a rule allows it."""
    return any(rule(who, row, rows) for rule in getattr(RIGHTS[table], verb))
