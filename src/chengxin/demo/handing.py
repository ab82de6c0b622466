"""Hand in a filing as the clerk of its department, with the clock of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.demo.filings import Filing
from chengxin.demo.staff import Officers
from chengxin.intake import facade as intake
from chengxin.intake.contracts import BatchState
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import simulated, start_of

OPENS_AT = timedelta(hours=9)


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A filing that was handed in: its number, its day, its body, the batch it became, and whether that waits."""

    number: int
    day: date
    body_code: str
    batch_id: UUID
    waits: bool

    @property
    def moment(self) -> datetime:
        """Return when it was handed in; no two filings share a moment."""
        return moment_of(self.number, self.day)


def moment_of(number: int, day: date) -> datetime:
    """Return the moment at which the filing of a number is handed in on its day."""
    return start_of(day) + OPENS_AT + timedelta(seconds=number % 20_000)


def hand_in(filing: Filing, *, folder: Path, officers: Officers) -> Handed:
    """Upload and submit a filing; one that is in already is left as it is."""
    now = moment_of(filing.number, filing.day)
    clerk = officers.of(filing.body_code, Role.CLERK)
    path = folder / filing.file_name
    path.write_bytes(filing.content)
    try:
        with simulated(now), access.acting_for(clerk, channel=Channel.INTAKE, purpose="filing"):
            batch = intake.upload(
                path, file_name=filing.file_name, item_code=filing.item_code, actor=clerk, now=now, channel="command"
            )
            if batch.state is BatchState.VALIDATED and batch.good:
                batch = intake.submit(batch.id, actor=clerk, now=now)
    finally:
        path.unlink()
    return Handed(
        number=filing.number,
        day=filing.day,
        body_code=filing.body_code,
        batch_id=batch.id,
        waits=batch.state is BatchState.SUBMITTED,
    )
