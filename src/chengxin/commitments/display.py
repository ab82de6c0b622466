"""Commitments in words, and as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.catalogue import facade as catalogue
from chengxin.commitments.contracts import Commitment, Content, Maker, Outcome, Sentence, Source, Template
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Link,
    Page,
    Pager,
    State,
    Table,
    Tone,
    day,
    in_language,
    series,
)

_TONES = {"kept": Tone.DONE, "rectified": Tone.INFO, "broken": Tone.ALERT}


def maker_words(maker: Maker) -> str:
    """Say who promises."""
    return {
        Maker.PLATFORM: _("电商平台"),
        Maker.MERCHANT: _("商家"),
        Maker.INDIVIDUAL: _("个人卖家"),
        Maker.COURIER: _("寄递企业"),
    }[maker]


def content_words(content: Content) -> str:
    """Say what is promised."""
    return {
        Content.LAWFUL: _("守法经营"),
        Content.TRUE: _("信息真实"),
        Content.PRICE: _("价格诚信"),
        Content.QUALITY: _("质量保证"),
        Content.SERVICE: _("服务保证"),
        Content.RESPONSIBILITY: _("承担责任"),
    }[content]


def tag_words(tag: str) -> str:
    """Say which side of a trade a sentence is about."""
    return {
        "quality": _("质量诚信"),
        "price": _("价格诚信"),
        "delivery": _("物流诚信"),
        "payment": _("支付诚信"),
        "after_sale": _("售后诚信"),
    }[tag]


def source_words(source: Source) -> str:
    """Say where a broken promise came to light."""
    return {
        Source.COMPLAINT: _("投诉"),
        Source.SAMPLING: _("抽样检查"),
        Source.CAMPAIGN: _("专项治理"),
    }[source]


def value_words(name: str) -> str:
    """Say what a number of a sentence counts."""
    return {
        "months": _("几个月"),
        "weeks": _("几周"),
        "days": _("几日"),
        "refund": _("几日内退款"),
        "advance": _("几日内先行赔付"),
        "hours": _("几小时"),
        "reply": _("几小时内回复"),
        "minutes": _("几分钟"),
        "percent": _("百分之几"),
        "samples": _("多少批次"),
        "yuan": _("多少元"),
    }[name]


def open_sentence(template: Template) -> str:
    """Write a sentence with its numbers left open, and the articles it rests on."""
    text = in_language(template.zh, template.en).format(**dict.fromkeys(template.values, "＿"))
    return _("%(text)s（依据：%(basis)s）") % {
        "text": text.rstrip("。."),
        "basis": series(catalogue.citation(one) for one in template.basis),
    }


def words_of(sentence: Sentence) -> str:
    """Write a promised sentence."""
    return in_language(sentence.zh, sentence.en)


def list_page() -> Page:
    """Return the head of the public list."""
    lead = _(
        "经营者自愿作出、可以核对的承诺。没有做到的，每一条旁边都可以举报；查实以后先责令整改，限期内整改的不算违约。"
    )
    return Page(
        title=_("信用承诺"), lead=lead, crumbs=(Crumb(text=_("首页"), url=reverse("home")), Crumb(text=_("信用承诺")))
    )


def list_table(found: Sequence[Commitment], *, pager: Pager) -> Table:
    """Return who promised what, the newest first."""
    rows = [
        (
            Cell(value=one.name, url=reverse("commitment", args=[one.number]), hint=maker_words(one.maker)),
            Cell(value=series(content_words(sentence.content) for sentence in one.sentences)),
            Cell(value=one.signed_at.date()),
        )
        for one in found
    ]
    columns = (Column(title=_("谁承诺")), Column(title=_("承诺了什么")), Column(title=_("作出日期")))
    empty = Empty(title=_("没有这样的承诺"), meaning=_("可以换一个条件再看。"))
    return Table(caption=_("承诺"), caption_hidden=True, columns=columns, rows=rows, pager=pager, empty=empty)


def one_page(one: Commitment) -> Page:
    """Return the head of a commitment; of a natural person nothing is told but the number."""
    name = one.name or _("个人卖家")
    crumbs = (Crumb(text=_("信用承诺"), url=reverse("commitments")), Crumb(text=name))
    return Page(title=_("%s的承诺") % name, lead="", crumbs=crumbs)


def state_of(one: Commitment) -> State:
    """Return whether these words hold now."""
    if one.replaced_at is not None:
        return State(word=_("已有新的版本"), tone=Tone.ENDED)
    if not one.sentences:
        return State(word=_("已撤回"), tone=Tone.ENDED)
    return State(word=_("正在承诺"), tone=Tone.DONE)


def facts_of(one: Commitment) -> list[Fact]:
    """Return who promised, when, and where what came of it is read."""
    facts = [
        Fact(name=_("承诺主体"), value=maker_words(one.maker)),
        Fact(name=_("承诺书编号"), value=one.number, hint=_("第%s版") % one.version),
        Fact(name=_("作出日期"), value=one.signed_at),
    ]
    if one.uscc:
        link = Link(text=_("看公开的信用信息"), url=reverse("subject", args=[one.uscc]))
        facts.insert(0, Fact(name=_("统一社会信用代码"), value=one.uscc, link=link))
    return facts


def sentences_of(
    one: Commitment, outcomes: Mapping[str, Sequence[Outcome]], *, may_find: bool
) -> list[dict[str, object]]:
    """Return each sentence with what came of it and what a reader, or an officer, can do about it."""
    return [
        {
            "id": sentence.id,
            "title": content_words(sentence.content),
            "text": words_of(sentence),
            "tags": series(tag_words(tag) for tag in sentence.tags),
            "outcomes": [_outcome(found) for found in outcomes.get(sentence.id, ())],
            "report": f"{reverse('report_lead')}?type=promise&about={sentence.id}",
            "find": reverse("commitment_finding", args=[sentence.id]) if may_find else "",
        }
        for sentence in one.sentences
    ]


def _outcome(found: Outcome) -> dict[str, object]:
    words = [
        _("%s认定") % day(found.found_on) if found.found_on else "",
        found.document,
        _("整改期限%s") % day(found.rectified_by) if found.rectified_by else "",
        _("正在异议处理中") if found.has_objection else "",
    ]
    return {
        "state": State(word=result_words(found.result), tone=_TONES[found.result]),
        "words": series(filter(None, words)),
    }


def result_words(result: str) -> str:
    """Say what came of a promise."""
    return {"kept": _("履约"), "rectified": _("已整改"), "broken": _("违约")}[result]


def versions_table(found: Sequence[Commitment]) -> Table:
    """Return the versions of a commitment."""
    rows = [
        (
            Cell(value=one.number, url=reverse("commitment", args=[one.number])),
            Cell(value=one.signed_at.date()),
            Cell(value=state_of(one).word),
        )
        for one in found
    ]
    columns = (Column(title=_("编号")), Column(title=_("作出日期")), Column(title=_("状态")))
    return Table(caption=_("各个版本"), caption_hidden=True, columns=columns, rows=rows)


def own_page() -> Page:
    """Return the head of one's own commitments."""
    lead = _("自愿作出，可以随时修改或者撤回；改过的版本仍然可以查看。不承诺没有任何影响。")
    return Page(title=_("我的承诺"), lead=lead)


def write_page(maker: Maker, *, problems: bool) -> Page:
    """Return the head of the page that writes one."""
    crumbs = (Crumb(text=_("我的承诺"), url=reverse("own_commitments")), Crumb(text=maker_words(maker)))
    return Page(
        title=_("以%s的身份承诺") % maker_words(maker),
        lead=_("选择要承诺的内容，填上数字。签署以后立即公示，每一条都可以核对。"),
        crumbs=crumbs,
        problems=problems,
    )


def finding_page(sentence: Sentence, *, problems: bool) -> Page:
    """Return the head of the page that drafts a finding."""
    return Page(title=_("查处违诺"), lead=words_of(sentence), problems=problems)


def nothing_promised() -> Empty:
    """Say that nothing is promised yet."""
    return Empty(title=_("您还没有承诺"), meaning=_("可以从下面选择一类开始。"))


def write_links(makers: Sequence[Maker]) -> list[Link]:
    """Return where to write a commitment of each kind."""
    return [Link(text=maker_words(one), url=reverse("commitment_write", args=[one.value])) for one in makers]
