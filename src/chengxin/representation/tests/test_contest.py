"""What the law gave is over with all that rests on it; and whom it is about can say that it is not so, at once."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import ProgrammingError

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.looks import facade as looks
from chengxin.notices import facade as notices
from chengxin.representation import facade, models
from chengxin.representation.contracts import Ground, Mandate, Standing
from chengxin.representation.jobs import keep_day
from chengxin.representation.rules import is_over
from chengxin.representation.tests.conftest import NOW, sign_in
from chengxin.representation.tests.test_by_law import (
    LATER,
    PNG,
    CreditOffice,
    as_officer,
    office,
    read,
    registered,
    status_of,
    take,
    told,
)
from chengxin.representation.tests.test_mandates import refused, seen_by
from chengxin.subjects.contracts import SubjectStatus
from chengxin.subjects.models import Representation, Subject

__all__ = ["office"]
SOON = NOW + timedelta(days=8)


@pytest.fixture
def held(lin: Actor, wang: Actor, office: CreditOffice) -> Mandate:
    return registered(wang, office, until=date(2026, 12, 31))


def row_ends(wang: Actor) -> list[date | None]:
    with access.acting_for(wang, channel=Channel.SELF, purpose="representation"):
        return [one.ends_on for one in Representation.objects.all()]


def state_of(actor: Actor, held: Mandate) -> str:
    return facade.own_application(actor, held.number, now=SOON)[1].state


def told_body(officer: Actor) -> list[str]:
    with access.acting_for(officer, channel=Channel.BODY, purpose="case_handling"):
        return [one.text for one in notices.list_for(officer)]


def desk_of(officer: Actor) -> tuple[list[str], list[str]]:
    """Return the numbers of what waits for an officer, and of what stands beside the inbox."""
    with access.acting_for(officer, channel=Channel.BODY, purpose="case_handling"):
        inbox, resting = casework.list_inbox(officer), casework.list_resting(officer)
    return [one.number for one in inbox], [one.number for one in resting]


def contested(lin: Actor, held: Mandate) -> Case:
    with simulated(SOON):
        facade.contest(lin, held.number, now=SOON)
    ((mandate, _name),) = facade.both_sides(lin, now=SOON).given
    return facade.own_contest(lin, mandate.contest_number, now=SOON)[0]


def test_who_hands_it_back_ends_the_case_beside_the_inbox_and_what_is_kept_of_it_in_the_same_act(
    lin: Actor, wang: Actor, office: CreditOffice, held: Mandate
) -> None:
    assert row_ends(wang) == [date(2027, 1, 1)]
    assert desk_of(office.first) == ([], [held.number])
    with simulated(SOON):
        facade.end(wang, held.id, now=SOON)
        facade.end(wang, held.id, now=SOON)
    assert (row_ends(wang), state_of(wang, held)) == ([SOON.date()], "handed_back")
    assert facade.both_sides(wang, now=SOON).held[0].standing(SOON.date()) is Standing.ENDED
    seen = [look for look in looks.own_looks(lin, now=SOON).lines if look.reason == "guardian_ended"]
    assert [(look.role, look.channel) for look in seen] == [("representative:guardian", "represented")]
    assert ("representation_handed_back" in told_body(office.first), desk_of(office.first)) == (True, ([], []))


def test_the_day_closes_what_is_past_its_last_day_or_no_longer_fits_the_person_and_nothing_else(
    lin: Actor, wang: Actor, office: CreditOffice, held: Mandate
) -> None:
    assert keep_day(SOON, None) == {"over": 0}
    assert state_of(wang, held) == "granted"
    as_officer(lambda: Subject.objects.filter(id=held.subject_id).update(status="active"))
    with simulated(SOON):
        assert keep_day(SOON, None) == {"over": 1}
        assert keep_day(SOON, None) == {"over": 0}
    assert (row_ends(wang), state_of(wang, held)) == ([SOON.date()], "lapsed")
    assert ("representation_over" in told(lin), "representation_lapsed" in told(wang)) == (True, True)
    assert facade.both_sides(wang, now=SOON).held[0].ended_at == SOON


@pytest.mark.parametrize(
    ("ground", "status", "on", "expected"),
    [
        ("guardian", "guardianship", date(2026, 12, 31), False),
        ("guardian", "guardianship", date(2027, 1, 1), True),
        ("guardian", "active", date(2026, 12, 31), True),
        ("guardian", "deceased", date(2026, 12, 31), True),
        ("next_of_kin", "deceased", date(2026, 12, 31), False),
        ("next_of_kin", "active", date(2026, 12, 31), True),
        ("next_of_kin", "erased", date(2026, 12, 31), True),
    ],
)
def test_what_the_law_gave_is_over_after_its_last_day_and_when_the_person_is_not_as_it_asks(
    ground: str, status: str, on: date, expected: bool
) -> None:
    mandate = Mandate(
        id=UUID(int=1), number="DB1", subject_id=UUID(int=2), ground=Ground(ground), scopes=("look",), granted_at=NOW,
        ends_on=date(2027, 1, 1), accepted_at=NOW,
    )  # fmt: skip
    assert is_over(mandate, status=SubjectStatus(status), on=on) is expected


def test_it_rests_from_the_moment_its_person_says_that_it_is_not_so_until_a_second_officer_let_it_stand(
    lin: Actor, wang: Actor, office: CreditOffice, held: Mandate
) -> None:
    stand_in = facade.stand_in(wang, held)
    assert seen_by(stand_in, "records_version") == 1
    case = contested(lin, held)
    assert {table: seen_by(stand_in, table) for table in ("records_version", "subjects_name")} == {
        "records_version": 0,
        "subjects_name": 0,
    }
    refused("REP-RESTING", lambda: facade.begin(wang, held.id, now=SOON))
    refused("ABSENT", lambda: facade.contest(wang, held.number, now=SOON))
    assert "representation_contested_later" in told_body(office.first)
    assert (case.due_on, case.state) == (date(2026, 12, 8), "filed")
    refused("REP-STANDS", lambda: take(office.first, case.id, "uphold", on=8))
    take(office.first, case.id, "propose_keep", on=8)
    refused("A-FOUR-EYES", lambda: take(office.first, case.id, "keep", on=8))
    assert seen_by(stand_in, "records_version") == 0
    take(office.second, case.id, "keep", on=8)
    assert seen_by(stand_in, "records_version") == 1
    assert ("representation_kept" in told(lin), "representation_resumed" in told(wang)) == (True, True)
    _, steps = facade.own_contest(lin, case.number, now=SOON)
    assert [(one.verb, one.reasons) for one in steps][-1] == ("keep", "核对过原件。")
    refused("ABSENT", lambda: facade.own_contest(wang, case.number, now=SOON))
    # Said a second time, it is looked into again; but nobody shuts a guardian out by saying it every day.
    again = contested(lin, held)
    assert (again.number != case.number, seen_by(stand_in, "records_version")) == (True, 1)


def test_what_two_officers_undo_settles_what_its_person_said_in_the_same_act(
    lin: Actor, wang: Actor, office: CreditOffice, held: Mandate
) -> None:
    case = contested(lin, held)
    registration = facade.own_application(wang, held.number, now=SOON)[1]
    paper = casework.keep_papers([SimpleUploadedFile("alive.png", PNG + b"alive")])
    with simulated(SOON):
        casework.carry_out(
            registration.id, verb="propose_end", actor=office.first, now=SOON, reasons="本人到场。", evidence=paper
        )
    read(office.second, registration.id)
    take(office.second, registration.id, "undo", on=8)
    assert facade.own_contest(lin, case.number, now=SOON)[0].state == "upheld"
    assert (status_of(held.subject_id), "representation_upheld" in told(lin)) == ("active", True)


def test_nobody_but_a_second_officer_of_the_office_lets_it_go_on_and_nobody_else_lets_it_rest(
    lin: Actor, wang: Actor, office: CreditOffice, held: Mandate
) -> None:
    rests, goes_on, ends = {"rests_since": SOON}, {"rests_since": None}, {"ended_at": SOON, "ended_by": "x"}

    def change(actor: Actor, to: dict[str, object], *, channel: Channel = Channel.SELF, case_ref: str = "") -> int:
        given = {"channel": channel, "purpose": "representation_handling", "case_ref": case_ref}
        with access.acting_for(actor, **given), transaction.atomic():  # type: ignore[arg-type]
            return models.Mandate.objects.filter(id=held.id).update(**to)

    def not_by(actor: Actor, to: dict[str, object], *, channel: Channel = Channel.SELF, case_ref: str = "") -> None:
        with contextlib.suppress(ProgrammingError):
            assert change(actor, to, channel=channel, case_ref=case_ref) == 0

    not_by(lin, ends)
    not_by(lin, ends | {"contest_number": held.number})
    for taken_over in ({"holder_key": lin.key}, ends | {"holder_key": lin.key}):
        not_by(lin, taken_over)
    not_by(wang, rests)
    not_by(wang, {"contest_number": "DY1"})
    not_by(office.first, rests, channel=Channel.OFFICE, case_ref=held.number)
    case = contested(lin, held)
    take(office.first, case.id, "propose_keep", on=8)
    for who, channel in ((lin, Channel.SELF), (wang, Channel.SELF), (office.second, Channel.BODY)):
        not_by(who, goes_on, channel=channel, case_ref=case.number)
    not_by(office.stranger, goes_on, channel=Channel.OFFICE, case_ref=case.number)
    for number in (case.number, held.number):
        not_by(office.first, goes_on, channel=Channel.OFFICE, case_ref=number)
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        row = models.Mandate.objects.get(id=held.id)
    assert (row.rests_since, row.ended_at) == (SOON, None)
    assert change(office.second, goes_on, channel=Channel.OFFICE, case_ref=case.number) == 1


def test_who_is_represented_says_so_on_the_page_and_follows_what_comes_of_it(
    lin: Actor, wang: Actor, office: CreditOffice, held: Mandate
) -> None:
    with simulated(LATER):
        browser = sign_in("lin")
        page = browser.get("/me/representation").content.decode()
        assert ("这项登记不是真的" in page, "收回委托" in page) == (True, False)
        assert browser.post(f"/me/representation/applications/{held.number}/contest").status_code == 302
        page = browser.get("/me/representation").content.decode()
        number = facade.both_sides(lin, now=LATER).given[0][0].contest_number
        assert ("暂停" in page, f"您表示情况不实：{number}" in page, "这项登记不是真的" in page) == (True, True, False)
        course = browser.get(f"/me/representation/contests/{number}").content.decode()
        assert ("待核实" in course, held.number in course) == (True, True)
        assert browser.post(f"/me/representation/{held.id}/end").status_code == 422
