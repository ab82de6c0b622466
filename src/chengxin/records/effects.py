"""What the verbs of this package's procedures bring about."""

from __future__ import annotations

from uuid import UUID

from chengxin.casework.contracts import Taken
from chengxin.records.actions import withdraw


def withdraw_by_case(taken: Taken) -> None:
    """Withdraw the record a withdrawal case is about, with the reasons of who decided it."""
    if taken.case.ref.subject_id is None:
        raise ValueError("A withdrawal case names the subject of its record.")
    withdraw(
        subject_id=taken.case.ref.subject_id,
        record_id=UUID(taken.case.ref.id),
        reason=taken.reasons,
        reference=taken.case.number,
        actor=taken.actor,
        now=taken.at,
    )
