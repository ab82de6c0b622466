"""From the objection to its decision and its review: who does what, what stands, what travels."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.notices import facade as notices
from chengxin.objections import facade, jobs
from chengxin.objections.contracts import Ground
from chengxin.objections.tests.conftest import case_seen_by, decide, is_used, object_to, read, record_of
from chengxin.records.contracts import Channel as Way
from chengxin.records.contracts import MarkKind


def refused(code: str, call, *args, **given) -> None:
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    assert caught.value.refusal.code == code


@pytest.mark.clause("P4.3a")
def test_redline_14_the_mark_stands_with_the_receipt_and_bars_every_new_measure(lin: Actor, market: Office) -> None:
    assert is_used(record_of(lin), Way.MEASURE)
    case = object_to(lin)
    record = record_of(lin)
    assert [(mark.kind, mark.reference) for mark in record.marks] == [(MarkKind.OBJECTION, case.number)]
    assert not is_used(record, Way.MEASURE)
    assert (case.number[:2], case.body, case.due_on, case.due_key) == (
        "YY",
        market.body,
        date(2026, 12, 2),
        "objection.with_source",
    )
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        assert [(one.text, one.reference) for one in notices.list_for(lin)] == [("objection_received", case.number)]
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="case_handling"):
        assert [found.number for found in casework.list_inbox(market.clerk)] == [case.number]
    line = archives.own_archive(lin, now=NOW).lines[0]
    assert line.has_objection


def test_a_line_has_one_open_objection_and_nobody_objects_for_another(lin: Actor, boss: Actor) -> None:
    object_to(lin)
    refused("OBJ-OPEN", object_to, lin)
    theirs = record_of(boss).record_id
    refused("ABSENT", facade.object_to, lin, theirs, ground=Ground.ERROR, words="不对", now=NOW)
    assert record_of(boss).marks == ()
    assert len(record_of(lin).marks) == 1
    refused("OBJ-EMPTY", object_to, boss, words=" \u200b ")
    assert record_of(boss).marks == ()


def test_the_employer_of_who_objects_is_no_party(lin: Actor, market: Office) -> None:
    from dataclasses import replace

    employed = replace(lin, body="OTHER", area="390100")
    assert object_to(employed).parties == frozenset({market.body})


@pytest.mark.clause("P4.3a")
def test_removal_takes_two_people_of_the_source_and_the_line_leaves_every_outlet(boss: Actor, market: Office) -> None:
    case = object_to(boss, ground=Ground.WRONG_LISTING)
    refused(
        "CASE-UNOPENED",
        casework.carry_out,
        case.id,
        verb="propose_remove",
        actor=market.clerk,
        now=NOW,
        reasons="查无此事。",
    )
    done = decide(case, "remove", market.clerk, market.approver)
    assert (done.state, done.closed_due_on) == ("removed", case.due_on)
    record = record_of(boss)
    assert {mark.kind for mark in record.marks} == {MarkKind.WITHDRAWN}
    assert not any(is_used(record, way) for way in (Way.PUBLIC, Way.SHARED, Way.AUTHORISED, Way.MEASURE))
    own = facade.own_case(boss, case.number, now=NOW)
    assert [step.verb for step in own.steps] == ["open", "propose_remove", "remove"]
    assert own.said[0].text == "罚款是同名的人的，不是我的。"


@pytest.mark.clause("P4.3a")
def test_redline_11_who_proposed_to_maintain_does_not_decide_it(lin: Actor, market: Office) -> None:
    from chengxin.kernel.actor import Role
    from chengxin.objections.tests.conftest import officer

    both = officer("both", market.body, Role.CLERK, Role.APPROVER)
    case = object_to(lin)
    read(case, both)
    casework.carry_out(case.id, verb="propose_maintain", actor=both, now=NOW, reasons="有决定书。")
    refused("A-FOUR-EYES", casework.carry_out, case.id, verb="maintain", actor=both, now=NOW, reasons="同意。")
    assert case_seen_by(both, case.id).state == "to_maintain"


def test_the_mark_stays_until_the_window_of_review_has_passed(lin: Actor, market: Office) -> None:
    case = object_to(lin)
    decide(case, "maintain", market.clerk, market.approver)
    own = facade.own_case(lin, case.number, now=NOW)
    assert own.review_until == date(2026, 12, 8)
    assert not is_used(record_of(lin), Way.MEASURE)
    last, after = NOW + timedelta(days=15), NOW + timedelta(days=16)
    assert jobs.turn_the_day(last, None)["lifted"] == 0
    assert not is_used(record_of(lin), Way.MEASURE)
    assert jobs.turn_the_day(after, None)["lifted"] == 1
    assert jobs.turn_the_day(after, None)["lifted"] == 0
    assert record_of(lin).marks == ()
    refused("OBJ-LATE", facade.ask_review, lin, case.id, words="不服", now=after)
    refused("OBJ-DECIDED", object_to, lin, papers=0, now=after)


def test_the_subject_takes_an_objection_back_and_the_mark_ends(lin: Actor, market: Office) -> None:
    case = object_to(lin)
    assert facade.take_back(lin, case.id, now=NOW).state == "taken_back"
    assert record_of(lin).marks == ()
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="case_handling"):
        assert casework.list_inbox(market.clerk) == []


@pytest.mark.clause("P4.3a")
def test_publicity_stops_by_itself_when_the_source_does_not_answer_in_time(boss: Actor, office: object) -> None:
    case = object_to(boss)
    in_time, late = NOW + timedelta(days=9), NOW + timedelta(days=10)
    assert jobs.turn_the_day(in_time, None)["stopped"] == 0
    assert is_used(record_of(boss), Way.PUBLIC, now=in_time)
    assert jobs.turn_the_day(late, None)["stopped"] == 1
    record = record_of(boss)
    assert not is_used(record, Way.PUBLIC, now=late)
    assert [mark.kind for mark in record.marks] == [MarkKind.OBJECTION]
    own = facade.own_case(boss, case.number, now=late)
    assert (own.case.state, own.case.is_closed) == ("unverified", False)
    assert jobs.turn_the_day(late, None)["stopped"] == 0


@pytest.mark.clause("P4.3a")
def test_a_review_goes_to_the_credit_office_and_may_set_the_decision_aside(
    boss: Actor, market: Office, office: tuple[Actor, Actor]
) -> None:
    case = object_to(boss)
    decide(case, "maintain", market.clerk, market.approver)
    review = facade.ask_review(boss, case.id, words="材料没有看清楚。", now=NOW)
    assert (review.number[:2], review.body, review.due_key) == ("FH", "YTXY", "objection.review")
    refused("OBJ-REVIEWED", facade.ask_review, boss, case.id, words="再来", now=NOW)
    done = decide(review, "remove", *office)
    assert done.state == "removed"
    assert {mark.kind for mark in record_of(boss).marks} == {MarkKind.WITHDRAWN}


def test_a_review_may_order_the_source_to_decide_again_and_the_mark_stays(
    lin: Actor, market: Office, office: tuple[Actor, Actor]
) -> None:
    case = object_to(lin)
    decide(case, "maintain", market.clerk, market.approver)
    review = facade.ask_review(lin, case.id, words="没有看材料。", now=NOW)
    decide(review, "redo", *office)
    assert not is_used(record_of(lin), Way.MEASURE)
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="case_handling"):
        (again,) = casework.list_inbox(market.clerk)
    assert (again.procedure, again.facts["ordered_by"]) == ("objection", review.number)
    decide(again, "remove", market.clerk, market.approver, why="重新处理")
    assert {mark.kind for mark in record_of(lin).marks} == {MarkKind.WITHDRAWN}


def test_an_upheld_review_lifts_the_mark(lin: Actor, market: Office, office: tuple[Actor, Actor]) -> None:
    case = object_to(lin)
    decide(case, "maintain", market.clerk, market.approver)
    review = facade.ask_review(lin, case.id, words="没有看材料。", now=NOW)
    assert decide(review, "uphold", *office).state == "upheld"
    assert record_of(lin).marks == ()


@pytest.mark.clause("P4.3a")
def test_a_correction_is_a_new_version_and_takes_effect_with_the_second_persons_decision(
    lin: Actor, market: Office
) -> None:
    case = object_to(lin)
    read(case, market.clerk, market.approver)
    before = record_of(lin)
    proposed = facade.propose(
        market.clerk,
        case.id,
        verb="propose_correct",
        changed={"violation_facts": "发布的广告与实际不符"},
        reasons="核对了决定书原件。",
        now=NOW,
    )
    assert proposed.state == "to_correct"
    assert record_of(lin).version == before.version
    later = NOW + timedelta(hours=1)
    done = casework.carry_out(case.id, verb="correct", actor=market.approver, now=later, reasons="原件与更正一致。")
    assert done.state == "corrected"
    after = record_of(lin)
    assert (after.version, after.marks) == (before.version + 1, ())
    line = archives.own_line(lin, after.record_id, now=later)
    assert [(one.before, one.after) for one in line.changes[0].fields] == [("发布虚假广告", "发布的广告与实际不符")]


def test_a_correction_that_changes_nothing_or_fails_the_checks_is_refused(lin: Actor, market: Office) -> None:
    case = object_to(lin)
    read(case, market.clerk)
    give = lambda changed: facade.propose(  # noqa: E731
        market.clerk, case.id, verb="propose_correct", changed=changed, reasons="核对了决定书原件。", now=NOW
    )
    refused("OBJ-UNCHANGED", give, {})
    refused("OBJ-UNCHANGED", give, {"subject_name": "别人"})
    refused("OBJ-QUESTIONED", give, {"determined_on": "2026-13-40"})
    assert case_seen_by(market.clerk, case.id).state == "checking"
    refused(
        "OBJ-NO-CORRECTION",
        casework.carry_out,
        case.id,
        verb="propose_correct",
        actor=market.clerk,
        now=NOW,
        reasons="改一下。",
    )
