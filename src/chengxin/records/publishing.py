"""Publish what is due, and count the publicity that runs from its publication (公示之日) at that moment.

Most clocks are known at acceptance. One that counts from publication is computed here, once per distinct combination
of facts among what is due; the rows stay in the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import FieldUse, ItemVersion
from chengxin.database.facade import ask, change
from chengxin.kernel.clock import legal_day
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law
from chengxin.law.facade import cites
from chengxin.records.bulk import Filing
from chengxin.records.clock_facts import ClockFacts
from chengxin.records.publicity_clock import Publicity, publicity_of

_SQL = Path(__file__).with_name("sql")
_DUE = (_SQL / "due.sql").read_text("utf-8")
_PUBLISH = (_SQL / "publish.sql").read_text("utf-8").replace("{due}", _DUE)
_FACTS = (_SQL / "publicity_facts.sql").read_text("utf-8")
_COUNTED = (_SQL / "publicity_counted.sql").read_text("utf-8").replace("{due}", _DUE).replace("{facts}", _FACTS)
_PUBLISH_COUNTED = (_SQL / "publish_counted.sql").read_text("utf-8").replace("{due}", _DUE).replace("{facts}", _FACTS)
_BODIES = """
    select distinct v.item_id, v.body from records_version v
    where v.item_id = any(%(items)s) and v.accepted_at >= %(accepted_from)s and v.accepted_at <= %(accepted_to)s
"""
_USES = {
    "penalty_kinds": FieldUse.PENALTY_KIND,
    "lower_fine": FieldUse.LOWER_FINE,
    "restriction_until": FieldUse.RESTRICTION_UNTIL,
    "declared_until": FieldUse.PUBLICITY_UNTIL,
}


def publish(*, now: datetime, filing: Filing | None = None) -> int:
    """Publish the versions of one filing, or all that stand, that may be public on this day and are not yet."""
    bounds: dict[str, Any] = {
        "now": now,
        "today": legal_day(now),
        "accepted_from": filing.now if filing else datetime.min.replace(tzinfo=now.tzinfo),
        "accepted_to": filing.now if filing else now,
        "batch_id": filing.batch_id if filing else None,
    }
    counted = _counted_from_publication(bounds, filing)
    apart: dict[str, Any] = {
        "items": [item_id for item_id, _, _ in counted],
        "bodies": [body for _, body, _ in counted],
    }
    published = change(_PUBLISH, {**bounds, **apart})
    for item_id, body, item in counted:
        published += _publish_counted(item, {**bounds, "item_id": item_id, "body": body})
    return published


def _counted_from_publication(bounds: Mapping[str, Any], filing: Filing | None) -> list[tuple[int, str, ItemVersion]]:
    """Return the pairs of item version and source body to be published whose clock counts from publication."""
    may = list(_items_that_may(catalogue.list_item_codes() if filing is None else [filing.item_code]))
    if not may:
        return []
    numbers = catalogue.item_version_ids()
    items = {numbers[item.code, item.version]: item for item in may if (item.code, item.version) in numbers}
    if filing is None:
        pairs = sorted(ask(_BODIES, {**bounds, "items": list(items)}))
    else:
        pairs = [(filing.item_id, filing.body)] if filing.item_id in items else []
    found = []
    for item_id, body in pairs:
        clocks = items[item_id].clocks
        key = clocks.publicity_for(access.get_body(body).fields_of_work)
        if counts_from_publication(key):
            item = replace(items[item_id], clocks=replace(clocks, publicity=key))
            found.append((item_id, body, item))
    return found


def _items_that_may(codes: Iterable[str]) -> Iterable[ItemVersion]:
    for code in codes:
        for item in catalogue.item_history(code):
            keys = (item.clocks.publicity, *(key for _, key in item.clocks.publicity_by_source))
            if any(counts_from_publication(key) for key in keys):
                yield item


def counts_from_publication(key: str) -> bool:
    """Tell whether a publicity clock begins on the day of publication.

    A key law does not know begins nowhere: no row of its item was accepted, and other items are still published.
    """
    try:
        return "published_on" in law.get_entry(key).count_from
    except law.UnknownKey:
        return False


def _publish_counted(item: ItemVersion, parameters: dict[str, Any]) -> int:
    """Publish what one body filed for one item version, each with the end its publication gives it."""
    fields = {name: item.field_for(use) for name, use in _USES.items()}
    parameters |= {name: field.name if field else "" for name, field in fields.items()}
    facts = ask(_COUNTED, parameters)
    clocks = {text: clock_of(orjson.loads(text), item, on=parameters["today"]) for (text,) in facts}
    public = {text: clock for text, clock in clocks.items() if not clock.not_public_because}
    parameters |= {
        "facts": list(public),
        "ends_on": [clock.ends_on for clock in public.values()],
        "repair_on": [clock.earliest_repair_on for clock in public.values()],
    }
    return change(_PUBLISH_COUNTED, parameters)


@cites("GS45/13", "D/shorter-publicity")
def clock_of(facts: Mapping[str, Any], item: ItemVersion, *, on: date) -> Publicity:
    """Return the publicity of a version from its facts, never beyond the end of its query window."""
    clock = publicity_of(
        ClockFacts(
            publicity=item.clocks.publicity,
            query=item.clocks.query,
            use=item.clocks.use,
            retention=item.clocks.retention,
            nature=item.nature,
            subject_kind=SubjectKind(facts["kind"]),
            severity=facts["severity"],
            penalty_kinds=frozenset(filter(None, (facts["penalty_kinds"] or "").split(";"))),
            is_lower_fine=facts["lower_fine"] == "true",
            determined_on=_day(facts["determined_on"]),
            published_on=_day(facts["published_on"]),
            restriction_until=_day(facts["restriction_until"]),
            declared_publicity_until=_day(facts["declared_until"]),
            valid_until=_day(facts["valid_until"]),
        ),
        severity=facts["severity"],
        on=on,
        pack=settings.LAW_PACK,
    )
    ends = [day for day in (clock.ends_on, _day(facts["query_ends_on"])) if day is not None]
    return replace(clock, ends_on=min(ends, default=None))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
