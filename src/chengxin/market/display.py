"""Platforms, shops and badges as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name, text
from chengxin.kernel.clock import legal_day
from chengxin.law.facade import name_of
from chengxin.market import facade
from chengxin.market.contracts import (
    BadgeState,
    Counts,
    Cover,
    Exemption,
    Impersonation,
    Platform,
    Seller,
    Shop,
    ShopFacts,
    Standing,
)
from chengxin.market.naming import name_of_shop
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Figure,
    Link,
    Page,
    Pager,
    State,
    Tab,
    Table,
    Tone,
    day,
    in_language,
    series,
)

SOON_DAYS: Final = 60


def standing_state(standing: Standing) -> State:
    """Say what the register answers, as a state."""
    word, tone = {
        Standing.AGREES: (_("与登记一致"), Tone.DONE),
        Standing.OTHER_NAME: (_("与登记不一致"), Tone.ALERT),
        Standing.UNKNOWN: (_("登记里没有查到"), Tone.TODO),
        Standing.CEASED: (_("登记显示已注销"), Tone.ALERT),
        Standing.VOUCHED: (_("平台已核验身份"), Tone.INFO),
    }[standing]
    return State(word=word, tone=tone)


def exemption_words(code: str) -> str:
    """Say why an individual need not register."""
    return {
        Exemption.FARM: _("销售自产农副产品"),
        Exemption.CRAFT: _("销售家庭手工业产品"),
        Exemption.SERVICE: _("依法无须许可的便民劳务"),
        Exemption.SMALL: _("零星小额交易"),
    }[Exemption(code)]


def platforms_page() -> Page:
    """Return the head of the list of platforms."""
    return Page(
        title=_("电商诚信"),
        lead=_("登记的平台、平台内的店铺，平台有没有按时核验，店铺有没有所卖商品要的许可。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("电商诚信"))),
        wide=True,
    )


def platforms_table(found: Sequence[tuple[Platform, Counts]]) -> Table:
    """Return the platforms with their shops and what is overdue."""
    return Table(
        caption=_("登记的平台"),
        caption_hidden=True,
        columns=(
            Column(title=_("平台")),
            Column(title=_("店铺"), numeric=True),
            Column(title=_("个人卖家"), numeric=True),
            Column(title=_("超过核验期"), numeric=True),
        ),
        rows=[
            (
                Cell(value=body_name(one.body), url=reverse("platform", args=[one.body]), hint=one.host),
                Cell(value=counts.shops),
                Cell(value=counts.individuals),
                Cell(value=counts.overdue),
            )
            for one, counts in found
        ],
        empty=Empty(title=_("还没有登记的平台"), meaning=_("平台登记以后，店铺的核验和许可情况显示在这里。")),
    )


def platform_page(found: Platform) -> Page:
    """Return the head of a platform's page."""
    name = body_name(found.body)
    return Page(
        title=name,
        lead=_("店铺网址在 %s 之下。") % found.host,
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=_("电商诚信"), url=reverse("platforms")),
            Crumb(text=name),
        ),
        wide=True,
    )


def platform_figures(counts: Counts) -> list[Figure]:
    """Return how the shops of a platform stand."""
    said = ((Standing.AGREES, _("与登记一致")), (Standing.OTHER_NAME, _("与登记不一致")))
    return [
        Figure(label=_("店铺"), value=counts.shops, note=_("其中个人卖家%s家") % counts.individuals),
        *(Figure(label=label, value=counts.by_standing[one], out_of=counts.shops) for one, label in said),
        Figure(
            label=_("超过核验期"), value=counts.overdue, out_of=counts.shops, note=_("六个月内应当再核验一次，暂定")
        ),
    ]


def shop_tabs(counts: Counts, *, overdue: bool) -> list[Tab]:
    """Return the two views of a platform's shops."""
    return [
        Tab(title=_("全部店铺"), url="?", current=not overdue, count=counts.shops),
        Tab(title=_("超过核验期"), url="?overdue=1", current=overdue, count=counts.overdue),
    ]


def shops_table(shops: Sequence[Shop], *, pager: Pager, at: datetime) -> Table:
    """Return shops, the longest without a verification first."""
    return Table(
        caption=_("店铺"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in (_("店铺"), _("经营类别"), _("核验结果"), _("再核验不晚于"))),
        rows=[
            (
                Cell(value=name_of_shop(one), url=reverse("shop", args=[one.id]), hint=_registered_as(one)),
                Cell(value=series([category_words(code) for code in one.categories])),
                Cell(state=standing_state(one.standing)),
                _due_cell(one, at=at),
            )
            for one in shops
        ],
        empty=Empty(title=_("没有店铺"), meaning=_("这里列出平台报送、还在经营的店铺。")),
        pager=pager,
    )


def shop_page(shop: Shop, *, at: datetime) -> Page:
    """Return the head of a shop's page."""
    states = [standing_state(shop.standing)]
    if shop.closed_on is not None and shop.closed_on <= legal_day(at):
        states = [State(word=_("已关闭"), tone=Tone.ENDED)]
    elif shop.is_overdue(legal_day(at)):
        states.append(State(word=_("超过核验期"), tone=Tone.ALERT))
    name = name_of_shop(shop)
    return Page(
        title=name,
        eyebrow=_("店铺"),
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=_("电商诚信"), url=reverse("platforms")),
            Crumb(text=body_name(shop.platform), url=reverse("platform", args=[shop.platform])),
            Crumb(text=name),
        ),
        states=states,
    )


def who_facts(facts: ShopFacts) -> list[Fact]:
    """Say who is behind a shop and what was verified, without a word that names an individual."""
    shop = facts.shop
    found = [
        Fact(name=_("平台"), value=body_name(shop.platform)),
        Fact(name=_("网址"), value=shop.address, hint=_("标识只在这个网址上有效。")),
    ]
    if shop.seller is Seller.INDIVIDUAL:
        found.append(
            Fact(
                name=_("卖家"),
                value=_("个人卖家"),
                hint=_("免于登记：%s。姓名和证件号码由平台核验、保存，这里没有。") % exemption_words(shop.exemption),
            )
        )
    elif facts.registered_name:
        link = Link(text=_("看公开的信用信息"), url=reverse("subject", args=[shop.uscc]))
        found.append(Fact(name=_("经营者"), value=facts.registered_name, hint=shop.uscc, link=link))
    else:
        found.append(
            Fact(name=_("平台所报的经营者"), value=shop.claimed_name, hint=_unconfirmed(shop.standing)),
        )
    return [
        *found,
        Fact(name=_("核验结果"), value="", state=standing_state(shop.standing)),
        Fact(name=_("平台上次核验"), value=shop.verified_on),
        Fact(name=_("再核验不晚于"), value=shop.due_on, hint=_("至少六个月核验一次，暂定。")),
    ]


def covers_table(facts: ShopFacts, *, at: datetime) -> Table:
    """Return what covers each thing a shop sells."""
    return Table(
        caption=_("所卖商品和许可"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in (_("经营类别"), _("许可"), _("有效期至"), _("状态"))),
        rows=[_cover_row(one, at=at) for one in facts.covers],
        as_of=legal_day(at),
        source=_("许可由发证机关报送，平台不能填写。"),
    )


def impersonation_words(found: Impersonation | None) -> str:
    """Say who decided when that a shop trades under another's name, and what can be done against it; or nothing."""
    if found is None:
        return ""
    said = {"body": body_name(found.body), "day": day(found.decided_on), "number": found.number}
    return (
        _(
            "%(body)s在%(day)s依据生效文书认定，案号%(number)s。决定撤回后，这里和标识同时恢复。"
            "店铺认为不对的，可以申请行政复议或者提起行政诉讼。"
        )
        % said
    )


def why_shown(shop: Shop) -> str:
    """Say by which articles this is public."""
    articles = ["EC/15", "EC/27"] if shop.seller is Seller.OPERATOR else ["EC/10", "EC/15"]
    return series([in_language(*_both(one)) for one in articles])


def embed(shop: Shop, root: str) -> str:
    """Return the lines by which a shop shows its badge: a link and an image, no script."""
    page, picture = reverse("shop_badge", args=[shop.id]), reverse("shop_badge_picture", args=[shop.id])
    image = f'<img src="{root}{picture}" width="260" height="64" alt="{_("可信标识")}">'
    return f'<a href="{root}{page}" referrerpolicy="origin">{image}</a>'


def badge_words(answer: BadgeState, shop: Shop, *, at: datetime) -> tuple[str, str]:
    """Return the two lines of a badge."""
    words = {
        BadgeState.MATCHES: _("网站匹配"),
        BadgeState.FOREIGN: _("不匹配"),
        BadgeState.UNSAID: _("请点开核对"),
        BadgeState.IMPERSONATING: _("已认定冒用他人名义"),
        BadgeState.WARNED: _("有消费警示"),
        BadgeState.OVERDUE: _("超过核验期"),
        BadgeState.UNCOVERED: _("缺少有效许可"),
        BadgeState.UNVERIFIED: _("未通过核验"),
        BadgeState.CLOSED: _("店铺已关闭"),
    }[answer]
    line = {
        BadgeState.MATCHES: _("平台核验于 %s") % day(shop.verified_on),
        BadgeState.FOREIGN: _("标识不属于这个网站"),
        BadgeState.IMPERSONATING: _("请不要在这家店铺购买"),
        BadgeState.WARNED: _("购买以前请先看警示"),
    }.get(answer, day(legal_day(at)))
    return words, line


def badge_page(shop: Shop) -> Page:
    """Return the head of the page behind a badge."""
    return Page(
        title=_("可信标识核对"),
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=name_of_shop(shop), url=reverse("shop", args=[shop.id])),
            Crumb(text=_("可信标识核对")),
        ),
    )


def badge_answer(shop: Shop, site: str, *, at: datetime) -> Mapping[str, object]:
    """Return what the page behind a badge says, and where the shop really stands."""
    answer = facade.state(shop, site, now=at)
    words, _line = badge_words(answer, shop, at=at)
    wrong = dict.fromkeys((BadgeState.FOREIGN, BadgeState.IMPERSONATING), "alert")
    tone = {BadgeState.MATCHES: "done", BadgeState.UNSAID: "info", **wrong}.get(answer, "todo")
    return {
        "title": words,
        "tone": tone,
        "facts": [
            Fact(name=_("您来自"), value=site or _("没有说明网站")),
            Fact(name=_("店铺登记的网址"), value=shop.address),
            Fact(name=_("核验结果"), value="", state=standing_state(shop.standing)),
        ],
        "proof": f"{reverse('api:shop_badge', args=[shop.id])}?{urlencode({'site': site})}",
    }


def own_platform_page(found: Platform) -> Page:
    """Return the head of a platform's own register."""
    return Page(
        title=_("店铺台账"),
        lead=_("%s报送的店铺。再核验以后，用接口把新的核验日期报上来。") % body_name(found.body),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("店铺台账"))),
        wide=True,
    )


def own_page() -> Page:
    """Return the head of a merchant's own shops."""
    return Page(
        title=_("我的店铺"),
        lead=_("先看要做什么、最晚哪一天；下面是买家看到什么、监管看到什么、不对怎样提出异议。"),
        crumbs=(Crumb(text=_("我的"), url=reverse("archive")), Crumb(text=_("我的店铺"))),
        wide=True,
    )


def no_shop() -> Empty:
    """Say that no platform has filed a shop of this operator."""
    return Empty(
        title=_("没有您的店铺"),
        meaning=_("登记的平台没有报送以您的统一社会信用代码经营的店铺。个人卖家的店铺不在这里显示。"),
    )


def _cover_row(cover: Cover, *, at: datetime) -> tuple[Cell, ...]:
    licence = cover.licence
    category = Cell(value=category_words(cover.category))
    if not cover.is_needed:
        return category, Cell(value=_("只要登记，不要另外的许可")), Cell(value="—"), Cell(state=State(word=_("不需要")))
    if licence is None:
        wanted = _("要这些之一：%s") % series(sorted(facade.categories()[cover.category].licences))
        return (
            category,
            Cell(value=_("没有查到"), hint=wanted),
            Cell(value="—"),
            Cell(state=State(word=_("缺少有效许可"), tone=Tone.ALERT)),
        )
    until = licence.valid_until
    ends = until is not None and (until - legal_day(at)).days <= SOON_DAYS
    state = State(word=_("快到期"), tone=Tone.TODO) if ends else State(word=_("有效"), tone=Tone.DONE)
    return (
        category,
        Cell(value=licence.title, hint=series([one for one in (licence.number, licence.body_name) if one])),
        Cell(value=day(until) if until else _("没有期限")),
        Cell(state=state),
    )


def _due_cell(shop: Shop, *, at: datetime) -> Cell:
    if not shop.is_overdue(legal_day(at)):
        return Cell(value=day(shop.due_on))
    return Cell(state=State(word=_("%s，已超过") % day(shop.due_on), tone=Tone.ALERT))


def category_words(code: str) -> str:
    """Return what a shop sells, in the viewer's language."""
    known = facade.categories().get(code)
    return text(known.title) if known else code


def _registered_as(shop: Shop) -> str:
    if shop.seller is Seller.INDIVIDUAL:
        return _("个人卖家，%s") % exemption_words(shop.exemption)
    return shop.uscc


def _unconfirmed(standing: Standing) -> str:
    """Say why nobody stands behind what was claimed; what agreed once and is found no more is as good as unknown."""
    return {
        Standing.OTHER_NAME: _("这个代码登记的是另一个名称，请勿当作已核验。"),
        Standing.CEASED: _("登记显示已注销。"),
    }.get(standing, _("登记里没有这个代码，请勿当作已核验。"))


def _both(citation: str) -> tuple[str, str]:
    named = name_of(citation)
    return named.zh, named.en
