"""The publicity clock: by severity, by the market rule, while valid, while listed, for long, or never."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from chengxin.law import facade as law
from chengxin.law.facade import Bound, Due, cites
from chengxin.records.clock_facts import ClockFacts

LAW = law.beside(__file__)
BY_SEVERITY = "publicity.by_severity"
_CRITICISM = frozenset({"notice_of_criticism"})
# A lower fine counts three months only where nothing heavier comes with it (“仅受到”).
_LIGHT = frozenset({"warning", "notice_of_criticism", "fine"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Publicity:
    """The publicity clock alone: its end, the end of its minimum, or why there is none."""

    ends_on: date | None = None
    earliest_repair_on: date | None = None
    not_public_because: str = ""
    is_provisional: bool = False
    is_prolonged: bool = False
    cites: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Shortest:
    """The shortest of the periods that apply one after the other, and the choice in words."""

    ends_on: date
    is_provisional: bool
    cites: tuple[str, ...]
    choices: tuple[str, ...]


def publicity_of(facts: ClockFacts, *, severity: str, on: date, pack: str) -> Publicity:
    """Compute the publicity clock by the key its catalogue item names."""
    if facts.publicity == BY_SEVERITY:
        return _declared(_by_severity(facts, severity=severity, on=on, pack=pack), facts)
    if facts.publicity == "publicity.market_penalty":
        return _declared(_market_penalty(facts, severity=severity, on=on, pack=pack), facts)
    if facts.publicity == "publicity.list_entry":
        return _declared(_list_entry(facts, on=on, pack=pack), facts)
    value = law.value(facts.publicity, on=on, pack=pack)
    answer = Publicity(is_provisional=value.provisional, cites=value.cites)
    if facts.publicity == "publicity.while_valid":
        return _declared(replace(answer, ends_on=facts.valid_until + _DAY if facts.valid_until else None), facts)
    if value.unlimited:
        return _declared(answer, facts)
    return replace(answer, not_public_because="PUBLICITY_NONE")


@cites("O36", "O58", "D/shorter-publicity")
def _by_severity(facts: ClockFacts, *, severity: str, on: date, pack: str) -> Publicity:
    """Take, on each day, the shortest period any text in force since the determination sets (trap 11)."""
    value = LAW.value(BY_SEVERITY, on=on, pack=pack, severity=severity)
    if value.number == 0:
        return Publicity(not_public_because="MINOR_NOT_PUBLISHED", is_provisional=value.provisional, cites=value.cites)
    applied = _shortest(facts, severity=severity, bound=Bound.APPLIED, pack=pack)
    return Publicity(
        ends_on=applied.ends_on,
        earliest_repair_on=_shortest(facts, severity=severity, bound=Bound.MINIMUM, pack=pack).ends_on,
        is_provisional=applied.is_provisional,
        cites=applied.cites,
        choices=applied.choices,
    )


def _shortest(facts: ClockFacts, *, severity: str, bound: Bound, pack: str) -> _Shortest:
    """Count by the text in force at the determination; a later text that ends it earlier goes first from its day on."""
    changes = law.change_days([BY_SEVERITY], pack=pack)
    first = max(facts.determined_on or changes[0], changes[0])
    old = _counted(facts, severity=severity, bound=bound, on=first, pack=pack)
    answer = _Shortest(ends_on=old.ends_on, is_provisional=old.provisional, cites=old.cites, choices=())
    for change in changes:
        if not first < change < answer.ends_on:
            continue
        new = _counted(facts, severity=severity, bound=bound, on=change, pack=pack)
        ends_on = max(new.ends_on, change)
        if ends_on < answer.ends_on:
            words = f"期间跨越{change}：旧规至{old.last_day}，新规至{ends_on - _DAY}，取较短者。"
            answer = _Shortest(
                ends_on=ends_on,
                is_provisional=answer.is_provisional or new.provisional,
                cites=tuple(dict.fromkeys([*answer.cites, *new.cites])),
                choices=(*answer.choices, words),
            )
    return answer


def _counted(facts: ClockFacts, *, severity: str, bound: Bound, on: date, pack: str) -> Due:
    return LAW.due(BY_SEVERITY, dates=facts.dates(), on=on, pack=pack, bound=bound, severity=severity)


@cites("GS45/13", "O36", "D/shorter-publicity")
def _market_penalty(facts: ClockFacts, *, severity: str, on: date, pack: str) -> Publicity:
    """Take the shorter of the market rule and the severity class; a long restriction prolongs it (trap 7)."""
    answer = _by_severity(facts, severity=severity, on=on, pack=pack)
    ends_on = answer.ends_on
    if ends_on is None:
        return answer
    lower = facts.is_lower_fine and facts.penalty_kinds <= _LIGHT
    lower = lower or (bool(facts.penalty_kinds) and facts.penalty_kinds <= _CRITICISM)
    penalty_class = "criticism_or_lower_fine" if lower else "other"
    market = LAW.due(facts.publicity, dates=facts.dates(), on=on, pack=pack, penalty_class=penalty_class)
    answer = replace(answer, cites=tuple(dict.fromkeys([*answer.cites, *market.cites])))
    if market.ends_on < ends_on:
        words = f"市场监管公示规定至{market.last_day}，短于三档公示期，取较短者（GS45/13）。"
        answer = replace(answer, ends_on=market.ends_on, choices=(*answer.choices, words))
    prolonged = _restriction_end(facts, on=on, pack=pack)
    if prolonged is None:
        return replace(answer, earliest_repair_on=_earlier(answer.earliest_repair_on, answer.ends_on))
    words = f"限制期限超过三年，公示期按实际限制至{facts.restriction_until}（GS45/13¶3）。"
    return replace(
        answer, ends_on=prolonged, earliest_repair_on=None, is_prolonged=True, choices=(*answer.choices, words)
    )


@cites("GS45/13¶3")
def _restriction_end(facts: ClockFacts, *, on: date, pack: str) -> date | None:
    if facts.restriction_until is None:
        return None
    start = facts.published_on or facts.determined_on
    threshold = LAW.due("publicity.restriction_prolongs_after", start=start, on=on, pack=pack)
    return facts.restriction_until + _DAY if facts.restriction_until > threshold.last_day else None


@cites("SAMR44", "QX14/17", "D/list-entry-cap")
def _list_entry(facts: ClockFacts, *, on: date, pack: str) -> Publicity:
    """Keep a list entry public until removal, at most as long as the list's own text allows."""
    due = LAW.due("publicity.list_entry", dates=facts.dates(), on=on, pack=pack)
    removed = facts.valid_until + _DAY if facts.valid_until else None
    answer = Publicity(ends_on=due.ends_on, is_provisional=due.provisional, cites=due.cites)
    if removed is None or removed >= due.ends_on:
        return answer
    return replace(answer, ends_on=removed, choices=(f"移出日{facts.valid_until}先到，公示至该日。",))


def _declared(publicity: Publicity, facts: ClockFacts) -> Publicity:
    """Let an earlier end declared by the source unit go first."""
    if facts.declared_publicity_until is None or publicity.not_public_because:
        return publicity
    declared = facts.declared_publicity_until + _DAY
    if publicity.ends_on is not None and declared >= publicity.ends_on:
        return publicity
    words = f"来源单位申报的公示截止期{facts.declared_publicity_until}较早，以其为准。"
    return replace(
        publicity,
        ends_on=declared,
        earliest_repair_on=_earlier(publicity.earliest_repair_on, declared),
        choices=(*publicity.choices, words),
    )


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
