"""Approve what was filed through the doors of casework and records, as the day's officers with the day's clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.demo.handing import Handed
from chengxin.demo.staff import BUILDER, Officers
from chengxin.demo.state import State
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch
from chengxin.jobs import facade as jobs
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import simulated, start_of
from chengxin.records import facade as records

REVIEW_TAKES = timedelta(minutes=20)
WATCHES_PROCESSES = "audit.log"
Keep = Callable[[State], None]


def replay(handed: Iterable[Handed], *, state: State, officers: Officers, keep: Keep, step: Callable[[], None]) -> None:
    """Approve each filing handed in; at the turn of a month the platform publishes and ends what is due."""
    month = ""
    for filing in handed:
        if month and month != f"{filing.day:%Y%m}":
            turn_of_the_day(filing.day, state=state)
        month = f"{filing.day:%Y%m}"
        count_batch(approve(filing, officers=officers), state)
        state.last_filing = filing.number
        keep(state)
        step()


def approve(filing: Handed, *, officers: Officers) -> Batch:
    """Let a filing's batch become records; one without a good row, or one that is in already, is left as it is."""
    approver = officers.of(filing.body_code, Role.APPROVER)
    if not filing.waits:
        with access.acting_for(approver, channel=Channel.INTAKE, purpose="filing"):
            return intake.get_batch(filing.batch_id)
    later = filing.moment + REVIEW_TAKES
    with simulated(later):
        return intake.decide(filing.batch_id, approves=True, actor=approver, now=later)


def count_batch(batch: Batch, state: State) -> None:
    """Add what a batch brought to the counts."""
    state.add(
        batches=1,
        rows=batch.rows,
        accepted=batch.accepted + batch.corrected + batch.repeated,
        questioned=batch.questioned,
        held=batch.held,
        records=batch.accepted,
        published=batch.published,
    )


def turn_of_the_day(day: date, *, state: State) -> None:
    """Let the platform do what a new day asks: publish what has become due, end what has ended."""
    now = start_of(day)
    with simulated(now), access.acting_for(BUILDER, channel=Channel.JOB, purpose="filing"):
        state.add(published=records.publish_due(actor=BUILDER, now=now))
        state.add(expired=records.end_expired(actor=BUILDER, now=now))


def turn_of_today(day: date, *, state: State) -> None:
    """Let the platform do all that it does by itself on the day of the demonstration: figures and signs too."""
    now = start_of(day)
    with simulated(now):
        did = run_tasks(now)["records.day"]
    state.add(published=did["published"], expired=did["ended"])


def run_tasks(now: datetime) -> dict[str, Mapping[str, int]]:
    """Run the tasks of the worker for a moment, all but the one that watches whether processes live."""
    return {task.name: task.run(now, None) for task in jobs.list_tasks() if task.name != WATCHES_PROCESSES}
