"""What a sample says on the pages of its cases, on the page of its shop and on its merchant's one page."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengxin.casework.contracts import Case, Panel
from chengxin.inspections import display, facade
from chengxin.inspections.contracts import Result, Sample
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.market.contracts import Line, OwnPart, ShopFacts, Todo
from chengxin.ui.facade import Link

_FORMS: Final = {
    "drawn": ("sample_buy", gettext_lazy("登记买样")),
    "bought": ("sample_report", gettext_lazy("登记检验报告")),
    "reported": ("sample_tell", gettext_lazy("登记送达")),
    "retesting": ("sample_retest", gettext_lazy("登记复检结论")),
}


def of_case(case: Case, *, actor: Actor, now: datetime) -> Panel | None:  # noqa: ARG001 - every panel is given both
    """Return the panel of a sample's case, or None for whoever may not see the sample."""
    sample = facade.find_in_context(UUID(case.ref.id))
    if sample is None:
        return None
    links = [
        Link(text=str(title), url=reverse(name, args=[sample.id]), strong=True)
        for state, (name, title) in _FORMS.items()
        if case.state == state and case.body == actor.body
    ]
    if case.state == "published" and case.body == actor.body and sample.determination is None:
        links.append(Link(text=_("起草认定"), url=reverse("sample_determination", args=[sample.id])))
    return Panel(
        template="inspections/case_panel.html", context={"facts": display.sample_facts(sample), "links": links}
    )


def of_shop(facts: ShopFacts, *, now: datetime) -> Panel:  # noqa: ARG001 - what is public at the moment the base knows
    """Return the final results about a shop that are public."""
    found = facade.list_public_of_shop(facts.shop.id)
    return Panel(
        template="inspections/shop_panel.html", context={"table": display.results_table(found) if found else None}
    )


def part_of(actor: Actor, facts: ShopFacts, *, now: datetime) -> OwnPart:
    """Return what buyers see of inspections, and what a merchant may still contest."""
    mine = [one for one in facade.list_own(actor) if one.shop_id == facts.shop.id]
    lines = tuple(_line(one) for one in mine)
    return OwnPart(
        buyers=tuple(line for line, one in zip(lines, mine, strict=True) if one.published_on is not None),
        contest=lines,
        todo=tuple(_todo(one) for one in mine if _may_ask(one, now=now)),
    )


def _may_ask(one: Sample, *, now: datetime) -> bool:
    still = one.retest_until is not None and legal_day(now) <= one.retest_until
    return still and bool(one.finding) and one.result is Result.NONE


def _url(one: Sample) -> str:
    return reverse("own_inspection", args=[one.id])


def _line(one: Sample) -> Line:
    word = display.result_state(one.result).word if one.result else _("没有确定")
    return Line(name=_("抽检：%s") % one.goods, value=word, hint=one.finding, url=_url(one))


def _todo(one: Sample) -> Todo:
    why = _("不同意检验结果的，可以申请复检，不用交费。")
    return Todo(what=_("看抽检结果：%s") % one.goods, why=why, url=_url(one), by=one.retest_until)
