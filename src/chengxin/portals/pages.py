"""The public site: every page is server-rendered, needs no account and shows only what is public and usable."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE
from chengxin.kernel.clock import legal_day, now, start_of
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.portals import display
from chengxin.portals.words import read_glossary
from chengxin.records import facade as records
from chengxin.records.facade import no_records, outlet
from chengxin.subjects import facade as subjects
from chengxin.ui.facade import pager_of

_PURPOSE = "public_viewing"
_MOST_HITS = 20
_PER_PAGE = 20
_LONGEST_QUERY = 100


@no_records
def home(request: HttpRequest) -> HttpResponse:
    """Show one search box, what people come for, and what changed today."""
    today = legal_day(now())
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=_PURPOSE):
        counts = records.count_public()
        began, ended = records.count_moves(since=start_of(today), until=start_of(today + timedelta(days=1)))
    context = {
        "page": display.home_page(),
        "figures": display.home_figures(total=sum(counts.values()), began=began, ended=ended),
        "tasks": display.home_tasks(),
    }
    return render(request, "portals/home.html", context)


@outlet("public.search")
def search(request: HttpRequest) -> HttpResponse:
    """Find operators by name or code, and public records by document number."""
    text = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    operators, found = [], []
    if text:
        with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=_PURPOSE):
            operators = subjects.search_operators(text, limit=_MOST_HITS)
            found = records.search_documents(text, now=now(), limit=_MOST_HITS)
            names = display.names_of(found)
    else:
        names = {}
    context = {
        "page": display.search_page(text),
        "text": text,
        "operators": display.operators_table(operators) if text else None,
        "documents": display.records_table(found, names=names) if found else None,
    }
    return _unindexed(render(request, "portals/search.html", context))


@no_records
def publicity(request: HttpRequest) -> HttpResponse:
    """List the kinds of information that are public, with how much there is of each."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=_PURPOSE):
        counts = records.count_public()
    context = {"page": display.publicity_page(), "table": display.publicity_table(counts)}
    return render(request, "portals/list.html", context)


@outlet("public.list")
def publicity_list(request: HttpRequest, item_code: str) -> HttpResponse:
    """List the public records of one item, newest first."""
    item = catalogue.find_item(item_code, on=legal_day(now()))
    if item is None:
        raise Refused(Refusal(code="ABSENT", what="没有这一类公示。", next_step="请从“信用公示”重新选择。"))
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=_PURPOSE):
        pager, offset = pager_of(request, total=records.count_public().get(item_code, 0), per_page=_PER_PAGE)
        found = records.list_public(item_code, now=now(), limit=_PER_PAGE, offset=offset)
        names = display.names_of(found)
    context = {"page": display.list_page(item), "table": display.records_table(found, names=names, pager=pager)}
    return _unindexed(render(request, "portals/list.html", context))


@no_records
def glossary(request: HttpRequest) -> HttpResponse:
    """Explain the words of the platform in both languages."""
    return render(request, "portals/glossary.html", {"page": display.glossary_page(), "terms": read_glossary()})


@no_records
def help_page(request: HttpRequest) -> HttpResponse:
    """Answer what people ask first."""
    return render(request, "portals/help.html", {"page": display.help_head()})


@no_records
def dept(_request: HttpRequest) -> HttpResponse:
    """Lead staff to their inbox."""
    return redirect("casework_inbox")


def _unindexed(response: HttpResponse) -> HttpResponse:
    """Keep a page of records out of search engines and shared caches (trust 5.9)."""
    response["X-Robots-Tag"] = "noindex, noarchive"
    response["Cache-Control"] = "no-store"
    return response
