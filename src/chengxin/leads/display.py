"""Leads as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from chengxin.casework.contracts import Case
from chengxin.casework.facade import body_name, due_hint, state_of
from chengxin.kernel.clock import legal_day
from chengxin.leads.contracts import Answer, Both, Finding, Held, Lead, Outcome, Precision, Value
from chengxin.leads.families import families, find_rule, value_names
from chengxin.market.contracts import Shop
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Lane,
    Link,
    Page,
    Pager,
    State,
    Step,
    Strip,
    Tab,
    Table,
    Tone,
    day,
    moment,
    reads_english,
    series,
)

MOST_PAPERS: Final = 100


def list_page(field: str) -> Page:
    """Return the head of the authority's list."""
    if field:
        return Page(
            title=_("跨境三单"),
            lead=_(
                "订单、支付单、申报和运单里，两种单据对不上的才在这里。只有海关看得到；这不是认定，由您核查、决定。"
            ),
            crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("跨境三单"))),
            wide=True,
        )
    return Page(
        title=_("线索"),
        lead=_("两类独立的证据指向同一店铺，或者平台报送，才成为线索。线索不是认定，由您核查、决定。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("线索"))),
        wide=True,
    )


def tabs(counts: tuple[int, int], *, field: str, is_open: bool) -> list[Tab]:
    """Return the two lists."""
    address = reverse("crossborder" if field else "leads")
    return [
        Tab(title=_("待核查"), url=address, current=is_open, count=counts[0]),
        Tab(title=_("已结束"), url=f"{address}?ended=1", current=not is_open, count=counts[1]),
    ]


def leads_table(found: Sequence[tuple[Lead, Case]], *, pager: Pager, at: datetime) -> Table:
    """Return leads with where they stand and by when."""
    return Table(
        caption=_("线索"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in (_("编号"), _("店铺"), _("时间段"), _("状态"), _("法定期限"))),
        rows=[
            (
                Cell(value=case.number, url=reverse("casework_case", args=[case.id])),
                Cell(value=lead.shop_name, hint=body_name(lead.platform)),
                Cell(value=_window(lead)),
                Cell(state=state_of(case)),
                Cell(
                    value=case.due_on or (_("已结束") if case.is_closed else _("没有期限")),
                    hint=due_hint(case, on=legal_day(at)),
                ),
            )
            for lead, case in found
        ],
        empty=Empty(
            title=_("没有线索"),
            meaning=_("没有两类证据同时指向一家店铺，平台也没有报送。"),
            would_appear=_("有新的线索时，按法定期限排在这里。"),
        ),
        pager=pager,
        as_of=legal_day(at),
    )


def precision_table(found: Sequence[Precision]) -> Table:
    """Return how the leads of each rule ended, with what they are out of."""
    return Table(
        caption=_("每条规则的办理结果"),
        columns=(
            Column(title=_("规则")),
            Column(title=_("属实／已决定"), numeric=True),
            Column(title=_("没有人决定"), numeric=True),
            Column(title=_("核查中"), numeric=True),
        ),
        rows=[
            (
                Cell(value=_rule_words(one.family, one.rule), hint=_family(one.family)),
                Cell(value=f"{one.founded}/{one.decided}"),
                Cell(value=one.expired),
                Cell(value=one.waiting),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有办结的线索"), meaning=_("有了决定以后，这里数出每条规则有多少次属实。")),
    )


def lead_facts(lead: Lead) -> list[Fact]:
    """Say which shop, when, and whether the merchant was asked."""
    shown = lead.shown_at
    return [
        Fact(
            name=_("店铺"),
            value="",
            link=Link(text=lead.shop_name, url=reverse("shop", args=[lead.shop_id])),
            hint=body_name(lead.platform),
        ),
        Fact(name=_("时间段"), value=_window(lead)),
        *_destroyed(lead),
        Fact(
            name=_("经营者"),
            value=_("已请说明，到%s") % day(lead.answer_by) if shown and lead.answer_by else _("还没有请经营者说明"),
            hint=_("听取说明以前，不能认为情况属实。"),
        ),
    ]


def findings_table(held: Sequence[Held], *, counts_accounts: bool) -> Table:
    """Return what each rule saw, its threshold, how often the honest are pointed at, and its version."""
    titles = [_("看到什么"), _("数值"), _("门槛"), _("诚实的店铺也会这样吗"), _("规则版本")]
    return Table(
        caption=_("看到什么"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in titles),
        rows=[
            (
                Cell(value=_in(one.finding.says), hint=_behind(one) if counts_accounts else ""),
                Cell(value=_values(one.finding.values)),
                Cell(value=_values(one.finding.limits) or _("没有门槛，有就提示")),
                Cell(value=_honest(one.finding)),
                Cell(value=one.finding.model),
            )
            for one in held
        ],
    )


def papers_table(held: Sequence[Held]) -> Table:
    """Return the orders that are named, each with what was measured."""
    rows = [(one.finding, row) for one in held for row in one.finding.rows if row.order]
    return Table(
        caption=_("单据"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in (_("订单"), _("日期"), _("看到什么"), _("数值"))),
        rows=[
            (
                Cell(value=row.order),
                Cell(value=day(row.day)),
                Cell(value=_in(finding.says)),
                Cell(value=_values(row.values)),
            )
            for finding, row in sorted(rows, key=lambda one: (one[1].day, one[1].order, one[0].rule))[:MOST_PAPERS]
        ],
        empty=Empty(title=_("没有写明订单"), meaning=_("这些数据只有日期和数量，没有单个订单。")),
        source=_("共%s行，最多显示100行。") % len(rows),
    )


def strip(lead: Lead, held: Sequence[Held]) -> Strip:
    """Draw on which days each rule saw something."""
    days = max(1, (lead.end_day - lead.first_day).days)
    lanes = [
        Lane(
            label=_in(one.finding.says),
            marks=sorted({round((row.day - lead.first_day).days * 100 / days, 1) for row in one.finding.rows}),
            shown=str(len(one.finding.rows)),
        )
        for one in held
    ]
    table = Table(
        caption=_("每条规则看到的行数"),
        columns=tuple(Column(title=one) for one in (_("规则"), _("第一天"), _("最后一天"), _("行数"))),
        rows=[
            (
                Cell(value=_in(one.finding.says)),
                Cell(value=day(min(row.day for row in one.finding.rows))),
                Cell(value=day(max(row.day for row in one.finding.rows))),
                Cell(value=len(one.finding.rows)),
            )
            for one in held
        ],
    )
    return Strip(title=_("哪些天"), starts=day(lead.first_day), ends=day(lead.end_day), lanes=lanes, table=table)


def evidence(lead: Lead, held: Sequence[Held], answers: Sequence[Answer]) -> Mapping[str, Any]:
    """Return what a lead rests on as the lines of a paper, in Chinese; nobody behind a finding is named."""
    with override("zh-hans"):
        head = [f"{_('店铺')}：{lead.shop_name}", f"{_('时间段')}：{_window(lead)}"]
        return {
            "title": _("线索%s的证据") % lead.case_number,
            "number": lead.case_number,
            "head": [*head, *(f"{_('经营者的说明')}（{day(legal_day(one.at))}）：{one.text}" for one in answers)],
            "columns": [_("订单"), _("日期"), _("数值")],
            "findings": [_paper_of(one.finding) for one in held],
        }


def _paper_of(finding: Finding) -> Mapping[str, Any]:
    named = sorted((row for row in finding.rows if row.order), key=lambda row: (row.day, row.order))
    lines = {
        _("数值"): _values(finding.values),
        _("门槛"): _values(finding.limits) or _("没有门槛，有就提示"),
        _("诚实的店铺也会这样吗"): _honest(finding),
        _("怎样可以排除"): _in(finding.clears),
        _("规则版本"): finding.model,
    }
    return {
        "says": _in(finding.says),
        "lines": [f"{name}：{value}" for name, value in lines.items()],
        "rows": [(row.order, day(row.day), _values(row.values)) for row in named],
    }


def clears(held: Sequence[Held]) -> list[str]:
    """Say what would clear it, each once."""
    return list(dict.fromkeys(_in(one.finding.clears) for one in held))


def answer_steps(answers: Sequence[Answer]) -> list[Step]:
    """Return what a merchant said."""
    return [Step(title=_("经营者的说明"), when=one.at, text=one.text) for one in answers]


def determination_page(lead: Lead, *, problems: bool) -> Page:
    """Return the head of the draft."""
    return Page(
        title=_("由线索%s起草认定") % lead.case_number,
        crumbs=(Crumb(text=_("线索"), url=reverse("leads")), Crumb(text=_("起草认定"))),
        problems=problems,
    )


def own_page() -> Page:
    """Return the head of a merchant's list."""
    return Page(
        title=_("请您说明的事"),
        lead=_("有些订单的数据需要您说明。这不是认定，别人看不到。"),
        crumbs=(Crumb(text=_("我的"), url=reverse("archive")), Crumb(text=_("请您说明的事"))),
    )


def own_table(found: Sequence[Lead]) -> Table:
    """Return what a merchant is asked, and until when."""
    return Table(
        caption=_("请您说明的事"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in (_("编号"), _("店铺"), _("说明到"), _("状态"))),
        rows=[
            (
                Cell(value=lead.case_number, url=reverse("own_lead", args=[lead.id])),
                Cell(value=lead.shop_name),
                Cell(value=day(lead.answer_by) if lead.answer_by else ""),
                Cell(state=_own_state(lead.outcome)),
            )
            for lead in found
        ],
        empty=Empty(title=_("没有请您说明的事"), meaning=_("没有承办单位请您说明订单的情况。")),
    )


def own_lead_page(lead: Lead, *, problems: bool) -> Page:
    """Return the head of one matter a merchant explains."""
    return Page(
        title=_("请您说明：%s") % lead.shop_name,
        crumbs=(
            Crumb(text=_("我的"), url=reverse("archive")),
            Crumb(text=_("请您说明的事"), url=reverse("own_leads")),
            Crumb(text=lead.case_number),
        ),
        states=(_own_state(lead.outcome),),
        problems=problems,
    )


def own_facts(lead: Lead) -> list[Fact]:
    """Say who asks, about when, and until when."""
    return [
        Fact(name=_("承办单位"), value=body_name(lead.body)),
        Fact(name=_("编号"), value=lead.case_number),
        Fact(name=_("时间段"), value=_window(lead)),
        *_destroyed(lead),
        Fact(name=_("请说明到"), value=lead.answer_by),
    ]


def platform_name(shop: Shop) -> str:
    """Return the name of a shop's platform."""
    return body_name(shop.platform)


def _own_state(outcome: Outcome) -> State:
    if outcome is Outcome.OPEN:
        return State(word=_("请您说明"), tone=Tone.TODO)
    if outcome is Outcome.FOUNDED:
        return State(word=_("核查结束，需要处理的会另行告知您"), tone=Tone.INFO)
    return State(word=_("核查结束，没有后果"), tone=Tone.DONE)


def _destroyed(lead: Lead) -> list[Fact]:
    if lead.destroyed_at is None:
        return []
    said = _("订单、数值、账号编号和说明到了保存期限，已经销毁；办理记录还在。")
    return [Fact(name=_("证据"), value=_("%s销毁") % day(legal_day(lead.destroyed_at)), hint=said)]


def _window(lead: Lead) -> str:
    return _("%(from)s起，%(until)s以前") % {"from": day(lead.first_day), "until": day(lead.end_day)}


def _behind(held: Held) -> str:
    if not held.accounts:
        return ""
    said = {"accounts": held.accounts, "others": held.others}
    return _("%(accounts)s个账号，其中%(others)s个另有一类证据") % said


def _honest(finding: Finding) -> str:
    if finding.honest_per_10000 is not None:
        return _("一万个诚实订单里约%s个") % f"{finding.honest_per_10000:g}"
    return _in(families()[finding.family].honest)


def _rule_words(family: str, rule: str) -> str:
    known = find_rule(family, rule)
    return _in(known.says) if known else rule


def _family(code: str) -> str:
    known = families().get(code)
    return _in(known.title) if known else code


def _values(values: Mapping[str, Value]) -> str:
    names = value_names()
    return series(
        [f"{_in(names[name]) if name in names else name} {_value(name, one)}" for name, one in values.items()]
    )


def _value(name: str, value: Value) -> str:
    if value is None:
        return _("未知")
    if name.endswith("_at") and isinstance(value, int):
        return moment(datetime.fromtimestamp(value, UTC))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _in(words: Both) -> str:
    return words[1] if reads_english() else words[0]
