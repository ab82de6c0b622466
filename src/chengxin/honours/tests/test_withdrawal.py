"""Who is listed is not honoured; an honour is taken back after a hearing, and all that rests on it goes with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.tests.conftest import FIRM as FALSE
from chengxin.determinations.tests.conftest import served, slip
from chengxin.honours import facade, models
from chengxin.honours.contracts import Answer, Nomination, Obstacle, Outcome, Standing
from chengxin.honours.tests.conftest import NOW, OVER, SHOP, Office, nominate, of_body, take, until_honoured
from chengxin.incentives import facade as incentives
from chengxin.incentives.contracts import Condition
from chengxin.incentives.tests.conftest import draft as scene
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.lists import facade as lists
from chengxin.notices.models import Notice
from chengxin.objections.tests.conftest import office as credit_office
from chengxin.retention.tests.test_retention import swept

__all__ = ["credit_office", "slip"]
TOLD = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
HEARD = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)
AFTER = datetime(2027, 5, 24, 2, 0, tzinfo=UTC)


def review_until_proposed(office: Office, found: Nomination, *, at: datetime = HEARD) -> Case:
    """Begin a review, tell the holder, and propose the withdrawal once it was heard."""
    case = facade.begin_review(office.clerk, found.id, reasons="有人反映事迹不实，经核实属实。", now=TOLD)
    casework.carry_out(case.id, verb="tell", actor=office.clerk, now=TOLD, reasons="退款记录与事迹不符。")
    casework.carry_out(case.id, verb="propose", actor=office.clerk, now=at, reasons="没有陈述申辩。")
    return case


def withdraw(office: Office, found: Nomination) -> None:
    case = review_until_proposed(office, found)
    casework.carry_out(case.id, verb="withdraw", actor=office.approver, now=HEARD, reasons="事迹不实。")


@pytest.mark.clause("P2.3a")
def test_who_stands_on_a_serious_list_or_has_an_open_determination_is_neither_shown_nor_honoured(
    office: Office, market: Office, firm: Actor, slip: Path
) -> None:
    nomination_id, number = nominate(office, "model_firm", SHOP)
    facade.answer(firm, number, Answer.NAMED, now=NOW)
    determined = determinations.draft(market.clerk, "false_material", cells=FALSE, now=NOW)
    assert facade.check(office.clerk, nomination_id, now=NOW) == []
    determinations.serve_notice(market.clerk, determined.id, served(NOW, slip), now=NOW)
    assert facade.check(office.clerk, nomination_id, now=NOW) == [Obstacle.OPEN_DETERMINATION]
    with pytest.raises(Refused) as caught:
        take(of_body(office, nomination_id), "publish", office.clerk)
    assert caught.value.refusal.code == "HON-OBSTACLE"
    assert facade.find_public(number, now=NOW) is None
    casework.carry_out(determined.case_id, verb="drop", actor=market.approver, now=NOW, reasons="查无此事。")
    assert facade.check(office.clerk, nomination_id, now=NOW) == []


@pytest.mark.clause("P2.3a", "P5.1b")
def test_a_withdrawal_takes_record_list_incentive_and_name_with_it(
    office: Office, lin: Actor, firm: Actor, credit_office: tuple[Actor, Actor]
) -> None:
    opened = scene(condition=Condition(items=("person_honour",), least=1, years=3))
    incentives.open_scene(credit_office[0], opened, now=NOW)
    person = until_honoured(office, lin)
    operator = until_honoured(office, firm, kind="model_firm", who=SHOP)
    lists.settle(now=OVER, since=None)
    assert [one.missing for one in incentives.own_benefits(lin, now=OVER)] == [None]
    assert [one.name for one in lists.list_public("honour", at=OVER, limit=5)] == [SHOP["subject_name"]]
    for found in (person, operator):
        withdraw(office, found)
    assert [one.missing is None for one in incentives.own_benefits(lin, now=HEARD)] == [False]
    assert lists.list_public("honour", at=HEARD, limit=5) == []
    shown = {number: facade.find_public(number, now=HEARD) for number in (person.number, operator.number)}
    assert {one.standing for one in shown.values() if one} == {Standing.WITHDRAWN}
    assert [one.shown_name for one in shown.values() if one] == ["", SHOP["subject_name"]]
    assert facade.list_public(now=HEARD) == []
    with simulated(HEARD):
        badge = Client().get(f"/honours/{operator.number}/badge.svg").content.decode()
    assert "诚信示范企业 已撤销" in badge
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        told = set(Notice.objects.filter(subject_id=lin.subject_id).values_list("text_code", flat=True))
    assert {"honour_withdrawal_told", "honour_withdrawn"} <= told


def test_nothing_is_withdrawn_unheard_by_one_person_or_without_reasons(office: Office, lin: Actor) -> None:
    found = until_honoured(office, lin)
    with pytest.raises(Refused, match="HON-REVIEW-WHY"):
        facade.begin_review(office.clerk, found.id, reasons=" ", now=TOLD)
    with pytest.raises(Refused, match="DET-"):
        review_until_proposed(office, found, at=TOLD + timedelta(days=1))
    assert of_body(office, found.id, now=HEARD).standing is Standing.AWARDED
    review = facade.open_of_body(office.clerk, found.id, now=HEARD).review
    assert review is not None
    casework.carry_out(review.id, verb="state", actor=lin, now=TOLD, reasons="当时确有拖延，后来补偿了。")
    casework.carry_out(review.id, verb="propose", actor=office.clerk, now=TOLD, reasons="已听取。")
    with pytest.raises(Refused, match="A-NO-RIGHT"):
        casework.carry_out(review.id, verb="withdraw", actor=office.clerk, now=TOLD, reasons="撤销。")
    casework.carry_out(review.id, verb="keep", actor=office.approver, now=TOLD, reasons="情节轻微，保留。")
    kept = of_body(office, found.id, now=HEARD)
    assert (kept.standing, kept.reviewed_on) == (Standing.AWARDED, TOLD.date())


@pytest.mark.clause("P2.3b")
def test_the_matrix_says_which_scene_accepts_which_honour_until_it_ends(
    office: Office, credit_office: tuple[Actor, Actor]
) -> None:
    opened = scene(condition=Condition(items=("person_honour",), least=1, years=3))
    incentives.open_scene(credit_office[0], opened, now=NOW)
    page = Client().get("/honours").content.decode()
    assert "图书馆免押金" in page
    assert "诚实守信道德模范；身边好人；诚信之星" in page
    assert 'href="/honours#matrix"' in Client().get("/incentives").content.decode()
    with simulated(NOW + timedelta(days=365)):
        assert "图书馆免押金" not in Client().get("/honours").content.decode()


def test_the_words_of_a_letter_end_half_a_year_after_the_answer_and_the_answer_stays(office: Office) -> None:
    number = facade.propose("trust_star", body="YTWM", text="我家楼下修鞋的师傅值得提名。", now=NOW)
    (letter,) = facade.list_letters(office.clerk, now=NOW)
    assert swept("honour_letter", AFTER) == 0
    facade.reply(office.clerk, letter.id, outcome=Outcome.ADOPTED, text="谢谢，已核实。", now=NOW)
    assert swept("honour_letter", AFTER - timedelta(days=1)) == 0
    assert swept("honour_letter", AFTER) == 1
    assert [one.text for one in facade.list_letters(office.clerk, now=NOW)] == [""]
    answered = facade.find_letter(number)
    assert answered is not None
    assert answered.reply == "谢谢，已核实。"


@pytest.mark.clause("P2.3a")
def test_a_year_after_the_award_or_the_last_review_one_review_opens_by_itself(office: Office, lin: Actor) -> None:
    found = until_honoured(office, lin)
    day_before, due = datetime(2027, 11, 30, 2, 0, tzinfo=UTC), datetime(2027, 12, 1, 2, 0, tzinfo=UTC)
    assert [facade.begin_due(now=at) for at in (OVER, day_before, due, due + timedelta(days=1))] == [0, 0, 1, 0]
    with simulated(due):
        case = facade.open_of_body(office.clerk, found.id, now=due).review
        assert case is not None
        assert (case.state, case.opened_by) == ("opened", "platform:honours")
        casework.carry_out(case.id, verb="keep", actor=office.approver, now=due, reasons="仍然符合条件。")
        assert [facade.begin_due(now=at) for at in (due, datetime(2028, 12, 1, 2, 0, tzinfo=UTC))] == [0, 1]


def test_what_was_withdrawn_or_ran_out_is_not_reviewed(office: Office, lin: Actor) -> None:
    found = until_honoured(office, lin)
    withdraw(office, found)
    assert facade.begin_due(now=datetime(2027, 12, 5, 2, 0, tzinfo=UTC)) == 0


def test_name_and_deeds_end_three_years_after_the_last_day_of_an_honour(
    office: Office, lin: Actor, settings: LazySettings
) -> None:
    found = until_honoured(office, lin)
    settings.LAW_PACK = "national"  # The province's pack is not known that far ahead.
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="honour"):
        row = models.Nomination.objects.get(id=found.id)
        assert (row.sealed != b"", row.shown_name != "", row.shown_story != "") == (True, True, True)
    assert row.valid_until is not None
    ends = datetime(row.valid_until.year + 3, row.valid_until.month, row.valid_until.day, 2, tzinfo=UTC)
    for at, gone in ((ends, 0), (ends + timedelta(days=1), 1)):
        with simulated(at):
            assert swept("nomination", at) == gone
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="honour"):
        row = models.Nomination.objects.get(id=found.id)
    assert (bytes(row.sealed), row.shown_name, row.shown_story, row.number) == (b"", "", "", found.number)
