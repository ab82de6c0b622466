"""Make a frame of looks from the log: explained or not, marked or not; case numbers are asked at their source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import polars as pl

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Kind
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.crypto import facade as crypto
from chengxin.kernel.clock import legal_day
from chengxin.misuse import models
from chengxin.misuse.contracts import MarkKind
from chengxin.representation import facade as representation

# A look by consent or statute names the permission the platform checked in the transaction of the look.
# Steps of a procedure of the platform itself, told by the number of their batch, report or visit.
TASKS: Final = frozenset({"filing", "filing_review", "correction", "identity_review", "own_report_at_counter"})
BEIJING: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, kw_only=True)
class Look:
    """One look of a member of staff as the log has it, and whether something explains it."""

    event_id: UUID
    at: datetime
    subject_id: UUID
    clerk_key: str
    body: str
    area: str
    purpose: str
    reference: str
    count: int
    kind: str
    categories: tuple[str, ...]
    is_explained: bool = False

    @property
    def is_falsely_referred(self) -> bool:
        """Tell whether it names a number that its source does not confirm."""
        return bool(self.reference) and not self.is_explained


def list_looks(*, since: datetime, until: datetime) -> list[Look]:
    """Return the looks of staff in [since, until), each asked for its explanation; runs as the detection."""
    rows = [
        dict(zip(audit.STAFF_LOOK_COLUMNS, row, strict=True))
        for row in audit.list_staff_looks(since=since, until=until)
    ]
    numbers = sorted({row["reference"] for row in rows if row["reference"]})
    cases = casework.find_cases_by_number(numbers) if numbers else {}
    served = _served([row for row in rows if _is_turn(row)], since=since)
    served |= _handled([row for row in rows if not row["reference"]], since=since)
    return [_look(row, cases.get(row["reference"]), is_served=row["event_id"] in served) for row in rows]


def frame_of(looks: list[Look]) -> pl.DataFrame:
    """Return the looks as the columns the detection wants; places among identifiers are ranks, no identifiers."""
    selves = _own_subjects({look.clerk_key for look in looks}, at=looks[-1].at) if looks else {}
    ranks = {subject: place for place, subject in enumerate(sorted({look.subject_id for look in looks}))}
    canaries = _met(MarkKind.CANARY, [("", look.subject_id) for look in looks])
    conflicts = _met(MarkKind.CONFLICT, [(look.clerk_key, look.subject_id) for look in looks])
    return pl.DataFrame(
        {
            "row": range(len(looks)),
            "clerk": [look.clerk_key for look in looks],
            "unit": [look.body for look in looks],
            "at": [look.at.astimezone(BEIJING).replace(tzinfo=None) for look in looks],
            "subject": [str(look.subject_id) for look in looks],
            "order": [ranks[look.subject_id] for look in looks],
            "purpose": [look.purpose for look in looks],
            "explained": [look.is_explained for look in looks],
            "false_reference": [look.is_falsely_referred for look in looks],
            "is_self": [selves.get(look.clerk_key) == look.subject_id for look in looks],
            "is_conflict": conflicts,
            "is_canary": canaries,
            "out_of_area": [None] * len(looks),  # No residence of a person is held, so this sign is not asked here.
            "persons": [1] * len(looks),
        },
        schema={
            "row": pl.UInt32, "clerk": pl.String, "unit": pl.String, "at": pl.Datetime, "subject": pl.String,
            "order": pl.Int64, "purpose": pl.String, "explained": pl.Boolean, "false_reference": pl.Boolean,
            "is_self": pl.Boolean, "is_conflict": pl.Boolean, "is_canary": pl.Boolean, "out_of_area": pl.Boolean,
            "persons": pl.Int32,
        },
    )  # fmt: skip


def tag_of(kind: MarkKind, *, owner_key: str, subject_id: UUID) -> bytes:
    """Return the keyed hash under which a mark is met; a canary is everybody's, a conflict its declarer's."""
    return _tags(kind, [("" if kind is MarkKind.CANARY else owner_key, subject_id)])[0]


def _is_turn(row: dict[str, Any]) -> bool:
    """Tell whether a look is the one with which a clerk began to fill in for a person at a counter (窗口代填)."""
    return bool(row["purpose"] == representation.FILING and row["kind"] == Kind.VERIFY)


def _served(turns: list[dict[str, Any]], *, since: datetime) -> frozenset[UUID]:
    """Return the turns an application followed: the clerk filed it about this very person, in the time of the turn."""
    if not turns:
        return frozenset()
    clerks, people = {row["actor_key"] for row in turns}, {row["subject_id"] for row in turns}
    filed: dict[tuple[str, UUID | None], list[datetime]] = {}
    for case in casework.list_opened_by(clerks, about=people, since=since):
        filed.setdefault((case.opened_by, case.ref.subject_id), []).append(case.opened_at)
    return frozenset(
        row["event_id"]
        for row in turns
        for at in filed.get((row["actor_key"], row["subject_id"]), ())
        if row["at"] <= at <= row["at"] + representation.LASTS
    )


def _handled(unnumbered: list[dict[str, Any]], *, since: datetime) -> frozenset[UUID]:
    """Return the looks without a number that a case of the own body carries: a list of what is in hand shows many.

    The case is found by the person, and only one whose procedure is for the purpose of the look explains it.
    """
    people = {row["subject_id"] for row in unnumbered}
    open_cases: dict[tuple[UUID | None, str], list[Case]] = {}
    for case in casework.list_open_since(since, about=people) if people else ():
        purpose = casework.get_procedure(case.procedure, version=case.procedure_version).purpose
        open_cases.setdefault((case.ref.subject_id, purpose), []).append(case)
    return frozenset(
        row["event_id"]
        for row in unnumbered
        if any(_explains(case, row) for case in open_cases.get((row["subject_id"], row["purpose"]), ()))
    )


def _look(row: dict[str, Any], case: Case | None, *, is_served: bool) -> Look:
    task = bool(row["reference"]) and row["purpose"] in TASKS | access.authorised_purposes()
    return Look(
        event_id=row["event_id"],
        at=row["at"],
        subject_id=row["subject_id"],
        clerk_key=row["actor_key"],
        body=row["body"],
        area=row["area"],
        purpose=row["purpose"],
        reference=row["reference"],
        count=row["count"],
        kind=row["kind"],
        categories=tuple(row["categories"]),
        is_explained=task or is_served or (case is not None and _explains(case, row)),
    )


def _explains(case: Case, row: dict[str, Any]) -> bool:
    """Tell whether a case carries a look: of this body, about this person, and open at that moment."""
    is_open = case.opened_at <= row["at"] and (case.closed_at is None or row["at"] <= case.closed_at)
    return is_open and row["body"] in case.parties and case.ref.subject_id in {None, row["subject_id"]}


def _own_subjects(keys: set[str], *, at: datetime) -> dict[str, UUID]:
    accounts = (
        access.find_account_by_id(UUID(key.partition(":")[2]), on=legal_day(at)) for key in keys if _is_account(key)
    )
    return {access.account_key(one.id): one.subject_id for one in accounts if one and one.subject_id}


def _is_account(key: str) -> bool:
    try:
        UUID(key.partition(":")[2])
    except ValueError:
        return False
    return True


def _met(kind: MarkKind, pairs: list[tuple[str, UUID]]) -> list[bool]:
    marks = {
        bytes(tag) for tag in models.Mark.objects.filter(kind=kind, ended_at__isnull=True).values_list("tag", flat=True)
    }
    return [tag in marks for tag in _tags(kind, pairs)]


def _tags(kind: MarkKind, pairs: Iterable[tuple[str, UUID]]) -> list[bytes]:
    return crypto.blind_many("misuse_mark.tag", (f"{kind}|{owner}|{subject}" for owner, subject in pairs))
