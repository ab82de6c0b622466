"""What a form by which an authority asked says on the page of its case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from chengxin.casework.contracts import Case, Panel
from chengxin.casework.facade import body_name, text
from chengxin.duties.sheets import sheets
from chengxin.kernel.actor import Actor
from chengxin.ui.facade import Fact


def of_case(case: Case, *, actor: Actor, now: datetime) -> Panel:  # noqa: ARG001 - every panel is given both
    """Return the panel of a case: who asks whom for what, on which basis."""
    return Panel(template="duties/sheet_panel.html", context={"facts": facts_of(case)})


def facts_of(case: Case) -> list[Fact]:
    """Say who asked whom, and what was filled in."""
    answers = case.facts.get("answers")
    said = answers if isinstance(answers, Mapping) else {}
    facts = [
        Fact(name=text(field.title), value=text(field.options[said[field.name]]) if field.options else said[field.name])
        for field in sheets()[case.procedure].fields
        if field.name in said
    ]
    return [
        Fact(name=_("谁提出"), value=body_name(str(case.facts["asker"]))),
        Fact(name=_("向谁提出"), value=addressee_of(case)),
        *facts,
    ]


def addressee_of(case: Case) -> str:
    """Name the platform that was asked, with the number of the shop whose merchant was."""
    return f"{body_name(str(case.facts['platform']))} {case.facts.get('shop_number', '')}".strip()
