"""What this package adds to the case page of staff: the look in question, as its person reads it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.audit.contracts import Look
from chengxin.casework.contracts import Case, Panel
from chengxin.kernel.actor import Actor, Role
from chengxin.looks.display import look_facts
from chengxin.looks.restriction_display import case_facts
from chengxin.ui.facade import Fact, Link


def case_panel(case: Case, *, actor: Actor, now: datetime) -> Panel:  # noqa: ARG001 - the shape of every panel
    """Return the look a case is about; which account it was, the audit administrator finds by its number."""
    look = look_of(case)
    facts = look_facts(look)
    if look.reference:
        facts.append(Fact(name=_("案件或者授权编号"), value=look.reference))
    links = []
    if Role.CLIENT in look.role.split(",") and actor.has(Role.CASE_OFFICER):
        links.append(Link(text=_("查询机构的登记"), url=reverse("grants")))
    return Panel(template="looks/panel.html", context={"facts": facts, "links": links})


def restriction_panel(case: Case, *, actor: Actor, now: datetime) -> Panel:  # noqa: ARG001 - the shape of every panel
    """Return what a registered restriction covers, on which ground and until when; who the person is stands nowhere."""
    return Panel(template="looks/restriction_panel.html", context={"facts": case_facts(case)})


def look_of(case: Case) -> Look:
    """Return the look as it was when it was challenged."""
    facts = case.facts
    return Look(
        event_id=UUID(case.ref.id),
        at=datetime.fromisoformat(str(facts["at"])),
        kind=str(facts["kind"]),
        body=str(facts["looked_body"]),
        role=str(facts["role"]),
        purpose=str(facts["purpose"]),
        basis=_texts(facts["basis"]),
        categories=_texts(facts["categories"]),
        outcome=str(facts["outcome"]),
        count=int(str(facts["count"])),
        reason=str(facts["reason"]),
        channel=str(facts["channel"]),
        reference=str(facts["reference"]),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
