"""The pages of the way of a trade: where it begins, what a number leads to, one node beside its neighbours."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.kernel.clock import now
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact
from chengxin.kernel.refusal import Refused
from chengxin.market import facade, graph_display
from chengxin.market.contracts import NodeKind
from chengxin.market.forms import NumberForm
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on


@no_records
@sensitive_post_parameters()
def ecommerce(request: HttpRequest) -> HttpResponse:
    """Let the way begin anywhere; a number of a parcel or an order travels in the body of the form alone."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            access.keep_pace(request, "market.find", most=settings.COMMENTS_AN_HOUR * 3)
            return _led(request, form.cleaned_data["number"])
        except Refused as refused:
            say_on(form, refused)
    context = {
        "page": graph_display.entry_page(problems=bool(form.errors)),
        "form": form,
        "ways": graph_display.ways(),
        "table": graph_display.platforms_table(),
    }
    return private(render(request, "market/ecommerce.html", context, status=422 if form.errors else 200))


@no_records
@require_safe
def node(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show one node beside its neighbours, as far as the one who asks may open them."""
    if kind not in set(NodeKind):
        raise Http404
    actor, at = access.actor_of(request), now()
    found = facade.get_node(NodeKind(kind), key, actor=actor, now=at)
    beside = facade.neighbours(found.kind, found.key, actor=actor, now=at)
    context = {
        "page": graph_display.node_page(found),
        "table": graph_display.nodes_table(beside),
        "own": found.url if found.url != request.path else "",
    }
    return private(render(request, "market/node.html", context))


def _led(request: HttpRequest, number: str) -> HttpResponse:
    """Lead from a code of credit to its operator, from any other number to what stands next to its parcel."""
    if check_number(number, kind=IdentifierKind.USCC) is NumberFault.NONE:
        return redirect("trade_node", kind=NodeKind.OPERATOR.value, key=compact(number))
    found = facade.neighbours(NodeKind.PARCEL, number, actor=access.actor_of(request), now=now())
    context = {"page": graph_display.parcel_page(), "table": graph_display.nodes_table(found), "own": ""}
    return private(render(request, "market/node.html", context))
