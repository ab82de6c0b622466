"""Try a date (试算): the clocks of an imagined record, and each count behind them with its steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chengxin.catalogue.facade import ClockRule
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law
from chengxin.law.facade import Due, Value
from chengxin.records import facade as records
from chengxin.records.facade import ClockDates, ClockFacts

_BY_SEVERITY = "publicity.by_severity"
_MARKET = "publicity.market_penalty"


@dataclass(frozen=True, kw_only=True)
class Imagined:
    """What somebody tries: a rule with its severity and the dates of a record that does not exist."""

    rule: ClockRule
    determined_on: date
    ended_act_on: date | None = None
    published_on: date | None = None
    valid_until: date | None = None
    is_lower_fine: bool = False


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One period counted, with its value of law and its steps; `clock` is publicity, query, use or retention."""

    clock: str
    key: str
    value: Value
    due: Due


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the platform would do with such a record, and the counts behind it."""

    clocks: ClockDates
    counts: tuple[Counted, ...]


def try_dates(given: Imagined, *, on: date, pack: str) -> Trial:
    """Compute the clocks of an imagined operator's record by the law of a day; refuse what no text covers."""
    clocks = given.rule.item.clocks
    operators = sorted(given.rule.item.subject_kinds - {SubjectKind.NATURAL_PERSON})
    facts = ClockFacts(
        publicity=given.rule.publicity,
        query=clocks.query,
        use=clocks.use,
        retention=clocks.retention,
        nature=given.rule.item.nature,
        subject_kind=operators[0] if operators else SubjectKind.NATURAL_PERSON,
        severity=given.rule.severity,
        is_lower_fine=given.is_lower_fine,
        ended_act_on=given.ended_act_on,
        determined_on=given.determined_on,
        published_on=given.published_on,
        valid_until=given.valid_until,
    )
    answer = records.compute_clocks(facts, on=on, pack=pack)
    counts = [] if answer.not_public_because else list(_publicity(given, facts, on=on, pack=pack))
    for clock, key in (("query", facts.query), ("use", facts.use), ("retention", facts.retention)):
        counts += _count(clock, key, facts, on=on, pack=pack)
    return Trial(clocks=answer, counts=tuple(counts))


def _publicity(given: Imagined, facts: ClockFacts, *, on: date, pack: str) -> Iterator[Counted]:
    """Count what applies to publicity: every text by severity in force since the determination, and the market rule."""
    if facts.publicity not in {_BY_SEVERITY, _MARKET}:
        yield from _count("publicity", facts.publicity, facts, on=on, pack=pack)
        return
    changes = law.change_days([_BY_SEVERITY], pack=pack)
    first = max(given.determined_on, changes[0])
    (old,) = _count("publicity", _BY_SEVERITY, facts, on=first, pack=pack, severity=facts.severity)
    yield old
    for change in changes:
        if first < change < old.due.ends_on:
            yield from _count("publicity", _BY_SEVERITY, facts, on=change, pack=pack, severity=facts.severity)
    if facts.publicity == _MARKET:
        penalty_class = "criticism_or_lower_fine" if given.is_lower_fine else "other"
        yield from _count("publicity", _MARKET, facts, on=on, pack=pack, penalty_class=penalty_class)


def _count(clock: str, key: str, facts: ClockFacts, *, on: date, pack: str, **inputs: str) -> Iterator[Counted]:
    """Count a period, if the key is one: what has no end, or ends with a validity, has no steps."""
    value = law.value(key, on=on, pack=pack, **inputs)
    if value.unlimited or isinstance(value.value, str) or value.number == 0:
        return
    due = law.due(key, dates=facts.dates(), on=on, pack=pack, **inputs)  # type: ignore[arg-type]
    yield Counted(clock=clock, key=key, value=value, due=due)
