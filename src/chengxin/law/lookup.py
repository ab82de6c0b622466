"""Find the value in force on a day in a pack, and count the period it sets."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from chengxin.law.arithmetic import Count, count_forward, end_of_status, latest_notice, roll_over_rest_days
from chengxin.law.contracts import (
    PERIOD_UNITS,
    BadLaw,
    Bound,
    DatedValue,
    Due,
    Entry,
    Kind,
    LawNotCovered,
    MissingFact,
    NoEnd,
    Pack,
    PackExpired,
    Scalar,
    Unit,
    UnknownKey,
    Value,
    refusal,
)
from chengxin.law.loader import entries, packs

Inputs = tuple[tuple[str, str], ...]
Dates = tuple[tuple[str, date], ...]


def entry_of(key: str) -> Entry:
    """Return an entry; without one raise `UnknownKey` with the nearest keys."""
    entry = entries().get(key)
    if entry is None:
        raise UnknownKey(key, tuple(difflib.get_close_matches(key, entries(), n=5, cutoff=0.4)))
    return entry


def pack_chain(code: str, *, on: date) -> Iterator[Pack]:
    """Walk from a pack to its parents; refuse a pack whose policies have expired (P1)."""
    if code not in packs():
        raise UnknownKey(code, tuple(packs()))
    while code:
        pack = packs()[code]
        if pack.expires_on is not None and on > pack.expires_on:
            raise PackExpired(
                refusal(
                    "LAW_PACK_EXPIRED",
                    what=f"规则包“{pack.title.zh}”的有效期至{pack.expires_on}，{on}不能再引用。",
                    why="它所依据的实施意见已经失效。",
                    next_step="请在 law/packs.yaml 中登记新的依据，或者选用其他规则包。",
                    basis=pack.rests_on,
                )
            )
        yield pack
        code = pack.parent


@lru_cache(maxsize=65536)
def find_value(key: str, on: date, pack: str, inputs: Inputs) -> Value | None:
    """Return the value in force, or None when no text we hold covers the day."""
    entry = entry_of(key)
    for step in pack_chain(pack, on=on):
        in_force = [dated for dated in entry.packs.get(step.code, ()) if dated.valid_from <= on]
        if in_force:
            return _chosen(entry, in_force[-1], step.code, dict(inputs))
    return None


def get_value(key: str, on: date, pack: str, inputs: Inputs) -> Value:
    """Return the value in force; refuse a day before the first one known."""
    value = find_value(key, on, pack, inputs)
    if value is not None:
        return value
    entry = entry_of(key)
    starts = change_days(key, pack)
    raise LawNotCovered(
        refusal(
            "LAW_NOT_COVERED",
            what=f"没有“{entry.title.zh}”在{on}的依据（规则包 {pack}）。",
            why=f"已知最早的日期是{starts[0]}。" if starts else "这个规则包和国家规定都没有写明。",
            next_step=f"请在 {entry.package}/law.yaml 补充更早的文本，或者拒绝该请求。"
            if starts
            else f"写明它的规则包：{'、'.join(entry.packs)}。",
        )
    )


def change_days(key: str, pack: str) -> tuple[date, ...]:
    """Return the days on which the value of a key changes in a pack, ascending."""
    entry = entry_of(key)
    code, days = pack, set()
    while code:
        days |= {dated.valid_from for dated in entry.packs.get(code, ())}
        code = packs()[code].parent
    return tuple(sorted(days))


def _chosen(entry: Entry, dated: DatedValue, pack: str, inputs: Mapping[str, str]) -> Value:
    unknown = set(inputs) - set(entry.inputs)
    if unknown:
        raise _missing(entry, f"不认识的条件：{'、'.join(sorted(unknown))}。")
    value, minimum, maximum = (_pick(entry, part, inputs) for part in (dated.value, dated.minimum, dated.maximum))
    if value is None:
        raise BadLaw(f"{entry.package}/law.yaml: '{entry.key}' has no value.")
    return Value(
        key=entry.key,
        pack=pack,
        valid_from=dated.valid_from,
        kind=entry.kind,
        unit=dated.unit,
        value=value,
        minimum=_whole(minimum),
        maximum=_whole(maximum),
        count_from=dated.count_from,
        cites=dated.cites,
        standing=dated.standing,
        source=dated.source,
        note=dated.note,
        at_expiry=dated.at_expiry,
    )


def _whole(amount: Scalar | None) -> int | None:
    return amount if isinstance(amount, int) and not isinstance(amount, bool) else None


def _pick(entry: Entry, part: Scalar | Mapping[str, Scalar] | None, inputs: Mapping[str, str]) -> Scalar | None:
    if not isinstance(part, Mapping):
        return part
    name, choices = next(iter(entry.inputs.items()))
    if inputs.get(name) not in choices:
        raise _missing(entry, f"需要条件 {name}，取值为 {'、'.join(choices)} 之一。")
    return part[inputs[name]]


def _missing(entry: Entry, why: str) -> MissingFact:
    return MissingFact(
        refusal("LAW_INPUT_MISSING", what=f"无法确定“{entry.title.zh}”。", why=why, next_step="请补充后再算。")
    )


@lru_cache(maxsize=65536)
def count_due(key: str, dates: Dates, on: date, pack: str, inputs: Inputs, *, bound: Bound) -> Due:
    """Count the period of a key from the first of its starting dates that is given."""
    value = get_value(key, on, pack, inputs)
    if value.unit not in PERIOD_UNITS:
        raise _no_end("LAW_NO_PERIOD", f"“{key}”不是期间（单位 {value.unit}）。", value)
    amount = value.amount(bound)
    if amount is None:
        raise _no_end("LAW_NO_END", f"“{entry_of(key).title.zh}”没有届满日。", value)
    name, start = _start(value, dict(dates))
    count = _count(value, start, amount)
    return Due(
        last_day=count.last_day,
        ends_on=count.ends_on,
        steps=count.steps,
        cites=value.cites,
        standing=value.standing,
        provisional_days=count.provisional_days,
        key=key,
        pack=value.pack,
        starts_on=start,
        counted_from=name,
        note=value.note,
    )


def _no_end(code: str, what: str, value: Value) -> NoEnd:
    return NoEnd(refusal(code, what=what, why=value.note, basis=value.cites))


def _start(value: Value, dates: Mapping[str, date]) -> tuple[str, date]:
    if "start" in dates:
        return value.count_from[0] if value.count_from else "start", dates["start"]
    for name in value.count_from:
        if name in dates:
            return name, dates[name]
    raise MissingFact(
        refusal(
            "LAW_START_MISSING",
            what=f"“{entry_of(value.key).title.zh}”缺少起算日期。",
            why=f"它依次自 {'、'.join(value.count_from)} 起算，都没有提供。",
            next_step="请补充其中一个日期。",
            basis=value.cites,
        )
    )


def _count(value: Value, start: date, amount: int) -> Count:
    if value.kind is Kind.NOTICE:
        return latest_notice(start, days=amount, unit=value.unit)
    count = count_forward(start, amount=amount, unit=value.unit)
    if value.kind is Kind.DEADLINE:
        return count if value.unit is Unit.WORKDAY else roll_over_rest_days(count)
    return end_of_status(count)
