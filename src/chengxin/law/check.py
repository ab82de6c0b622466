"""What a lawyer must look at, and a key explained with its articles in words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from chengxin.law.contracts import DEFAULT_PACK, NATIONAL, Entry, GateEntry, Kind, Problem, Unit
from chengxin.law.gate_facts import in_words
from chengxin.law.gates import find_gate
from chengxin.law.loader import PACKAGES, entries, packs
from chengxin.law.lookup import entry_of
from chengxin.law.statute_index import article_text, find_statute, is_unread, list_rules, statutes
from chengxin.law.workdays import coverage

PERIODS: Final = frozenset({Kind.DEADLINE, Kind.STATUS, Kind.NOTICE})
_YEAR = timedelta(days=365)
_KINDS: Final = {
    Kind.DEADLINE: "办事期限，最后一日遇休息日顺延",
    Kind.STATUS: "状态期间，不顺延",
    Kind.NOTICE: "提前通知，自生效之日往前数",
    Kind.VALUE: "数值",
    Kind.GATE: "是否",
}
_UNITS: Final = {
    Unit.DAY: "日历日",
    Unit.WORKDAY: "工作日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.HOUR: "小时",
    Unit.COUNT: "个数",
    Unit.FEN: "分，一百分为一元",
    Unit.TEXT: "文字",
    Unit.BOOL: "是否",
}
_STATE = {"expired": "已失效", "repealed": "已废止"}


def check(*, on: date) -> tuple[Problem, ...]:
    """Return what is unchecked for a year, rests on a text no longer in force, or lies beyond the tables."""
    problems = [problem for _, entry in sorted(entries().items()) for problem in _check_entry(entry, on)]
    for rule, citations in list_rules(PACKAGES).items():
        problems += _stale(rule, citations, on)
    through = coverage().notice_through
    if on + timedelta(days=60) > through:
        text = f"放假通知只覆盖到{through}：其后的工作日按周末和法定节日估计，显示暂定。下一年的通知公布以后请补充。"
        problems.append(Problem(key="calendar", code="CALENDAR_SHORT", text=text))
    for pack in packs().values():
        if pack.expires_on is not None and on + _YEAR > pack.expires_on:
            problems.append(
                Problem(key=pack.code, code="PACK_ENDING", text=f"规则包“{pack.title.zh}”有效期至{pack.expires_on}。")
            )
    return tuple(problems)


def _check_entry(entry: Entry, on: date) -> list[Problem]:
    problems = []
    if on - entry.checked_on > _YEAR:
        text = f"“{entry.title.zh}”上次核对是{entry.checked_on}，已满一年。"
        problems.append(Problem(key=entry.key, code="UNCHECKED", text=text))
    if not any(dated.valid_from <= on for values in entry.packs.values() for dated in values):
        problems.append(Problem(key=entry.key, code="NOT_COVERED", text=f"“{entry.title.zh}”在{on}没有任何依据。"))
    for values in entry.packs.values():
        current = [dated for dated in values if dated.valid_from <= on]
        if current:
            problems += _stale(entry.key, current[-1].cites, on)
    return problems


def _stale(key: str, citations: tuple[str, ...], on: date) -> list[Problem]:
    """Report texts no longer in force; a rule that also cites the successor judges old acts and is right to."""
    found = []
    codes = {citation.partition("/")[0] for citation in citations}
    for citation in citations:
        statute = find_statute(citation)
        if statute is not None and statute.repealed_by in codes:
            continue
        state = _STATE.get(statute.state(on=on)) if statute is not None else None
        if statute is not None and state is not None:
            text = f"引用的《{statute.title.zh}》（{citation}）在{on}{state}。"
            found.append(Problem(key=key, code="STALE_TEXT", text=text))
    return found


def explain(key: str) -> str:
    """Return a key in words: what it is, how it is asked, its values by pack and date, what the cited articles say."""
    gate = find_gate(key)
    if gate is not None:
        return _explain_gate(gate)
    entry = entry_of(key)
    lines = [
        f"{key}：{entry.title.zh} / {entry.title.en}",
        f"类别 {entry.kind}（{_KINDS[entry.kind]}），单位 {entry.unit}（{_UNITS[entry.unit]}）",
        f"起算 {' → '.join(entry.count_from) or '—'}，核对于 {entry.checked_on}",
        *(f"条件 {name}：{'、'.join(choices)}" for name, choices in entry.inputs.items()),
        *([f"怎样问：{how_to_ask(entry)}"] if entry.kind in PERIODS else []),
    ]
    cited: dict[str, None] = {}
    for pack, values in entry.packs.items():
        lines.append(f"【{packs()[pack].title.zh}】")
        for dated in values:
            standing = "暂定" if dated.standing == "provisional" else "确定"
            parts = [f"  自 {dated.valid_from} 起：{_words(dated.value)}（{standing}，来源 {dated.source}）"]
            if dated.minimum is not None or dated.maximum is not None:
                parts.append(f"最短 {_words(dated.minimum)}，最长 {_words(dated.maximum)}")
            parts += [f"届满：{'、'.join(dated.at_expiry)}"] if dated.at_expiry else []
            parts += [dated.note] if dated.note else []
            lines.append("；".join(parts))
            cited |= dict.fromkeys(dated.cites)
    return "\n".join([*lines, *_cited_lines(cited)])


def how_to_ask(entry: Entry) -> str:
    """Return a command that asks for the period of a key."""
    chosen = "".join(f" --with {name}={choices[0]}" for name, choices in entry.inputs.items())
    pack = "" if NATIONAL in entry.packs or DEFAULT_PACK in entry.packs else f" --pack {next(iter(entry.packs))}"
    return f"chengxin law due {entry.key} --from 2026-03-02{chosen}{pack} --json"


def _explain_gate(gate: GateEntry) -> str:
    """Return a gate in words: its facts, a file to begin with, its articles."""
    lines = [
        f"{gate.key}：{gate.title.zh} / {gate.title.en}",
        "类别 decision（能否），答复 true 或者 false，附代码、理由、条文",
        "事实（JSON 对象，单位见名称：日期是北京时间的日，金额是分）：",
        *(f"  {in_words(fact)}" for fact in gate.facts),
        *(f"  {line}" for line in gate.about.splitlines() if line),
        "事实文件的例子：",
        f"  {json.dumps(gate.example, ensure_ascii=False)}",
        f"怎样问：chengxin law decide {gate.key} --facts FILE.json --json",
    ]
    return "\n".join([*lines, *_cited_lines(gate.cites)])


def _cited_lines(citations: Iterable[str]) -> list[str]:
    lines = ["依据："]
    for citation in citations:
        statute = statutes()[citation.partition("/")[0]]
        tentative = "（暂定，凭记忆或者摘录）" if is_unread(citation) else ""
        lines.append(f"  {citation}：《{statute.title.zh}》{tentative}{article_text(citation)}")
    return lines


def _words(value: object) -> str:
    if isinstance(value, dict):
        return "、".join(f"{name} {amount}" for name, amount in value.items())
    return "—" if value is None else str(value)
