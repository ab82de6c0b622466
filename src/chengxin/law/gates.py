"""Gates: rules that answer yes or no on facts, registered so that the command line can ask them too."""

from __future__ import annotations

import difflib
import importlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

import msgspec

from chengxin.kernel.refusal import Refusal
from chengxin.law.contracts import Decision, GateEntry, UnknownKey, Words
from chengxin.law.gate_facts import bad_facts, fact_entries, in_words, why_not_facts
from chengxin.law.loader import PACKAGES, entries

Facts = TypeVar("Facts")


@dataclass(frozen=True, kw_only=True)
class _Gate:
    key: str
    title: Words
    facts: type[Any]
    rule: Callable[..., Refusal | None]
    cites: tuple[str, ...]
    example: Mapping[str, object]


_GATES: dict[str, _Gate] = {}


def gate(
    key: str, *, zh: str, en: str, facts: type[Facts], example: Mapping[str, object]
) -> Callable[[Callable[..., Refusal | None]], Callable[..., Refusal | None]]:
    """Register a rule `(facts, *, on, pack) -> Refusal | None` under a key; stands above its `@cites`.

    `example` is a facts file as `law explain` prints it: one that the gate can answer.
    """

    def mark(rule: Callable[..., Refusal | None]) -> Callable[..., Refusal | None]:
        cited = rule.__dict__.get("cites", ())
        if not cited:
            raise ValueError(f"The gate '{key}' cites nothing.")
        known = _GATES.get(key)
        if known is not None and known.rule.__module__ != rule.__module__:
            raise ValueError(f"The gate '{key}' is registered twice.")
        _GATES[key] = _Gate(key=key, title=Words(zh=zh, en=en), facts=facts, rule=rule, cites=cited, example=example)
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
            facts=fact_entries(found.facts),
            example=found.example,
            about=inspect.getdoc(found.facts) or "",
        )
        for _, found in sorted(_GATES.items())
    )


def find_gate(key: str) -> GateEntry | None:
    """Return a gate by its key, or None."""
    return next((gate for gate in list_gates() if gate.key == key), None)


def decide(key: str, facts: Mapping[str, object] | object, *, on: date, pack: str) -> Decision:
    """Ask a gate; facts are its dataclass or a plain mapping of its fields."""
    discover()
    found = _GATES.get(key)
    if found is None:
        raise UnknownKey(key, nearest(key))
    answer = found.rule(_converted(found, facts), on=on, pack=pack)
    given = facts if isinstance(facts, Mapping) else None
    assumed = {} if given is None else {f.name: f.default for f in fact_entries(found.facts) if f.name not in given}
    if answer is None:
        return Decision(key=key, answer=True, code="", reasons=(), next_step="", cites=found.cites, assumed=assumed)
    return Decision(
        key=key,
        answer=False,
        code=answer.code,
        reasons=tuple(answer.filled(part) for part in (answer.what, answer.why) if part),
        next_step=answer.filled(answer.next_step),
        cites=answer.basis,
        retry_on=answer.retry_on,
        assumed=assumed,
    )


def nearest(key: str) -> tuple[str, ...]:
    """Return the keys most like one nobody knows, gates and values alike; a part of a key counts as near."""
    discover()
    known = [*_GATES, *entries()]
    near = difflib.get_close_matches(key, known, n=5, cutoff=0.5)
    within = [one for one in known if key and (key in one or one.rpartition(".")[2] == key.rpartition(".")[2])]
    return tuple(dict.fromkeys([*near, *within]))[:5] or tuple(difflib.get_close_matches(key, known, n=5, cutoff=0.3))


def _converted(found: _Gate, facts: Mapping[str, object] | object) -> object:
    if isinstance(facts, found.facts):
        return facts
    if not isinstance(facts, Mapping):
        raise TypeError(f"{found.key} wants {found.facts.__name__}.")
    known = fact_entries(found.facts)
    wrong = why_not_facts(found.title.zh, known, facts)
    if wrong is not None:
        raise wrong
    try:
        return msgspec.convert(dict(facts), found.facts)
    except msgspec.ValidationError as error:
        name = str(error).rpartition("$.")[2].rstrip("`").partition("[")[0]
        asked = next((in_words(fact) for fact in known if fact.name == name), "")
        raise bad_facts(found.title.zh, f"{error}。", f"应当写：{asked}。" if asked else "请核对事实文件。") from None
