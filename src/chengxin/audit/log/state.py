"""How far the log is, as every process may ask it."""

from __future__ import annotations

import time
from typing import Final

from django.db import connection

from chengxin.audit.contracts import LogState
from chengxin.audit.rules import why_not_disclose
from chengxin.database.facade import ask
from chengxin.kernel.refusal import refuse_if

# Since when something waits while nothing is sequenced: a long transaction, whose entries carry the moment they were
# written, does not make a log late that signs all the while.
_LAG = """
    select coalesce(extract(epoch from clock_timestamp() - greatest(
        (select min(queued_at) from audit_queue), (select max(at) from audit_checkpoint))), 0)::float8
    where exists (select from audit_queue)
"""
_BELIEVED_SECONDS: Final = 1.0
_well_until: dict[str, float] = {}


def log_state() -> LogState:
    """Return how many entries wait and how late the log is."""
    ((waiting,),) = ask("select count(queued_at) from audit_queue", [])
    return LogState(waiting=waiting, lag=_lag())


def refuse_if_stopped() -> None:
    """Raise `Refused` when the log has stood still for too long; that it runs is believed for a second."""
    database = connection.settings_dict["NAME"]
    if time.monotonic() < _well_until.get(database, 0.0):
        return
    refuse_if(why_not_disclose(_lag()))
    _well_until[database] = time.monotonic() + _BELIEVED_SECONDS


def _lag() -> float:
    rows = ask(_LAG, [])
    return max(0.0, rows[0][0]) if rows else 0.0
