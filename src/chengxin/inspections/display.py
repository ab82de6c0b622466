"""Inspections as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.contracts import Case
from chengxin.casework.facade import body_name, due_hint, state_of, text
from chengxin.inspections.contracts import Plan, Receipt, Result, Sample, Tally, Way
from chengxin.kernel.clock import legal_day
from chengxin.market import facade as market
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Page,
    Pager,
    State,
    Table,
    Tone,
    day,
    moment,
    yuan,
)


def public_page() -> Page:
    """Return the head of the public list."""
    return Page(
        title=_("商品抽检"),
        lead=_("市场监管部门从网店买商品送检。合格和不合格都公布；商家申请复检的时间没过，结果不公布。"),
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=_("电商诚信"), url=reverse("platforms")),
            Crumb(text=_("商品抽检")),
        ),
        wide=True,
    )


def plans_table(plans: Sequence[Plan], counts: Mapping[UUID, Tally], *, pager: Pager, desk: bool = False) -> Table:
    """Return plans with what came of each, qualified ones first."""
    titles = (_("抽检什么"), _("谁抽检"), _("样品"), _("合格"), _("不合格"), _("还没有结果"))
    page = "inspection_desk" if desk else "inspection"
    return Table(
        caption=_("抽检方案"),
        caption_hidden=True,
        columns=tuple(Column(title=one, numeric=place > 1) for place, one in enumerate(titles)),
        rows=[
            (
                Cell(value=one.title, url=reverse(page, args=[one.number]), hint=one.number),
                Cell(value=body_name(one.body), hint=day(one.opened_on)),
                *(Cell(value=number) for number in _numbers(counts[one.id])),
            )
            for one in plans
        ],
        empty=Empty(
            title=_("还没有抽检"),
            meaning=_("没有市场监管部门在这里登记抽检方案。没有抽检不表示合格。"),
            would_appear=_("登记方案以后，从第一天起显示在这里。"),
        ),
        pager=pager,
    )


def plan_page(plan: Plan, *, desk: bool) -> Page:
    """Return the head of one plan, before everybody or at the authority's desk."""
    home = reverse("inspections_desk" if desk else "inspections")
    first = Crumb(text=_("工作台"), url=reverse("casework_inbox")) if desk else Crumb(text=_("首页"), url="/")
    return Page(
        title=_("抽检：%s") % plan.title,
        crumbs=(first, Crumb(text=_("商品抽检"), url=home), Crumb(text=plan.number)),
        wide=desk,
    )


def plan_facts(plan: Plan, tally: Tally) -> list[Fact]:
    """Say who tests what by which standard, how shops were chosen, and what came of it."""
    category = market.categories()[plan.category]
    chosen = _("从%s家店铺里抽签") % len(plan.members) if plan.way is Way.DRAW else _("因有反映，指定店铺")
    said = {"passed": tally.passed, "failed": tally.failed, "waiting": tally.waiting, "dropped": tally.dropped}
    came = _("合格%(passed)s，不合格%(failed)s，还没有结果%(waiting)s，没有取到样%(dropped)s") % said
    return [
        Fact(name=_("谁抽检"), value=body_name(plan.body), hint=day(plan.opened_on)),
        Fact(name=_("经营类别"), value=text(category.title)),
        Fact(name=_("检验依据"), value=plan.standard),
        Fact(name=_("怎样选店铺"), value=chosen),
        Fact(name=_("结果"), value=came, hint=_("共%s件样品") % tally.drawn),
    ]


def draw_facts(plan: Plan) -> list[Fact]:
    """Say what a draw is replayed from; the seed is shown once nothing is left to buy."""
    return [
        Fact(name=_("可以抽的店铺"), value=_("%s家") % len(plan.members), hint=plan.population_digest),
        Fact(name=_("种子的指纹"), value=plan.seed_digest, hint=_("抽签当时公布，种子换不了。")),
        Fact(name=_("种子"), value=plan.seed or _("样品还没有买齐，买齐以后公布")),
    ]


def results_table(found: Sequence[Sample]) -> Table:
    """Return the final results that are public, qualified ones too."""
    titles = (_("商品"), _("店铺"), _("结果"), _("检验机构"), _("公布"))
    return Table(
        caption=_("已经公布的结果"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in titles),
        rows=[
            (
                Cell(value=one.goods, hint=_("%s购买") % day(one.bought_on) if one.bought_on else ""),
                Cell(value=one.shop_name, url=reverse("shop", args=[one.shop_id]), hint=body_name(one.platform)),
                Cell(state=result_state(one.result), hint=one.finding),
                Cell(value=one.laboratory, hint=_("复检机构，初检由另一家做") if one.retest_laboratory else ""),
                Cell(value=one.published_on or "", hint=_("到%s") % day(one.public_until) if one.public_until else ""),
            )
            for one in found
        ],
        empty=Empty(
            title=_("现在没有公布的结果"),
            meaning=_("在检验、在等商家是否申请复检，或者公布期已经过了。"),
        ),
    )


def desk_page(*, problems: bool) -> Page:
    """Return the head of the authority's plans."""
    return Page(
        title=_("商品抽检"),
        lead=_("抽签决定买哪家。商家和平台在送达以前不知道；复检期没过，什么都不公布。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("商品抽检"))),
        wide=True,
        problems=problems,
    )


def samples_table(found: Sequence[tuple[Sample, Case]], receipts: Mapping[UUID, Receipt], *, at: datetime) -> Table:
    """Return the samples of one's own plan: from whom, where each stands, by when, what the platform answered."""
    titles = (_("店铺"), _("商品"), _("状态"), _("平台"))
    return Table(
        caption=_("样品"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in titles),
        rows=[
            (
                Cell(value=one.shop_name, url=reverse("casework_case", args=[case.id]), hint=case.number),
                Cell(value=one.goods or _("还没有买"), hint=yuan(one.paid_fen) if one.paid_fen else ""),
                Cell(state=state_of(case), hint=due_hint(case, on=legal_day(at))),
                Cell(value=_receipt_words(receipts.get(one.id))),
            )
            for one, case in found
        ],
    )


def step_page(sample: Sample, title: str, *, problems: bool) -> Page:
    """Return the head of a form about a sample."""
    return Page(
        title=title,
        lead=sample.shop_name,
        crumbs=(
            Crumb(text=_("商品抽检"), url=reverse("inspections_desk")),
            Crumb(text=sample.case_number, url=reverse("casework_case", args=[sample.case_id])),
            Crumb(text=title),
        ),
        problems=problems,
    )


def sample_facts(sample: Sample) -> list[Fact]:
    """Say of a sample what is known: from whom, what, who tested, what was found, until when it may be re-tested."""
    facts = [Fact(name=_("店铺"), value=sample.shop_name, hint=body_name(sample.platform))]
    if sample.bought_on:
        facts.append(Fact(name=_("商品"), value=sample.goods, hint=_("%s购买") % day(sample.bought_on)))
    if sample.laboratory:
        facts.append(Fact(name=_("检验机构"), value=sample.retest_laboratory or sample.laboratory))
        facts.append(Fact(name=_("不合格项"), value=sample.finding or _("没有")))
    if sample.retest_until and sample.told_on:
        hint = _("%s收到结果") % day(sample.told_on)
        facts.append(Fact(name=_("可以申请复检到"), value=sample.retest_until, hint=hint))
    if sample.reserve_until:
        until = sample.reserve_until if sample.reserve else _("没有登记备样，或者保存已经到期")
        facts.append(Fact(name=_("备样保存到"), value=until, hint=sample.reserve))
    return facts


def own_page(sample: Sample, case: Case, *, problems: bool) -> Page:
    """Return the head of a result as its merchant reads it."""
    return Page(
        title=_("抽检结果：%s") % sample.goods,
        crumbs=(
            Crumb(text=_("我的"), url=reverse("archive")),
            Crumb(text=_("我的店铺"), url=reverse("own_shops")),
            Crumb(text=case.number),
        ),
        states=(state_of(case),),
        problems=problems,
    )


def paper_titles(papers: Sequence[str]) -> list[tuple[str, str]]:
    """Return the papers of a result by their digest, numbered."""
    return [(digest, _("材料%s") % place) for place, digest in enumerate(papers, start=1)]


def determination_page(sample: Sample, *, problems: bool) -> Page:
    """Return the head of a draft that follows from a result."""
    return step_page(sample, _("由抽检结果%s起草认定") % sample.result_number, problems=problems)


def result_state(result: Result) -> State:
    """Return a final result as a state."""
    if result is Result.PASSED:
        return State(word=_("合格"), tone=Tone.DONE)
    return State(word=_("不合格"), tone=Tone.ALERT)


def _numbers(tally: Tally) -> tuple[int, int, int, int]:
    return tally.drawn, tally.passed, tally.failed, tally.waiting


def _receipt_words(receipt: Receipt | None) -> str:
    if receipt is None:
        return _("结果公布以后告知")
    if receipt.receipt_at is None:
        return _("%s已告知，没有回执") % moment(receipt.told_at)
    return _("%s回执") % moment(receipt.receipt_at)
