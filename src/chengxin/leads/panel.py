"""What leads add to the page of their case: the evidence, what clears it, and what the merchant said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.contracts import Case, Panel
from chengxin.kernel.actor import Actor
from chengxin.leads import display, facade, pictures
from chengxin.ui.facade import Link


def case_panel(case: Case, *, actor: Actor, now: datetime) -> Panel | None:  # noqa: ARG001 - every panel is given both
    """Return the panel of a lead, or None for whoever may not see it."""
    lead = facade.find_in_context(UUID(case.ref.id))
    if lead is None:
        return None
    held = facade.list_held(lead.id)
    ties = facade.list_ties(held)
    links = []
    if case.state == "founded" and facade.why_not_determination(lead) is None:
        links.append(Link(text=_("起草认定"), url=reverse("lead_determination", args=[lead.id]), strong=True))
    if lead.determination is not None:
        links.append(Link(text=_("看起草的认定"), url=reverse("determination", args=[lead.determination])))
    context = {
        "facts": display.lead_facts(lead),
        "is_harmed": lead.is_harmed,
        "is_kept": lead.destroyed_at is None,
        "graph": pictures.ring_graph(ties),
        "ring": pictures.ring_table(ties),
        "strip": display.strip(lead, held),
        "findings": display.findings_table(held, counts_accounts=True),
        "papers": display.papers_table(held),
        "clears": display.clears(held),
        "answers": display.answer_steps(facade.list_answers(lead.id)),
        "links": links,
    }
    return Panel(template="leads/panel.html", context=context)
