"""The rest of a sample is kept for a re-test until a day its merchant knows; what was written of it ends later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.database.contracts import Channel
from chengxin.inspections import facade, models
from chengxin.inspections.contracts import Sample
from chengxin.inspections.tests.conftest import BAD, GOOD, PLANNED, PURCHASE, City, act, days_later, paper, samples
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import simulated
from chengxin.retention.tests.test_retention import swept

PLACE = "云汀市食品检验院 封条0077"
KEPT_UNTIL = date(2027, 2, 23)  # Three months after it was received on 23 November 2026.
OVER = NOW + timedelta(days=93)


def served(city: City) -> Sample:
    """Buy a sample with a sealed rest, and serve that it was not qualified."""
    plan = facade.open_plan(city.first, PLANNED, now=NOW)
    sample = samples(city, plan)[0]
    facade.buy(city.first, sample.id, replace(PURCHASE, reserve=PLACE), papers=paper("buy"), now=NOW)
    facade.report(city.first, sample.id, BAD, papers=paper("report"), now=NOW)
    facade.tell(city.first, sample.id, received_on=NOW.date(), papers=paper("tell"), now=NOW)
    return samples(city, plan)[0]


def sweep(kind: str, at: datetime) -> int:
    with simulated(at):
        return swept(kind, at)


def words(city: City, sample_id: object) -> tuple[str, str, str]:
    with access.acting_for(city.first, channel=Channel.BODY, purpose="inspection"):
        row = models.Sample.objects.get(id=sample_id)
    return row.reserve, row.order, row.finding


@pytest.mark.clause("E5.1b")
def test_a_merchant_reads_where_the_rest_is_and_until_when_and_then_its_keeping_ends(
    city: City, merchant: Actor
) -> None:
    sample = served(city)
    own = facade.get_own(merchant, sample.id).sample
    assert (own.reserve, own.reserve_until) == (PLACE, KEPT_UNTIL)
    page = sign_in("firm").get(f"/biz/shop/inspections/{sample.id}").content.decode()
    assert ("备样保存到" in page, PLACE in page) == (True, True)
    days_later(16)
    assert sweep("inspection_reserve", OVER - timedelta(days=1)) == 0
    assert [sweep("inspection_reserve", OVER) for _time in range(2)] == [1, 0]
    assert words(city, sample.id) == ("", "O-77", BAD.finding)
    ended = sign_in("firm").get(f"/biz/shop/inspections/{sample.id}").content.decode()
    assert ("2027年2月23日" in page, "2027年2月23日" in ended, "没有登记备样" in ended) == (True, False, True)


@pytest.mark.clause("E5.1b")
def test_a_rest_is_kept_as_long_as_a_re_test_is_under_way(city: City, merchant: Actor) -> None:
    sample = served(city)
    act(sample.result_case_id, "ask_retest", merchant, days=3, reasons="样品保存温度不对，请复检。")
    assert sweep("inspection_reserve", OVER) == 0
    as_sweep = access.acting_for(platform("retention"), channel=Channel.JOB, purpose="retention")
    with (
        simulated(OVER),
        as_sweep,
        pytest.raises(DatabaseError, match="empties what has ended"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update inspections_sample set reserve = '' where reserve <> ''")
    again = replace(GOOD, laboratory="望川市检验中心")
    facade.retest(city.first, sample.id, again, papers=paper("again"), reasons="", now=OVER)
    assert sweep("inspection_reserve", OVER) == 1


@pytest.mark.clause("E5.1b")
def test_order_and_finding_end_two_years_after_publication_and_the_sweep_changes_nothing_else(city: City) -> None:
    sample = served(city)
    days_later(16)
    act(sample.result_case_id, "publish", city.second, days=17, reasons="复检期已过，商家没有申请复检。")
    published = NOW + timedelta(days=17)  # 10 December 2026.
    over = published.replace(year=2028) + timedelta(days=1)
    assert sweep("inspection_words", over - timedelta(days=1)) == 0
    with (
        simulated(over),
        access.acting_for(platform("retention"), channel=Channel.JOB, purpose="retention"),
        pytest.raises(DatabaseError, match="changes nothing else"),
        transaction.atomic(),
    ):
        models.Sample.objects.filter(id=sample.id).update(result="passed", finding="")
    assert [sweep("inspection_words", over) for _time in range(2)] == [1, 0]
    assert words(city, sample.id) == ("", "", "")
    assert facade.tallies([sample.plan_id])[sample.plan_id].failed == 1


@pytest.mark.clause("E5.1b")
def test_what_was_bought_and_never_led_to_a_result_ends_two_years_after_the_purchase(city: City) -> None:
    plan = facade.open_plan(city.first, PLANNED, now=NOW)
    sample = samples(city, plan)[0]
    facade.buy(city.first, sample.id, replace(PURCHASE, reserve=PLACE), papers=paper("buy"), now=NOW)
    act(sample.case_id, "drop", city.first, reasons="样品在路上坏了。")
    over = NOW.replace(year=2028) + timedelta(days=1)
    assert sweep("inspection_words", over - timedelta(days=1)) == 0
    assert sweep("inspection_words", over) == 1
    assert words(city, sample.id) == ("", "", "")
