"""What this package adds to the case page of a warning: what the change was, and the way to read the entry again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.casework.contracts import Case, Panel
from chengxin.kernel.actor import Actor
from chengxin.watches.display import warning_facts


def warning_panel(case: Case, *, actor: Actor, now: datetime) -> Panel:  # noqa: ARG001 - the shape of every panel
    """Return what a warning rests on; the entry itself is read again on the page of the watch."""
    is_staff = bool(actor.body) and actor.body in case.parties
    context = {"facts": warning_facts(case), "watch_id": UUID(case.ref.id) if is_staff else None}
    return Panel(template="watches/panel.html", context=context)
