"""信用凭证 on a phone, without scripts: choose, store it in one's wallet, end it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.credentials import display, facade
from chengxin.credentials.forms import CredentialForm
from chengxin.credentials.http import origin_of
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import line_of, private


@no_records
def credentials(request: HttpRequest) -> HttpResponse:
    """List the viewer's credentials, and issue one."""
    actor = access.actor_of(request)
    form = CredentialForm(request.POST or None, offered=facade.offer(actor, now=now()))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            issued = facade.issue(actor, chosen=given["claims"], key=given["key"], issuer=origin_of(request), now=now())
        except Refused as refused:
            form.add_error(refused.refusal.field or None, line_of(refused.refusal))
        else:
            context = {"page": display.issued_page(), "issued": issued, "facts": display.issued_facts(issued)}
            return private(render(request, "credentials/issued.html", context))
    shown = [
        {
            "one": one,
            "facts": display.facts_of(one),
            "state": display.state_of(one, at=now()),
            "may_end": one.revoked_at is None and one.expires_at > now(),
        }
        for one in facade.list_own(actor, now=now())
    ]
    context = {
        "page": display.list_page(problems=bool(form.errors)),
        "form": form,
        "shown": shown,
        "empty": display.none_yet(),
    }
    return private(render(request, "credentials/credentials.html", context, status=422 if form.errors else 200))


@no_records
@require_POST
def revoke(request: HttpRequest, credential_id: UUID) -> HttpResponse:
    """End one with one press."""
    facade.revoke(access.actor_of(request), credential_id, now=now())
    return redirect("credentials")
