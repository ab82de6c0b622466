"""Sampling: a draw anybody can replay, nothing final while a re-test may be asked for, nothing left of a void one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import DatabaseError

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.inspections import facade, models
from chengxin.inspections.contracts import Planned, Report, Result, Tally
from chengxin.inspections.tests.conftest import (
    BAD,
    GOOD,
    PLANNED,
    PURCHASE,
    City,
    act,
    code,
    days_later,
    paper,
    samples,
    told,
)
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import simulated
from chengxin.leads.tests.conftest import CELLS

LATER = NOW + timedelta(days=17)


def public(plan_id: object) -> list[tuple[str, str]]:
    return [(one.result.value, one.finding) for one in facade.list_published([plan_id])]  # type: ignore[list-item]


@pytest.mark.clause("E5.1b")
def test_anybody_replays_a_draw_from_the_public_plan_alone_once_nothing_is_left_to_buy(city: City) -> None:
    opened = facade.open_plan(city.first, PLANNED, now=NOW)
    plan = facade.get_plan(opened.number)
    assert (plan.members, plan.seed) == (tuple(f"SHOP/S-{place}" for place in range(1, 6)), "")
    assert plan.population_digest == hashlib.sha256(b"SHOP/S-1\nSHOP/S-2\nSHOP/S-3\nSHOP/S-4\nSHOP/S-5\n").hexdigest()
    one, other = samples(city, plan)
    facade.buy(city.first, one.id, PURCHASE, papers=paper("buy"), now=NOW)
    assert facade.get_plan(plan.number).seed == ""
    act(other.case_id, "drop", city.first, reasons="店铺没有这种商品。")
    seed = facade.get_plan(plan.number).seed
    assert hashlib.sha256(seed.encode()).hexdigest() == plan.seed_digest
    ticket = {each: hashlib.sha256(f"{seed} {each}".encode()).hexdigest() for each in plan.members}
    drawn = sorted(plan.members, key=ticket.__getitem__)[:2]
    numbers = {shop.id: f"{shop.platform}/{shop.number}" for shop in city.shops}
    assert [numbers[sample.shop_id] for sample in (one, other)] == drawn


@pytest.mark.clause("E5.1b")
def test_only_a_market_regulator_draws_and_the_database_shows_no_seed_while_a_sample_is_to_be_bought(
    city: City, merchant: Actor
) -> None:
    wrong = (
        (city.clerk, PLANNED, "A-NO-RIGHT"),
        (city.first, replace(PLANNED, standard=""), "IN-PLAN title"),
        (city.first, replace(PLANNED, size=6), "IN-SIZE size"),
        (city.first, Planned(**vars(PLANNED) | {"platform": "SHOP", "shop": "S-1"}), "IN-WHY-SHOP reported"),
        (city.first, replace(PLANNED, category="drugs"), "IN-SIZE size"),
    )
    for actor, planned, answer in wrong:
        assert code(partial(facade.open_plan, actor, planned, now=NOW)) == answer
    assert facade.count_plans() == 0
    plan = facade.open_plan(city.first, PLANNED, now=NOW)
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"):
        assert [models.Draw.objects.count(), models.Sample.objects.count()] == [0, 0]
    with access.acting_for(merchant, channel=Channel.SELF, purpose="own_archive"):
        assert [models.Sample.objects.count(), len(casework.list_of("sampling"))] == [0, 0]
    with access.acting_for(city.clerk, channel=Channel.BODY, purpose="inspection"):
        assert [models.Sample.objects.count(), len(casework.list_of("sampling"))] == [0, 0]
    with pytest.raises(DatabaseError), access.acting_for(city.first, channel=Channel.BODY, purpose="inspection"):
        models.Draw.objects.filter(plan_id=plan.id).update(revealed_on=NOW.date())


@pytest.mark.clause("E5.1b")
def test_a_result_is_not_public_before_the_right_to_a_re_test_has_ended_and_then_a_second_officer_publishes_it(
    city: City, merchant: Actor
) -> None:
    plan, sample = told(city, BAD)
    assert (sample.retest_until, sample.result) == (date(2026, 12, 8), Result.NONE)
    assert facade.get_own(merchant, sample.id).case.due_on == date(2026, 12, 8)
    days_later(15)
    assert (public(plan.id), facade.get_sample(city.first, sample.id, now=NOW).result) == ([], Result.NONE)
    early = {"result": "failed", "published_by": city.second.key, "published_on": sample.retest_until}
    with pytest.raises(DatabaseError), access.acting_for(city.second, channel=Channel.BODY, purpose="inspection"):
        models.Sample.objects.filter(id=sample.id).update(**early, public_until=date(2027, 12, 8))
    days_later(16)
    assert (public(plan.id), facade.get_sample(city.first, sample.id, now=NOW).result) == ([], Result.FAILED)
    why = "复检期已过，商家没有申请复检。"
    assert code(partial(act, sample.result_case_id, "publish", city.first, days=17, reasons=why)) == "A-FOUR-EYES"
    assert public(plan.id) == []
    act(sample.result_case_id, "publish", city.second, days=17, reasons=why)
    with simulated(LATER):
        assert public(plan.id) == [("failed", BAD.finding)]
    with simulated(LATER + timedelta(days=366)):
        assert public(plan.id) == []
    assert facade.tallies([plan.id])[plan.id] == Tally(drawn=2, dropped=0, waiting=1, passed=0, failed=1)


@pytest.mark.clause("E5.1b")
def test_a_re_test_by_another_laboratory_that_overturns_leaves_nothing_adverse(city: City, merchant: Actor) -> None:
    plan, sample = told(city, BAD)
    act(sample.result_case_id, "ask_retest", merchant, days=3, reasons="样品保存温度不对，请复检。")
    days_later(20)
    assert (public(plan.id), facade.get_own(merchant, sample.id).case.state) == ([], "retesting")
    enter = partial(facade.retest, city.first, sample.id, papers=paper("again"), reasons="", now=LATER)
    again = replace(GOOD, laboratory="望川市检验中心")
    assert code(partial(enter, GOOD)) == "IN-SAME-LABORATORY laboratory"
    enter(again)
    with simulated(LATER):
        (shown,) = facade.list_published([plan.id])
    assert (shown.result, shown.finding, shown.laboratory, shown.retest_laboratory) == (
        Result.PASSED,
        "",
        "望川市检验中心",
        "",
    )
    draft = partial(facade.begin_determination, city.first, sample.id, cells=CELLS, now=LATER)
    assert code(draft) == "IN-NOT-FINAL"
    assert facade.tallies([plan.id])[plan.id].failed == 0


@pytest.mark.clause("E5.1b")
def test_a_qualified_result_is_published_by_itself_and_the_platform_is_told(city: City, merchant: Actor) -> None:
    plan, sample = told(city, GOOD)
    asked = partial(act, sample.result_case_id, "ask_retest", merchant, reasons="请复检。")
    assert code(asked) == "IN-NO-RETEST"
    assert facade.find_receipt(sample) is None
    days_later(16)
    with simulated(LATER):
        assert public(plan.id) == [("passed", "")]
    receipt = facade.find_receipt(sample)
    assert receipt is not None
    assert (receipt.told_at - NOW, receipt.receipt_at) == (timedelta(days=16), None)


@pytest.mark.clause("E5.1b")
def test_only_a_final_and_published_unqualified_result_begins_a_determination_once_by_a_named_officer(
    city: City, market: Office
) -> None:
    _plan, sample = told(city, BAD)
    draft = partial(facade.begin_determination, market.clerk, sample.id, cells=CELLS, now=LATER)
    assert code(draft) == "IN-NOT-FINAL"
    days_later(16)
    assert code(draft) == "IN-NOT-FINAL"
    act(sample.result_case_id, "publish", city.second, days=17, reasons="复检期已过，结果确定。")
    with access.acting_for(city.second, channel=Channel.BODY, purpose="inspection"):
        assert len(casework.papers_of(sample.result_case_id)) == 2  # type: ignore[arg-type]
    found = draft()
    assert facade.get_sample(city.second, sample.id, now=NOW).determination == found.id
    assert code(draft) == "IN-NOT-FINAL"


def test_each_step_says_what_it_rests_on_and_a_bare_verb_is_refused(city: City) -> None:
    plan = facade.open_plan(city.first, PLANNED, now=NOW)
    sample = samples(city, plan)[0]
    bare = partial(casework.carry_out, sample.case_id, verb="buy", actor=city.first, now=NOW)
    assert code(partial(bare, evidence=paper("x"))) == "IN-BY-FORM"
    buy = partial(facade.buy, city.first, sample.id, now=NOW)
    assert code(partial(buy, replace(PURCHASE, bought_on=date(2026, 11, 24)), papers=paper("x"))) == "IN-PURCHASE goods"
    assert code(partial(buy, PURCHASE, papers=())) == "CASE-EVIDENCE evidence"
    assert samples(city, plan)[0].goods == ""
    buy(PURCHASE, papers=paper("x"))
    report = partial(facade.report, city.first, sample.id, papers=paper("r"), now=NOW)
    assert code(partial(report, Report(laboratory="某院", passed=False))) == "IN-REPORT finding"
    assert code(partial(report, Report(laboratory="某院", passed=True, finding="x"))) == "IN-REPORT finding"
    with pytest.raises(DatabaseError), access.acting_for(city.first, channel=Channel.BODY, purpose="inspection"):
        models.Sample.objects.filter(id=sample.id).update(result="passed")
