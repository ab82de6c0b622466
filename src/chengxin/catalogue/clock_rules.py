"""The publicity rules as a table (公开属性和期限): per item and severity who sees it, how long, by which law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.catalogue import plain_words as plain
from chengxin.catalogue.citations import citation_url
from chengxin.catalogue.contracts import ItemVersion
from chengxin.catalogue.presentation import columns
from chengxin.catalogue.sharing import modes_of
from chengxin.catalogue.shelf import list_items
from chengxin.law import facade as law
from chengxin.ui.facade import Cell, Empty, Fact, Link, Pager, State, Table, Tone, aside, day

BY_SEVERITY = "publicity.by_severity"
MARKET = "publicity.market_penalty"


@dataclass(frozen=True, kw_only=True)
class ClockRule:
    """One row: an item, what department decides where that matters, a severity where that matters, its law keys."""

    item: ItemVersion
    department: str = ""
    severity: str = ""

    @property
    def code(self) -> str:
        """Return how a form names the item and the department."""
        return f"{self.item.code}:{self.department}" if self.department else self.item.code

    @property
    def publicity(self) -> str:
        """Return the law key of its publicity clock."""
        return self.item.clocks.publicity_for([self.department])

    @property
    def keys(self) -> tuple[str, str, str, str]:
        """Return the law keys of the four clocks: publicity, query, use, retention."""
        clocks = self.item.clocks
        return self.publicity, clocks.query, clocks.use, clocks.retention


@dataclass(frozen=True, kw_only=True)
class Term:
    """One term of law behind the table: its anchor, what it says, and each article it rests on."""

    anchor: str
    title: str
    states: tuple[State, ...]
    facts: tuple[Fact, ...]
    citations: tuple[Link, ...]


def list_clock_rules(*, on: date) -> tuple[ClockRule, ...]:
    """Return a row per item, department and severity; archives of occupational groups are never public and left out."""
    found: list[ClockRule] = []
    for item in list_items(on=on):
        departments = ("", *(department for department, _key in item.clocks.publicity_by_source))
        for department in () if item.group else departments:
            rule = ClockRule(item=item, department=department)
            severities = severities_of(rule)
            found += [ClockRule(item=item, department=department, severity=one) for one in severities or ("",)]
    return tuple(found)


def severities_of(rule: ClockRule) -> tuple[str, ...]:
    """Return the severities a row's publicity turns on; for most there is none."""
    return law.get_entry(BY_SEVERITY).inputs["severity"] if rule.publicity in {BY_SEVERITY, MARKET} else ()


def clock_rules_table(rules: Sequence[ClockRule], *, on: date, pager: Pager) -> Table:
    """Return the table: item and severity, who sees it, and the four clocks, each leading to its first article."""
    return Table(
        caption=_("公开属性和期限"),
        caption_hidden=True,
        columns=columns(_("目录条目"), _("公开属性"), _("公示"), _("查询"), _("使用"), _("保存")),
        rows=[_row(rule, on=on) for rule in rules],
        empty=Empty(title=_("没有符合条件的条目"), meaning=_("目录里没有这个条目。")),
        pager=pager,
    )


def rule_title(rule: ClockRule) -> str:
    """Return the item, and in brackets the department whose own rule counts."""
    title = plain.said(rule.item.title)
    return title + aside(plain.departments([rule.department])) if rule.department else title


def _row(rule: ClockRule, *, on: date) -> tuple[Cell, ...]:
    severity = plain.label("severity", rule.severity) if rule.severity else ""
    url = reverse("catalogue_item", args=[rule.item.code])
    public, *others = rule.keys
    return (
        Cell(value=rule_title(rule), url=url, hint=severity),
        Cell(value=modes_of(rule.item)),
        _publicity(rule, public, on=on),
        *(_term(key, on=on) for key in others),
    )


def _publicity(rule: ClockRule, key: str, *, on: date) -> Cell:
    if not rule.severity:
        return _term(key, on=on)
    cell = _term(BY_SEVERITY, on=on, severity=rule.severity)
    if key == BY_SEVERITY or cell.value == _("不公示"):
        return cell
    other = " ".join([_("同时适用市场监管的公示期，取较短者。"), plain.basis_of_period(key, on=on)])
    return Cell(value=cell.value, url=cell.url, hint=f"{cell.hint} {other}")


def _term(key: str, *, on: date, **inputs: str) -> Cell:
    value = law.find(key, on=on, pack=settings.LAW_PACK, **inputs)
    if value is None:
        return Cell(value=_("当日没有可适用的规定"))
    cited = [article for article in value.cites if not article.startswith("D/")] or list(value.cites)
    names = _("、").join(plain.citation(article) for article in cited)
    hint = _("%(cited)s（暂定）") % {"cited": names} if value.provisional else names
    return Cell(value=plain.how_long(value), url=citation_url(cited[0]), hint=hint)


def list_terms(keys: Iterable[str], *, on: date) -> tuple[Term, ...]:
    """Return each term of law behind some rows, once, for each of its cases, with all its articles as links."""
    wanted = dict.fromkeys(keys)
    if MARKET in wanted:
        wanted.setdefault(BY_SEVERITY)
    return tuple(term for key in wanted if (term := _term_of(key, on=on)) is not None)


def _term_of(key: str, *, on: date) -> Term | None:
    entry = law.get_entry(key)
    name, cases = next(iter(entry.inputs.items()), ("", ("",)))
    found = [(case, law.find(key, on=on, pack=settings.LAW_PACK, **({name: case} if name else {}))) for case in cases]
    values = [(case, value) for case, value in found if value is not None]
    if not values:
        return None
    first = values[0][1]
    facts = [
        Fact(name=plain.case_words(name, case), value=plain.how_long(value), hint=_range(value))
        for case, value in values
    ]
    facts.append(Fact(name=_("自哪天起适用"), value=day(first.valid_from)))
    facts.append(Fact(name=_("规则包"), value=_pack(first.pack)))
    word = State(word=_("暂定"), tone=Tone.TODO) if first.provisional else State(word=_("已核对"), tone=Tone.DONE)
    links = tuple(Link(text=plain.citation(article), url=citation_url(article)) for article in first.cites)
    return Term(
        anchor=key.replace(".", "-"),
        title=plain.said(entry.title),
        states=(word,),
        facts=tuple(facts),
        citations=links,
    )


def _range(value: law.Value) -> str:
    if value.minimum is None and value.maximum is None:
        return ""
    unit = {"month": _("个月"), "year": _("年"), "day": _("日"), "workday": _("个工作日")}.get(value.unit, "")
    words = []
    if value.minimum:
        words.append(_("最短%(n)s%(unit)s") % {"n": value.minimum, "unit": unit})
    if value.maximum:
        words.append(_("最长%(n)s%(unit)s") % {"n": value.maximum, "unit": unit})
    return _("规定的范围：%(range)s") % {"range": _("，").join(words)} if words else ""


def _pack(code: str) -> str:
    return next((plain.said(pack.title) for pack in law.list_packs() if pack.code == code), code)
