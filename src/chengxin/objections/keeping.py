"""What the platform does with objections by itself (到期自动办理): it keeps clocks and decides nothing."""

from __future__ import annotations

from datetime import datetime

from chengxin.casework import facade as casework
from chengxin.kernel.actor import Actor
from chengxin.objections.contracts import OBJECTION
from chengxin.objections.queries import lapsed_windows
from chengxin.records import facade as records


def stop_unverified(*, actor: Actor, now: datetime) -> int:
    """Stop the publicity of every record whose source did not answer in time; return how many cases."""
    late = casework.list_overdue(OBJECTION, now=now)
    verb = casework.get_procedure(OBJECTION).verbs["stop_unverified"]
    waiting = [case for case in late if case.state in verb.from_states]
    for case in waiting:
        casework.take(case.id, verb=verb.code, actor=actor, now=now)
    return len(waiting)


def lift_lapsed(*, actor: Actor, now: datetime) -> int:
    """Lift the mark of every decided objection whose time for a review has passed; return how many."""
    rows = lapsed_windows(now=now)
    for row in rows:
        records.lift(row.mark_id, actor=actor, now=now)
        row.mark_lifted_at = now
        row.save(update_fields=["mark_lifted_at"])
    return len(rows)
