"""Statutory queries and registrations in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.archives.facade import body_name
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import FieldType, ItemVersion, Words
from chengxin.consents import facade as consents
from chengxin.consents.contracts import Grant, Ground, PurposeRule
from chengxin.inquiries.contracts import Fact as Shown
from chengxin.inquiries.contracts import Found, Statutory
from chengxin.inquiries.registered import Registered
from chengxin.kernel.clock import legal_day, now
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Page,
    State,
    Table,
    Tone,
    count,
    day,
    moment,
    reads_english,
)


def statutory_rules() -> list[tuple[str, str]]:
    """Return the purposes of statutory queries."""
    return [(rule.code, purpose(rule.purpose)) for rule in _rules(Ground.STATUTE)]


def consent_rules() -> list[tuple[str, str]]:
    """Return the purposes institutions can be registered for."""
    return [(rule.code, f"{purpose(rule.purpose)} · {rule.code}") for rule in _rules(Ground.CONSENT)]


def statutory_bases() -> list[tuple[str, str]]:
    """Return the articles statutory queries may rest on."""
    cited = dict.fromkeys(citation for rule in _rules(Ground.STATUTE) for citation in rule.basis)
    return [(citation, catalogue.citation(citation)) for citation in cited]


def purpose(code: str) -> str:
    """Return a declared purpose in the reader's language."""
    found = access.get_purpose(code)
    return found.en if reads_english() else found.zh


def queries_page() -> Page:
    """Return the head of an organ's statutory queries."""
    return Page(
        title=_("法定查询"),
        lead=_("只为已经公布的程序，按名单查询范围内的事实。另一个人批准以后才能看，每个人都看得到这次查询。"),
        wide=True,
    )


def new_page() -> Page:
    """Return the head of the form."""
    return Page(title=_("发起法定查询"), crumbs=(_crumb(), Crumb(text=_("发起"))))


def query_page(asked: Statutory) -> Page:
    """Return the head of one query."""
    return Page(
        title=asked.procedure.matter, states=(_state(asked.state),), crumbs=(_crumb(), Crumb(text=asked.number))
    )


def queries_table(found: Sequence[Statutory]) -> Table:
    """Return an organ's statutory queries."""
    return Table(
        caption=_("本单位的法定查询"),
        caption_hidden=True,
        columns=(
            Column(title=_("编号")),
            Column(title=_("用途")),
            Column(title=_("程序编号")),
            Column(title=_("人数"), numeric=True),
            Column(title=_("状态")),
        ),
        rows=[
            (
                Cell(value=one.number, url=reverse("statutory_query", args=[one.id])),
                Cell(value=_rule_title(one.rule)),
                Cell(value=one.procedure.number),
                Cell(value=count(len(one.persons))),
                Cell(state=_state(one.state)),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有法定查询"), meaning=_("本单位没有为已公布的程序查询过任何人。")),
    )


def query_facts(asked: Statutory) -> list[Fact]:
    """Return what an approver checks."""
    return [
        Fact(name=_("用途"), value=_rule_title(asked.rule)),
        Fact(name=_("依据"), value=catalogue.citation(asked.basis)),
        Fact(name=_("程序编号"), value=asked.procedure.number),
        Fact(name=_("公告"), value=f"{day(asked.procedure.announced_on)} {asked.procedure.address}"),
        Fact(name=_("公告进入审查的人数"), value=count(asked.procedure.announced_count)),
        Fact(name=_("名单"), value=_("、").join(_name(one.shown) for one in asked.persons)),
        Fact(name=_("可以看的"), value=_("、").join(_title(code) for code in asked.items)),
        Fact(name=_("发起时间"), value=moment(asked.created_at)),
    ]


def _name(shown: str) -> str:
    return shown or _("保存期满，已经销毁")


def found_tables(found: Sequence[Found]) -> list[Table]:
    """Return the facts about each person; none is said as what it is, and no verdict is drawn."""
    return [
        Table(
            caption=_("第%(place)d人 %(name)s") % {"place": one.place, "name": _name(one.shown)},
            columns=(Column(title=_("信息")), Column(title=_("内容")), Column(title=_("来源"))),
            rows=[_fact_row(fact) for fact in one.facts],
            empty=Empty(title=_("没有范围内的记录"), meaning=_("这不是结论，只说明范围内没有可以提供的记录。")),
        )
        for one in found
    ]


def grants_page() -> Page:
    """Return the head of the register."""
    return Page(
        title=_("查询机构登记"),
        lead=_("登记了用途的机构才能凭本人授权查询。暂停以后，下一次调用就被拒绝。"),
        wide=True,
    )


def grantees_page() -> Page:
    """Return the head of the public list."""
    return Page(
        title=_("可以凭授权查询的机构"),
        lead=_("下列机构登记了用途。没有您的授权，它们什么也查不到。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("查询机构"))),
    )


def grant_card(one: Registered) -> dict[str, object]:
    """Return one registration for the template."""
    return {
        "id": one.grant.id,
        "name": body_name(one.grant.body),
        "state": grant_state(one.grant),
        "facts": grant_facts(one),
        "is_suspended": one.grant.suspended_at is not None,
    }


def no_body() -> str:
    """Say that there is no such institution."""
    return _("没有这个机构代码。请先由系统管理员登记单位。")


def grant_facts(one: Registered) -> list[Fact]:
    """Return one registration with its volume, for the office."""
    grant = one.grant
    return [
        Fact(name=_("用途"), value=_rule_title(grant.rule)),
        Fact(name=_("登记编号"), value=grant.registration),
        Fact(name=_("自"), value=day(grant.starts_on)),
        Fact(name=_("查询次数"), value=count(one.uses)),
        Fact(name=_("没有报回结果"), value=count(one.owed)),
        Fact(name=_("对本人不利的结果"), value=count(one.adverse)),
        Fact(name=_("最近一次"), value=moment(one.last_used_at) if one.last_used_at else _("没有")),
        Fact(name=_("最近检查"), value=day(grant.audited_on) if grant.audited_on else _("没有")),
        *([Fact(name=_("暂停的理由"), value=grant.suspended_because)] if grant.suspended_at else []),
    ]


def grant_state(grant: Grant) -> State:
    """Return where a registration stands."""
    if grant.suspended_at:
        return State(word=_("已暂停"), tone=Tone.ENDED)
    return State(word=_("可以查询"), tone=Tone.DONE)


def grantees_table(grants: Sequence[Grant]) -> Table:
    """Return who is registered for what, for everybody."""
    return Table(
        caption=_("可以凭授权查询的机构"),
        caption_hidden=True,
        columns=(Column(title=_("机构")), Column(title=_("用途")), Column(title=_("自")), Column(title=_("状态"))),
        rows=[
            (
                Cell(value=body_name(grant.body)),
                Cell(value=_rule_title(grant.rule)),
                Cell(value=day(grant.starts_on)),
                Cell(state=grant_state(grant)),
            )
            for grant in grants
        ],
        empty=Empty(title=_("还没有登记的机构"), meaning=_("目前没有机构能凭授权查询。")),
    )


def financial_page() -> Page:
    """Return the head of the help about financial credit reports."""
    return Page(
        title=_("金融信用报告不在这里"),
        lead=_("银行贷款等金融信用信息由中国人民银行征信中心提供，本平台不保存，也不代查。"),
        crumbs=(Crumb(text=_("帮助"), url=reverse("help")), Crumb(text=_("金融信用报告"))),
    )


def _fact_row(fact: Shown) -> tuple[Cell, ...]:
    item = catalogue.find_item(fact.item_code, on=legal_day(now()))
    shown = _("；").join(f"{_field(item, name)}：{_value(item, name, value)}" for name, value in fact.fields.items())
    mark = _("这一条正在异议处理中") if fact.has_objection else ""
    said = _("本人说明：%(text)s") % {"text": fact.statement} if fact.statement else ""
    hint = _("；").join(text for text in (mark, said) if text)
    return (Cell(value=_title(fact.item_code)), Cell(value=shown, hint=hint), Cell(value=body_name(fact.source_body)))


def _field(item: ItemVersion | None, name: str) -> str:
    return _said(item.field(name).title) if item else name


def _value(item: ItemVersion | None, name: str, value: object) -> str:
    """Return a value as people write it: the words of a code, a day."""
    if item is None:
        return str(value)
    field = item.field(name)
    words = {code.value: _said(code.label) for code in field.codes}
    if field.type is FieldType.DATE:
        return day(date.fromisoformat(str(value)))
    values = value if isinstance(value, list) else [value]
    return _("、").join(words.get(str(one), str(one)) for one in values)


def _rules(ground: Ground) -> list[PurposeRule]:
    return [rule for rule in consents.purpose_rules().values() if rule.ground is ground]


def _rule_title(code: str) -> str:
    rule = consents.find_rule(code)
    return purpose(rule.purpose) if rule else code


def _title(code: str) -> str:
    item = catalogue.find_item(code, on=legal_day(now()))
    return _said(item.title) if item else code


def _said(words: Words) -> str:
    return words.en if reads_english() else words.zh


def _state(code: str) -> State:
    words = {
        "submitted": (_("待审批"), Tone.TODO),
        "approved": (_("已批准"), Tone.DONE),
        "returned": (_("已退回"), Tone.ENDED),
    }
    word, tone = words[code]
    return State(word=word, tone=tone)


def _crumb() -> Crumb:
    return Crumb(text=_("法定查询"), url=reverse("statutory_queries"))
