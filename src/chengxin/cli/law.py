"""`chengxin law …`: ask the law from a terminal, with the steps of the count and the articles."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from chengxin.cli.arguments import day
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law import facade as law
from chengxin.law.facade import Bound, Due, UnknownKey

_UNITS = {"day": "日", "workday": "个工作日", "month": "个月", "year": "年"}
_BOUNDS = {Bound.APPLIED: "适用", Bound.MINIMUM: "最短", Bound.MAXIMUM: "最长"}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `law` command and its five questions."""
    parser = subparsers.add_parser(
        "law",
        help="ask the law: values, due dates, gates, articles",
        epilog="Exit status: 0 answered (a closed gate is an answer), 1 refused with a code, 2 unknown key or words.",
    )
    questions = parser.add_subparsers(dest="question", required=True, metavar="QUESTION")

    listing = questions.add_parser("list", help="every key with its inputs, unit, packs, citations and standing")
    listing.add_argument("--json", action="store_true", help="print one JSON array")
    listing.set_defaults(run=_answered(_list))

    due = questions.add_parser("due", help="when a period ends, with the steps of the count")
    due.add_argument("key", metavar="KEY")
    due.add_argument("--from", dest="start", type=day, required=True, metavar="DATE")
    due.add_argument("--with", dest="inputs", action="append", default=[], metavar="NAME=VALUE")
    due.set_defaults(run=_answered(_due))

    decide = questions.add_parser("decide", help="whether a gate is open on given facts")
    decide.add_argument("key", metavar="KEY")
    decide.add_argument("--facts", type=Path, required=True, metavar="FILE.json")
    decide.set_defaults(run=_answered(_decide))

    for question in (due, decide):
        question.add_argument("--pack", default=law.DEFAULT_PACK, choices=[pack.code for pack in law.list_packs()])
        question.add_argument("--on", type=day, metavar="DATE", help="the day whose law applies")
        question.add_argument("--json", action="store_true", help="print one JSON object")

    explain = questions.add_parser("explain", help="a key in words, with what its articles say")
    explain.add_argument("key", metavar="KEY")
    explain.add_argument("--json", action="store_true", help="print one JSON object")
    explain.set_defaults(run=_answered(_explain))

    check = questions.add_parser("check", help="what a lawyer must look at; exit status 1 when there is something")
    check.add_argument("--on", type=day, metavar="DATE")
    check.add_argument("--json", action="store_true", help="print one JSON array")
    check.set_defaults(run=_answered(_check))


def _answered(question: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Turn a refusal into words and status 1, an unknown key into its neighbours and status 2."""

    def run(arguments: argparse.Namespace) -> int:
        try:
            return question(arguments)
        except Refused as refused:
            _print_refusal(refused.refusal, as_json=arguments.json)
            return 1
        except UnknownKey as unknown:
            _print_refusal(_unknown(unknown.key), as_json=arguments.json)
            return 2

    return run


def _unknown(key: str) -> Refusal:
    """Return what to say of a key that this question does not know: ask the other question, or a key like it."""
    if law.find_gate(key) is not None:
        near = f"它是能否类的问题：chengxin law decide {key} --facts FILE.json。"
    elif any(entry.key == key for entry in law.list_entries()):
        near = f"它是期限或者数值：chengxin law explain {key}。"
    else:
        near = f"最接近的：{'、'.join(law.nearest(key)) or '无'}。"
    return Refusal(
        code="LAW_UNKNOWN_KEY",
        what="没有名为“{key}”的法律键可以这样问。",
        why=near,
        next_step="全部的键：chengxin law list。",
        values={"key": key},
    )


def _list(arguments: argparse.Namespace) -> int:
    on = legal_day(now())
    rows = [*(_entry_row(entry, on) for entry in law.list_entries()), *map(_gate_row, law.list_gates())]
    if arguments.json:
        _print_json(rows)
    else:
        for row in rows:
            print(f"{row['key']:<36} {row['unit']:<8} {row['standing']:<12} {row['title']['zh']}")
    return 0


def _gate_row(gate: law.GateEntry) -> dict[str, Any]:
    """Return a gate as a row of the list; it is as firm as the weakest text it cites."""
    unsure = any(citation.startswith("D/") or law.is_unread(citation) for citation in gate.cites)
    return {
        "key": gate.key,
        "package": gate.rule.partition(".")[0],
        "title": dataclasses.asdict(gate.title),
        "kind": "decision",
        "unit": "bool",
        "count_from": [],
        "inputs": {fact.name: fact.choices for fact in gate.facts},
        "facts": [dataclasses.asdict(fact) for fact in gate.facts],
        "example": gate.example,
        "checked_on": None,
        "packs": {pack.code: [] for pack in law.list_packs()},
        "citations": gate.cites,
        "standing": "provisional" if unsure else "binding",
    }


def _entry_row(entry: law.Entry, on: date) -> dict[str, Any]:
    packs = {
        pack: [
            {
                "from": dated.valid_from,
                "value": dated.value,
                "minimum": dated.minimum,
                "maximum": dated.maximum,
                "unit": dated.unit,
                "count_from": dated.count_from,
                "cites": dated.cites,
                "standing": dated.standing,
                "source": dated.source,
                "note": dated.note,
                "at_expiry": dated.at_expiry,
            }
            for dated in values
        ]
        for pack, values in entry.packs.items()
    }
    current = [dated for values in entry.packs.values() for dated in values if dated.valid_from <= on]
    provisional = any(dated.standing == "provisional" for dated in current)
    return {
        "key": entry.key,
        "package": entry.package,
        "title": dataclasses.asdict(entry.title),
        "kind": entry.kind,
        "unit": entry.unit,
        "count_from": entry.count_from,
        "inputs": entry.inputs,
        "checked_on": entry.checked_on,
        "packs": packs,
        "citations": sorted(
            {citation for values in entry.packs.values() for dated in values for citation in dated.cites}
        ),
        "standing": "provisional" if provisional else "binding",
    }


def _due(arguments: argparse.Namespace) -> int:
    on = arguments.on or legal_day(now())
    entry = law.get_entry(arguments.key)
    inputs = _inputs(arguments.inputs, entry)
    value = law.value(arguments.key, on=on, pack=arguments.pack, **inputs)
    if entry.kind not in law.PERIODS:
        raise Refused(_no_period(value, entry))
    if value.unlimited:
        return _print_no_end(arguments, value, on)
    dues = {
        bound: law.due(arguments.key, on=on, start=arguments.start, pack=arguments.pack, bound=bound, **inputs)  # type: ignore[arg-type]
        for bound in Bound
        if value.amount(bound) is not None
    }
    applied = dues[Bound.APPLIED]
    if arguments.json:
        bounds = {bound.value: due.last_day for bound, due in dues.items() if bound is not Bound.APPLIED}
        row = {"on": on, "kind": value.kind, "amount": value.value, "unit": value.unit, "at_expiry": value.at_expiry}
        row |= {"inputs": inputs, "source": value.source, "checked_on": entry.checked_on, **bounds}
        _print_json({**dataclasses.asdict(applied), "provisional": applied.provisional, **row})
        return 0
    for bound, due in dues.items():
        length = f"{_BOUNDS[bound]} {value.amount(bound)}{_UNITS[value.unit]}"
        tentative = "（暂定）" if due.provisional else ""
        print(f"{length}：最后一日 {due.last_day}{tentative}，{due.ends_on} 零时起不再有效")
    _print_steps(applied)
    return 0


def _no_period(value: law.Value, entry: law.Entry) -> Refusal:
    """Return why a value is not counted from a day: it is a number the platform uses, not a period with an end."""
    return Refusal(
        code="LAW_NO_PERIOD",
        what="“{title}”是数值，不是从某日起算的期间。",
        why="它现在是 {amount}（单位 {unit}，规则包 {pack}）。",
        next_step="完整的内容：chengxin law explain {key}。",
        basis=value.cites,
        values={
            "title": entry.title.zh,
            "amount": str(value.value),
            "unit": value.unit.value,
            "pack": value.pack,
            "key": entry.key,
        },
    )


def _print_no_end(arguments: argparse.Namespace, value: law.Value, on: date) -> int:
    if arguments.json:
        row = {"key": value.key, "pack": value.pack, "on": on, "starts_on": arguments.start}
        row |= {"last_day": None, "ends_on": None, "steps": [], "amount": value.value, "unit": value.unit}
        _print_json({**row, "cites": value.cites, "standing": value.standing, "note": value.note})
    else:
        print(f"没有届满日。依据：{'、'.join(value.cites)}（{value.standing}）")
    return 0


def _print_steps(due: Due) -> None:
    for step in due.steps:
        print(f"  {step.day}  {step.reason}")
    print(f"依据：{'、'.join(due.cites)}（{due.standing}，规则包 {due.pack}）")
    if due.provisional_days:
        print("其中部分日期的放假通知尚未公布，结果暂定，公布后重算，不使当事人受损。")
    if due.note:
        print(due.note)


def _inputs(pairs: list[str], entry: law.Entry) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in pairs:
        name, _, chosen = pair.partition("=")
        if chosen not in entry.inputs.get(name, ()):
            known = "；".join(f"--with {name}={'|'.join(choices)}" for name, choices in entry.inputs.items())
            raise Refused(
                Refusal(
                    code="LAW_INPUT_MISSING",
                    what="“{pair}”不是“{title}”的条件。",
                    next_step="可以写：{known}。" if known else "这一项没有条件。",
                    values={"pair": pair, "title": entry.title.zh, "known": known},
                )
            )
        given[name] = chosen
    return given


def _decide(arguments: argparse.Namespace) -> int:
    on = arguments.on or legal_day(now())
    if law.find_gate(arguments.key) is None:
        raise UnknownKey(arguments.key, law.nearest(arguments.key))
    try:
        facts = json.loads(arguments.facts.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(
            Refusal(
                code="LAW_FACTS_FILE",
                what="读不出事实文件 {file}（{error}）。",
                next_step="请给出一个 UTF-8 的 JSON 对象。",
                values={"file": str(arguments.facts), "error": str(error)},
            )
        ) from None
    if not isinstance(facts, dict):
        raise Refused(
            Refusal(code="LAW_FACTS_FILE", what="事实文件不是一个 JSON 对象。", next_step='请写成 {"名称": 值}。')
        )
    decision = law.decide(arguments.key, facts, on=on, pack=arguments.pack)
    if arguments.json:
        _print_json({**dataclasses.asdict(decision), "on": on, "pack": arguments.pack})
        return 0
    print(
        "可以。" if decision.answer else f"不可以（{decision.code}）。{''.join(decision.reasons)}{decision.next_step}"
    )
    for citation in decision.cites:
        print(f"  {citation} {law.article_text(citation)}")
    if decision.assumed:
        print("没有给出的事实按以下取值：" + json.dumps(dict(decision.assumed), ensure_ascii=False))
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    if not arguments.json:
        print(law.explain(arguments.key))
        return 0
    gate = law.find_gate(arguments.key)
    if gate is not None:
        row = {
            **_gate_row(gate),
            "about": gate.about,
            "ask": f"chengxin law decide {gate.key} --facts FILE.json --json",
        }
    else:
        entry = law.get_entry(arguments.key)
        ask = law.how_to_ask(entry) if entry.kind in law.PERIODS else f"chengxin law explain {entry.key} --json"
        row = {**_entry_row(entry, legal_day(now())), "ask": ask}
    _print_json({**row, "articles": {cite: law.article_text(cite) for cite in row["citations"]}})
    return 0


def _check(arguments: argparse.Namespace) -> int:
    problems = law.check(on=arguments.on or legal_day(now()))
    if arguments.json:
        _print_json([dataclasses.asdict(problem) for problem in problems])
    else:
        for problem in problems:
            print(f"{problem.code:<16} {problem.key:<36} {problem.text}")
        print(f"{len(problems)} 处需要法律人员核对。")
    return 1 if problems else 0


def _print_refusal(refusal: Refusal, *, as_json: bool) -> None:
    if as_json:
        said = {name: refusal.filled(getattr(refusal, name)) for name in ("what", "why", "next_step")}
        _print_json({"refused": dataclasses.asdict(refusal) | said})
    for line in (refusal.what, refusal.why, refusal.next_step, f"（{refusal.code}）"):
        if line:
            print(refusal.filled(line), file=sys.stderr)


def _print_json(answer: object) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form.")
