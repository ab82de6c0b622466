"""The pages of courier companies: public, the company's own, the supervisors'."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.casework.contracts import Panel
from chengxin.casework.facade import text
from chengxin.couriers import display, facade, heads, payment_display, source_display, traffic_display
from chengxin.couriers.contracts import Company, Fact, Figure
from chengxin.couriers.forms import UseForm
from chengxin.couriers.queries import INSPECTION
from chengxin.couriers.rules import ABSENT, checks_of
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.reviews import facade as reviews
from chengxin.reviews.contracts import About, Side
from chengxin.ui.facade import private

FIRST_MEASURE = "on_time"
FIRST_DIMENSION = "speed"


@outlet("public.couriers")
@require_safe
def couriers(request: HttpRequest) -> HttpResponse:
    """List the register by name, with three voices apart and how parcels arrive on the same lanes."""
    at, companies = now(), facade.list_companies()
    rows = [_row(one, at=at) for one in companies]
    context = {
        "page": heads.companies_page(),
        "strip": display.on_time_strip([(row[0], row[4]) for row in rows]),
        "table": display.companies_table(rows),
        "sources": source_display.sources_list(facade.list_sources()),
    }
    return private(render(request, "couriers/couriers.html", context))


@outlet("public.couriers")
@require_safe
def courier(request: HttpRequest, uscc: str) -> HttpResponse:
    """Show one company: who it is, three voices, figures by source with their lanes, branches, how to contest."""
    company = facade.get_company(uscc)
    context = _about(company, at=now()) | {"page": heads.company_page(company), "panels": _panels(company, at=now())}
    return private(render(request, "couriers/courier.html", context))


def _panels(company: Company, *, at: datetime) -> list[Panel]:
    """Ask what other packages say of a company (`COMPANY_PANELS`)."""
    return [import_string(one)(company, now=at) for one in settings.COMPANY_PANELS]


@no_records
@require_safe
def ledger(request: HttpRequest, uscc: str, side: str, dimension: str) -> HttpResponse:
    """Hand out the ledger of one voice, so that anybody can compute it again; raters are pseudonyms."""
    name = request.GET.get("name", "")
    company = facade.get_company(uscc)
    if side not in set(Side) or name not in company.names:
        raise Refused(ABSENT)
    if dimension not in reviews.dimensions(Side(side), About.PARCEL):
        raise Refused(ABSENT)
    told = reviews.find_voice_ledger(name, Side(side), dimension)
    response = HttpResponse(told, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ledger-{side}-{dimension}.csv"'
    return private(response)


@no_records
@require_safe
def source(request: HttpRequest, source: str) -> HttpResponse:
    """Show what one source's parcels and papers come to: figures of every courier, rates of every rule."""
    figures, rates = facade.list_figures_of_source(source), facade.list_paper_rates(source)
    if not figures and not rates:
        raise Refused(ABSENT)
    context = {
        "page": heads.source_page(source),
        "note": source_display.note_of(source),
        "parts": [source_display.courier_part(name, held) for name, held in _by_courier(figures)],
        "rates": source_display.rates_table(rates) if rates else None,
    }
    return render(request, "couriers/source.html", context)


@no_records
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Publish how figures are computed, with every parameter."""
    context = {"page": heads.method_page(), "measures": source_display.measures(), "known": facade.standards()}
    return render(request, "couriers/method.html", context | {"parameters": source_display.parameters()})


@outlet("public.couriers")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show a company's people what is said of it and how to contest each part."""
    actor = access.staff_of(request)
    company, score = facade.company_of_body(actor), facade.own_traffic(actor, now=now())
    context = _about(company, at=now()) | {"page": heads.own_page(company), "workbench": "biz"}
    context["traffic"] = traffic_display.score_facts(score, facade.traffic_rules())
    context["traffic_lines"] = traffic_display.lines_table(score)
    return private(render(request, "couriers/own.html", context))


@no_records
@require_safe
def supervision(request: HttpRequest, kind: str = "courier") -> HttpResponse:
    """List the companies for officers: a look at one needs a use."""
    reconciles = kind == "payment" and facade.watches_payments(access.staff_of(request).body)
    table = source_display.supervision_table(facade.list_companies(kind), kind=kind)
    context = {"page": heads.supervision_page(kind), "table": table, "reconciles": reconciles, "workbench": "reg"}
    return private(render(request, "couriers/supervision.html", context | {"uses": source_display.uses_table(kind)}))


@no_records
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """Publish the payment institutions of the register, and what shoppers are warned of."""
    context = {
        "page": heads.payments_page(),
        "table": payment_display.institutions_table(facade.list_companies("payment")),
        "patterns": payment_display.patterns(),
    }
    return render(request, "couriers/payments.html", context)


@no_records
@require_safe
def mismatch(request: HttpRequest) -> HttpResponse:
    """Show where payments, orders and parcels of a source do not come to the same, by institution."""
    flows = facade.list_flows(access.staff_of(request), now=now())
    context = {
        "page": heads.mismatch_page(),
        "table": payment_display.flows_table(flows),
        "checks": payment_display.checks_table(),
        "workbench": "reg",
    }
    return private(render(request, "couriers/mismatch.html", context))


@outlet("public.couriers")
def use(request: HttpRequest, uscc: str, kind: str = "courier") -> HttpResponse:
    """Ask for which use an officer looks, log it, and show the facts of that use and the plan that follows."""
    actor, company, at = access.staff_of(request), facade.get_company(uscc, kind=kind), now()
    form, answer = UseForm(request.POST if request.method == "POST" else None, kind=kind), None
    if request.method == "POST" and form.is_valid():
        chosen = facade.uses()[form.cleaned_data["use"]]
        facts, plan = facade.look(actor, uscc, chosen, now=at)
        # Counts of complaints belong to a look that is logged.
        answer = {
            "panels": _panels(company, at=at),
            "use": text(chosen.title),
            "plan": text(plan),
            "basis": source_display.basis_words(chosen),
            "facts": display.facts_table(facts, on=legal_day(at)),
        }
    context = {
        "page": heads.use_page(company, problems=bool(form.errors)),
        "form": form,
        "answer": answer,
        "workbench": "reg",
    }
    return private(render(request, "couriers/use.html", context, status=422 if form.errors else 200))


def _row(one: Company, *, at: datetime) -> Any:  # noqa: ANN401 - a row of the table
    facts = facade.list_facts(one.subject_id, now=at)
    held = [voice for voice in reviews.list_voices(one.names) if voice.score.dimension == FIRST_DIMENSION]
    # A company with several names is shown by the one that most rated.
    voices = {voice.side: voice for voice in sorted(held, key=lambda voice: voice.score.ratings)}
    figures = [figure for figure in facade.list_figures(one.names) if figure.measure == FIRST_MEASURE]
    on_time = max(figures, key=lambda figure: (figure.window_until, figure.parcels), default=None)
    checks = checks_of(fact.outcome for fact in facts if fact.item == INSPECTION)
    return one, checks, sum(fact.item != INSPECTION for fact in facts), voices, on_time


def _about(company: Company, *, at: datetime) -> dict[str, Any]:
    facts: list[Fact] = facade.list_facts(company.subject_id, now=at)
    figures = facade.list_figures(company.names)
    checks = checks_of(fact.outcome for fact in facts if fact.item == INSPECTION)
    voices = sorted(reviews.list_voices(company.names), key=lambda voice: voice.score.ratings)
    return {
        "company": company,
        "who": display.who_lines(company),
        "sums": display.regulator_lines(facts, checks),
        "facts": display.facts_table(facts, on=legal_day(at)),
        "voices": display.voices_strip(company, voices, at=at),
        "parts": [source_display.source_part(name, held) for name, held in _by_source(figures)],
        "branches": display.branches_table(facade.list_branches(company.id)),
    }


def _by_source(figures: Sequence[Figure]) -> list[tuple[str, list[Figure]]]:
    return [(name, list(held)) for name, held in groupby(figures, key=lambda one: one.source)]


def _by_courier(figures: Sequence[Figure]) -> list[tuple[str, list[Figure]]]:
    return [(name, list(held)) for name, held in groupby(figures, key=lambda one: one.courier)]
