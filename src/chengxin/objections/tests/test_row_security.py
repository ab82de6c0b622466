"""The database itself keeps each to its own: without pages and rules, by SQL alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework import jobs as cases
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id
from chengxin.objections import facade, models
from chengxin.objections.tests.conftest import decide, object_to, record_of
from chengxin.records import facade as records
from chengxin.records.models import Mark, Publication, RecordVersion


def mark_as(actor: Actor, subject_id: object, record_id: object, **changed: object) -> None:
    row = {"kind": "objection", "set_at": NOW, "reason": "试", "reference": "T", "actor_key": actor.key, "body": ""}
    Mark.objects.create(id=new_id(NOW), subject_id=subject_id, record_id=record_id, **(row | changed))


def test_a_subject_marks_only_its_own_record_and_only_as_objected_to(lin: Actor, boss: Actor) -> None:
    mine, theirs = record_of(lin), record_of(boss)
    tries = [
        (theirs, {}),
        (mine, {"subject_id": lin.subject_id, "record_id": theirs.record_id}),
        (mine, {"kind": "repaired"}),
        (mine, {"kind": "withdrawn"}),
        (mine, {"actor_key": "account:other"}),
    ]
    for record, changed in tries:
        given = {"subject_id": record.subject_id, "record_id": record.record_id} | changed
        with (
            access.acting_for(lin, channel=Channel.SELF, purpose="objection"),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            mark_as(lin, **given)
    assert (record_of(lin).marks, record_of(boss).marks) == ((), ())
    with access.acting_for(lin, channel=Channel.SELF, purpose="objection"):
        mark_as(lin, mine.subject_id, mine.record_id)
    assert len(record_of(lin).marks) == 1


def test_a_mark_is_lifted_by_who_objected_or_handles_the_case_and_by_nobody_else(
    lin: Actor, boss: Actor, market: Office, office: tuple[Actor, Actor]
) -> None:
    case, other = object_to(lin), object_to(boss)
    for actor, channel, number in (
        (boss, Channel.SELF, ""),
        (market.approver, Channel.BODY, ""),
        (market.approver, Channel.BODY, other.number),
        (office[0], Channel.OFFICE, case.number),
    ):
        with access.acting_for(actor, channel=channel, purpose="objection", case_ref=number):
            assert Mark.objects.filter(reference=case.number).update(lifted_at=NOW) == 0, (actor.key, number)
    assert len(record_of(lin).marks) == 1
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="objection", case_ref=case.number):
        assert Mark.objects.filter(reference=case.number).update(lifted_at=NOW) == 1


def test_the_credit_office_reads_the_record_of_the_case_it_names_and_no_other(
    lin: Actor, boss: Actor, market: Office, office: tuple[Actor, Actor]
) -> None:
    case = object_to(boss)
    decide(case, "maintain", market.clerk, market.approver)
    review = facade.ask_review(boss, case.id, words="再看看", now=NOW)
    reviewer = office[0]
    for number in ("", case.number, "FH20261123-ZZZZZZ"):
        with access.acting_for(reviewer, channel=Channel.BODY, purpose="objection", case_ref=number):
            assert RecordVersion.objects.count() == 0, number
            assert models.Objection.objects.count() == 0, number
    with access.acting_for(reviewer, channel=Channel.BODY, purpose="objection", case_ref=review.number):
        assert [row.record_id for row in RecordVersion.objects.all()] == [record_of_id(review)]
        assert models.Objection.objects.count() == 2
        assert records.find_by_id(lin.subject_id, record_of_id(review)) is None
        with pytest.raises(ProgrammingError, match="source body"), transaction.atomic():
            Publication.objects.filter(record_id=record_of_id(review)).update(ended_because="nothing")


def test_who_supervises_an_overdue_case_sees_the_case_and_not_the_record(
    lin: Actor, office: tuple[Actor, Actor]
) -> None:
    case, late = object_to(lin), NOW + timedelta(days=10)
    assert cases.turn_the_day(late, None)["escalated"] == 1
    with access.acting_for(office[0], channel=Channel.BODY, purpose="objection", case_ref=case.number):
        assert casework.access_case(case.id, actor=office[0]).number == case.number
        assert RecordVersion.objects.count() == 0
        assert Mark.objects.update(lifted_at=late) == 0
    assert len(record_of(lin).marks) == 1


def record_of_id(case) -> object:
    from uuid import UUID

    return UUID(case.ref.id)


def test_words_are_sealed_for_a_person_and_read_by_nobody_outside_the_case(lin: Actor, market: Office) -> None:
    case = object_to(lin, words="这是我的话")
    with access.acting_for(lin, channel=Channel.SELF, purpose="objection"):
        (row,) = models.Objection.objects.all()
    assert row.text == ""
    assert "这是我的话".encode() not in bytes(row.sealed)
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="objection"):
        assert models.Objection.objects.count() == 0
    with (
        access.acting_for(market.clerk, channel=Channel.BODY, purpose="objection", case_ref=case.number),
        pytest.raises(ProgrammingError, match="until its keeping ends"),
        transaction.atomic(),
    ):
        models.Objection.objects.update(text="改")
