"""The traffic score of a courier company: computed at each look from what may be public at that moment, kept nowhere.

The company alone is scored, from penalties it was given itself; a penalty of a person counts for nobody, and no
location of a vehicle or a person is taken anywhere. What is withdrawn, repaired, frozen or past its publicity counts
no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from chengxin.access import facade as access
from chengxin.casework.contracts import Words
from chengxin.couriers.actions import log_look
from chengxin.couriers.contracts import Company, TrafficKind, TrafficLine, TrafficRules, TrafficScore
from chengxin.couriers.queries import VIEWING, company_of_body, get_company, public_records
from chengxin.couriers.standards import read
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.law.facade import check_citation, cites
from chengxin.records.contracts import Record


@cache
def traffic_rules() -> TrafficRules:
    """Return the published rules of the score."""
    said = read("traffic.yaml")
    for citation in said["basis"]:
        check_citation(citation)
    kinds = tuple(
        TrafficKind(code=code, title=Words(zh=one["zh"], en=one["en"]), words=tuple(one["words"]), weight=one["weight"])
        for code, one in said["kinds"].items()
    )
    return TrafficRules(
        version=said["version"],
        basis=tuple(said["basis"]),
        items=frozenset(said["items"]),
        laws=tuple(said["laws"]),
        window_days=said["window_days"],
        start=said["start"],
        kinds=kinds,
    )


def look_at_traffic(actor: Actor, uscc: str, *, now: datetime) -> TrafficScore:
    """Return the score of a company to an officer; the look is logged for the company to see."""
    company, rules = get_company(uscc), traffic_rules()
    log_look(actor, company, basis=rules.basis, items=rules.items, reference="traffic", now=now)
    return _score(company, now=now)


def own_traffic(actor: Actor, *, now: datetime) -> TrafficScore:
    """Return the score of the company somebody acts for."""
    return _score(company_of_body(actor), now=now)


@cites("KD/8", "KD/13", "D/courier-traffic")
def score_of(lines: Sequence[TrafficLine], *, rules: TrafficRules) -> int:
    """Return what is left of the start after the weight of every line, and never less than nothing."""
    return max(0, rules.start - sum(one.kind.weight for one in lines))


def _score(company: Company, *, now: datetime) -> TrafficScore:
    rules, on = traffic_rules(), legal_day(now)
    since = on - timedelta(days=rules.window_days)
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        found = public_records(company.subject_id, items=rules.items, now=now)
    dated = [one for one in found if one.determined_on is not None and since < one.determined_on <= on]
    lines = [_line(one, rules) for one in dated if _is_traffic(one, rules)]
    return TrafficScore(company=company, score=score_of(lines, rules=rules), lines=lines, since=since, on=on)


def _is_traffic(record: Record, rules: TrafficRules) -> bool:
    basis = str(record.content.get("legal_basis") or "")
    return any(law in basis for law in rules.laws)


def _line(record: Record, rules: TrafficRules) -> TrafficLine:
    said = record.content
    words = f"{said.get('violation_kind') or ''} {said.get('violation_facts') or ''}"
    kind = next(one for one in rules.kinds if not one.words or any(word in words for word in one.words))
    assert record.determined_on is not None
    return TrafficLine(
        record_id=record.record_id,
        kind=kind,
        what=str(said.get("violation_kind") or ""),
        number=str(said.get("decision_no") or ""),
        body_name=str(said.get("body_name") or ""),
        determined_on=record.determined_on,
    )
