"""The public pages of the law: the index of texts, and each text with what rests on it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengxin.catalogue import policy_display as display
from chengxin.catalogue.clauses import POLICIES
from chengxin.catalogue.forms import PolicyFilter
from chengxin.catalogue.statutes import view_of
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.text import fold
from chengxin.law import facade as law
from chengxin.ui.facade import Crumb, Page, may_open, pager_of

PER_PAGE = 20


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """List the texts the platform rests on, narrowed by words of the title."""
    today = legal_day(now())
    form = PolicyFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    opinions = [text for code in POLICIES.values() if (text := law.find_statute(code)) is not None]
    chosen = sorted(
        (text for text in law.list_statutes() if text not in opinions and _fits(text, asked)),
        key=lambda text: (-len(law.list_uses(text.code)), text.code),
    )
    pager, offset = pager_of(request, total=len(chosen), per_page=PER_PAGE)
    context = {
        "page": Page(
            title=_("政策法规"),
            lead=_("平台收什么、公示多久、给谁看，都写明依据。这里列出全部依据，以及每一条依据用在哪里。"),
            crumbs=_path(),
            wide=True,
        ),
        "form_filter": form,
        "opinions": display.policy_tasks([text for text in opinions if _fits(text, asked)], on=today),
        "table": display.index_table(chosen[offset : offset + PER_PAGE], on=today, pager=pager),
    }
    return render(request, "catalogue/policies.html", context)


def _fits(statute: law.Statute, asked: dict[str, str]) -> bool:
    """Tell whether a text fits what is asked; its English title and its abbreviation are searched as well."""
    words = fold(asked.get("q", ""))
    titles = (statute.title.zh, statute.title.en, statute.code)
    return (not words or any(words in fold(title) for title in titles)) and asked.get("kept") in (
        None,
        "",
        statute.status,
    )


@require_safe
def policy(request: HttpRequest, code: str) -> HttpResponse:
    """Show one text: where it stands, its articles as far as we hold them, what rests on each."""
    today = legal_day(now())
    statute = law.find_statute(code)
    if statute is None:
        raise Refused(Refusal(code="ABSENT", what="平台没有引用这个文件。", next_step="请从“政策法规”重新选择。"))
    view = view_of(statute, on=today, opens=partial(may_open, request))
    title = display.title_of(statute)
    context = {
        "page": Page(title=title, states=[display.standing(statute, on=today)], crumbs=_path(title)),
        "view": view,
        "facts_value": display.text_facts(view, on=today),
    }
    return render(request, "catalogue/policy.html", context)


def _path(here: str = "") -> tuple[Crumb, ...]:
    home = Crumb(text=_("首页"), url="/")
    if not here:
        return (home, Crumb(text=_("政策法规")))
    return (home, Crumb(text=_("政策法规"), url=reverse("policies")), Crumb(text=here))
