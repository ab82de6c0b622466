"""Commitments in public, each sentence with its report of a breach; and an officer's finding."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.commitments import display, facade
from chengxin.commitments.contracts import Commitment, Maker, Source
from chengxin.commitments.forms import ChooseForm, FindingForm
from chengxin.commitments.queries import ITEM
from chengxin.commitments.rules import ABSENT
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import pager_of, private, say_on

PER_PAGE = 20


@no_records
@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """List what operators promise now, by maker and side of a trade."""
    form = ChooseForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {"maker": "", "tag": ""}
    pager, offset = pager_of(request, total=facade.count_public(**chosen), per_page=PER_PAGE)
    found = facade.list_public(**chosen, limit=PER_PAGE, offset=offset)
    context = {"page": display.list_page(), "form": form, "table": display.list_table(found, pager=pager)}
    return render(request, "commitments/list.html", context)


@outlet("public.commitments")
@require_safe
def commitment(request: HttpRequest, number: str) -> HttpResponse:
    """Show one version sentence by sentence, with what came of each."""
    found, actor = _found(number), access.actor_of(request)
    may_find = ITEM in access.items_of(actor.body, on=legal_day(now())) if actor.body else False
    context = {
        "page": display.one_page(found),
        "one": found,
        "is_operator": found.maker is not Maker.INDIVIDUAL,
        "state": display.state_of(found),
        "facts": display.facts_of(found),
        "sentences": display.sentences_of(
            found, facade.outcomes_of(found, at=now()), may_find=may_find and found.is_standing
        ),
        "versions": display.versions_table(facade.list_versions(found)),
    }
    return render(request, "commitments/one.html", context)


@no_records
@require_safe
def statement(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001 - every view is given one
    """Give the platform's signed statement of the words as a file."""
    response = HttpResponse(_found(number).statement, content_type="application/jose")
    response["Content-Disposition"] = f'attachment; filename="{number}.jws"'
    return response


@no_records
def finding(request: HttpRequest, sentence_id: str) -> HttpResponse:
    """Draft the finding that a sentence was broken; notice, hearing and signature follow on its own page."""
    actor = access.actor_of(request)
    promised, sentence = facade.get_sentence(sentence_id)
    item = catalogue.get_item(ITEM, on=legal_day(now()))
    names = ["finding_document"]
    if promised.maker is Maker.INDIVIDUAL:
        names = ["subject_name", "id_type", "id_no", *names]
    form = FindingForm(request.POST or None, asked=[item.field(name) for name in names])
    if request.method == "POST" and form.is_valid():
        cells = {name: value for name, value in form.cells().items() if name != "source"}
        source = Source(form.cleaned_data["source"])
        try:
            drafted = facade.draft_finding(actor, sentence_id, source=source, cells=cells, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("determination", determination_id=drafted.id)
    context = {"page": display.finding_page(sentence, problems=bool(form.errors)), "form": form}
    return private(render(request, "commitments/finding.html", context, status=422 if form.errors else 200))


def _found(number: str) -> Commitment:
    found = facade.find(number)
    if found is None:
        raise Refused(ABSENT)
    return found
