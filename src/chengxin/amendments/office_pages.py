"""The office's pages of amendments: draft, look at comments, answer them, assess; deciding is done in the case."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.amendments import display, facade
from chengxin.amendments.contracts import Amendment, Assessment, HiddenBecause, Verdict
from chengxin.amendments.forms import AssessmentForm, HideForm, ItemForm, ReplyForm, WrittenForm
from chengxin.amendments.kinds import ITEMS, kind_of, other_kinds
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import in_language, private, say_on


@no_records
def amendments(request: HttpRequest) -> HttpResponse:
    """List the amendments of the office and offer the items to amend."""
    actor = _keeper(request)
    today = legal_day(now())
    others = [one for kind in other_kinds() for one in kind.list_current(today)]
    context = {
        "page": display.office_page(_("目录修订"), _("起草、公开征求意见、评估答复，由另一个人批准。")),
        "table": display.office_table(facade.list_of_office(actor)),
        "items": [(one.code, in_language(one.title.zh, one.title.en)) for one in (*ITEMS.list_current(today), *others)],
        "workbench": "office",
    }
    return private(render(request, "amendments/office.html", context))


@no_records
def draft(request: HttpRequest) -> HttpResponse:
    """Take a draft: a form made from the newest version of an item, or YAML."""
    actor = _keeper(request)
    code = request.GET.get("item", "")
    history = kind_of(code).history(code)
    form: ItemForm | WrittenForm = (
        ItemForm(request.POST or None, item=history[-1])
        if history and isinstance(history[-1], ItemVersion) and "yaml" not in request.GET
        else WrittenForm(request.POST or None, request.FILES or None, initial=_written(code))
    )
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            found = facade.draft(actor, _text_of(form), reasons=form.cleaned_data["reasons"], now=now())
        except catalogue.ItemError as error:
            problems = display.problem_lines(error.problems)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("amendment_office", amendment_id=found.id)
    is_wrong = bool(form.errors or problems)
    title = in_language(history[-1].title.zh, history[-1].title.en) if history else _("新的条目")
    context = {
        "page": display.office_page(
            _("起草：%s") % title, _("没有问到的内容保持不变；要改这些内容，请用 YAML 起草。"), problems=is_wrong
        ),
        "form": form,
        "by_form": isinstance(form, ItemForm),
        "code": code if history else "",
        "problems": problems,
        "workbench": "office",
    }
    return private(render(request, "amendments/draft.html", context, status=422 if is_wrong else 200))


@no_records
def amendment(request: HttpRequest, amendment_id: UUID) -> HttpResponse:
    """Show one amendment to the office, and take looks, answers and the assessment."""
    actor = _keeper(request)
    found = facade.get_of_office(actor, amendment_id)
    form: forms.Form = AssessmentForm(initial=vars(found.assessment) if found.assessment else None)
    if request.method == "POST":
        act, form = _asked(request, actor, amendment_id)
        if form.is_valid():
            try:
                act(form.cleaned_data)
            except Refused as refused:
                say_on(form, refused)
            else:
                return redirect("amendment_office", amendment_id=amendment_id)
    context = {**_context(found, actor, problems=bool(form.errors)), "form": form}
    if isinstance(form, AssessmentForm):
        context["assessing"] = form
    return private(render(request, "amendments/office_one.html", context, status=422 if form.errors else 200))


def _asked(
    request: HttpRequest, actor: Actor, amendment_id: UUID
) -> tuple[Callable[[dict[str, object]], None], forms.Form]:
    """Return what a press asks for, with its form."""
    press, moment = request.POST.get("press", ""), now()
    if press == "assess":
        return lambda given: facade.assess(
            actor,
            amendment_id,
            Assessment(**{name: value for name, value in given.items() if name != "effective_on"}),
            effective_on=given["effective_on"],
            now=moment,
        ), AssessmentForm(request.POST)
    comment = _comment_id(request)
    if press == "publish":
        return lambda _given: facade.publish_comment(actor, amendment_id, comment, now=moment), forms.Form(request.POST)
    if press == "hide":
        return lambda given: facade.hide_comment(
            actor,
            amendment_id,
            comment,
            because=HiddenBecause(given["because"]),
            reasons=str(given["reasons"]),
            now=moment,
        ), HideForm(request.POST)
    return lambda given: facade.reply(
        actor, amendment_id, comment, verdict=Verdict(given["verdict"]), text=str(given["reply"]), now=moment
    ), ReplyForm(request.POST)


def _context(found: Amendment, actor: Actor, *, problems: bool) -> dict[str, object]:
    today = legal_day(now())
    comments = display.office_comments(facade.list_comments(actor, found))
    for place, one in enumerate(comments):
        one["hide"], one["answer"] = (
            HideForm(auto_id=f"id_{place}_%s"),
            ReplyForm(auto_id=f"id_{place}_%s", initial={"reply": one["reply"]}),
        )
    return {
        "page": display.office_page(display.title_of(found), found.number, problems=problems),
        "amendment": found,
        "summary": display.facts(found),
        "changes": display.changes_table(found),
        "comments": comments,
        "steps": display.course(found, on=today),
        "assessing": AssessmentForm(initial=vars(found.assessment) if found.assessment else None),
        "assessment": display.assessment_facts(found),
        "may_work": found.state in {"draft", "comment"},
        "workbench": "office",
    }


def _text_of(form: ItemForm | WrittenForm) -> str:
    if isinstance(form, ItemForm):
        return form.written()
    file = form.cleaned_data["file"]
    if file is None:
        return str(form.cleaned_data["written"])
    try:
        return str(file.read(400_000).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(
            Refusal(code="AMEND-FILE", what="文件要用 UTF-8 编码。", next_step="请另存为 UTF-8 再上传。", field="file")
        ) from None


def _written(code: str) -> dict[str, str]:
    kind = kind_of(code)
    return {"written": kind.draft_of(code)} if kind.history(code) else {}


def _comment_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("comment", ""))
    except ValueError:
        raise Refused(Refusal(code="ABSENT", what="没有找到这条意见。", next_step="请刷新页面。")) from None


def _keeper(request: HttpRequest) -> Actor:
    actor = access.actor_of(request)
    if not actor.body:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用信用办公室的账户登录。"))
    facade.require_keeper(actor, now=now())
    return actor
