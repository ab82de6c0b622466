"""The public guide (修复指南) with its calculator: no sign-in, no script, nothing kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.repair import display
from chengxin.repair.forms import TrialForm
from chengxin.repair.trial import Trial, try_repair
from chengxin.ui.facade import asked_in, line_of


@no_records
def guide(request: HttpRequest) -> HttpResponse:
    """Explain repair in plain words and compute a date from what a visitor fills in."""
    on = legal_day(now())
    form = TrialForm(asked_in(request.GET, "determined_on"))
    trial: Trial | None = None
    if form.is_bound and form.is_valid():
        try:
            trial = try_repair(form.tried(), on=on)
        except Refused as refused:
            form.add_error(None, line_of(refused.refusal))
    context = {
        "page": display.guide_page(problems=bool(form.is_bound and form.errors)),
        "steps": display.guide_steps(),
        "form": form,
        "trial": trial,
        "facts": display.trial_facts(trial, on=on) if trial else (),
        "counts": display.shown_counts(trial.advice.earliest.counts) if trial else (),
        "papers": display.paper_titles(trial.papers) if trial else (),
        "links": display.law_links(trial.refusal) if trial else (),
    }
    return render(request, "repair/guide.html", context, status=422 if form.is_bound and form.errors else 200)
