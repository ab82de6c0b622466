"""Measures in words: the list, what may be done and why not, what is applied and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from chengxin.access.facade import find_body
from chengxin.casework import facade as casework
from chengxin.catalogue import facade as catalogue
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law
from chengxin.law.facade import Level
from chengxin.lists import facade as lists
from chengxin.measures import facade
from chengxin.measures.contracts import WITH_ENTRY, Applied, Because, Looked, Measure, Role, Verdict
from chengxin.measures.forms import ROLES
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
    aside,
    day,
    in_language,
    line_of,
    series,
)

_SHUT = frozenset({Level.POLICY, Level.DESIGN})


def level_words(level: Level) -> str:
    """Say the rank of a text."""
    return {
        Level.LAW: _("法律"),
        Level.REGULATION: _("行政法规"),
        Level.COURT: _("司法解释"),
        Level.LOCAL: _("地方性法规"),
        Level.RULE: _("部门规章"),
        Level.POLICY: _("政策文件"),
        Level.DESIGN: _("平台的设计"),
    }[level]


def kind_words(kind: SubjectKind) -> str:
    """Say a kind of subject."""
    return {
        SubjectKind.NATURAL_PERSON: _("自然人"),
        SubjectKind.LEGAL_PERSON: _("法人"),
        SubjectKind.UNINCORPORATED: _("非法人组织"),
        SubjectKind.SOLE_TRADER: _("个体工商户"),
    }[kind]


def list_page() -> Page:
    """Return the head of the public measures list."""
    return Page(
        title=_("失信惩戒措施清单"),
        lead=_(
            "只有这里的措施可以实施。每一项都写明对谁、因为什么、由谁、依据什么、到哪天。没有法律、法规依据的不能实施。"
        ),
        crumbs=(Crumb(text=_("首页"), url=reverse("home")), Crumb(text=_("惩戒措施清单"))),
        wide=True,
    )


def list_tables(measures: Sequence[Measure], *, on: date) -> tuple[Table, Table]:
    """Return the measures that may be applied, and those no law carries."""
    open_: list[Measure] = []
    shut: list[Measure] = []
    for measure in measures:
        (shut if measure.levels <= _SHUT else open_).append(measure)
    return _measures_table(open_, _("可以实施的措施"), on=on), _measures_table(shut, _("不能实施的"), on=on)


def _measures_table(measures: Sequence[Measure], caption: str, *, on: date) -> Table:
    rows = [
        (
            Cell(value=_title(measure), hint=in_language(measure.relevance.zh, measure.relevance.en)),
            Cell(
                value=series(kind_words(kind) for kind in SubjectKind if kind in measure.objects),
                hint=_persons(measure),
            ),
            Cell(value=series(act_title(act, on=on) for act in measure.acts)),
            Cell(value=series(_department(code) for code in sorted(measure.bodies))),
            Cell(
                value=_basis(measure),
                hint=series([*(level_words(level) for level in Level if level in measure.levels), _like(measure)]),
            ),
            Cell(value=_period(measure, on=on)),
        )
        for measure in measures
    ]
    columns = (_("措施"), _("对谁"), _("因为什么"), _("由谁实施"), _("依据和位阶"), _("期限"))
    return Table(caption=caption, columns=[Column(title=title) for title in columns], rows=rows)


def dept_page() -> Page:
    """Return the head of a body's measures."""
    return Page(
        title=_("惩戒措施"),
        lead=_("本单位实施的措施。到期或者所依据的信息结束，自动解除。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("惩戒措施"))),
        wide=True,
    )


def body_table(found: Sequence[Applied], *, pager: Pager) -> Table:
    """Return a body's measures; whose each is, is opened in its own case."""
    rows = [
        (
            Cell(value=one.number, url=reverse("dept_measure", args=[one.id])),
            Cell(value=measure_title(one.measure)),
            Cell(state=_state(one)),
            Cell(value=_until(one)),
        )
        for one in found
    ]
    columns = (_("编号"), _("措施"), _("状态"), _("到哪天"))
    return Table(
        caption=_("本单位实施的措施"),
        caption_hidden=True,
        columns=[Column(title=title) for title in columns],
        rows=rows,
        empty=Empty(title=_("还没有实施过措施"), meaning=_("先查主体，再从可以实施的措施里提出。")),
        pager=pager,
    )


def look_page(name: str) -> Page:
    """Return the head of what may be done about a subject."""
    return Page(
        title=_("可以采取哪些措施"),
        lead=name
        or _("按统一社会信用代码查。系统只列出清单允许的，由您决定提不提；每一项都写明为什么能、为什么不能。"),
        crumbs=(Crumb(text=_("惩戒措施"), url=reverse("dept_measures")), Crumb(text=_("查主体"))),
        wide=True,
    )


def looked_tables(found: Sequence[Looked]) -> list[Table]:
    """Return one table per ground: each measure, whether it may be proposed, why not, until when."""
    return [
        Table(
            caption=_("%(title)s（%(day)s，到%(end)s）")
            % {"title": one.title, "day": day(one.ground.decided_on), "end": _last(one.ground.ends_on)},
            columns=[Column(title=title) for title in (_("措施"), _("能不能"), _("到哪天"))],
            rows=[_verdict_row(one, verdict) for verdict in one.verdicts],
            empty=Empty(title=_("没有可以采取的措施"), meaning=_("清单没有写明对这一类信息可以采取措施。")),
        )
        for one in found
    ]


def _verdict_row(one: Looked, verdict: Verdict) -> tuple[Cell, ...]:
    code = verdict.measure.code
    address = reverse("measure_new", args=[one.ground.subject_id, one.ground.record_id, code])
    allowed = verdict.may_be_proposed or verdict.measure.touches_persons
    if verdict.refusal is None:
        said = Cell(state=State(word=_("可以提出"), tone=Tone.INFO))
    else:
        said = Cell(state=State(word=_("不能"), tone=Tone.ENDED), hint=line_of(verdict.refusal))
    end = _last(verdict.ends_on) + (_("（暂定）") if verdict.is_provisional else "")
    return (Cell(value=_title(verdict.measure), url=address if allowed else ""), said, Cell(value=end))


def new_page(measure: Measure, name: str, *, problems: bool) -> Page:
    """Return the head of a proposal."""
    return Page(
        title=_("拟实施：%s") % _title(measure),
        lead=_("%s。先告知，听取陈述申辩，由另一个人决定，书面送达以后才开始。") % name,
        crumbs=(Crumb(text=_("惩戒措施"), url=reverse("dept_measures")), Crumb(text=_("提出措施"))),
        problems=problems,
    )


def proposal_facts(measure: Measure, *, on: date) -> list[Fact]:
    """Return what the law says of a measure, beside the form."""
    return [
        Fact(name=_("依据"), value=_basis(measure), hint=_like(measure)),
        Fact(name=_("关联"), value=in_language(measure.relevance.zh, measure.relevance.en)),
        Fact(name=_("期限"), value=_period(measure, on=on)),
    ]


def one_page(one: Applied, *, problems: bool) -> Page:
    """Return the head of one measure of a body."""
    return Page(
        title=_("措施 %s") % one.number,
        lead=measure_title(one.measure),
        crumbs=(Crumb(text=_("惩戒措施"), url=reverse("dept_measures")), Crumb(text=one.number)),
        states=(_state(one),),
        problems=problems,
    )


def one_facts(one: Applied) -> list[Fact]:
    """Return the days of a measure and where its decision is."""
    facts = [
        Fact(name=_("起始日"), value=one.starts_on),
        *_role_facts(one),
        Fact(name=_("到哪天"), value=_until(one)),
        Fact(
            name=_("决定"),
            value=one.number,
            link=Link(text=_("看决定和经过"), url=reverse("determination", args=[one.id])),
        ),
    ]
    return [*facts, Fact(name=_("实施结果"), value=one.result)] if one.result else facts


def own_page() -> Page:
    """Return the head of the measures about oneself."""
    return Page(
        title=_("对我的措施"),
        lead=_("现在和曾经对您实施的措施：依据什么、到哪天、不服怎么办。到期自动解除，不用申请。"),
        crumbs=(Crumb(text=_("我的信用"), url=reverse("archive")), Crumb(text=_("对我的措施"))),
    )


def own_cards(found: Sequence[Applied]) -> list[dict[str, Any]]:
    """Return each measure about the subject: basis, end, remedy."""
    return [_card(one) for one in found]


def _card(one: Applied) -> dict[str, Any]:
    measure = facade.measures().get(one.measure)
    basis = _basis(measure) if measure else ""
    body = find_body(one.body)
    codes = casework.get_procedure("measure").verbs["decide"].remedies
    remedies = casework.remedy_words(codes, on=one.served_on, served_on=one.served_on)
    links = [Link(text=_("看告知书和决定书"), url=reverse("own_determination", args=[one.number]))]
    if one.person_role and (one.ended_at is None or one.ended_because == Because.REPAIRED):
        said = _("看单独修复的申请") if one.ended_at else _("单独申请修复，不用等企业")
        links.append(Link(text=said, url=reverse("own_measure_repair", args=[one.id])))
    if one.entry_id is not None and not one.person_role and (url := _address("own_list_entry", one.entry_id)):
        links.append(Link(text=_("看所依据的名单"), url=url))
    return {
        "id": one.id,
        "title": measure_title(one.measure),
        "state": _state(one),
        "facts": [
            Fact(name=_("由谁实施"), value=in_language(body.name_zh, body.name_en) if body else one.body),
            Fact(name=_("依据"), value=basis),
            *_role_facts(one),
            Fact(name=_("到哪天"), value=_until(one)),
            Fact(name=_("不服怎么办"), value=remedies),
            *([Fact(name=_("实施结果"), value=one.result)] if one.result else []),
        ],
        "links": links,
    }


def _role_facts(one: Applied) -> list[Fact]:
    """Say in which role a responsible person answers, if one does: the measure ends with it."""
    if not one.person_role:
        return []
    said = ROLES[Role(one.person_role)]
    return [Fact(name=_("以什么身份"), value=said, hint=_("文书写明的；职务或者期限结束，措施自动解除。"))]


def measure_title(code: str) -> str:
    """Return the title of a measure, or its code when it is on the list no more."""
    measure = facade.measures().get(code)
    return _title(measure) if measure else code


def act_title(act: str, *, on: date) -> str:
    """Return the title of an act: a kind of list, or a catalogue item."""
    kind = lists.kinds().get(act)
    if kind is not None:
        return in_language(kind.title.zh, kind.title.en)
    item = catalogue.find_item(act, on=on)
    return in_language(item.title.zh, item.title.en) if item else act


def _title(measure: Measure) -> str:
    return in_language(measure.title.zh, measure.title.en)


def _persons(measure: Measure) -> str:
    roles = _("、").join(str(title) for role, title in ROLES.items() if role in measure.persons)
    return _("以及文书写明的%s") % roles if roles else ""


def _basis(measure: Measure) -> str:
    basis = series(catalogue.citation(citation) for citation in measure.basis)
    return basis + aside(_("暂定，条文还没有核对")) if measure.is_provisional else basis


def _like(measure: Measure) -> str:
    return _("其他省市有同类规定：%s") % series(map(catalogue.citation, measure.like)) if measure.like else ""


def _period(measure: Measure, *, on: date) -> str:
    if measure.period == WITH_ENTRY:
        return _("随所依据的信息结束")
    value = law.value(measure.period, on=on)
    words = _("自决定之日起%s年") if value.unit == "year" else _("自决定之日起%s个月")
    return words % value.number + (aside(_("暂定")) if value.provisional else "")


def _department(code: str) -> str:
    found = {one.code: one.title for one in catalogue.list_departments()}.get(code)
    return in_language(found.zh, found.en) if found else code


def _last(ends_on: date | None) -> str:
    return day(ends_on - timedelta(days=1)) if ends_on else _("随信息结束")


def _until(one: Applied) -> str:
    if one.ended_at is not None:
        why = {
            Because.TERM: _("期限已满"),
            Because.BASIS_ENDED: _("所依据的信息已经结束"),
            Because.LIFTED: _("提前解除"),
            Because.ROLE_ENDED: _("职务已经结束"),
            Because.REPAIRED: _("本人已经修复"),
        }[Because(one.ended_because)]
        return _("%(day)s解除：%(why)s") % {"day": day(one.ended_at), "why": why}
    return _("%s自动解除") % day(one.ends_on) if one.ends_on else _("随所依据的信息结束，自动解除")


def _state(one: Applied) -> State:
    if one.ended_at is not None:
        return State(word=_("已解除"), tone=Tone.ENDED)
    return State(word=_("实施中"), tone=Tone.INFO)


def _address(name: str, key: object) -> str:
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""
