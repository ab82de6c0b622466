"""What a form by which an authority asked says on the page of its case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from chengxin.casework.contracts import Case, Panel
from chengxin.casework.facade import body_name, text
from chengxin.duties.contracts import FilingField
from chengxin.duties.sheets import sheets
from chengxin.kernel.actor import Actor
from chengxin.law.facade import name_of
from chengxin.market.contracts import Standing
from chengxin.ui.facade import Fact, State, Tone, day, in_language


def of_case(case: Case, *, actor: Actor, now: datetime) -> Panel:  # noqa: ARG001 - every panel is given both
    """Return the panel of a case: who asks whom for what, on which basis."""
    return Panel(template="duties/sheet_panel.html", context={"facts": facts_of(case)})


def facts_of(case: Case) -> list[Fact]:
    """Say who asked whom, and what was filled in."""
    answers = case.facts.get("answers")
    said = answers if isinstance(answers, Mapping) else {}
    facts = [
        Fact(name=text(field.title), value=_said(field, str(said[field.name])))
        for field in sheets()[case.procedure].fields
        if field.name in said
    ]
    return [
        Fact(name=_("谁提出"), value=body_name(str(case.facts["asker"]))),
        Fact(name=_("向谁提出"), value=addressee_of(case)),
        *_registered(case),
        *facts,
    ]


def _registered(case: Case) -> list[Fact]:
    """Say what the register answers to a name and a code that somebody uses, and what to a shop that uses them."""
    if "register" not in case.facts:
        return []
    words, tone = {
        Standing.AGREES: (_("代码和名称与登记一致"), Tone.DONE),
        Standing.OTHER_NAME: (_("代码属于别的名称"), Tone.ALERT),
        Standing.UNKNOWN: (_("登记里没有这个代码"), Tone.ALERT),
        Standing.CEASED: (_("登记显示已注销"), Tone.ALERT),
    }[Standing(str(case.facts["register"]))]
    return [Fact(name=_("与登记核对"), value="", state=State(word=words, tone=tone))]


def _said(field: FilingField, value: str) -> str:
    """Return an answer as people read it."""
    if field.options:
        return text(field.options[value])
    if field.type == "law":
        name = name_of(value)
        return in_language(name.zh, name.en)
    return day(date.fromisoformat(value)) if field.type == "date" else value


def addressee_of(case: Case) -> str:
    """Name the platform that was asked, with the number of the shop whose merchant was."""
    return f"{body_name(str(case.facts['platform']))} {case.facts.get('shop_number', '')}".strip()
