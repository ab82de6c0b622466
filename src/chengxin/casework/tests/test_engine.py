"""The engine, run through a procedure nobody has heard of."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from chengxin.access.contracts import ProofNeeded
from chengxin.casework import actions, facade, models, queries
from chengxin.casework.contracts import Ref
from chengxin.casework.tests import effects
from chengxin.casework.tests.conftest import LI, NOON, PAPER, PERSON, STRANGER, SUBJECT, WANG, as_, officer, open_one
from chengxin.kernel.actor import Role, platform
from chengxin.kernel.refusal import Refused
from chengxin.notices import facade as notices

pytestmark = pytest.mark.django_db


def refused(code: str, **given: object) -> None:
    with pytest.raises(Refused) as caught:
        facade.take(**given)
    assert caught.value.refusal.code == code


@pytest.mark.clause("R11")
def test_a_procedure_never_seen_before_runs_from_opening_to_inbox_to_its_end_with_no_code() -> None:
    case = open_one()
    assert case.number.startswith("SW20260302-")
    with as_(WANG):
        assert [found.number for found in facade.list_inbox(WANG)] == [case.number]
        facade.open_evidence(case.id, digest=PAPER, actor=WANG, now=NOON)
        closed = facade.take(case.id, verb="give_back", actor=WANG, now=NOON)
        assert facade.list_inbox(WANG) == []
        steps = facade.timeline(case.id, actor=WANG)
    assert (closed.state, closed.is_closed, closed.due_on) == ("returned", True, None)
    assert [(step.place, step.verb, step.from_state, step.to_state) for step in steps] == [
        (1, "open", "", "reported"),
        (2, "give_back", "reported", "returned"),
    ]
    assert [taken.case.number for taken in effects.SEEN] == [case.number]
    with as_(PERSON):
        assert [notice.reference for notice in notices.list_for(PERSON)] == [case.number]


def test_whoever_opened_a_case_may_not_decide_it_where_four_eyes_are_asked() -> None:
    case = open_one()
    with as_(LI):
        refused("A-FOUR-EYES", case_id=case.id, verb="give_back", actor=LI, now=NOON)
        assert facade.access_case(case.id, actor=LI).state == "reported"
        assert len(facade.timeline(case.id, actor=LI)) == 1
        assert effects.SEEN == []


def test_a_paper_nobody_opened_stops_the_decision_that_needs_it() -> None:
    case = open_one()
    with as_(WANG):
        refused("CASE-UNOPENED", case_id=case.id, verb="give_back", actor=WANG, now=NOON)
        refusal = facade.why_not_take(case.id, verb="give_back", actor=WANG)
        assert refusal is not None
        assert refusal.values == {"count": "1"}


def test_a_refused_effect_undoes_the_step() -> None:
    case = open_one(facts={"fails": True})
    with as_(WANG):
        facade.open_evidence(case.id, digest=PAPER, actor=WANG, now=NOON)
        refused("TEST-FAILS", case_id=case.id, verb="give_back", actor=WANG, now=NOON)
    with as_(WANG):
        assert facade.access_case(case.id, actor=WANG).step_count == 1
        assert facade.access_case(case.id, actor=WANG).state == "reported"


def test_a_case_that_rests_is_beside_the_inbox_of_its_body_and_can_still_be_moved() -> None:
    case = open_one(procedure="found_property")
    with as_(WANG):
        facade.take(case.id, verb="keep", actor=WANG, now=NOON)
        assert (facade.list_inbox(WANG), queries.count_inbox(WANG)) == ([], 0)
        assert [found.number for found in queries.list_resting(WANG)] == [case.number]
        assert queries.count_resting(WANG) == 1
    with as_(STRANGER):
        assert (queries.list_resting(STRANGER), queries.count_resting(STRANGER)) == ([], 0)
    with as_(WANG):
        facade.take(case.id, verb="give_back", actor=WANG, now=NOON)
        assert queries.list_resting(WANG) == []


def test_the_inbox_is_sorted_by_the_nearest_legal_deadline() -> None:
    late = open_one(now=NOON + timedelta(days=2))
    early = open_one()
    urgent = open_one(facts={"is_valuable": True, "found_on": "2026-03-02"})
    with as_(WANG):
        inbox = facade.list_inbox(WANG)
    assert [case.number for case in inbox] == [urgent.number, early.number, late.number]
    assert [case.due_on for case in inbox] == [date(2026, 3, 3), date(2026, 3, 5), date(2026, 3, 9)]
    assert [case.due_key for case in inbox] == ["withdrawal.internal", "withdrawal.outer", "withdrawal.outer"]


def test_working_days_spent_waiting_do_not_count() -> None:
    case = open_one()
    with as_(WANG):
        facade.take(case.id, verb="ask", actor=WANG, now=NOON + timedelta(days=1))
        back = facade.take(case.id, verb="answer", actor=WANG, now=NOON + timedelta(days=3))
    assert (case.due_on, back.due_on) == (date(2026, 3, 5), date(2026, 3, 9))


def test_a_body_sees_only_its_cases_and_a_subject_those_about_itself() -> None:
    case = open_one()
    with as_(STRANGER):
        assert models.Case.objects.count() == 0
        assert models.Step.objects.count() == 0
        assert facade.list_inbox(STRANGER) == []
        refused("ABSENT", case_id=case.id, verb="ask", actor=STRANGER, now=NOON)
    with as_(PERSON):
        assert [found.number for found in facade.list_cases_about(SUBJECT)] == [case.number]
        assert [step.verb for step in facade.timeline(case.id, actor=PERSON)] == ["open"]
    assert models.Case.objects.count() == 0, "without a context nobody sees a case"


def test_colleagues_notes_are_not_shown_to_the_subject() -> None:
    case = open_one()
    with as_(WANG):
        facade.take(case.id, verb="ask", actor=WANG, now=NOON, reasons="请说明", note="电话没人接")
        assert facade.timeline(case.id, actor=WANG)[1].note == "电话没人接"
    with as_(PERSON):
        step = facade.timeline(case.id, actor=PERSON)[1]
        assert (step.reasons, step.note) == ("请说明", "")


def test_steps_can_be_added_and_never_changed() -> None:
    case = open_one()
    with as_(WANG), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        models.Step.objects.filter(case_id=case.id).update(reasons="别的")
    with as_(WANG), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        models.Step.objects.filter(case_id=case.id).delete()


def test_nobody_writes_a_step_in_another_name() -> None:
    case = open_one()
    with as_(WANG):
        row = models.Case.objects.get(id=case.id)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            actions.add_step(row, verb="ask", actor=LI, at=NOON, from_state="reported")


def test_redline_11_an_adverse_verb_needs_another_named_person_and_reasons() -> None:
    case = open_one()
    with as_(WANG):
        facade.take(case.id, verb="propose_refusal", actor=WANG, now=NOON)
        refused("A-FOUR-EYES", case_id=case.id, verb="refuse", actor=WANG, now=NOON, reasons="没有凭证")
    with as_(LI):
        refused("CASE-REASONS", case_id=case.id, verb="refuse", actor=LI, now=NOON, reasons="  ")
    machine = officer("x", roles=frozenset({Role.CASE_OFFICER, Role.PLATFORM}))
    with as_(machine):
        refused("CASE-NO-PERSON", case_id=case.id, verb="refuse", actor=machine, now=NOON, reasons="没有凭证")
    with as_(LI):
        assert facade.access_case(case.id, actor=LI).state == "proposed"
        done = facade.take(case.id, verb="refuse", actor=LI, now=NOON, reasons="没有凭证")
    assert done.state == "refused"


def test_an_adverse_verb_asks_for_a_fresh_proof_and_leaves_nothing_behind() -> None:
    case = open_one()
    with as_(WANG):
        facade.take(case.id, verb="propose_refusal", actor=WANG, now=NOON)
    tired = replace(LI, owes_proof=True)
    with as_(tired), pytest.raises(ProofNeeded), transaction.atomic():
        facade.take(case.id, verb="refuse", actor=tired, now=NOON, reasons="没有凭证")
    with pytest.raises(ProofNeeded):
        facade.carry_out(case.id, verb="refuse", actor=tired, now=NOON, reasons="没有凭证")
    with as_(LI):
        assert (facade.access_case(case.id, actor=LI).state, facade.find_attempt(case.id)) == ("proposed", None)


@pytest.mark.parametrize(
    ("changed", "is_refused"),
    [
        ({}, False),
        ({"proposed_by": "account:wang"}, True),
        ({"proposed_by": ""}, True),
        ({"reasons": " "}, True),
        ({"is_by_person": False}, True),
        ({"actor_key": "account:li", "is_adverse": False, "reasons": "", "proposed_by": ""}, True),
    ],
)
def test_redline_11_the_database_itself_refuses_an_adverse_step(changed: dict, is_refused: bool) -> None:
    """The row security of names comes first for another's key; every other case meets the CHECK."""
    case = open_one()
    step = {
        "verb": "refuse",
        "actor_key": "account:wang",
        "actor_body": "3901-SC",
        "from_state": "proposed",
        "to_state": "refused",
        "reasons": "没有凭证",
        "evidence": [],
        "note": "",
        "is_adverse": True,
        "is_by_person": True,
        "proposed_by": "account:li",
    } | changed
    with as_(WANG):
        write = lambda: models.Step.objects.create(id=case.id, case_id=case.id, place=9, at=NOON, **step)  # noqa: E731
        if not is_refused:
            write()
            return
        refusals = r"adverse_by_another_person|row-level security"
        with pytest.raises((IntegrityError, ProgrammingError), match=refusals), transaction.atomic():
            write()
        assert models.Step.objects.filter(case_id=case.id).count() == 1


def test_redline_11_the_platform_cannot_write_an_adverse_step() -> None:
    keeper = platform("clocks")
    case = open_one()
    with as_(keeper):
        row = models.Case.objects.get(id=case.id)
        with pytest.raises(IntegrityError, match="adverse_by_another_person"), transaction.atomic():
            actions.add_step(row, verb="refuse", actor=keeper, at=NOON, from_state="", reasons="规则", is_adverse=True)


def test_a_case_in_hand_is_moved_only_by_whoever_has_it_until_it_is_released() -> None:
    case = open_one()
    with as_(WANG):
        facade.assign(case.id, to=WANG.key, actor=WANG, now=NOON)
    with as_(LI):
        assert facade.list_inbox(LI) == []
        refused("CASE-IN-OTHER-HANDS", case_id=case.id, verb="ask", actor=LI, now=NOON)
        facade.release(case.id, actor=LI, now=NOON, note="请假")
        assert facade.take(case.id, verb="ask", actor=LI, now=NOON).state == "asked"


def test_a_transferred_case_is_handled_by_the_other_body_and_seen_by_both() -> None:
    from chengxin.access.tests.cast import open_body, open_staff

    open_body("3902-XX", area="3902")
    case = open_one()
    with as_(WANG), pytest.raises(Refused) as caught:
        facade.transfer(case.id, body="3902-XX", actor=WANG, reasons="由贵单位管辖", now=NOON)
    assert caught.value.refusal.code == "CASE-NO-HANDS"
    open_staff("xu", Role.CASE_OFFICER, body="3902-XX")
    with as_(WANG):
        moved = facade.transfer(case.id, body="3902-XX", actor=WANG, reasons="由贵单位管辖", now=NOON)
        assert (moved.body, moved.due_on) == ("3902-XX", case.due_on)
        refused("A-NO-RIGHT", case_id=case.id, verb="ask", actor=WANG, now=NOON)
        assert facade.access_case(case.id, actor=WANG).number == case.number
    with as_(STRANGER):
        assert [found.number for found in facade.list_inbox(STRANGER)] == [case.number]


def test_a_step_is_handed_back_unless_it_had_an_effect() -> None:
    case = open_one()
    with as_(WANG):
        with pytest.raises(Refused) as caught:
            facade.hand_back(case.id, actor=WANG, reasons="误点", now=NOON)
        assert caught.value.refusal.code == "CASE-NO-STEP-BACK"
        facade.take(case.id, verb="ask", actor=WANG, now=NOON)
        assert facade.hand_back(case.id, actor=WANG, reasons="误点", now=NOON).state == "reported"
        assert [step.verb for step in facade.timeline(case.id, actor=WANG)] == ["open", "ask", "hand_back"]


def test_an_open_case_is_found_by_what_it_is_about() -> None:
    case = open_one(ref=Ref(kind="umbrella", id="77"))
    with as_(LI):
        found = facade.find_open_case("lost_property", ref_id="77")
        assert found is not None
        assert found.number == case.number
        assert facade.find_open_case("lost_property", ref_id="78") is None
        assert queries.count_inbox(WANG) == 1
