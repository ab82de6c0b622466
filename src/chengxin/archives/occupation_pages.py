"""A person's own page of occupations: what each archive holds, and the report of the sections one ticks."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from chengxin.access import facade as access
from chengxin.archives import display, facade, occupation_display
from chengxin.archives.contracts import Occupation, ReportForm
from chengxin.archives.forms import OccupationForm
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import outlet
from chengxin.ui.facade import private, say_on


@outlet("self.archive")
def occupation(request: HttpRequest) -> HttpResponse:
    """Show the archives of one's occupations, and make a report of the ticked sections of one."""
    actor = access.actor_of(request)
    found = facade.own_occupations(actor, now=now())
    forms = _forms(request, found)
    posted = next((form for form in forms.values() if form.is_bound), None)
    if posted is not None and posted.is_valid():
        try:
            facade.make_occupational_report(
                actor,
                request.POST["group"],
                posted.cleaned_data["parts"],
                now=now(),
                address_of=lambda code: request.build_absolute_uri(reverse("verify_code", args=[code])),
            )
        except Refused as refused:
            say_on(posted, refused)
        else:
            return redirect("archive_occupation")
    problems = bool(posted and posted.errors)
    made = facade.list_reports(actor, now=now(), form=ReportForm.OCCUPATION)
    context = {
        "page": occupation_display.page(problems=problems),
        "occupations": occupation_display.sections(found, forms, actor=actor, today=legal_day(now())),
        "empty": occupation_display.nothing(),
        "table": display.reports_table(made, actor=actor),
    }
    return private(render(request, "archives/occupation.html", context, status=422 if problems else 200))


def _forms(request: HttpRequest, found: Sequence[Occupation]) -> dict[str, OccupationForm]:
    """Return a form for each occupation its person is in; the one that was sent is bound."""
    forms = {}
    for one in found:
        if one.is_open:
            code = one.group.code
            sent = request.POST if request.POST.get("group") == code else None
            offered = occupation_display.offered(one, on=legal_day(now()))
            forms[code] = OccupationForm(sent, prefix=code, offered=offered)
    return forms
