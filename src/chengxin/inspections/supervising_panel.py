"""What a visit says on the page of its case."""

from __future__ import annotations

from datetime import datetime

from chengxin.casework.contracts import Case, Panel
from chengxin.inspections.supervising_display import visit_facts
from chengxin.kernel.actor import Actor


def of_case(case: Case, *, actor: Actor, now: datetime) -> Panel:
    """Return the panel of a visit: which shop, and the step to a lead once the proof was found whole."""
    may_pass_on = case.state == "credible" and case.body == actor.body
    context = {"facts": visit_facts(case, at=now), "case": case, "may_pass_on": may_pass_on}
    return Panel(template="inspections/visit_panel.html", context=context)
