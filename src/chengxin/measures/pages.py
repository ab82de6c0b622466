"""The public measures list; the department's measures, proposals and ends; one's own."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access.facade import actor_of, staff_of
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.measures import display, facade
from chengxin.measures.alone_display import alone_context
from chengxin.measures.contracts import Because, Proposal, Role
from chengxin.measures.forms import AloneForm, EndForm, OperatorForm, ProposalForm, ResultForm
from chengxin.records.facade import no_records
from chengxin.subjects import facade as subjects
from chengxin.ui.facade import asked_in, line_of, pager_of, private

PER_PAGE = 20
DOORS = {"ABSENT", "SIGN_IN_REQUIRED", "A-NO-RIGHT"}


@no_records
def measures(request: HttpRequest) -> HttpResponse:
    """Show everybody the measures list (惩戒措施清单), and what no law carries."""
    may, may_not = display.list_tables(list(facade.measures().values()), on=legal_day(now()))
    context = {"page": display.list_page(), "table": may, "shut": may_not}
    return render(request, "measures/measures.html", context)


@no_records
def dept_measures(request: HttpRequest) -> HttpResponse:
    """List the measures of the viewer's body."""
    actor = staff_of(request)
    pager, offset = pager_of(request, total=facade.count_of_body(actor), per_page=PER_PAGE)
    found = facade.list_of_body(actor, limit=PER_PAGE, offset=offset)
    context = {"page": display.dept_page(), "table": display.body_table(found, pager=pager), "form": OperatorForm()}
    return private(render(request, "measures/dept.html", context))


@no_records
def look(request: HttpRequest) -> HttpResponse:
    """Show which measures the list allows about an operator on this day, and why not the others."""
    actor = staff_of(request)
    form = OperatorForm(asked_in(request.GET, "uscc"))
    tables, name = [], ""
    if form.is_bound and form.is_valid():
        operator = subjects.find_operator(form.cleaned_data["uscc"].strip().upper())
        if operator is None:
            form.add_error("uscc", "没有这个经营者，请核对统一社会信用代码。")
        else:
            name = operator.name
            tables = display.looked_tables(facade.look(actor, operator.id, now=now()))
    context = {"page": display.look_page(name), "form": form, "tables": tables, "name": name}
    return private(render(request, "measures/look.html", context, status=422 if form.errors else 200))


@no_records
def new_measure(request: HttpRequest, subject_id: UUID, record_id: UUID, measure: str) -> HttpResponse:
    """Take a proposal; notice, hearing, decision and service follow on its own page."""
    actor = staff_of(request)
    row = facade.get_measure(measure)
    form = ProposalForm(request.POST or None, persons=row.persons)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            facade.propose(
                actor,
                Proposal(
                    measure=measure,
                    subject_id=subject_id,
                    record_id=record_id,
                    decision_no=given["decision_no"],
                    reasons=given["decision_facts"],
                    proportionality=given["proportionality"],
                    not_spared=given["not_spared"],
                    person=Role(given["person"]) if given.get("person") else None,
                    matter=request.GET.get("matter", ""),
                ),
                now=now(),
            )
        except Refused as refused:
            _note(form, refused)
        else:
            return redirect("determinations")
    operator = subjects.operators_of([subject_id]).get(subject_id)
    context = {
        "page": display.new_page(row, operator.name if operator else "", problems=bool(form.errors)),
        "facts": display.proposal_facts(row, on=legal_day(now())),
        "form": form,
    }
    return private(render(request, "measures/new.html", context, status=422 if form.errors else 200))


@no_records
def dept_measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Show one measure of the viewer's body; lift it, or feed back what became of it."""
    actor = staff_of(request)
    ending, result = EndForm(), ResultForm()
    if request.method == "POST":
        try:
            if "result" in request.POST:
                result = ResultForm(request.POST)
                if result.is_valid():
                    facade.feed_back(actor, measure_id, result=result.cleaned_data["result"], now=now())
                    return redirect("dept_measure", measure_id=measure_id)
            else:
                ending = EndForm(request.POST)
                if ending.is_valid():
                    because = Because(ending.cleaned_data["because"])
                    facade.lift(actor, measure_id, because=because, reasons=ending.cleaned_data["reasons"], now=now())
                    return redirect("dept_measure", measure_id=measure_id)
        except Refused as refused:
            _note(result if result.is_bound else ending, refused)
    one = facade.get_of_body(actor, measure_id)
    shown = result if result.is_bound else ending
    context = {
        "page": display.one_page(one, problems=bool(shown.errors)),
        "facts": display.one_facts(one),
        "form": shown,
        "ending": ending if one.ended_at is None else None,
        "result": result if one.result_at is None and one.ended_at is None else None,
    }
    return private(render(request, "measures/one.html", context, status=422 if shown.errors else 200))


@no_records
def own_measures(request: HttpRequest) -> HttpResponse:
    """Show the viewer each measure about itself with basis, end and remedy."""
    actor = actor_of(request)
    if actor.subject_id is None:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="登录后可以查看对您的措施。"))
    context = {"page": display.own_page(), "cards": display.own_cards(facade.list_own(actor))}
    return private(render(request, "measures/own.html", context))


@no_records
def own_measure_repair(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Show the person named how to be repaired alone, and take the request and what follows."""
    actor = actor_of(request)
    form = AloneForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = {"words": form.cleaned_data["words"], "papers": form.cleaned_data["papers"]}
        try:
            if verb := request.POST.get("verb", ""):
                facade.go_on_alone(actor, measure_id, verb=verb, now=now(), **said)
            else:
                facade.ask_alone(actor, measure_id, now=now(), **said)
        except Refused as refused:
            _note(form, refused)
        else:
            return redirect("own_measure_repair", measure_id=measure_id)
    found = facade.own_repair(actor, measure_id, now=now())
    context = {**alone_context(found, actor=actor, problems=bool(form.errors)), "form": form}
    for field in form.fields.values():  # Said on the page only: the action refuses what is missing.
        field.required = context["may_ask"]
    return private(render(request, "measures/alone.html", context, status=422 if form.errors else 200))


def _note(form: forms.Form, refused: Refused) -> None:
    """Say a refusal on its form; what is no mistake of the form is raised on."""
    if refused.refusal.code in DOORS:
        raise refused
    field = refused.refusal.field
    field = field if field in form.fields else {"reasons": "words", "evidence": "papers"}.get(field, "")
    form.add_error(field if field in form.fields else None, line_of(refused.refusal))
