"""From a line to its repair: who may apply when, what a decision does, and to whom it is told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.archives.contracts import Standing
from chengxin.archives.tests.conftest import citizen
from chengxin.archives.tests.programs import ADDRESS, Program
from chengxin.casework import facade as casework
from chengxin.casework.facade import remedy_words
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.jobs import facade as jobs
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, simulated
from chengxin.kernel.refusal import Refused
from chengxin.looks import facade as looks_facade
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Way
from chengxin.repair import facade
from chengxin.repair.contracts import Handed
from chengxin.repair.tests.conftest import FIRST_DAY, apply, decide, firm_account, only_line, open_papers

LATER = FIRST_DAY + timedelta(hours=3)


def code_of(caught: pytest.ExceptionInfo[Refused]) -> str:
    return caught.value.refusal.code


@pytest.mark.clause("P4.3c")
def test_the_line_says_its_exact_day_and_each_missing_paper(lin: Actor) -> None:
    line = only_line(lin, now=NOW)
    assert line.advice.earliest.on.isoformat() == "2026-12-21"
    assert [paper.value for paper in line.papers] == ["performance", "correction"]
    assert line.refusal is not None
    assert (line.refusal.code, line.refusal.retry_on) == ("REPAIR-EARLY", line.advice.earliest.on)


@pytest.mark.clause("P4.3c")
def test_nobody_applies_the_day_before_and_nothing_is_written(lin: Actor, papers: list[Handed]) -> None:
    with pytest.raises(Refused) as caught:
        apply(lin, papers, now=FIRST_DAY - timedelta(days=1))
    assert code_of(caught) == "REPAIR-EARLY"
    assert facade.own_applications(lin, now=NOW) == []


def test_all_that_is_missing_is_said_before_a_case_is_opened(lin: Actor, papers: list[Handed]) -> None:
    with pytest.raises(Refused) as caught:
        apply(lin, papers[:1])
    assert (code_of(caught), caught.value.refusal.field) == ("REPAIR-PAPERS", "correction")
    for name in ("is_corrected", "is_performed", "is_promised"):
        with pytest.raises(Refused) as caught:
            apply(lin, papers, **{name: False})
        assert (code_of(caught), caught.value.refusal.field) == ("REPAIR-DECLARE", name)
    assert facade.own_applications(lin, now=FIRST_DAY) == []


def test_a_paper_that_is_no_document_is_refused_and_nothing_is_kept(lin: Actor, papers: list[Handed]) -> None:
    papers[1].path.write_bytes(b"MZ program")
    with pytest.raises(Refused) as caught:
        apply(lin, papers)
    assert (code_of(caught), caught.value.refusal.field) == ("REPAIR-PAPER", "correction")
    assert facade.own_applications(lin, now=FIRST_DAY) == []


@pytest.mark.clause("P4.3c")
def test_an_application_is_accepted_on_the_spot_with_the_lawful_last_day(lin: Actor, papers: list[Handed]) -> None:
    number = apply(lin, papers)
    course = facade.own_course(lin, number, now=FIRST_DAY)
    assert (course.case.state, course.case.body, course.case.due_on.isoformat()) == ("accepted", "YTSJ", "2026-12-24")  # type: ignore[union-attr]
    assert [notice.text for notice in course.notices] == ["repair_received"]
    assert course.notices[0].parameters["day"] == "2026年12月24日"
    with pytest.raises(Refused) as caught:
        apply(lin, papers)
    assert code_of(caught) == "REPAIR-OPEN"


@pytest.mark.clause("P4.3c")
def test_redline_13_a_repair_ends_publicity_sharing_and_use_in_the_same_step(
    lin: Actor, market: Office, papers: list[Handed]
) -> None:
    firm = firm_account()
    line = only_line(firm, now=NOW)
    day = FIRST_DAY + timedelta(days=11)  # The firm's penalty is of 1 October.
    assert line.advice.earliest.on.isoformat() == "2027-01-02"
    with simulated(day + timedelta(days=1)):
        number = apply(firm, papers, now=day + timedelta(days=1))
        before = archives.find_public_subject("91390100MA0000015M", actor=firm, now=day + timedelta(days=1))
        assert before is not None
        assert len(before.lines) == 1
        decide("approve", market.approver, firm, number, now=day + timedelta(days=1))
        after = archives.find_public_subject("91390100MA0000015M", actor=firm, now=day + timedelta(days=1))
    assert after is not None
    assert list(after.lines) == []
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="case_handling"):
        record = records.find_by_id(line.record.subject_id, line.record.record_id)
        assert record is not None
        ways = {way: records.usable(record, channel=way, at=day + timedelta(days=1)) for way in Way}
    assert {way for way, is_usable in ways.items() if is_usable} == {Way.SELF, Way.BODY}
    (own,) = archives.own_archive(firm, now=day + timedelta(days=2)).lines
    assert own.standing is Standing.REPAIRED


@pytest.mark.clause("P4.3c")
@pytest.mark.clause("R9")
@pytest.mark.django_db(transaction=True)
def test_whoever_received_the_line_is_told_to_stop_and_the_applicant_sees_each_receipt(
    lin: Actor, market: Office, shop: Program, stranger: Program, papers: list[Handed]
) -> None:
    firm = firm_account()
    with simulated(NOW):
        assert shop.get(ADDRESS).status_code == 200
    day = FIRST_DAY + timedelta(days=12)
    number = apply(firm, papers, now=day)
    decide("approve", market.approver, firm, number, now=day)
    (told,) = facade.own_course(firm, number, now=day).told
    assert (told.body, told.change, told.duty, told.done) == ("SHOP", "repaired", "stop", "")
    with log_in_as_worker():
        assert jobs.deliver_due(now=day).delivered == 1
    with simulated(day):
        (message,) = shop.get("/api/v1/outbox").json()
        assert shop.answer(message["id"], "stopped").status_code == 200
        assert stranger.get("/api/v1/outbox").json() == []
    (told,) = facade.own_course(firm, number, now=day).told
    assert told.done == "stopped"


@pytest.mark.clause("P4.3c")
def test_decision_and_notice_are_served_together(lin: Actor, market: Office, papers: list[Handed]) -> None:
    number = apply(lin, papers)
    decide("approve", market.approver, lin, number, now=LATER)
    course = facade.own_course(lin, number, now=LATER)
    served = {notice.text: notice.served_at for notice in course.notices}
    assert served["repair_decision"] == served["repair_notice"] == LATER
    (decision,) = course.decisions
    assert (decision.verb, decision.reasons) == ("approve", "材料齐全，罚款已经缴清。")


def test_the_repair_of_a_firm_is_not_that_of_its_officer_who_applies_alone(
    lin: Actor, market: Office, papers: list[Handed]
) -> None:
    firm = firm_account()
    day = FIRST_DAY + timedelta(days=12)
    decide("approve", market.approver, firm, apply(firm, papers, now=day), now=day)
    assert only_line(lin, now=day).refusal is None
    decide("approve", market.approver, lin, apply(lin, papers, now=day), now=day)
    assert facade.own_prospects(lin, now=day) == []


def test_redline_11_a_refusal_is_decided_by_another_person_than_its_proposer_with_reasons(
    lin: Actor, market: Office, papers: list[Handed]
) -> None:
    number = apply(lin, papers)
    case_id = facade.own_application(lin, number, now=LATER).case_id
    with pytest.raises(Refused) as caught:
        decide("refuse", market.approver, lin, number, now=LATER)
    assert code_of(caught) == "CASE-STATE"
    with pytest.raises(Refused) as caught:
        casework.carry_out(case_id, verb="propose_refusal", actor=market.clerk, now=LATER, reasons="凭证是另一案的。")
    assert code_of(caught) == "CASE-UNOPENED"
    decide("propose_refusal", market.clerk, lin, number, now=LATER, reasons="凭证是另一案的。")
    with pytest.raises(Refused) as caught:
        casework.carry_out(case_id, verb="refuse", actor=market.clerk, now=LATER, reasons="凭证是另一案的。")
    assert code_of(caught) == "A-NO-RIGHT"
    with pytest.raises(Refused) as caught:
        decide("refuse", market.approver, lin, number, now=LATER, reasons=" ")
    assert code_of(caught) == "CASE-REASONS"
    decide("refuse", market.approver, lin, number, now=LATER, reasons="凭证是另一案的。")
    course = facade.own_course(lin, number, now=LATER)
    (decision,) = course.decisions
    day = legal_day(decision.at)
    said = remedy_words(("reconsideration", "litigation"), on=day, served_on=day)
    assert "最晚2027年2月19日，可以向作出决定的单位的同级人民政府申请行政复议" in said
    assert "最晚2027年6月21日，可以向人民法院提起行政诉讼" in said
    assert only_line(lin, now=LATER).refusal is None


def test_a_person_who_holds_both_posts_cannot_refuse_what_they_proposed(
    lin: Actor, market: Office, papers: list[Handed]
) -> None:
    both = Actor(
        key=market.approver.key,
        roles=market.approver.roles | market.clerk.roles,
        body=market.body,
        area=market.approver.area,
    )
    number = apply(lin, papers)
    decide("propose_refusal", both, lin, number, now=LATER, reasons="凭证是另一案的。")
    with pytest.raises(Refused) as caught:
        decide("refuse", both, lin, number, now=LATER, reasons="凭证是另一案的。")
    assert code_of(caught) == "A-FOUR-EYES"


def test_papers_that_are_asked_for_stop_the_clock_until_they_come(
    lin: Actor, market: Office, papers: list[Handed]
) -> None:
    number = apply(lin, papers)
    decide("return_for_more", market.clerk, lin, number, now=LATER, reasons="照片看不清，请重拍。")
    returned = facade.own_course(lin, number, now=LATER)
    assert returned.case.state == "returned"
    two_days_on = FIRST_DAY + timedelta(days=2)
    facade.supplement(lin, number, papers=papers[1:], now=two_days_on)
    course = facade.own_course(lin, number, now=two_days_on)
    assert course.case.state == "accepted"
    assert course.case.due_on is not None
    assert course.case.due_on.isoformat() == "2026-12-25"
    assert len(course.application.papers) == 3


def test_an_extension_gives_the_longer_period_and_is_said(lin: Actor, market: Office, papers: list[Handed]) -> None:
    number = apply(lin, papers)
    decide("extend", market.approver, lin, number, now=LATER, reasons="要向法院核实。")
    course = facade.own_course(lin, number, now=LATER)
    assert course.case.due_on is not None
    assert (course.case.due_key, course.case.due_on.isoformat()) == ("repair.decision_extended", "2026-12-29")
    assert "repair_extended" in [notice.text for notice in course.notices]


def test_whoever_withdraws_may_apply_again(lin: Actor, market: Office, papers: list[Handed]) -> None:
    first = apply(lin, papers)
    facade.withdraw(lin, first, now=LATER)
    assert facade.own_application(lin, first, now=LATER).closed_at == LATER
    assert apply(lin, papers, now=LATER) != first


def test_nobody_sees_or_moves_the_application_of_another(
    lin: Actor, market: Office, papers: list[Handed], tmp_path: Path
) -> None:
    number = apply(lin, papers)
    other = citizen("wang", "390202198506151023")
    for attempt in (
        lambda: facade.own_application(other, number, now=LATER),
        lambda: facade.withdraw(other, number, now=LATER),
        lambda: facade.supplement(other, number, papers=papers, now=LATER),
        lambda: facade.apply(
            other,
            only_line(lin, now=LATER).record.record_id,
            papers=papers,
            is_corrected=True,
            is_performed=True,
            is_promised=True,
            now=LATER,
        ),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert code_of(caught) == "ABSENT"
    assert facade.own_course(lin, number, now=LATER).case.state == "accepted"


def test_another_body_opens_neither_application_nor_paper(
    lin: Actor, market: Office, papers: list[Handed], shop: Program
) -> None:
    number = apply(lin, papers)
    application = facade.own_application(lin, number, now=LATER)
    stranger = Actor(key="account:x", roles=market.clerk.roles, body="SHOP", area="390100")
    for attempt in (
        lambda: facade.open_application(stranger, application.id, now=LATER),
        lambda: facade.open_paper(stranger, application.id, application.papers[0].id, now=LATER),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert code_of(caught) == "ABSENT"


def test_redline_07_the_applicant_sees_who_opened_the_papers(lin: Actor, market: Office, papers: list[Handed]) -> None:
    number = apply(lin, papers)
    before = looks_facade.own_looks(lin, now=LATER, limit=50).total
    open_papers(market.clerk, lin, number, now=LATER)
    looks = looks_facade.own_looks(lin, now=LATER, limit=50).lines
    opened = [look for look in looks if look.body == "YTSJ" and look.purpose == "repair"]
    assert len(opened) == 2
    assert looks_facade.own_looks(lin, now=LATER, limit=50).total > before


def granted(lin: Actor, market: Office, papers: list[Handed]) -> tuple[str, UUID]:
    number = apply(lin, papers)
    decide("approve", market.approver, lin, number, now=LATER)
    return number, facade.own_application(lin, number, now=LATER).id


@pytest.mark.clause("P4.3c")
def test_a_false_promise_is_revoked_after_notice_and_a_statement(
    lin: Actor, market: Office, papers: list[Handed]
) -> None:
    number, application_id = granted(lin, market, papers)
    facade.question_promise(market.clerk, application_id, reasons="缴款凭证系伪造。", now=LATER)
    course = facade.own_course(lin, number, now=LATER)
    assert course.revocation is not None
    with pytest.raises(Refused) as caught:
        casework.carry_out(
            course.revocation.id,
            verb="propose",
            actor=market.clerk,
            now=LATER + timedelta(days=7),
            reasons="凭证系伪造。",
        )
    assert code_of(caught) == "REPAIR-NOT-HEARD"
    facade.answer_revocation(lin, number, text="凭证是代理人交的，我不知情。", now=LATER)
    case_id = course.revocation.id
    casework.carry_out(case_id, verb="propose", actor=market.clerk, now=LATER, reasons="凭证系伪造。")
    with pytest.raises(Refused):
        casework.carry_out(case_id, verb="revoke", actor=market.clerk, now=LATER, reasons="凭证系伪造。")
    casework.carry_out(case_id, verb="revoke", actor=market.approver, now=LATER, reasons="凭证系伪造。")
    assert facade.own_application(lin, number, now=LATER).revoked_at == LATER
    assert only_line(lin, now=LATER).record.marks == ()
    assert "repair_revoked" in [notice.text for notice in facade.own_course(lin, number, now=LATER).notices]


def test_silence_until_the_last_day_is_enough_to_go_on_and_keeping_it_is_possible(
    lin: Actor, market: Office, papers: list[Handed]
) -> None:
    number, application_id = granted(lin, market, papers)
    facade.question_promise(market.clerk, application_id, reasons="缴款凭证系伪造。", now=LATER)
    course = facade.own_course(lin, number, now=LATER)
    assert course.revocation is not None
    after = LATER + timedelta(days=8)  # 29 December; five working days end on the 28th.
    casework.carry_out(course.revocation.id, verb="propose", actor=market.clerk, now=after, reasons="凭证系伪造。")
    casework.carry_out(course.revocation.id, verb="keep", actor=market.approver, now=after, reasons="银行证实属实。")
    assert facade.own_prospects(lin, now=after) == []
    assert facade.own_application(lin, number, now=after).revoked_at is None


def test_the_database_refuses_a_grant_by_the_applicant(lin: Actor, market: Office, papers: list[Handed]) -> None:
    number = apply(lin, papers)
    with (
        access.acting_for(lin, channel=Channel.SELF, purpose="repair"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "update repair_application set granted_at = now(), closed_at = now(), mark_id = id where number = %s",
            [number],
        )


def test_row_security_alone_shows_an_application_to_its_subject_and_its_body_only(
    lin: Actor, market: Office, papers: list[Handed]
) -> None:
    apply(lin, papers)
    other = citizen("wang", "390202198506151023")
    elsewhere = Actor(key="account:x", roles=market.clerk.roles, body="SHOP", area="390100")
    ways = ((lin, Channel.SELF), (market.clerk, Channel.BODY), (other, Channel.SELF), (elsewhere, Channel.BODY))
    seen = []
    for actor, channel in (*ways, (lin, Channel.PUBLIC)):
        with access.acting_for(actor, channel=channel, purpose="repair"), connection.cursor() as cursor:
            cursor.execute("select (select count(*) from repair_application), (select count(*) from repair_paper)")
            seen.append(cursor.fetchone())
    assert seen == [(1, 2), (1, 2), (0, 0), (0, 0), (0, 0)]
