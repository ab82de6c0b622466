"""What a platform did to a shop, on the merchant's one page: what holds, and what can be appealed or answered."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.contracts import Case
from chengxin.casework.facade import state_of, text
from chengxin.duties import display, facade, ip_display, sheet_display
from chengxin.duties.contracts import Action
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.market.contracts import Line, OwnPart, ShopFacts, Todo


def part_of(actor: Actor, facts: ShopFacts, *, now: datetime) -> OwnPart:
    """Return the measures that hold: the published ones as buyers see them, all of them to be appealed."""
    found = facade.list_of_merchant(actor, facts.shop.id)
    holding = [(one, case) for one, case in found if one.holds(legal_day(now))]
    turn = Line(name=_("平台的措施、分类"), value=_("打开那一项申诉，由平台没有参与决定的人十五日内答复。"))
    claims = facade.list_own_ip_notices(actor, facts.shop.id)
    return OwnPart(
        buyers=tuple(_line(one, case) for one, case in holding if one.is_public),
        contest=(
            turn,
            *(_line(one, case) for one, case in holding),
            *(ip_display.own_line(one, at=now) for one in claims),
        ),
        todo=(
            *(_todo(one) for one, case in holding if case is None),
            *(_request_todo(one) for one in facade.list_own_asked(actor) if _is_open(one, facts)),
            *(ip_display.own_todo(one) for one in claims if one.state == ip_display.TO_ANSWER),
        ),
    )


def _url(one: Action) -> str:
    return reverse("own_action", args=[one.shop_id, one.number])


def _line(one: Action, case: Case | None) -> Line:
    hint = state_of(case).word if case else ""
    return Line(name=display.kind_words(one), value=display.basis_words(one), hint=hint, url=_url(one))


def _is_open(one: Case, facts: ShopFacts) -> bool:
    return bool(sheet_display.own_verbs(one)) and one.facts.get("shop") == str(facts.shop.id)


def _request_todo(one: Case) -> Todo:
    url = reverse("own_data_request", args=[one.number])
    own = facade.sheets()[one.procedure].own
    return Todo(what=text(own) if own else "", why=one.number, url=url, by=one.due_on)


def _todo(one: Action) -> Todo:
    return Todo(what=_("看平台的措施：%s") % display.kind_words(one), why=one.measure.reasons, url=_url(one))
