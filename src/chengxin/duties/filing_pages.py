"""The pages of what platforms file: public, and of the platform that files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.duties import facade, filing_display
from chengxin.duties.forms import ReportForm
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.market import facade as market
from chengxin.market.contracts import Platform
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on


@no_records
@require_safe
def disclosure(request: HttpRequest, body: str) -> HttpResponse:
    """Show what a platform filed, what came late and what is overdue today."""
    platform = market.get_platform(body)
    context = {"page": filing_display.public_page(platform), **_shown(platform, links=False)}
    return render(request, "duties/disclosure.html", context)


@no_records
@require_safe
def filings(request: HttpRequest) -> HttpResponse:
    """Show one's own platform what it owes, with the way to each form, and what it filed."""
    platform = market.get_platform(access.staff_of(request).body)
    months = {code: _periods(platform, code) for code in facade.filing_duties()}
    context = {"page": filing_display.own_page(), "duties": filing_display.duty_facts(months), "workbench": "biz"}
    return private(render(request, "duties/filings.html", context | _shown(platform, links=True)))


@no_records
def file_report(request: HttpRequest, code: str) -> HttpResponse:
    """Let a platform file what one duty asks for."""
    actor = access.staff_of(request)
    duty = facade.filing_duties().get(code)
    if duty is None:
        raise Http404
    form = ReportForm(request.POST or None, duty=duty, periods=_periods(market.get_platform(actor.body), code))
    if request.method == "POST" and form.is_valid():
        try:
            facade.file_report(actor, form.report(code), now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("platform_filings")
    context = {"page": filing_display.form_page(duty, problems=bool(form.errors)), "form": form, "workbench": "biz"}
    return private(render(request, "duties/form.html", context, status=422 if form.errors else 200))


def _periods(platform: Platform, code: str) -> list[str]:
    """Return the months that may be filed: those owed first, then those filed, which can be supplemented."""
    owing = [one.period for one in facade.list_owed(platform, now=now()) if one.duty == code]
    return list(dict.fromkeys(owing + facade.list_filed_periods(platform.body, code)))


def _shown(platform: Platform, *, links: bool) -> dict[str, object]:
    today = legal_day(now())
    filed, owing = facade.list_filings(platform.body), facade.list_owed(platform, now=now())
    return {
        "figures": filing_display.figures(filed, owing, today=today),
        "owed": filing_display.owed_table(owing, today=today, links=links),
        "filed": filing_display.filed_table(filed),
    }
