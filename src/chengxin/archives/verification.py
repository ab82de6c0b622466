"""Answer a verification code (验真): where the report stands, and nothing of what it says."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Final

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.archives.contracts import ReportState
from chengxin.archives.models import Report
from chengxin.archives.reports import state_of
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.codes import read_code
from chengxin.records import facade as records
from chengxin.records.contracts import Handed

PURPOSE: Final = "public_viewing"
OUTLET: Final = "report.verify"
# Known and unknown codes are answered after the same time, longer than either needs.
ANSWER_AFTER_SECONDS: Final = 0.05


def verify(text: str, *, actor: Actor, now: datetime) -> ReportState:
    """Return where the report with a code stands; whoever it belongs to sees that it was verified."""
    started = time.monotonic()
    access.require(actor, action="report.verify", resource=Resource(kind="report"), purpose=PURPOSE, now=now)
    code = read_code(text)
    with access.acting_for(platform("verify"), channel=Door.JOB, purpose=PURPOSE, case_ref=code or "none"):
        row = Report.objects.filter(code=code).first() if code else None
        state = state_of(row, now=now) if row else ReportState.UNKNOWN
        if row:
            _note(row, by=actor, now=now)
    time.sleep(max(ANSWER_AFTER_SECONDS - (time.monotonic() - started), 0))
    return state


def _note(row: Report, *, by: Actor, now: datetime) -> None:
    """Write down that a report was verified, and what the body that did so therefore holds in its hands."""
    told = audit.record_event(
        Event(
            kind=Kind.VERIFY,
            actor=platform("verify"),
            at=now,
            purpose=PURPOSE,
            channel=Door.PUBLIC,
            subject_id=row.subject_id,
            reference=row.code,
        )
    )
    if not records.recipient_of(by):
        return
    held = dict(zip(row.record_ids, row.record_versions, strict=True))
    handed = [
        Handed(subject_id=one.subject_id, record_id=one.record_id, version=held[one.record_id], source_body=one.body)
        for one in records.list_by_ids([(row.subject_id, record_id) for record_id in held])
    ]
    records.note_received(
        handed,
        recipient=by,
        outlet=OUTLET,
        purpose=PURPOSE,
        event_id=told.event_id,
        now=now,
        reference=row.code,
    )
