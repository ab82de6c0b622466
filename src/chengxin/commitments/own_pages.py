"""One's own commitments on a phone, without scripts: choose sentences and numbers, sign, change, withdraw."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from chengxin.access import facade as access
from chengxin.commitments import display, facade
from chengxin.commitments.contracts import Maker
from chengxin.commitments.forms import CommitmentForm
from chengxin.commitments.rules import ABSENT
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on


@no_records
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show what the viewer promises now, and the kinds that may be written."""
    actor = access.actor_of(request)
    found = facade.list_own(actor, now=now())
    shown = [
        {
            "one": one,
            "title": display.maker_words(one.maker),
            "state": display.state_of(one),
            "facts": display.facts_of(one),
            "sentences": [display.words_of(sentence) for sentence in one.sentences],
        }
        for one in found
    ]
    context = {
        "page": display.own_page(),
        "shown": shown,
        "links": display.write_links(facade.makers_of(actor, now=now())),
        "empty": display.nothing_promised(),
    }
    return private(render(request, "commitments/own.html", context))


@no_records
def write(request: HttpRequest, maker: str) -> HttpResponse:
    """Write and sign a commitment in the place of the one that stands."""
    actor, kind = access.actor_of(request), _maker(maker)
    standing = next((one for one in facade.list_own(actor, now=now()) if one.maker is kind), None)
    form = CommitmentForm(request.POST or None, known=facade.known(kind), standing=standing)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        try:
            signed = facade.sign(actor, kind, chosen, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("commitment", number=signed.number)
    context = {"page": display.write_page(kind, problems=bool(form.errors)), "form": form, "groups": form.groups()}
    return private(render(request, "commitments/write.html", context, status=422 if form.errors else 200))


@no_records
@require_POST
def withdraw(request: HttpRequest, maker: str) -> HttpResponse:
    """Withdraw a commitment: the next version has no sentence."""
    facade.sign(access.actor_of(request), _maker(maker), {}, now=now())
    return redirect("own_commitments")


def _maker(text: str) -> Maker:
    try:
        return Maker(text)
    except ValueError:
        raise Refused(ABSENT) from None
