"""The days an applicant is told: when a decision is due, until when to speak, until when to contest."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from chengxin.kernel.clock import legal_day, now
from chengxin.law import facade as law


def decision_day(received_on: date) -> date:
    """Return the last day on which an application of a day is decided."""
    return law.due("repair.decision", start=received_on, on=received_on, pack=settings.LAW_PACK).last_day


def decision_days() -> int:
    """Return how many working days a body has to decide, by the law of today."""
    return law.value("repair.decision", on=legal_day(now()), pack=settings.LAW_PACK).number


def execution_day(decided_on: date) -> date:
    """Return the last day on which every recipient has carried a repair out."""
    return law.due("repair.execution", start=decided_on, on=decided_on, pack=settings.LAW_PACK).last_day


def statement_day(told_on: date) -> date:
    """Return the last day to state one's case before a repair is revoked."""
    return law.due("repair.statement", start=told_on, on=told_on, pack=settings.LAW_PACK).last_day
