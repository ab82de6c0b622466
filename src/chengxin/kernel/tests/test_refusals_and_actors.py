"""A refusal helps and tells nothing more in the log; an actor has the roles it was given and no other."""

from dataclasses import FrozenInstanceError, fields
from datetime import date

import pytest

from chengxin.kernel.actor import ANYONE, Actor, Role, platform
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.kernel.subject_kind import OPERATORS, SubjectKind

REFUSAL = Refusal(
    code="UNDER_18",
    what="不能收集。",
    why="该人未满{years}周岁。",
    next_step="请将此行删除。",
    basis=("YCL/59",),
    retry_on=date(2026, 11, 25),
    field="id_no",
    values={"years": "18"},
)


def test_a_refusal_reads_what_why_what_to_do_and_code() -> None:
    assert REFUSAL.text() == "不能收集。该人未满18周岁。请将此行删除。（UNDER_18）"
    assert Refusal(code="UNDER_18", what="不能收集。").text() == "不能收集。（UNDER_18）"


def test_a_refusal_fills_its_values_into_a_translation() -> None:
    assert REFUSAL.filled("Under {years}, not {name}.") == "Under 18, not {name}."


def test_a_raised_refusal_names_nobody_in_the_log() -> None:
    with pytest.raises(Refused) as caught:
        refuse_if(REFUSAL)
    assert str(caught.value) == "UNDER_18: 不能收集。"
    assert caught.value.refusal is REFUSAL


def test_no_refusal_is_no_error() -> None:
    refuse_if(None)


def test_two_refusals_share_no_values() -> None:
    assert Refusal(code="A", what="").values is not Refusal(code="B", what="").values


@pytest.mark.parametrize("value", [REFUSAL, ANYONE])
def test_what_was_said_and_who_acts_cannot_be_changed_afterwards(value: Refusal | Actor) -> None:
    for field in fields(value):
        with pytest.raises(FrozenInstanceError):
            setattr(value, field.name, getattr(value, field.name))


def test_an_actor_has_its_own_roles_only() -> None:
    clerk = Actor(key="a-1", roles=frozenset({Role.CLERK}))
    assert [role for role in Role if clerk.has(role)] == [Role.CLERK]
    assert clerk.subject_id is None
    assert (clerk.body, clerk.area) == ("", "")


def test_the_public_and_the_platform_hold_no_role_of_a_person_who_decides() -> None:
    assert ANYONE.roles == {Role.PUBLIC}
    assert platform("clocks").roles == {Role.PLATFORM}
    assert platform("clocks").key == "platform:clocks"
    assert (platform("clocks").body, platform("clocks").subject_id) == ("", None)


def test_a_natural_person_is_no_operator() -> None:
    assert set(SubjectKind) - OPERATORS == {SubjectKind.NATURAL_PERSON}
    assert {kind.value for kind in OPERATORS} == {"legal_person", "uninc_org", "sole_trader"}
