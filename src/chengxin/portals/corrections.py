"""Correction notices (更正通知) of a body: what became of records it received, what to do, and its receipt."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Words
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.portals.display import words
from chengxin.records import facade as records
from chengxin.records.contracts import Done, Owed
from chengxin.records.facade import no_records
from chengxin.ui.facade import Crumb, Fact, Page, day, moment

_AT_ONCE = 50


class AnswerForm(forms.Form):
    """The receipt of one notice."""

    message = forms.UUIDField()
    done = forms.ChoiceField(choices=[(done.value, done.value) for done in Done])


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One notice on the page, with the answers that carry it out."""

    message_id: UUID
    title: str
    duty: str
    facts: list[Fact]
    answers: list[tuple[str, str]]


@no_records
def corrections(request: HttpRequest) -> HttpResponse:
    """Show what a body still has to do about records it received, and take its receipts."""
    actor = _staff(request)
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if not form.is_valid():
            raise Refused(Refusal(code="ABSENT", what="没有这条消息。"))
        done = Done(form.cleaned_data["done"])
        records.acknowledge(form.cleaned_data["message"], done=done, actor=actor, now=now())
        return redirect("corrections")
    found = records.list_owed(actor, now=now(), limit=_AT_ONCE)
    page = Page(
        title=_("更正通知"),
        lead=_("本单位收到过的记录发生了变动。请处理以后回执；当事人能看到您的回执。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("更正通知"))),
    )
    return render(request, "portals/corrections.html", {"page": page, "notices": [_shown(one) for one in found]})


def _staff(request: HttpRequest) -> Actor:
    actor = access.actor_of(request)
    if actor == ANYONE:
        raise Refused(
            Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="登录后可以查看本单位收到的更正通知。")
        )
    return actor


def _shown(owed: Owed) -> Shown:
    item = catalogue.find_item(owed.item_code, on=legal_day(owed.told_at))
    source = access.find_body(owed.source_body)
    named = words(Words(zh=source.name_zh, en=source.name_en)) if source else owed.source_body
    facts = [
        Fact(name=_("报送单位"), value=named),
        Fact(name=_("记录编号"), value=str(owed.record_id)),
        Fact(name=_("收到的版本"), value=str(owed.version)),
        Fact(name=_("通知时间"), value=moment(owed.told_at)),
    ]
    if owed.answer_by is not None:
        facts.append(Fact(name=_("最迟回执"), value=_("%s（暂定）") % day(owed.answer_by)))
    if owed.references:
        facts.insert(1, Fact(name=_("核验过的报告"), value="、".join(owed.references)))
    title = words(item.title) if item else owed.item_code
    return Shown(
        message_id=owed.message_id,
        title=_("%(item)s：%(change)s") % {"item": title, "change": records.words_of_change(owed.change)},
        duty=records.words_of_duty(owed.duty),
        facts=facts,
        answers=[(done.value, records.words_of_done(done)) for done in records.answers_to(owed.duty)],
    )
