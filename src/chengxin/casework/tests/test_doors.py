"""A verb goes through the channel its procedure declares, and a case says what was begun and did not end."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from django.db import connection

from chengxin.casework import facade, models
from chengxin.casework.actions import lock_case
from chengxin.casework.contracts import Case, Ref
from chengxin.casework.procedures import BadProcedure, read_procedure
from chengxin.casework.tests import effects
from chengxin.casework.tests.conftest import LI, NOON, STRANGER, WANG, as_, open_one
from chengxin.database.contracts import Channel
from chengxin.database.facade import present_context
from chengxin.kernel.refusal import Refused

TEXT = (Path(__file__).parent / "procedures" / "lost_property.yaml").read_text(encoding="utf-8")


def attempt_of(case: Case) -> tuple[str, bool] | None:
    with as_(WANG):
        found = facade.find_attempt(case.id)
    return (found.verb, found.is_running) if found else None


def test_a_procedure_acts_through_its_channel_and_through_that_of_bodies_when_it_names_none() -> None:
    assert read_procedure(TEXT).channel is Channel.BODY
    assert read_procedure(TEXT.replace("purpose:", "channel: intake\npurpose:")).channel is Channel.INTAKE
    with pytest.raises(BadProcedure, match="telephone"):
        read_procedure(TEXT.replace("purpose:", "channel: telephone\npurpose:"))


@pytest.mark.django_db
@pytest.mark.parametrize(("procedure", "expected"), [("lost_property", "body"), ("found_property", "intake")])
def test_an_effect_runs_in_the_channel_of_its_procedure(procedure: str, expected: str) -> None:
    case = open_one(procedure=procedure, evidence=())
    facade.carry_out(case.id, verb="give_back", actor=WANG, now=NOON)
    assert [context.channel for context in effects.CONTEXTS] == [expected]
    assert [context.purpose for context in effects.CONTEXTS] == ["case_handling"]
    assert present_context() is None


@pytest.mark.django_db
def test_a_verb_that_ended_or_was_refused_leaves_no_attempt() -> None:
    done, refused = open_one(evidence=()), open_one(evidence=(), facts={"fails": True})
    facade.carry_out(done.id, verb="give_back", actor=WANG, now=NOON)
    with pytest.raises(Refused, match="TEST-FAILS"):
        facade.carry_out(refused.id, verb="give_back", actor=WANG, now=NOON)
    assert (attempt_of(done), attempt_of(refused)) == (None, None)
    with as_(WANG):
        assert facade.access_case(refused.id, actor=WANG).state == "reported"


@pytest.mark.django_db
def test_a_refusal_that_comes_first_begins_nothing() -> None:
    case = open_one(evidence=())
    with pytest.raises(Refused, match="A-FOUR-EYES"):
        facade.carry_out(case.id, verb="give_back", actor=LI, now=NOON)
    assert attempt_of(case) is None


@pytest.mark.django_db(transaction=True)
def test_a_verb_that_broke_off_is_told_from_one_that_runs() -> None:
    case = open_one(evidence=(), facts={"breaks": True})
    with pytest.raises(RuntimeError):
        facade.carry_out(case.id, verb="give_back", actor=WANG, now=NOON)
    assert attempt_of(case) == ("give_back", False)
    is_held, is_seen = Event(), Event()

    def hold() -> None:
        with as_(WANG):
            lock_case(case.id, actor=WANG)
            is_held.set()
            is_seen.wait(60)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert is_held.wait(60)
        seen = attempt_of(case)
        is_seen.set()
        holding.result()
    assert seen == ("give_back", True)
    assert attempt_of(case) == ("give_back", False)


@pytest.mark.django_db
def test_nobody_notes_an_attempt_in_the_case_of_another_body() -> None:
    case = open_one(ref=Ref(kind="umbrella", id="9"), evidence=())
    with pytest.raises(Refused, match="ABSENT"):
        facade.carry_out(case.id, verb="give_back", actor=STRANGER, now=NOON)
    with as_(STRANGER):
        assert models.Case.objects.filter(id=case.id).update(attempted_verb="give_back") == 0
        assert facade.find_attempt(case.id) is None
