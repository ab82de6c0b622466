"""What a gate wants to know: each fact with its type, whether it is needed, what is taken without it, an example."""

from __future__ import annotations

import dataclasses
import difflib
import typing
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Final

from chengxin.law.contracts import FactEntry, MissingFact, refusal

_EXAMPLES: Final[Mapping[str, object]] = {"date": "2026-03-02", "bool": True, "number": 1, "text": "…"}
_WORDS: Final = {"date": "日期", "bool": "true 或者 false", "number": "整数", "text": "文字", "list": "列表"}
_KINDS: Final = {date: "date", bool: "bool", int: "number", str: "text"}


def fact_entries(facts: type[Any]) -> tuple[FactEntry, ...]:
    """Return the facts of a gate in order; `choices` of its metadata or enumeration are all a field takes."""
    hints = typing.get_type_hints(facts)
    return tuple(_entry(field, hints[field.name]) for field in dataclasses.fields(facts))


def _entry(field: dataclasses.Field[Any], hint: object) -> FactEntry:
    types = [one for one in (typing.get_args(hint) or (hint,)) if one is not type(None)]
    many = typing.get_origin(hint) in {frozenset, list}
    inner = types[0]
    is_enum = isinstance(inner, type) and issubclass(inner, Enum)
    kind = "text" if is_enum else _KINDS[inner]
    choices = tuple(field.metadata.get("choices", ()))
    if isinstance(inner, type) and issubclass(inner, Enum):
        choices = tuple(str(one.value) for one in inner)
    needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    example = choices[0] if choices else _EXAMPLES[kind]
    return FactEntry(
        name=field.name,
        kind="list" if many else kind,
        needed=needed,
        default=None if needed else _plain(_default(field)),
        choices=choices,
        example=[example] if many else example,
    )


def _default(field: dataclasses.Field[Any]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset | list | tuple):
        return sorted(str(_plain(one)) for one in value)
    return value


def in_words(fact: FactEntry) -> str:
    """Return a fact as a line for people: its type, what it may be, an example or what is taken without it."""
    chosen = f"，取值 {'、'.join(fact.choices)}" if fact.choices else ""
    needed = "必须给出" if fact.needed else f"不给出按 {as_json(fact.default)}"
    return f"{fact.name}（{_WORDS[fact.kind]}{chosen}；{needed}；例如 {as_json(fact.example)}）"


def as_json(value: object) -> str:
    """Return a value as it stands in a facts file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, list):
        return f"[{', '.join(as_json(one) for one in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def why_not_facts(title: str, known: tuple[FactEntry, ...], given: Mapping[str, object]) -> MissingFact | None:
    """Return what is wrong with given facts: a name nobody knows, a needed one not there, a wrong choice."""
    by_name = {fact.name: fact for fact in known}
    for name in sorted(set(given) - set(by_name)):
        near = difflib.get_close_matches(name, by_name, n=3, cutoff=0.5)
        meant = f"是不是 {'、'.join(near)}？" if near else ""
        return bad_facts(title, f"不认识的事实：{name}。", f"{meant}可用的事实：{'、'.join(by_name)}。")
    missing = [in_words(fact) for fact in known if fact.needed and fact.name not in given]
    if missing:
        return bad_facts(title, f"缺少：{'；'.join(missing)}。", "请补进事实文件。")
    for name, value in given.items():
        fact = by_name[name]
        chosen = value if isinstance(value, list) else [value]
        empty = {"", None, _scalar(fact.default)}
        if fact.choices and [one for one in chosen if one not in fact.choices and _scalar(one) not in empty]:
            return bad_facts(title, f"{name} 不能是 {as_json(value)}。", f"可以写：{'、'.join(fact.choices)}。")
    return None


def _scalar(value: object) -> str | None:
    return value if isinstance(value, str) else "" if isinstance(value, list) and not value else None


def bad_facts(title: str, why: str, next_step: str) -> MissingFact:
    """Return the refusal of facts that do not decide a gate."""
    return MissingFact(refusal("LAW_FACTS", what=f"无法判断“{title}”。", why=why, next_step=next_step))
