"""The pages of incentives: the public list, one's own benefits and points, the partner's desk, the offices'."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.incentives import display, facade, usage_display
from chengxin.incentives.contracts import Redeemed
from chengxin.incentives.forms import ChoiceForm, CodeForm, OperatorForm, SceneForm
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import asked_in, line_of, private, qr_of


@no_records
def incentives(request: HttpRequest) -> HttpResponse:
    """Show everybody the scenes that are open, and how often each was used."""
    on = legal_day(now())
    page = display.page_of(
        _("守信激励"),
        _("守信的人和企业可以多得到什么。正常服务人人一样，不因为没有守信记录而减少。"),
        within=(_("首页"), "/"),
        wide=True,
    )
    return render(
        request,
        "incentives/incentives.html",
        {
            "page": page,
            "table": display.scenes_table(facade.list_scenes(on=on), on=on),
            "usage": usage_display.usage_table(facade.usages()),
            "normal": usage_display.normal_words(),
        },
    )


@outlet("self.archive")
def benefits(request: HttpRequest) -> HttpResponse:
    """Show a person what is open to them."""
    on = legal_day(now())
    found = facade.own_benefits(access.actor_of(request), now=now())
    page = display.page_of(
        _("守信便利"), _("凭您的守信记录可以用的优惠。用不用由您决定，不用没有任何影响。"), within=(_("我的"), "/me")
    )
    cards = [display.benefit_card(one, on=on) for one in sorted(found, key=lambda one: one.missing is not None)]
    return private(render(request, "incentives/benefits.html", {"page": page, "cards": cards}))


@require_POST
@no_records
def token(request: HttpRequest, scene_id: UUID) -> HttpResponse:
    """Show a code for one use; it is not kept, so it cannot be shown again."""
    made = facade.issue(access.actor_of(request), scene_id, now=now())
    address = request.build_absolute_uri(f"{reverse('verify_token')}?code={made.code}")
    page = display.page_of(
        _("出示凭证"),
        _("五分钟以内给对方看，只能用一次。上面没有您的姓名和号码。"),
        within=(_("守信便利"), reverse("benefits")),
        own_h1=True,
    )
    context = {"page": page, "token": made, "facts": display.token_facts(made), "qr": qr_of(address)}
    return private(render(request, "incentives/token.html", context))


@outlet("self.archive")
def points(request: HttpRequest) -> HttpResponse:
    """Show a member's points and where each is from; let anybody join and leave."""
    actor, on = access.actor_of(request), legal_day(now())
    if request.method == "POST":
        (facade.leave if request.POST.get("verb") == "leave" else facade.join)(actor, now=now())
        return redirect("points")
    wallet = facade.own_wallet(actor, now=now())
    page = display.page_of(_("诚信积分"), _("自愿加入，只加不减，只有您自己看得到。"), within=(_("我的"), "/me"))
    context = {
        "page": page,
        "wallet": wallet,
        "total": display.total_figure(wallet) if wallet else None,
        "earned": display.earned_table(wallet, on=on) if wallet else None,
        "rules": display.rules_table(facade.point_rules(), on=on),
    }
    return private(render(request, "incentives/points.html", context))


@no_records
@sensitive_post_parameters("code")
def verify_token(request: HttpRequest) -> HttpResponse:
    """Redeem a code for whoever gives the benefit; a link alone redeems nothing, the button does."""
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:40]})
    answer = None
    if request.method == "POST" and form.is_valid():
        answer = facade.redeem(form.cleaned_data["code"], actor=access.actor_of(request), now=now())
    page = display.page_of(
        _("核验凭证"),
        _("只回答有效或者无效，不说是谁。"),
        within=(_("守信激励"), reverse("incentives")),
        problems=bool(form.errors),
    )
    context = {
        "page": page,
        "form": form,
        "state": display.redeemed_state(answer.redeemed) if answer else None,
        "facts": display.redeemed_facts(answer.scene) if answer and answer.scene else [],
        "is_yes": answer is not None and answer.redeemed is Redeemed.YES,
    }
    return private(render(request, "incentives/verify_token.html", context, status=422 if form.errors else 200))


@no_records
def scenes(request: HttpRequest) -> HttpResponse:
    """Show the office its scenes and take a new one."""
    actor, on = access.actor_of(request), legal_day(now())
    form = SceneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.open_scene(actor, form.draft(), now=now())
        except Refused as refused:
            known = refused.refusal.field if refused.refusal.field in form.fields else None
            form.add_error(known, line_of(refused.refusal))
        else:
            return redirect("scenes")
    cards = [display.managed_card(one, on=on) for one in facade.list_managed(actor, now=now())]
    page = display.page_of(
        _("信用+场景"),
        _("场景只在正常服务之上增加优惠，有开始，有结束。"),
        within=(_("工作台"), "/dept"),
        problems=bool(form.errors),
    )
    context = {"page": page, "cards": cards, "form": form, "workbench": "office"}
    return render(request, "incentives/scenes.html", context, status=422 if form.errors else 200)


@require_POST
@no_records
def end(request: HttpRequest, scene_id: UUID) -> HttpResponse:
    """End a scene from tomorrow on."""
    facade.end_scene(access.actor_of(request), scene_id, now=now())
    return redirect("scenes")


@outlet("public.subject")
def hints(request: HttpRequest) -> HttpResponse:
    """Show an officer what an operator may be offered and why; keep what the officer did in a matter."""
    actor = access.actor_of(request)
    form = OperatorForm(asked_in(request.GET, "uscc"))
    chosen = ChoiceForm(request.POST or None)
    context: dict[str, object] = {"form": form, "chosen": chosen, "workbench": "dept"}
    if form.is_valid():
        uscc, matter = form.cleaned_data["uscc"].strip().upper(), form.cleaned_data["matter"].strip()
        if chosen.is_bound and chosen.is_valid():
            kept = {"hint": chosen.cleaned_data["hint"], "reasons": chosen.cleaned_data["reasons"]}
            facade.choose(actor, uscc, matter=matter, now=now(), **kept)
            return redirect(request.get_full_path())
        found, offered = facade.hints_for(actor, uscc, now=now())
        choices = facade.choices_of(actor, found.subject_id, now=now())
        context |= {
            "name": found.name,
            "matter": matter,
            "cards": [display.hint_card(one, choices, matter=matter) for one in offered],
            "table": display.choices_table(choices, {one.code: one.title for one in offered}),
        }
    problems = bool(form.errors or chosen.errors)
    context["page"] = display.page_of(
        _("激励提示"),
        _("办理经营者的事项时，可以怎样办得更好。提示不是决定，没有提示不减少任何服务。"),
        within=(_("工作台"), "/dept"),
        problems=problems,
    )
    return private(render(request, "incentives/hints.html", context, status=422 if problems else 200))
