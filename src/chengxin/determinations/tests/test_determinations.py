"""From facts to a record: no step can be passed over, and what is undone leaves everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.archives.tests.conftest import citizen
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.determinations import facade
from chengxin.determinations.tests.conftest import (
    DRAFTED,
    FINAL,
    FIRM,
    HEARD,
    PERSON,
    SERVED,
    TOLD,
    draft,
    served,
    take,
    until_entered,
    until_proposed,
    until_served,
)
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.notices.models import Notice
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Way
from chengxin.records.contracts import MarkKind, Provenance


def refusal_of(caught: pytest.ExceptionInfo[Refused]) -> tuple[str, str]:
    return caught.value.refusal.code, caught.value.refusal.field


@pytest.mark.clause("P5.2a")
def test_notice_cannot_be_passed_over(lin: Actor, market: Office) -> None:
    found = draft(market)
    for verb in ("propose", "decide", "serve", "enter"):
        actor = market.approver if verb == "decide" else market.clerk
        with pytest.raises(Refused) as caught:
            casework.carry_out(found.case_id, verb=verb, actor=actor, now=HEARD, reasons="跳过", evidence=("a" * 32,))
        assert refusal_of(caught)[0] == "CASE-STATE", verb
    with pytest.raises(Refused) as caught:
        casework.carry_out(found.case_id, verb="serve_notice", actor=market.clerk, now=TOLD, evidence=("a" * 32,))
    assert refusal_of(caught)[0] == "DET-SERVE-THERE"
    assert facade.list_own(lin, now=HEARD) == []


@pytest.mark.clause("P5.2a")
def test_the_database_itself_wants_a_served_notice_and_another_person(lin: Actor, market: Office) -> None:
    found = draft(market)
    for columns in ("decided_on = '2026-12-03', decided_by = 'account:head'", "noticed_on = '2026-11-25'"):
        with (
            access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="determination"),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"update determinations_determination set {columns} where id = %s", [found.id])


@pytest.mark.clause("P5.2a")
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"proof": None}, ("DET-NO-PROOF", "proof")),
        ({"served_on": None}, ("DET-SERVED-DAY", "served_on")),
        ({"served_on": date(2026, 11, 23)}, ("DET-SERVED-DAY", "served_on")),
        ({"served_on": date(2026, 11, 26)}, ("DET-SERVED-DAY", "served_on")),
    ],
)
def test_a_service_wants_a_day_that_can_be_and_its_proof(
    lin: Actor, market: Office, slip: Path, changed: dict[str, object], expected: tuple[str, str]
) -> None:
    found = draft(market)
    with pytest.raises(Refused) as caught:
        facade.serve_notice(market.clerk, found.id, replace(served(TOLD, slip), **changed), now=TOLD)  # type: ignore[arg-type]
    assert refusal_of(caught) == expected
    course = facade.open_of_body(market.clerk, found.id, now=TOLD)
    assert (course.case.state, course.found.noticed_on) == ("drafted", None)


@pytest.mark.clause("P5.2a")
def test_the_served_day_starts_the_clock_and_nothing_is_proposed_before_its_end(
    lin: Actor, market: Office, slip: Path
) -> None:
    found = draft(market)
    facade.serve_notice(market.clerk, found.id, served(TOLD, slip), now=TOLD)
    course = facade.open_own(lin, found.number, now=TOLD)
    assert course.statement_by == course.case.due_on == date(2026, 12, 2)
    with pytest.raises(Refused) as caught:
        take(found, "propose", market.clerk, HEARD - timedelta(days=1))
    assert refusal_of(caught)[0] == "DET-NOT-HEARD"
    take(found, "propose", market.clerk, HEARD)
    assert facade.open_own(lin, found.number, now=HEARD).case.state == "proposed"


@pytest.mark.clause("P5.2a")
def test_a_statement_is_heard_and_may_end_the_matter(lin: Actor, market: Office, slip: Path) -> None:
    found = draft(market)
    facade.serve_notice(market.clerk, found.id, served(TOLD, slip), now=TOLD)
    facade.answer(lin, found.number, text="证书是真的，附学信网核验。", now=TOLD)
    course = facade.open_of_body(market.clerk, found.id, now=TOLD)
    assert (course.case.state, course.steps[-1].reasons) == ("stated", "证书是真的，附学信网核验。")
    take(found, "drop", market.approver, TOLD, "申辩成立。")
    assert facade.open_own(lin, found.number, now=TOLD).case.state == "dropped"
    assert len(archives.own_archive(lin, now=TOLD).lines) == 1


@pytest.mark.clause("P5.2a")
def test_redline_11_the_decision_is_signed_by_another_than_the_drafter_after_opening_the_proof(
    lin: Actor, market: Office, slip: Path
) -> None:
    found = until_proposed(market, slip)
    both = replace(market.clerk, roles=market.clerk.roles | market.approver.roles)
    for actor, code in ((market.clerk, "A-NO-RIGHT"), (both, "A-FOUR-EYES"), (market.approver, "CASE-UNOPENED")):
        with pytest.raises(Refused) as caught:
            take(found, "decide", actor, HEARD)
        assert refusal_of(caught)[0] == code
    facade.open_paper(market.approver, found.id, "notice", now=HEARD)
    with pytest.raises(Refused) as caught:
        take(found, "decide", market.approver, HEARD, " ")
    assert refusal_of(caught)[0] == "CASE-REASONS"
    take(found, "decide", market.approver, HEARD)
    course = facade.open_of_body(market.clerk, found.id, now=HEARD)
    assert (course.found.decided_on, course.case.due_on) == (date(2026, 12, 3), date(2026, 12, 14))


@pytest.mark.clause("P5.2a")
def test_remedies_count_from_service_and_no_record_stands_before_their_end(
    lin: Actor, market: Office, slip: Path
) -> None:
    found = until_served(market, slip)
    remedies = facade.open_own(lin, found.number, now=SERVED).remedies
    assert remedies is not None
    assert (remedies.reconsideration_by, remedies.litigation_by) == (date(2027, 2, 2), date(2027, 6, 4))
    assert len(archives.own_archive(lin, now=SERVED).lines) == 1
    with pytest.raises(Refused) as caught:
        take(found, "enter", market.clerk, FINAL - timedelta(days=3))
    assert refusal_of(caught)[0] == "DET-CONTESTABLE"


@pytest.mark.clause("P5.2a")
def test_a_final_decision_becomes_a_determined_record_with_its_days(lin: Actor, market: Office, slip: Path) -> None:
    found = until_entered(market, slip)
    assert found.record_id is not None
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="determination"):
        record = records.find_by_id(found.subject_id, found.record_id)
    assert record is not None
    assert (record.provenance, record.determined_on, record.notified_on, record.severity) == (
        Provenance.DETERMINED,
        date(2026, 12, 3),
        date(2026, 12, 4),
        "general",
    )
    assert record.content == {}  # A person's record is sealed as a whole.
    titles = [line.title for line in archives.own_archive(lin, now=FINAL).lines]
    assert "提供虚假学历材料" in titles
    with access.acting_for(lin, channel=Channel.SELF, purpose="determination"):
        told = set(Notice.objects.filter(reference=found.number).values_list("text_code", flat=True))
    assert told == {"determination_told", "determination_served", "determination_entered"}


@pytest.mark.clause("P5.2a")
def test_an_undone_decision_leaves_every_outlet_within_three_working_days(
    lin: Actor, market: Office, slip: Path
) -> None:
    found = until_entered(market, slip, FIRM)
    assert found.record_id is not None
    page = "91390100MA0000015M"
    with simulated(FINAL):
        shown = archives.find_public_subject(page, actor=lin, now=FINAL)
    assert shown is not None
    assert "提供虚假学历材料" in [line.title for line in shown.lines]
    undone = FINAL + timedelta(days=1)
    facade.report_undone(market.clerk, found.id, document_no="云府复〔2027〕9号", undone_on=undone.date(), now=undone)
    course = facade.open_of_body(market.clerk, found.id, now=undone)
    assert course.undo is not None
    # 9 June 2027 is the Dragon Boat festival.
    assert (course.undo.due_key, course.undo.due_on) == ("withdrawal.outer", date(2027, 6, 14))
    for actor, code in ((market.clerk, "A-NO-RIGHT"), (replace(market.approver, key=market.clerk.key), "A-FOUR-EYES")):
        with pytest.raises(Refused) as caught:
            casework.carry_out(course.undo.id, verb="withdraw", actor=actor, now=undone, reasons="复议撤销。")
        assert refusal_of(caught)[0] == code
    casework.carry_out(course.undo.id, verb="withdraw", actor=market.approver, now=undone, reasons="复议撤销。")
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="determination"):
        record = records.find_by_id(found.subject_id, found.record_id)
    assert record is not None
    assert [mark.kind for mark in record.marks] == [MarkKind.WITHDRAWN]
    assert {way for way in Way if records.usable(record, channel=way, at=undone)} == {Way.SELF, Way.BODY}
    with simulated(undone):
        shown = archives.find_public_subject(page, actor=lin, now=undone)
    assert shown is not None
    assert "提供虚假学历材料" not in [line.title for line in shown.lines]


def test_its_subject_sees_nothing_before_the_notice_and_another_never(lin: Actor, market: Office, slip: Path) -> None:
    found = draft(market)
    with pytest.raises(Refused) as caught:
        facade.open_own(lin, found.number, now=DRAFTED)
    assert refusal_of(caught)[0] == "ABSENT"
    facade.serve_notice(market.clerk, found.id, served(TOLD, slip), now=TOLD)
    assert facade.open_own(lin, found.number, now=TOLD).found.cells["decision_facts"] == PERSON["decision_facts"]
    other = citizen("wang", "390202198506151023")
    stranger = replace(market.clerk, key="account:x", body="OTHER")
    for attempt in (
        lambda: facade.open_own(other, found.number, now=TOLD),
        lambda: facade.answer(other, found.number, text="不是我。", now=TOLD),
        lambda: facade.open_of_body(stranger, found.id, now=TOLD),
        lambda: facade.serve_notice(stranger, found.id, served(TOLD, slip), now=TOLD),
        lambda: facade.open_paper(stranger, found.id, "notice", now=TOLD),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert refusal_of(caught)[0] == "ABSENT"


def test_a_draft_that_acceptance_would_question_is_refused_with_its_field(lin: Actor, market: Office) -> None:
    for field, value in (("id_no", "390101199001010018"), ("decision_no", "")):
        with pytest.raises(Refused) as caught:
            draft(market, {**PERSON, field: value})
        assert refusal_of(caught)[1] == field
    with pytest.raises(Refused) as caught:
        facade.draft(market.clerk, "serious_list.market", cells=PERSON, now=DRAFTED)
    assert refusal_of(caught)[0] == "ABSENT"


@pytest.mark.clause("P3.3b")
def test_arrears_are_determined_only_after_reminder_window_floor_and_never_in_hardship(
    lin: Actor, market: Office
) -> None:
    whole = {
        **{name: PERSON[name] for name in ("subject_name", "subject_kind", "id_type", "id_no")},
        "account_no": "S-1",
        "service": "电费",
        "bill_period": "2026-08",
        "amount": "600",
        "due_on": "2026-09-01",
        "notified_on": "2026-09-09",
        "dispute_ended_on": "2026-10-10",
        "undisputed": "是",
        "hardship_excluded": "是",
    }
    for changed, code in (
        ({"hardship_excluded": "否"}, "ARREARS-HARDSHIP"),
        ({"undisputed": "否"}, "ARREARS-DISPUTED"),
        ({"amount": "499.99"}, "ARREARS-FLOOR"),
        ({"notified_on": ""}, "ARREARS-NOT-TOLD"),
        ({"notified_on": "2026-11-20"}, "ARREARS-WINDOW"),
    ):
        with pytest.raises(Refused) as caught:
            draft(market, whole | changed, item="utility_arrears")
        assert refusal_of(caught)[0] == code
    assert draft(market, whole, item="utility_arrears").item_code == "utility_arrears"


def test_row_security_alone_shows_a_determination_to_its_body_and_once_told_to_its_subject(
    lin: Actor, market: Office, slip: Path
) -> None:
    other = citizen("wang", "390202198506151023")
    elsewhere = replace(market.clerk, key="account:x", body="OTHER")
    ways = ((market.clerk, Channel.BODY), (lin, Channel.SELF), (other, Channel.SELF), (elsewhere, Channel.BODY))

    def seen() -> list[int]:
        counts = []
        for actor, channel in ways:
            with access.acting_for(actor, channel=channel, purpose="determination"), connection.cursor() as cursor:
                cursor.execute("select count(*) from determinations_determination")
                counts.append(cursor.fetchone()[0])
        return counts

    found = draft(market)
    assert seen() == [1, 0, 0, 0]
    facade.serve_notice(market.clerk, found.id, served(TOLD, slip), now=TOLD)
    assert seen() == [1, 1, 0, 0]
