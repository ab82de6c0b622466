"""Gates: rules that answer yes or no on facts, registered so that the command line can ask them too."""

from __future__ import annotations

import dataclasses
import difflib
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

import msgspec

from chengxin.kernel.refusal import Refusal
from chengxin.law.contracts import Decision, GateEntry, MissingFact, UnknownKey, Words, refusal
from chengxin.law.loader import PACKAGES

Facts = TypeVar("Facts")


@dataclass(frozen=True, kw_only=True)
class _Gate:
    key: str
    title: Words
    facts: type[Any]
    rule: Callable[..., Refusal | None]
    cites: tuple[str, ...]


_GATES: dict[str, _Gate] = {}


def gate(
    key: str, *, zh: str, en: str, facts: type[Facts]
) -> Callable[[Callable[..., Refusal | None]], Callable[..., Refusal | None]]:
    """Register a rule `(facts, *, on, pack) -> Refusal | None` under a key; stands above its `@cites`."""

    def mark(rule: Callable[..., Refusal | None]) -> Callable[..., Refusal | None]:
        cited = rule.__dict__.get("cites", ())
        if not cited:
            raise ValueError(f"The gate '{key}' cites nothing.")
        known = _GATES.get(key)
        if known is not None and known.rule.__module__ != rule.__module__:
            raise ValueError(f"The gate '{key}' is registered twice.")
        _GATES[key] = _Gate(key=key, title=Words(zh=zh, en=en), facts=facts, rule=rule, cites=cited)
        return rule

    return mark


@cache
def discover() -> None:
    """Import `gates.py` of every package: it is pure, so the command line needs no Django."""
    for source in sorted(PACKAGES.glob("*/gates.py")):
        if source.parent != PACKAGES / "law":
            importlib.import_module(f"chengxin.{source.parent.name}.gates")


def list_gates() -> tuple[GateEntry, ...]:
    """Return every gate, by key."""
    discover()
    return tuple(
        GateEntry(
            key=found.key,
            title=found.title,
            cites=found.cites,
            rule=f"{found.rule.__module__.removeprefix('chengxin.')}.{found.rule.__name__}",
            facts=tuple(field.name for field in dataclasses.fields(found.facts)),
        )
        for _, found in sorted(_GATES.items())
    )


def decide(key: str, facts: Mapping[str, object] | object, *, on: date, pack: str) -> Decision:
    """Ask a gate; facts are its dataclass or a plain mapping of its fields."""
    discover()
    found = _GATES.get(key)
    if found is None:
        raise UnknownKey(key, tuple(difflib.get_close_matches(key, _GATES, n=5, cutoff=0.4)) or tuple(sorted(_GATES)))
    answer = found.rule(_converted(found, facts), on=on, pack=pack)
    if answer is None:
        return Decision(key=key, answer=True, code="", reasons=(), next_step="", cites=found.cites)
    return Decision(
        key=key,
        answer=False,
        code=answer.code,
        reasons=tuple(answer.filled(part) for part in (answer.what, answer.why) if part),
        next_step=answer.filled(answer.next_step),
        cites=answer.basis,
        retry_on=answer.retry_on,
    )


def _converted(found: _Gate, facts: Mapping[str, object] | object) -> object:
    if isinstance(facts, found.facts):
        return facts
    if not isinstance(facts, Mapping):
        raise TypeError(f"{found.key} wants {found.facts.__name__}.")
    unknown = set(facts) - {field.name for field in dataclasses.fields(found.facts)}
    if unknown:
        raise _bad_facts(found, f"不认识的事实：{'、'.join(sorted(unknown))}。")
    try:
        return msgspec.convert(dict(facts), found.facts)
    except msgspec.ValidationError as error:
        raise _bad_facts(found, str(error)) from None


def _bad_facts(found: _Gate, why: str) -> MissingFact:
    known = "、".join(field.name for field in dataclasses.fields(found.facts))
    return MissingFact(
        refusal("LAW_FACTS", what=f"无法判断“{found.title.zh}”。", why=why, next_step=f"可用的事实：{known}。")
    )
