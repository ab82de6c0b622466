"""One's own looks as JSON, with the filters of the page."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.audit.contracts import Look
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.looks import facade
from chengxin.looks.forms import FilterForm
from chengxin.records.facade import no_records
from chengxin.ui.facade import pager_of

_PER_PAGE = 100


@no_records
def own_looks(request: HttpRequest) -> HttpResponse:
    """Answer with who looked at the subject who asks; `page` turns the leaves, of a hundred lines each."""
    actor = access.actor_of(request)
    form = FilterForm(request.GET, askers=facade.own_askers(actor, now=now()))
    chosen = form.chosen()
    if form.errors:
        raise Refused(
            Refusal(
                code="LOOKS-FILTER",
                what="筛选条件不对：{fields}。",
                next_step="日期写成 2026-11-25 的样子，其余照页面上的选项。",
                values={"fields": "、".join(form.errors)},
            )
        )
    total = facade.count_own_looks(actor, now=now(), chosen=chosen)
    _pager, offset = pager_of(request, total=total, per_page=_PER_PAGE)
    found = facade.own_looks(actor, now=now(), chosen=chosen, limit=_PER_PAGE, offset=offset)
    response = HttpResponse(
        orjson.dumps(
            {
                "total": total,
                "withheld": [{"month": f"{month:%Y-%m}", "looks": looks} for month, looks in found.withheld],
                "looks": [_told(look) for look in found.lines],
            }
        ),
        content_type="application/json",
    )
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _told(look: Look) -> dict[str, Any]:
    words = archives.words_of_look(look)
    return {
        "event": look.event_id,
        "at": look.at,
        "kind": look.kind,
        "body": look.body,
        "who": words.who,
        "role": words.as_whom,
        "what": words.what,
        "purpose": look.purpose,
        "purpose_words": words.purpose,
        "basis": [article.name for article in words.basis],
        "categories": list(look.categories),
        "outcome": look.outcome,
        "reason": look.reason,
        "count": look.count,
        "is_own": look.is_own,
    }
