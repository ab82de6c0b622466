"""Remind a platform of a filing before its last day (报送提醒): sixty, thirty and seven days, each once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.duties.contracts import Owed
from chengxin.duties.filing_rules import reminder_of
from chengxin.duties.filings import list_owed
from chengxin.duties.rules import LAW
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import legal_day
from chengxin.market import facade as market
from chengxin.market.contracts import FILING
from chengxin.notices import facade as notices

_KEEPER: Final = platform("filings")


def remind(*, now: datetime) -> int:
    """Send each reminder that is due and was not sent; return how many. It looks at what stands and may run twice."""
    sent, on = 0, legal_day(now)
    ahead = timedelta(days=LAW.value("duty.filing_remind", on=on, step="first").number)
    for one in market.list_platforms():
        for due in list_owed(one, now=now, ahead=ahead):
            step = reminder_of(due.due_on, on=on)
            sent += bool(step) and _send(one.body, due, step, now=now)
    return sent


def _send(body: str, due: Owed, step: str, *, now: datetime) -> bool:
    """Serve one reminder; the notice itself tells that it was sent."""
    reference = f"{body}.{due.duty}.{due.period}.{step}"
    with access.acting_for(_KEEPER, channel=Channel.JOB, purpose=FILING), transaction.atomic():
        if notices.list_about(reference):
            return False
        notices.serve(
            kind="duties.filing_due",
            text="filing_due",
            parameters={"day": due.due_on.isoformat()},
            reference=reference,
            to_body=body,
            actor=_KEEPER,
            now=now,
        )
    return True
