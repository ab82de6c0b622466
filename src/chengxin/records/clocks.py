"""The four clocks of a record (公示、查询、使用、保存): computed from its dates, its catalogue item and the law.

A clock that ends on D no longer holds from 00:00 of D.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from chengxin.catalogue.contracts import Nature
from chengxin.law import facade as law
from chengxin.law.facade import cites
from chengxin.records.clock_facts import ClockDates, ClockFacts
from chengxin.records.publicity_clock import publicity_of

__all__ = ["ClockDates", "ClockFacts", "compute_clocks", "severity_of"]

LAW = law.beside(__file__)
_DAY = timedelta(days=1)


@lru_cache(maxsize=65536)
def compute_clocks(facts: ClockFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> ClockDates:
    """Compute the clocks of a record by the law of a day."""
    severity = severity_of(facts, on=on, pack=pack)
    publicity = publicity_of(facts, severity=severity, on=on, pack=pack)
    query = _window(facts.query, facts, on=on, pack=pack)
    use = _earlier(_window(facts.use, facts, on=on, pack=pack), query)
    retain_until = _retention(facts, on=on, pack=pack)
    choices = list(publicity.choices)
    ends_on = publicity.ends_on
    if publicity.is_prolonged:
        query, use, retain_until = (_later(end, ends_on) for end in (query, use, retain_until))
        choices.append("限制期限未满，查询、使用、保存期限不早于限制结束（D/restriction-window）。")
    elif query is not None and not publicity.not_public_because and _earlier(ends_on, query) != ends_on:
        ends_on = query
        choices.append("查询期限先满，公示同日停止（D/publicity-within-query）。")
    values = [law.value(key, on=on, pack=pack) for key in (facts.query, facts.use, facts.retention)]
    return ClockDates(
        severity=severity,
        publicity_starts_on=None if publicity.not_public_because else facts.published_on or facts.determined_on,
        publicity_ends_on=None if publicity.not_public_because else ends_on,
        earliest_repair_on=publicity.earliest_repair_on,
        query_ends_on=query,
        use_ends_on=use,
        retain_until=retain_until,
        not_public_because=publicity.not_public_because,
        is_provisional=publicity.is_provisional or any(value.provisional for value in values),
        cites=tuple(dict.fromkeys([*publicity.cites, *(cite for value in values for cite in value.cites)])),
        choices=tuple(choices),
    )


@cites("O36", "O58", "GS45/2", "D/shorter-publicity")
def severity_of(facts: ClockFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> str:
    """Return the severity filed, or the one its penalties point to: in doubt the milder."""
    if facts.nature is not Nature.ADVERSE or facts.severity:
        return facts.severity
    minor = frozenset(str(LAW.value("severity.minor_kinds", on=on, pack=pack).value).split())
    serious = frozenset(str(LAW.value("severity.serious_kinds", on=on, pack=pack).value).split())
    if facts.procedure == "summary" or (facts.penalty_kinds and facts.penalty_kinds <= minor):
        return "minor"
    return "serious" if facts.penalty_kinds & serious else "general"


@cites("ZX/16", "SD/38", "ZJ/16", "HN/19", "SH/35", "D/continuing-yearly")
def _window(key: str, facts: ClockFacts, *, on: date, pack: str) -> date | None:
    """Return the end of a query, use or retention window, or None where the law sets none."""
    value = law.value(key, on=on, pack=pack)
    if value.unlimited:
        return None
    if facts.continuing_certified_on is not None:
        lapse = LAW.due("continuing.certificate", start=facts.continuing_certified_on, on=on, pack=pack).ends_on
        fallback = law.due(key, start=facts.determined_on, on=on, pack=pack).ends_on if facts.determined_on else lapse
        return _later(lapse, fallback)
    ends_on = law.due(key, dates=facts.dates(), on=on, pack=pack).ends_on
    if facts.publicity == "publicity.list_entry" and facts.valid_until is not None:
        extended = LAW.value("query.extended_while_listed", on=on, pack=pack).value
        ends_on = max(ends_on, facts.valid_until + _DAY) if extended else ends_on
    return ends_on


def _retention(facts: ClockFacts, *, on: date, pack: str) -> date | None:
    value = law.value(facts.retention, on=on, pack=pack)
    return None if "archive" in value.at_expiry else _window(facts.retention, facts, on=on, pack=pack)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
