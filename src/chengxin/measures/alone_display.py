"""The page on which the person named asks for repair alone, in words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework import facade as casework
from chengxin.kernel.actor import Actor
from chengxin.measures import display
from chengxin.measures.alone import Own
from chengxin.ui.facade import Crumb, Fact, Page, line_of


def alone_context(found: Own, *, actor: Actor, problems: bool) -> dict[str, Any]:
    """Return what the page shows: earliest day, papers, the course, what may be done now."""
    case, own = found.case, (Crumb(text=_("对我的措施"), url=reverse("own_measures")), Crumb(text=_("单独修复")))
    is_open = case is not None and not case.is_closed
    facts = [
        Fact(name=_("措施"), value=display.measure_title(found.applied.measure)),
        Fact(
            name=_("最早可以申请"),
            value=found.first_day or _("现在就可以"),
            hint=_("到这一天就能申请，不看企业有没有申请。"),
        ),
        Fact(name=_("要交的材料"), value=_("您本人改正、履行的证明，例如凭证、照片、文书")),
    ]
    return {
        "page": Page(title=_("责任人员单独修复"), crumbs=own, problems=problems),
        "facts": facts,
        "case": case,
        "steps": casework.timeline_steps(case, found.steps, actor=actor) if case else (),
        "own_verbs": casework.own_verbs(case),
        "may_ask": found.refusal is None and not is_open,
        "why_not": line_of(found.refusal) if found.refusal else "",
    }
