"""A merchant's one page: the parts that packages say of a shop, put together, and what this package says itself.

A package adds its part by `MERCHANT_PARTS` (settings): `(actor, facts, now=) -> OwnPart`, called outside any context.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.casework.facade import body_name, due_hint, get_procedure, state_of, text
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.market import badge
from chengxin.market.contracts import BadgeState, Cover, Line, OwnPart, ShopFacts, Standing, Todo
from chengxin.market.display import badge_words, category_words, standing_state
from chengxin.market.naming import name_of_shop
from chengxin.market.rules import reminder_of
from chengxin.market.warning_display import words_of_warning
from chengxin.market.warning_queries import warnings_about
from chengxin.notices import facade as notices
from chengxin.ui.facade import Cell, Column, Empty, Fact, Link, State, Table, Tone, day, moment, reads_english, series

TOLD: Final = 10
SECTIONS: Final = ("buyers", "regulators", "contest")


def own_shop(actor: Actor, facts: ShopFacts, *, at: datetime) -> Mapping[str, object]:
    """Return one of a merchant's own shops with what every package says of it."""
    parts: list[OwnPart] = [import_string(name)(actor, facts, now=at) for name in settings.MERCHANT_PARTS]
    said = {name: [_fact(line) for part in parts for line in getattr(part, name)] for name in SECTIONS}
    todo = sorted((one for part in parts for one in part.todo), key=lambda one: (one.by or date.max, one.what))
    return {
        "title": name_of_shop(facts.shop),
        "id": f"shop-{facts.shop.number}",
        "todo": _todo_table(todo, on=legal_day(at)),
        "url": reverse("shop", args=[facts.shop.id]),
        **said,
    }


def told(actor: Actor) -> list[Fact]:
    """Return what was told to a merchant last, with the day."""
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        language = "en" if reads_english() else "zh"
        found = [(one, notices.text_of(one, language=language)) for one in notices.list_for(actor, limit=TOLD)]
    return [Fact(name=words.title, value=words.body, hint=moment(one.served_at)) for one, words in found]


def part_of(actor: Actor, facts: ShopFacts, *, now: datetime) -> OwnPart:
    """Say who is behind a shop, what covers its goods, what its badge answers and what authorities handle."""
    shop, page = facts.shop, reverse("shop", args=[facts.shop.id])
    warned = warnings_about(shop, now=now)
    standing, answer = standing_state(shop.standing), badge.state(shop, shop.address, now=now)
    due = Line(
        name=_("再核验不晚于"),
        value=day(shop.due_on),
        hint=_("由平台核验；您的信息变了，要告诉平台。"),
        is_wrong=shop.is_overdue(legal_day(now)),
    )
    return OwnPart(
        buyers=(
            *(Line(name=_("消费警示"), value=words_of_warning(one), url=page, is_wrong=True) for one in warned),
            Line(
                name=_("可信标识"),
                value=badge_words(answer, shop, at=now)[0],
                url=reverse("shop_badge", args=[shop.id]),
                is_wrong=answer is not BadgeState.MATCHES,
            ),
            Line(name=_("核验结果"), value=standing.word, url=page, is_wrong=shop.standing is not Standing.AGREES),
            *(_cover_line(one, url=page, on=legal_day(now)) for one in facts.covers if one.is_needed),
        ),
        regulators=(due, _records_line(), *_cases(actor, facts, now=now)),
        todo=tuple(_todos(facts, on=legal_day(now))),
        contest=(
            *(_warned_line() for _one in warned[:1]),
            Line(
                name=_("许可没有查到或者不对"),
                value=_("对那一条记录提出异议，由发证机关核查，不收费。"),
                url=reverse("archive"),
            ),
            Line(name=_("店铺、类别、核验日期不对"), value=_("请%s更正以后重新报送。") % body_name(shop.platform)),
        ),
    )


def _warned_line() -> Line:
    return Line(
        name=_("警示不对或者已经改正"),
        value=_("警示随名单移出自动结束；可以申请提前移出，或者对那一条记录提出异议，不收费。"),
        url=reverse("own_lists"),
    )


def _cover_line(cover: Cover, *, url: str, on: date) -> Line:
    licence = cover.licence
    name = _("%s的许可") % category_words(cover.category)
    if licence is None:
        return Line(name=name, value=_("缺少有效许可"), url=url, is_wrong=True)
    until = licence.valid_until
    ends = _("有效期至%s") % day(until) if until else _("没有期限")
    hint = series([one for one in (licence.number, ends) if one])
    return Line(name=name, value=licence.title, hint=hint, url=url, is_wrong=bool(reminder_of(until, on=on)))


def _todos(facts: ShopFacts, *, on: date) -> list[Todo]:
    """Return what is missing or ends soon, and a register entry that does not agree."""
    found = []
    archive = reverse("archive")
    for cover in facts.covers:
        words, licence = category_words(cover.category), cover.licence
        if cover.is_missing:
            why = _("没有查到有效的许可。已经办了的，请发证机关报送；没有办的，请停止销售。")
            found.append(Todo(what=_("补上%s的许可") % words, why=why, url=archive, by=on))
        elif licence is not None and reminder_of(licence.valid_until, on=on):
            why = _("%s快到期了。到期以前延续，标识不变；发证机关报送以后这里自动更新。") % licence.title
            found.append(Todo(what=_("延续%s的许可") % words, why=why, url=archive, by=licence.valid_until))
    if facts.shop.standing in {Standing.UNKNOWN, Standing.CEASED}:
        why = _("平台报送的代码在登记里查不到，或者已经注销。请核对营业执照，告诉平台更正。")
        found.append(Todo(what=_("核对登记信息"), why=why, url=reverse("shop", args=[facts.shop.id]), by=None))
    return found


def _records_line() -> Line:
    return Line(
        name=_("公共信用信息"),
        value=_("许可、处罚等记录，您看到的和监管看到的一样"),
        hint=_("平台的措施、评价和信誉不是公共信用信息，不在里面。"),
        url=reverse("archive"),
    )


def _cases(actor: Actor, facts: ShopFacts, *, now: datetime) -> list[Line]:
    """Return the open matters about this operator, of every body."""
    assert actor.subject_id is not None
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        found = [one for one in casework.list_cases_about(actor.subject_id) if not one.is_closed]
    return [_case_line(one, on=legal_day(now)) for one in found if _concerns(one, facts)]


def _concerns(case: Case, facts: ShopFacts) -> bool:
    """Tell whether a matter belongs under this shop: one about another shop of the operator does not."""
    shop = case.ref.id if case.ref.kind == "shop" else case.facts.get("shop", "")
    return shop in {"", str(facts.shop.id)}


def _case_line(case: Case, *, on: date) -> Line:
    words = text(get_procedure(case.procedure, version=case.procedure_version).title)
    hint = series([one for one in (case.number, body_name(case.body), due_hint(case, on=on)) if one])
    return Line(name=words, value=state_of(case).word, hint=hint)


def _fact(line: Line) -> Fact:
    link = Link(text=_("查看"), url=line.url) if line.url else None
    if line.is_wrong:
        return Fact(name=line.name, value="", hint=line.hint, link=link, state=State(word=line.value, tone=Tone.TODO))
    return Fact(name=line.name, value=line.value, hint=line.hint, link=link)


def _todo_table(todo: Sequence[Todo], *, on: date) -> Table:
    return Table(
        caption=_("要做的事"),
        caption_hidden=True,
        columns=(Column(title=_("要做的事")), Column(title=_("最晚"))),
        rows=[
            (
                Cell(value=one.what, url=one.url, hint=one.why),
                Cell(value=_by(one.by, on=on)),
            )
            for one in todo
        ],
        empty=Empty(
            title=_("现在没有要做的事"), meaning=_("有许可快到期、有差评没有回复、平台有新的措施，都会写在这里。")
        ),
    )


def _by(by: date | None, *, on: date) -> str:
    if by is None:
        return _("没有期限")
    left = (by - on).days
    return day(by) + "，" + (_("今天") if left <= 0 else _("还有%s天") % left)
