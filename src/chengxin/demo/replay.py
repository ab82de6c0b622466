"""Replay filings through the doors of intake, casework and records, as the day's officers with the day's clock."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.demo.filings import Filing
from chengxin.demo.staff import BUILDER, Officers
from chengxin.demo.state import State
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch, BatchState
from chengxin.jobs import facade as jobs
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import simulated, start_of
from chengxin.records import facade as records

OPENS_AT = timedelta(hours=9)
REVIEW_TAKES = timedelta(minutes=20)
WATCHES_PROCESSES = "audit.log"
Keep = Callable[[State], None]


def moment_of(filing: Filing) -> datetime:
    """Return the moment a filing is handed in; no two filings share one."""
    return start_of(filing.day) + OPENS_AT + timedelta(seconds=filing.number % 20_000)


def replay(
    filings: Iterable[Filing], *, state: State, officers: Officers, keep: Keep, step: Callable[[], None]
) -> None:
    """Hand in, submit and approve each filing; at the turn of a month the platform publishes and ends what is due."""
    month = ""
    with tempfile.TemporaryDirectory(prefix="chengxin-demo-") as folder:
        for filing in filings:
            now = moment_of(filing)
            if month and month != f"{filing.day:%Y%m}":
                turn_of_the_day(filing.day, state=state)
            month = f"{filing.day:%Y%m}"
            with simulated(now):
                batch = take_in(filing, folder=Path(folder), officers=officers, now=now)
            count_batch(batch, state)
            state.last_filing = filing.number
            keep(state)
            step()


def take_in(filing: Filing, *, folder: Path, officers: Officers, now: datetime) -> Batch:
    """Take one filing from its file to its records; one that is in already is left as it is."""
    clerk = officers.of(filing.body_code, Role.CLERK)
    approver = officers.of(filing.body_code, Role.APPROVER)
    path = folder / filing.file_name
    path.write_bytes(filing.content)
    try:
        with access.acting_for(clerk, channel=Channel.INTAKE, purpose="filing"):
            batch = intake.upload(
                path, file_name=filing.file_name, item_code=filing.item_code, actor=clerk, now=now, channel="command"
            )
            if batch.state is BatchState.VALIDATED and batch.good:
                batch = intake.submit(batch.id, actor=clerk, now=now)
    finally:
        path.unlink()
    if batch.state is not BatchState.SUBMITTED:
        return batch
    later = now + REVIEW_TAKES
    with simulated(later):
        return intake.decide(batch.id, approves=True, actor=approver, now=later)


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
