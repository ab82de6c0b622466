"""The publicity rules (公开属性和期限) for the office and for everybody: nothing in them is secret."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.facade import ClockRule
from chengxin.kernel.actor import ANYONE
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.text import fold
from chengxin.portals import rules_display as display
from chengxin.portals.clock_trial import Trial, try_dates
from chengxin.portals.rules_forms import RulesFilter, TrialForm
from chengxin.records.facade import no_records
from chengxin.ui.facade import asked_in, line_of, pager_of

_PER_PAGE = 10


@no_records
@require_safe
def office_rules(request: HttpRequest) -> HttpResponse:
    """Show the rules in the workbench of the credit office."""
    actor = access.actor_of(request)
    if actor == ANYONE:
        raise Refused(
            Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="公开的同一张表在“公开属性和期限”页。")
        )
    access.require(actor, action="office.read", resource=Resource(area=actor.area), purpose="oversight", now=now())
    return _page(request, layout="ui/layout_workbench.html")


@no_records
@require_safe
def public_rules(request: HttpRequest) -> HttpResponse:
    """Show the same rules to everybody."""
    return _page(request, layout="ui/layout.html")


def _page(request: HttpRequest, *, layout: str) -> HttpResponse:
    on = legal_day(now())
    rules = catalogue.list_clock_rules(on=on)
    form_filter = RulesFilter(request.GET or None)
    words = fold(form_filter.cleaned_data["q"]) if form_filter.is_valid() else ""
    chosen = [rule for rule in rules if words in fold(rule.item.title.zh) or words in fold(rule.item.title.en)]
    pager, offset = pager_of(request, total=len(chosen), per_page=_PER_PAGE)
    shown = chosen[offset : offset + _PER_PAGE]
    form = TrialForm(asked_in(request.GET, "determined_on"), rules=rules)
    trial = _trial(form)
    context = {
        "page": display.rules_page(within_office="workbench" in layout, problems=bool(form.errors)),
        "layout": layout,
        "workbench": "office",
        "form_filter": form_filter,
        "table": catalogue.clock_rules_table(shown, on=on, pager=pager),
        "terms": catalogue.list_terms(_keys(shown), on=on),
        "trial_form": form,
        "trial": display.trial_facts(trial) if trial else (),
        "counts": display.shown_counts(trial.counts) if trial else (),
    }
    return render(request, "portals/rules.html", context, status=422 if form.errors else 200)


def _trial(form: TrialForm) -> Trial | None:
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return try_dates(form.imagined(), on=legal_day(now()), pack=settings.LAW_PACK)
    except Refused as refused:
        form.add_error(None, line_of(refused.refusal))
        return None


def _keys(rules: list[ClockRule]) -> list[str]:
    return [key for rule in rules for key in rule.keys]
