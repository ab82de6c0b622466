"""The office side: both sides of a case, the correction of its line, and whether like cases end alike."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.catalogue import facade as catalogue
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.objections import facade
from chengxin.objections.contracts import OBJECTION
from chengxin.objections.forms import CorrectionForm
from chengxin.objections.panel import outcome_table
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import Crumb, Fact, Page, line_of

_LOST = {"ABSENT", "SIGN_IN_REQUIRED", "A-NO-RIGHT"}
_KINDS = {"propose_correct", "propose_supplement"}


@outlet("case.content")
def content(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the handler both sides: the line as it stands, and what the subject says. The subject sees the look."""
    found = facade.open_content(access.actor_of(request), case_id, now=now())
    item = catalogue.get_item_version(found.record.item_code, version=found.record.item_version)
    shown = archives.all_facts(item, found.fields, public=False)
    context = {
        "page": Page(
            title=_("双方材料"),
            lead=_("这次查看已经记入当事人的“谁看过我”。"),
            crumbs=_crumbs(found.case, _("双方材料")),
        ),
        "case": found.case,
        "title": archives.title_of(item, found.fields),
        "facts": [Fact(name=one.name, value=one.value) for one in shown],
        "said": found.said,
        "batch": reverse("intake_batch", args=[found.batch_id]) if found.batch_id else "",
    }
    return _private(render(request, "objections/content.html", context))


@outlet("case.content")
def correct(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Fill in what the line should say; a second person decides."""
    actor = access.actor_of(request)
    case, item, cells = facade.get_line(actor, case_id, now=now())
    form = CorrectionForm(request.POST or None, request.FILES or None, item=item, cells=cells)
    if request.method == "POST" and form.is_valid():
        verb = request.POST.get("verb", "")
        try:
            facade.propose(
                actor,
                case_id,
                verb=verb if verb in _KINDS else "propose_correct",
                changed=form.changed_cells(),
                reasons=form.cleaned_data["reasons"],
                papers=casework.keep_papers(form.cleaned_data["papers"]),
                now=now(),
            )
        except Refused as refused:
            if refused.refusal.code in _LOST:
                raise
            field = refused.refusal.field
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            return redirect("casework_case", case_id=case_id)
    page = Page(
        title=_("更正或补充这一条"),
        lead=_("改动以后由另一个人决定；决定以后生成新的一版，收到过的单位都会得到通知。"),
        crumbs=_crumbs(case, _("更正")),
    )
    context = {"page": page, "form": form, "case": case}
    return _private(render(request, "objections/correct.html", context, status=422 if form.errors else 200))


@no_records
def fairness(request: HttpRequest) -> HttpResponse:
    """Show oversight whether the same item and ground end the same way in every office."""
    found = casework.list_outcomes_for(access.actor_of(request), OBJECTION, now=now())
    page = Page(
        title=_("同案同办"),
        lead=_("同一目录条目、同一事由的异议，各单位的结果放在一起看。件数少的，比例没有意义。"),
        crumbs=(Crumb(text=_("待办"), url=reverse("casework_inbox")), Crumb(text=_("同案同办"))),
        wide=True,
    )
    table = outcome_table(found, procedure=OBJECTION, with_kind=True)
    return render(request, "casework/inbox.html", {"page": page, "table": table, "workbench": "office"})


def _crumbs(case: Case, here: str) -> tuple[Crumb, ...]:
    return (
        Crumb(text=_("待办"), url=reverse("casework_inbox")),
        Crumb(text=case.number, url=reverse("casework_case", args=[case.id])),
        Crumb(text=here),
    )


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
