"""What a lawyer must look at, and a key explained with its articles in words."""

from __future__ import annotations

from datetime import date, timedelta

from chengxin.law.contracts import Entry, Problem
from chengxin.law.loader import PACKAGES, entries, packs
from chengxin.law.lookup import entry_of
from chengxin.law.statute_index import article_text, find_statute, list_rules, statutes
from chengxin.law.workdays import coverage

_YEAR = timedelta(days=365)
_STATE = {"expired": "已失效", "repealed": "已废止"}


def check(*, on: date) -> tuple[Problem, ...]:
    """Return what is unchecked for a year, rests on a text no longer in force, or lies beyond the tables."""
    problems = [problem for _, entry in sorted(entries().items()) for problem in _check_entry(entry, on)]
    for rule, citations in list_rules(PACKAGES).items():
        problems += _stale(rule, citations, on)
    through = coverage().notice_through
    if on + timedelta(days=60) > through:
        text = f"放假通知只覆盖到{through}，请补充下一年。"
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
    """Return a key in words: what it is, its values by pack and date, and what the cited articles say."""
    entry = entry_of(key)
    lines = [
        f"{key}：{entry.title.zh} / {entry.title.en}",
        f"类别 {entry.kind}，单位 {entry.unit}，起算 {' → '.join(entry.count_from) or '—'}，核对于 {entry.checked_on}",
        *(f"条件 {name}：{'、'.join(choices)}" for name, choices in entry.inputs.items()),
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
    lines.append("依据：")
    for citation in cited:
        title = statutes()[citation.partition("/")[0]].title.zh
        lines.append(f"  {citation}：《{title}》{article_text(citation)}")
    return "\n".join(lines)


def _words(value: object) -> str:
    if isinstance(value, dict):
        return "、".join(f"{name} {amount}" for name, amount in value.items())
    return "—" if value is None else str(value)
