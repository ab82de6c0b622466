"""Deadlines that pass, figures everybody may read, and decisions nobody copies: for a service never seen before."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.utils import ProgrammingError
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.access.tests.cast import SETUP, open_body, open_staff
from chengxin.casework import facade, jobs, models, oversight
from chengxin.casework.contracts import Case
from chengxin.casework.escalation import supervisor_of
from chengxin.casework.figures import median
from chengxin.casework.procedures import BadProcedure, read_procedure
from chengxin.casework.tests.conftest import LI, NOON, PERSON, SUBJECT, WANG, as_, officer, open_one
from chengxin.casework.tests.test_pages import sign_in
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.notices import facade as notices

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def file_one(*, facts: dict | None = None, now=NOON) -> Case:
    given = {"breed": "poodle", "park": "north"} if facts is None else facts
    return open_one(procedure="dog_walk", opened_by=LI, facts=given, evidence=(), now=now)


def take(case: Case, verb: str, actor=WANG, *, now=NOON, **given: object) -> Case:
    with as_(actor):
        return facade.take(case.id, verb=verb, actor=actor, now=now, **given)


def refused(code: str, case: Case, verb: str, actor=WANG, **given: object) -> None:
    with pytest.raises(Refused) as caught:
        take(case, verb, actor, **given)
    assert caught.value.refusal.code == code


@pytest.fixture
def offices() -> None:
    """Open the body that handles, and two credit offices over it, the nearer of which supervises it."""
    open_body("3901-SC")
    bodies = [
        Body(
            code=code,
            name_zh=code,
            name_en=code,
            uscc="",
            area=area,
            level="city",
            fields_of_work=(),
            parent="",
            is_credit_office=True,
        )
        for code, area in (("39-XY", "39"), ("3901-XY", "3901"))
    ]
    access.open_bodies(bodies, actor=SETUP, now=NOON)


@pytest.mark.clause("R11")
def test_an_extension_moves_the_deadline_once() -> None:
    case = file_one()
    assert (case.due_on, case.due_key) == (date(2026, 3, 3), "withdrawal.internal")
    take(case, "ask_longer")
    longer = take(case, "lengthen", LI)
    assert (longer.due_on, longer.due_key) == (date(2026, 3, 5), "withdrawal.outer")
    other = file_one()
    take(other, "ask_longer")
    take(other, "not_longer")
    refused("CASE-ONCE", other, "ask_longer")


def test_a_verb_without_a_next_state_leaves_the_case_and_its_clock_where_they_are() -> None:
    case = file_one()
    after = take(case, "remark", PERSON, reasons="还有一张照片", evidence=("b" * 64,))
    assert (after.state, after.due_on, after.step_count) == ("filed", case.due_on, 2)


def test_reasons_copied_from_the_case_before_are_refused() -> None:
    first, second = file_one(), file_one()
    take(first, "grant", reasons="看过照片，犬只已拴绳。")
    refused("CASE-SAME-REASONS", second, "grant", reasons=" 看过照片,犬只已拴绳 ")
    with as_(WANG):
        assert facade.access_case(second.id, actor=WANG).step_count == 1
    assert take(second, "grant", reasons="证人说当时拴着。").state == "granted"


def test_the_page_says_how_the_last_day_was_counted() -> None:
    open_body("3901-SC")
    client, case = sign_in(open_staff("wang", Role.CASE_OFFICER, body="3901-SC")), file_one()
    with simulated(NOON):
        page = client.get(f"/dept/cases/{case.id}").content.decode()
    assert "自2026年3月2日的次日起1个工作日，最后一天是2026年3月3日" in page


@pytest.mark.clause("P4.3a")
def test_an_overdue_case_goes_once_before_its_supervisor_and_both_sides_are_told(offices: None) -> None:
    case = file_one()
    assert supervisor_of("3901-SC") == "3901-XY"
    assert supervisor_of("3901-XY") == "39-XY"
    assert jobs.turn_the_day(NOON + DAY, None)["escalated"] == 0
    late = NOON + 2 * DAY
    assert jobs.turn_the_day(late, None)["escalated"] == 1
    assert jobs.turn_the_day(late + DAY, None)["escalated"] == 0
    head = officer("head", body="3901-XY")
    assert [found.number for found in oversight.list_escalated(head, now=late)] == [case.number]
    with as_(head):
        assert [notice.text for notice in notices.list_for(head)] == ["case_overdue"]
        assert facade.access_case(case.id, actor=head).body == "3901-SC"
        assert facade.list_inbox(head) == []
    with as_(PERSON):
        assert [step.verb for step in facade.timeline(case.id, actor=PERSON)] == ["open", "escalate"]
        assert "case_overdue_for_you" in [notice.text for notice in notices.list_for(PERSON)]


@pytest.mark.clause("P4.3a")
def test_a_case_that_waits_for_its_subject_is_not_held_against_the_body(offices: None) -> None:
    case = open_one(facts={})
    asked = take(case, "ask", now=NOON + DAY)
    assert (asked.state, asked.due_on) == ("asked", date(2026, 3, 5))
    late = NOON + 9 * DAY
    assert jobs.turn_the_day(late, None)["escalated"] == 0
    with as_(PERSON):
        waiting = facade.access_case(case.id, actor=PERSON)
        assert [step.verb for step in facade.timeline(case.id, actor=PERSON)] == ["open", "ask"]
    assert (waiting.escalated_at, waiting.due_on) == (None, date(2026, 3, 13))
    take(case, "answer", PERSON, now=late)
    assert jobs.turn_the_day(late + 9 * DAY, None)["escalated"] == 1


@pytest.mark.clause("P6.1a")
def test_the_public_page_counts_each_office_with_its_denominators(offices: None) -> None:
    in_time, late, overturned = file_one(), file_one(), file_one(facts={"breed": "poodle", "park": "south"})
    file_one(now=NOON)
    take(in_time, "grant", reasons="一", now=NOON)
    take(late, "grant", reasons="二", now=NOON + 2 * DAY)
    take(overturned, "propose", now=NOON)
    take(overturned, "refuse", LI, reasons="没有证据", now=NOON)
    take(file_one(), "take_back", PERSON)
    review = open_one(procedure="dog_walk_review", facts={"reviewed_body": "3901-SC"}, evidence=())
    take(review, "change")
    jobs.turn_the_day(NOON + 3 * DAY, None)
    found = {one.procedure: one for one in oversight.list_service()}
    one = found["dog_walk"]
    assert (one.received, one.decided, one.on_time, one.overdue) == (5, 3, 2, 1)
    assert (one.reviewed, one.overturned, one.median_workdays) == (1, 1, Decimal(0))
    with simulated(NOON + 3 * DAY):
        page = Client().get("/service-performance").content.decode()
    for said in ("遛犬申诉", "2 / 3（66.7%）", "1 / 1（100.0%）", "1件超期"):
        assert said in page
    assert case_numbers(page) == []
    assert models.ServiceFigure.objects.filter(procedure="batch_approval").count() == 0


def case_numbers(page: str) -> list[str]:
    import re

    return re.findall(r"G[QF]2026\d{4}-\w{6}", page)


def test_a_median_weighs_each_duration_by_how_often_it_occurs() -> None:
    assert median([]) is None
    assert median([(1, 1)]) == 1
    assert median([(1, 3), (9, 2)]) == 1
    assert median([(1, 2), (4, 2)]) == Decimal("2.5")


def test_confirm_rates_and_results_of_like_cases_are_for_oversight_only(offices: None) -> None:
    for park, verb in (("north", "refuse"), ("north", "refuse"), ("south", "send_back")):
        case = file_one(facts={"breed": "poodle", "park": park})
        take(case, "propose")
        take(case, verb, LI, reasons=f"{park}{case.number}")
    jobs.turn_the_day(NOON, None)
    head, auditor = (
        officer("head", body="3901-XY"),
        officer("audit", body="3901-XY", roles=frozenset({Role.AUDIT_ADMIN})),
    )
    for reader in (head, auditor):
        (rate,) = oversight.list_officers(reader, now=NOON)
        assert (rate.actor_key, rate.confirmed, rate.sent_back) == (LI.key, 2, 1)
    (outcome,) = oversight.list_outcomes_for(head, "dog_walk", now=NOON)
    assert (outcome.alike, outcome.state, outcome.cases) == (("poodle", "north"), "refused", 2)
    for nobody in (WANG, PERSON, officer("clerk", roles=frozenset({Role.CLERK}))):
        with pytest.raises(Refused):
            oversight.list_officers(nobody, now=NOON)
        with as_(nobody):
            assert models.OfficerFigure.objects.count() == 0
    assert Client().get("/office/confirm-rates").status_code == 401
    assert models.OfficerFigure.objects.count() == 0


def test_nobody_but_the_platform_writes_a_figure(offices: None) -> None:
    file_one()
    jobs.turn_the_day(NOON, None)
    with access.acting_for(WANG, channel=Channel.OFFICE, purpose="oversight"):
        assert models.ServiceFigure.objects.update(overdue=0, received=99) == 0
        with pytest.raises(ProgrammingError, match="row-level security"):
            models.ServiceFigure.objects.create(
                id=SUBJECT,
                body="x",
                procedure="y",
                counted_at=NOON,
                since_on=NOON.date(),
                received=0,
                decided=0,
                on_time=0,
                overdue=0,
                reviewed=0,
                overturned=0,
            )


def test_a_case_is_handed_back_and_transferred_from_its_page(offices: None) -> None:
    client, case = sign_in(open_staff("wang", Role.CASE_OFFICER, body="3901-SC")), file_one()
    open_staff("xu", Role.CASE_OFFICER, body="3901-XY")
    take(case, "propose", LI)
    with simulated(NOON):
        page = client.post(f"/dept/cases/{case.id}/hands", {"hand": "hand_back", "why": ""})
        assert (page.status_code, "CASE-REASONS" in page.content.decode()) == (422, True)
        assert client.post(f"/dept/cases/{case.id}/hands", {"hand": "hand_back", "why": "再看看"}).status_code == 302
        client.post(f"/dept/cases/{case.id}/hands", {"hand": "transfer", "why": "由上级管辖", "body": "3901-XY"})
    with as_(WANG):
        moved = facade.access_case(case.id, actor=WANG)
    assert (moved.state, moved.body, moved.due_on) == ("filed", "3901-XY", case.due_on)


@pytest.mark.parametrize(
    ("line", "says"),
    [("once: [lost]", "lost"), ("never_after: [lost]", "lost"), ("colour: red", "colour")],
)
def test_a_clock_that_names_no_state_is_refused(line: str, says: str) -> None:
    from pathlib import Path

    text = (Path(__file__).parent / "procedures" / "dog_walk.yaml").read_text(encoding="utf-8")
    with pytest.raises(BadProcedure, match=says):
        read_procedure(text.replace("once: [longer]", line))


def test_a_colleague_releases_what_another_abandoned_and_the_inbox_shows_it_again() -> None:
    case = file_one()
    with as_(LI):
        facade.assign(case.id, to=LI.key, actor=LI, now=NOON)
    with as_(WANG):
        assert case.number not in [found.number for found in facade.list_inbox(WANG)]
        facade.release(case.id, actor=WANG, now=NOON + DAY, note="李请假")
        assert case.number in [found.number for found in facade.list_inbox(WANG)]
