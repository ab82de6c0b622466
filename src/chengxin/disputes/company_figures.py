"""What complaints come to for a company of the register: numbers alone, no share below the floor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Step
from chengxin.database.contracts import Channel
from chengxin.disputes import models
from chengxin.disputes.contracts import COURIER, CourierFigures, PaymentFigures
from chengxin.disputes.reaching import CONSUMER, HANDLING
from chengxin.disputes.rules import share
from chengxin.kernel.clock import legal_day
from chengxin.law import facade as law

LAW: Final = law.beside(__file__)
ANSWER: Final = "courier.complaint"
PAYMENT: Final = "payment"


def courier_figures(subject_id: UUID, *, now: datetime) -> CourierFigures:
    """Return how many complaints about a courier company there were, and how many it answered in time (KD 28)."""
    on = legal_day(now)
    days, since = _window(on, now)
    rows = models.Dispute.objects.filter(procedure=COURIER, subject_id=subject_id, received_at__gt=since)
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
        cases = list(casework.find_cases_by_number(list(rows.values_list("number", flat=True))).values())
        steps_of = casework.timelines(cases, actor=CONSUMER)
        courses = [(case, steps_of[case.id]) for case in cases]
        met = [_met(case, steps, on=on) for case, steps in courses]
    due = [one for one in met if one is not None]
    return CourierFigures(
        days=days,
        complaints=len(cases),
        due=len(due),
        in_time=sum(due),
        went_up=sum(_went_up(steps) for _case, steps in courses),
        share=share(sum(due), len(due), floor=_floor(on)),
    )


def payment_figures(uscc: str, *, now: datetime) -> PaymentFigures:
    """Return how many complaints about payments name an institution, and how many this one; nobody is ranked by it."""
    on = legal_day(now)
    days, since = _window(on, now)
    named = models.Dispute.objects.filter(matter=PAYMENT, received_at__gt=since).exclude(institution="")
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
        total = named.count()
        numbers = list(named.filter(institution=uscc).values_list("number", flat=True))
        cases = casework.find_cases_by_number(numbers).values()
    return PaymentFigures(
        days=days,
        named=total,
        of_this=len(numbers),
        settled=sum(case.state == "settled" for case in cases),
        running=sum(not case.is_closed for case in cases),
        share=share(len(numbers), total, floor=_floor(on)),
    )


def _met(case: Case, steps: Sequence[Step], *, on: date) -> bool | None:
    """Tell whether the company answered within its days; None where they still run, or it was taken back before."""
    clock = next((one for one in casework.deadlines_of(case, on=on, steps=steps) if one.key == ANSWER), None)
    answered = next((legal_day(step.at) for step in steps if step.verb in {"answer", "answer_for"}), None)
    if clock is None:
        return None
    if answered is not None:
        return answered <= clock.last_day
    return False if _went_up(steps) and on > clock.last_day else None


def _went_up(steps: Sequence[Step]) -> bool:
    return any(step.verb == "go_up" for step in steps)


def _window(on: date, now: datetime) -> tuple[int, datetime]:
    days = LAW.value("dispute.window", on=on).number
    return days, now - timedelta(days=days)


def _floor(on: date) -> int:
    return LAW.value("dispute.sample", on=on).number
