"""No way out is forgotten: each view above `records` says which outlets it is, and each outlet says what `usable` says.

Packages below `records` cannot import it (import contracts), so no record can leave by their views.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.consents import facade as consents
from chengxin.database.contracts import Channel as Door
from chengxin.database.contracts import Context
from chengxin.database.facade import acting
from chengxin.emergency import outlets as emergency
from chengxin.emergency.models import Access
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office, accept, ground, hand_in, market
from chengxin.intake.tests.test_main_job import HEAD
from chengxin.kernel.actor import ANYONE, Actor, Role, platform
from chengxin.kernel.clock import simulated
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, MarkKind
from chengxin.site.api import api

__all__ = ["accept", "ground", "hand_in", "market"]
ABOVE = ("chengxin.intake", "chengxin.archives", "chengxin.portals", "chengxin.demo", "chengxin.site")
ABOVE += (
    "chengxin.repair",
    "chengxin.determinations",
    "chengxin.inquiries",
    "chengxin.objections",
    "chengxin.incentives",
    "chengxin.emergency",
    "chengxin.presentations",
    "chengxin.credentials",
    "chengxin.amendments",
    "chengxin.complaints",
    "chengxin.breaches",
    "chengxin.lists",
    "chengxin.measures",
    "chengxin.market",
    "chengxin.reviews",
    "chengxin.leads",
    "chengxin.duties",
    "chengxin.associations",
    "chengxin.disputes",
    "chengxin.couriers",
    "chengxin.matching",
    "chengxin.matters",
    "chengxin.watches",
    "chengxin.honours",
    "chengxin.inspections",
    "chengxin.commitments",
)
# The independent answer: written in SQL from the text of the rules, not from `rules.py`.
EXPECTED = """
    select v.record_id from records_version v
    where v.subject_id = %(subject)s and v.superseded_at is null
      and (%(items)s::text[] is null or v.item_code = any(%(items)s))
      and (v.retain_until is null or %(day)s < v.retain_until)
      and case when %(door)s in ('self', 'body') then true when %(door)s = 'authorised' then false
          when %(door)s in ('shared', 'emergency') then
          v.provenance = 'determined' and coalesce(%(day)s < v.query_ends_on, true)
          and (%(door)s = 'emergency'
               or v.determined_on >= least(%(day)s, date '2028-12-31') - interval '60 months'
                  and %(day)s < date '2029-01-30')
          and not exists (select 1 from records_mark m where m.record_id = v.record_id and m.lifted_at is null
                          and m.kind <> 'objection')
          when %(door)s = 'presented' then
          v.provenance = 'determined' and coalesce(%(day)s < v.query_ends_on, true)
          and not exists (select 1 from records_mark m where m.record_id = v.record_id and m.lifted_at is null
                          and m.kind <> 'objection')
          else
          v.subject_kind <> 'natural_person' and v.provenance = 'determined' and v.not_public_because = ''
          and v.publicity_starts_on <= %(day)s and coalesce(%(day)s < LAST, true)
          and (v.nature <> 'adverse' or v.notified_on is not null)
          and exists (select 1 from records_publication p where p.record_id = v.record_id and p.version = v.version
                      and p.ended_at is null)
          and not exists (select 1 from records_mark m where m.record_id = v.record_id and m.lifted_at is null
                          and m.kind <> 'objection')
          end
"""

# GS45/13 in SQL: three months from publication for a lower fine, three years for the rest, the restriction itself where
# it is longer than three years; and never longer than the class of severity, here twelve months from the decision.
# The penalties of this history decided before O36 began are all of the class of three years by both texts.
LAST = """
    (select case
        when v.content ->> 'restriction_until' > ((first.day + interval '36 months')::date)::text
            then (v.content ->> 'restriction_until')::date + 1
        when v.content ->> 'lower_fine' = 'true' then
            least((first.day + interval '3 months')::date + 1, (v.determined_on + interval '12 months')::date + 1)
        else v.publicity_ends_on end
     from (select min(p.published_at at time zone 'Asia/Shanghai')::date as day from records_publication p
           where p.subject_id = v.subject_id and p.record_id = v.record_id) first)
"""
# The rules of Jiangsu end with 2028; a task given on the last of its days is open for thirty.
LAST_GRANT = datetime(2028, 12, 30, 16, tzinfo=UTC)
EXPECTED = EXPECTED.replace("LAST", LAST)
CLOCKS = f"""
    select subject_id, publicity_starts_on, publicity_ends_on, query_ends_on, use_ends_on, retain_until, {LAST}
    from records_version v
"""


def views(patterns: list[Any]) -> Iterator[Callable[..., Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback
    for _prefix, router in api._routers:
        for path_view in router.path_operations.values():
            yield from (operation.view_func for operation in path_view.operations)


def test_every_view_above_records_says_which_outlets_it_is() -> None:
    names = {outlet.name for outlet in records.list_outlets()}
    above = {view for view in views(get_resolver().url_patterns) if view.__module__.startswith(ABOVE)}
    assert len(above) > 20
    silent = sorted(f"{view.__module__}.{view.__name__}" for view in above if records.outlets_of(view) is None)
    assert silent == []
    declared = {name for view in above for name in records.outlets_of(view) or ()}
    assert declared == names


def row(number: int, *, decided: date, served: str, kind: str, lower: str = "", restricted: str = "") -> str:
    return (
        f"云汀禾木商贸有限公司,法人及非法人组织,91390100MA0000015M,,,云市监处罚〔2026〕{number}号,虚假宣传,虚假广告,"
        f"广告法第五十五条,{kind},罚款一万元,1.0,{decided},云汀市市场监督管理局,91390100MA0000015M,{served},{lower},{restricted}\n"
    )


@pytest.mark.clause("P4.3b")
@pytest.mark.django_db(transaction=False)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_each_outlet_lets_out_exactly_what_an_independent_sql_expects(
    history: tuple[Office, Any, list[date]], data: st.DataObject
) -> None:
    """Random marks, sweeps and moments, edges of days included, over a filed history; each outlet is asked."""
    office, subject_id, edges = history
    on = data.draw(st.one_of(st.sampled_from(edges), st.dates(date(2026, 9, 1), date(2032, 3, 1))))
    second = data.draw(st.sampled_from([0, 1, 43_200, 86_399]))
    at = datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(hours=8) + timedelta(seconds=second)
    with _rolled_back():
        _happen(office, subject_id, data, now=at)
        for outlet in outlets_at(at):
            assert leaving(outlet, subject_id, at, office) == expected(outlet, subject_id, on), (outlet.name, at)


@world
def history(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> tuple[Office, Any, list[date]]:
    rows = [
        row(1, decided=date(2026, 10, 1), served="2026-10-08", kind="罚款"),
        row(2, decided=date(2026, 9, 30), served="", kind="罚款"),
        row(3, decided=date(2026, 9, 29), served="2026-09-30", kind="警告"),
        row(4, decided=date(2025, 12, 31), served="2026-01-05", kind="吊销许可证件"),
        row(5, decided=date(2026, 6, 1), served="2026-06-02", kind="罚款", lower="是"),
        row(6, decided=date(2026, 11, 20), served="2026-11-23", kind="罚款", lower="是"),
        row(7, decided=date(2026, 8, 31), served="2026-09-02", kind="限制从业", restricted="2031-08-31"),
    ]
    head = HEAD.strip() + ",较低数额罚款,限制期限至\n"
    batch = accept(hand_in((head + "".join(rows)).encode(), market).id, market)
    assert (batch.accepted, batch.published) == (7, 5)
    with acting(Context.of(market.clerk, channel=Door.BODY, purpose="filing")), connection.cursor() as cursor:
        cursor.execute(CLOCKS)
        found = cursor.fetchall()
    edges = sorted({day + timedelta(days=step) for row in found for day in row[1:] if day for step in (-1, 0, 1)})
    return market, found[0][0], [*edges, date(2028, 2, 29)]


class _rolled_back:  # noqa: N801 - reads as a block
    """Undo what an example did."""

    def __enter__(self) -> None:
        self.place = connection.savepoint()

    def __exit__(self, *_: object) -> None:
        connection.savepoint_rollback(self.place)


def _happen(office: Office, subject_id: Any, data: st.DataObject, *, now: datetime) -> None:
    with access.acting_for(office.approver, channel=Door.BODY, purpose="correction"):
        found = records.list_of_subject(subject_id)
        for record in data.draw(st.lists(st.sampled_from(found), max_size=3)):
            records.mark(
                subject_id=subject_id,
                record_id=record.record_id,
                kind=data.draw(st.sampled_from(list(MarkKind))),
                reason="试验",
                reference="T-1",
                actor=office.approver,
                now=now,
            )
    if data.draw(st.booleans()):
        keeper = platform("sweep")
        with access.acting_for(keeper, channel=Door.JOB, purpose="filing"):
            records.end_expired(actor=keeper, now=now)


def leaving(outlet: records.Outlet, subject_id: Any, at: datetime, office: Office) -> frozenset[Any]:
    if outlet.channel is Channel.BODY:
        with access.acting_for(office.clerk, channel=Door.BODY, purpose="case_handling"):
            return outlet.ids(subject_id, at)
    if outlet.name == emergency.OUTLET:
        with simulated(at):
            return _in_emergency(outlet, subject_id, at)
    if outlet.channel in {Channel.AUTHORISED, Channel.SHARED}:
        return _by_statute(outlet, subject_id, at, office.approver)
    if outlet.channel is Channel.PRESENTED:
        with access.acting_for(platform("presentations"), channel=Door.JOB, purpose="presentation"):
            return outlet.ids(subject_id, at)
    if outlet.channel is Channel.SELF:
        own = Actor(key="account:own", roles=frozenset({Role.CITIZEN}), subject_id=subject_id)
        with access.acting_for(own, channel=Door.SELF, purpose="own_archive"):
            return outlet.ids(subject_id, at)
    with access.acting_for(ANYONE, channel=Door.PUBLIC, purpose="public_viewing"):
        return outlet.ids(subject_id, at)


def _by_statute(outlet: records.Outlet, subject_id: Any, at: datetime, organ: Actor) -> frozenset[Any]:
    """Ask under a statutory task on penalties; an operator's penalties are shared, and never a matter of consent."""
    rule = consents.find_rule("organ.recruitment")
    assert rule is not None
    with access.acting_for(organ, channel=Door.BODY, purpose=rule.purpose):
        items = {"penalty": rule.item_fields["penalty"]}
        task = consents.permit_by_statute(
            subject_id, rule=rule, items=items, reference="T-1", actor=organ, now=min(at, LAST_GRANT)
        )
    with access.acting_for(organ, channel=Door.QUERY, purpose=rule.purpose, case_ref=str(task), attended_id=subject_id):
        return outlet.ids(subject_id, at)


def _in_emergency(outlet: records.Outlet, subject_id: Any, at: datetime) -> frozenset[Any]:
    """Ask in an emergency about penalties that another post confirmed."""
    officer = Actor(key="account:rescuer", roles=frozenset({Role.CASE_OFFICER}), body="RESCUE", area="39")
    auditor = Actor(key="account:watcher", roles=frozenset({Role.AUDIT_ADMIN}), body="WATCH", area="39")
    with access.acting_for(officer, channel=Door.OFFICE, purpose="emergency"):
        asked = Access.objects.create(
            id=uuid4(),
            number="T-2",
            case_id=uuid4(),
            subject_id=subject_id,
            body=officer.body,
            area=officer.area,
            confirming_body=auditor.body,
            items=["penalty"],
            matter="T-2",
            reasons="试验",
            asked_by=officer.key,
            asked_at=at,
        )
    with access.acting_for(auditor, channel=Door.OFFICE, purpose="emergency"):
        confirmed = {"confirmed_by": auditor.key, "confirmed_at": at, "ends_at": at + timedelta(hours=1)}
        assert Access.objects.filter(id=asked.id).update(**confirmed) == 1
    with access.acting_for(officer, channel=Door.OFFICE, purpose="emergency"):
        assert Access.objects.filter(id=asked.id).update(opened_at=at) == 1
    case = str(asked.id)
    with access.acting_for(officer, channel=Door.QUERY, purpose="emergency", case_ref=case, attended_id=subject_id):
        return outlet.ids(subject_id, at)


def outlets_at(at: datetime) -> list[records.Outlet]:
    """Return the outlets that can be asked; the database's own clock ends an emergency, so none runs in the past."""
    return [one for one in records.list_outlets() if one.name != emergency.OUTLET or at > datetime.now(UTC)]


def expected(outlet: records.Outlet, subject_id: Any, on: date) -> frozenset[Any]:
    """Return the records the independent answer lets through an outlet on a day."""
    door = "emergency" if outlet.name == emergency.OUTLET else outlet.channel.value
    keeper = platform("oracle")
    with access.acting_for(keeper, channel=Door.JOB, purpose="filing"), connection.cursor() as cursor:
        items = sorted(outlet.items) if outlet.items is not None else None
        asked = {"subject": subject_id, "day": on, "door": door, "items": items}
        cursor.execute(EXPECTED, asked)
        return frozenset(found for (found,) in cursor.fetchall())
