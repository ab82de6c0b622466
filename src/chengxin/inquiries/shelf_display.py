"""The shelf as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Field, Words
from chengxin.consents import facade as consents
from chengxin.consents.contracts import State as Standing
from chengxin.inquiries.contracts import Fact as Sent
from chengxin.inquiries.products import Product, find_product
from chengxin.inquiries.shelf import Sent as Package
from chengxin.kernel.clock import legal_day
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Page, State, Table, Tone, in_language, moment


def shelf_page() -> Page:
    """Return the head of the shelf."""
    return Page(
        title=_("银税互动"),
        lead=_(
            "金融机构给企业的产品，条件写明。想申请的，自己选发哪些信息，先看清楚再发；平台不打分，不给申请人排序。"
        ),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("银税互动"))),
    )


def products_table(found: Sequence[Product]) -> Table:
    """Return the products, in the order of the file."""
    return Table(
        caption=_("现有的产品"),
        columns=(Column(title=_("产品")), Column(title=_("机构")), Column(title=_("可以申请到"))),
        rows=[
            (
                Cell(value=_said(one.title), url=reverse("finance_product", args=[one.code]), hint=_said(one.summary)),
                Cell(value=body_name(one.body)),
                Cell(value=one.ends_on, hint=_("这一天起不再受理。")),
            )
            for one in found
        ],
        empty=Empty(title=_("现在没有产品"), meaning=_("登记的金融机构上架产品以后，会列在这里。")),
    )


def product_page(one: Product, *, problems: bool) -> Page:
    """Return the head of a product."""
    crumbs = (Crumb(text=_("银税互动"), url=reverse("finance_shelf")), Crumb(text=_said(one.title)))
    return Page(title=_said(one.title), lead=_said(one.summary), crumbs=crumbs, problems=problems)


def conditions(one: Product) -> list[str]:
    """Return the conditions as the institution says them."""
    return [_said(words) for words in one.conditions]


def product_facts(one: Product, *, at: datetime) -> list[Fact]:
    """Return who offers it and what happens with a package."""
    rule = consents.find_rule(one.rule)
    assert rule is not None
    limits = consents.limits_of(rule, on=legal_day(at))
    return [
        Fact(name=_("机构"), value=body_name(one.body)),
        Fact(
            name=_("机构能看什么"),
            value=_("只有您勾选并且看过的内容，看一次"),
            hint=_("%s天内没有看的，授权自动结束。") % limits.lasts_days,
        ),
        Fact(name=_("谁来决定"), value=_("机构的工作人员；不批准的要写明理由和所依据的信息，您可以提出异议")),
        Fact(name=_("不申请会怎样"), value=_("没有任何影响；也可以自己向机构提供材料")),
    ]


def choices(one: Product) -> list[tuple[str, str]]:
    """Return the items of a product with the fields that each would hand over."""
    rule = consents.find_rule(one.rule)
    assert rule is not None
    return [(code, _item_words(code, rule.item_fields[code])) for code in one.items]


def _item_words(code: str, names: Sequence[str]) -> str:
    item = catalogue.item_history(code)[-1]
    titles = {field.name: _said(field.title) for field in item.fields}
    listed = _("、").join(titles[name] for name in names)
    return _("%(item)s（%(fields)s）") % {"item": _said(item.title), "fields": listed}


def package_tables(facts: Sequence[Sent]) -> list[dict[str, object]]:
    """Return each record of a package with every field and value the institution would read."""
    found: list[dict[str, object]] = []
    for one in facts:
        item = catalogue.item_history(one.item_code)[-1]
        known = {field.name: field for field in item.fields}
        lines = [
            Fact(name=_said(known[name].title), value=_worded(known[name], value)) for name, value in one.fields.items()
        ]
        found.append({"title": _said(item.title), "facts": [*lines, *_marks(one)]})
    return found


def _worded(field: Field, value: object) -> object:
    """Return a value as people read it: a code by its words, with the code that is sent."""
    for one in field.codes:
        if one.value == value:
            return _said(one.label)
    return value


def _marks(one: Sent) -> list[Fact]:
    said = [Fact(name=_("标注"), value=_("正在异议处理中"))] if one.has_objection else []
    return [*said, *([Fact(name=_("本单位的说明"), value=one.statement)] if one.statement else [])]


def sent_table(found: Sequence[Package]) -> Table:
    """Return what was sent, the newest first, each with where it stands and the institution's answer."""
    titles = (_("产品"), _("发给谁"), _("发送时间"), _("状态"), _("答复"))
    return Table(
        caption=_("我发出的申请"),
        columns=tuple(Column(title=one) for one in titles),
        rows=[_sent_row(one) for one in found],
        empty=Empty(title=_("还没有发出过申请"), meaning=_("发出以后，机构看没看、怎样答复，都列在这里。")),
    )


def _sent_row(one: Package) -> tuple[Cell, ...]:
    words = {
        Standing.ACTIVE: State(word=_("已发出，机构还没有看"), tone=Tone.INFO),
        Standing.USED: State(word=_("机构已经看过"), tone=Tone.DONE),
        Standing.EXPIRED: State(word=_("到期，机构没有看"), tone=Tone.ENDED),
        Standing.REVOKED: State(word=_("已撤回"), tone=Tone.ENDED),
    }
    held = one.held
    where = reverse("consents") + f"#consent-{held.id}"
    answers = [use for use in held.uses if use.result]
    hint = _("不利的答复，依据：%s") % _items(answers[0].items_used) if answers and answers[0].is_adverse else ""
    return (
        Cell(value=_title_of(one), url=where, hint=_("打开可以撤回")),
        Cell(value=body_name(held.body)),
        Cell(value=moment(held.granted_at)),
        Cell(state=words[held.state]),
        Cell(value=answers[0].result if answers else _("还没有答复"), hint=hint),
    )


def _title_of(one: Package) -> str:
    found = find_product(one.code, on=legal_day(one.held.granted_at))
    return _said(found.title) if found else one.number


def _items(codes: Sequence[str]) -> str:
    return _("、").join(_said(catalogue.item_history(code)[-1].title) for code in codes)


def _said(words: Words) -> str:
    return in_language(words.zh, words.en)
