"""Natural persons: by their number alone, each look theirs to see, and no name is ever searched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.archives.tests.programs import ledger
from chengxin.audit.models import Event
from chengxin.database.contracts import Channel
from chengxin.determinations.tests.conftest import FINAL, PERSON, SERVED, until_entered
from chengxin.intake.tests.conftest import Office, open_office
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.kernel.tests.numbers import id_no
from chengxin.lists.tests.conftest import citizen, listed
from chengxin.matching import facade
from chengxin.matching.contracts import Asked
from chengxin.matching.tests.conftest import ask, person

LATER = FINAL + timedelta(minutes=1)
NUMBER = PERSON["id_no"]


@pytest.fixture
def lin(market: Office, firm: Actor, slip: Path, kept: Callable[[datetime], None]) -> Actor:
    """Return Lin, who is on the list of the market regulator."""
    own = citizen("lin", NUMBER)
    found = until_entered(market, slip, {**PERSON, "severity": "严重"})
    who = {name: PERSON[name] for name in ("subject_name", "subject_kind", "id_type", "id_no")}
    listed(market, slip, later=FINAL - SERVED, **who, uscc="", basis_document_no=found.number)
    kept(LATER)
    return own


def looks(own: Actor) -> list[tuple[str, int]]:
    with access.acting_for(own, channel=Channel.SELF, purpose="own_archive"):
        rows = Event.objects.filter(subject_id=own.subject_id, purpose="list_matching").order_by("id")
        return list(rows.values_list("body", "count"))


def match(market: Office, *queries: object, purpose: str = "serious_office") -> list[tuple[str, str, list[str]]]:
    answer = ask(market.clerk, *queries, at=LATER, purpose=purpose)  # type: ignore[arg-type]
    return [(row.outcome, row.code, [f"{hit.rule} {hit.action}" for hit in row.hits]) for row in answer.rows]


@pytest.mark.clause("P5.2d")
def test_redline_15_a_person_is_found_by_number_and_never_by_name(lin: Actor, market: Office) -> None:
    name = PERSON["subject_name"]
    assert match(market, person(name, NUMBER), person("望星遥", NUMBER), person("", NUMBER)) == [
        ("hits", "", ["identifier_id_no block_proposed"]),
        ("hits", "", ["number_with_other_name review"]),
        ("hits", "", ["identifier_id_no review"]),
    ]
    assert looks(lin) == [("YTSJ", 3)]
    answer = ask(market.clerk, person(name), at=LATER, purpose="serious_office")
    assert (answer.rows[0].outcome, answer.rows[0].code) == ("unanswered", "MATCH-NUMBER")
    assert looks(lin) == [("YTSJ", 3), ("YTSJ", 0)]  # A name that matched nobody, and that the person hears of.
    (hit,) = ask(market.clerk, person(name, NUMBER), at=LATER, purpose="serious_office").rows[0].hits
    assert (hit.values.query, hit.values.entry, hit.document_no, hit.reason) == ("", "", "", "")
    assert name not in repr(hit)
    assert ledger() == []  # The body asked about what it filed itself.


@pytest.mark.clause("P4.1a")
def test_who_is_asked_about_by_name_alone_is_not_matched_and_hears_of_it_once_with_nothing_to_do(
    lin: Actor, market: Office, kept: Callable[[datetime], None]
) -> None:
    other = person("望星遥")
    assert (
        match(market, person(PERSON["subject_name"]), person(PERSON["subject_name"]), other)
        == [("unanswered", "MATCH-NUMBER", [])] * 3
    )
    assert match(market, other, purpose="debtor_office") == [("unanswered", "MATCH-NUMBER", [])]
    assert match(market, person(PERSON["subject_name"]), purpose="debtor_office") == [
        ("unanswered", "MATCH-NUMBER", [])  # Nobody on that list: nobody is compared.
    ]
    assert looks(lin) == [("YTSJ", 0)]
    with simulated(LATER):
        own = sign_in("lin")
        page = own.get("/me/looks?purpose=list_matching").content.decode()
        assert (page.count("有人用姓名查到您，未匹配"), page.count("未匹配，没有提供")) == (1, 1)


@pytest.mark.clause("P5.2d")
def test_a_thousand_of_the_same_name_are_neither_hit_nor_blocked(lin: Actor, market: Office) -> None:
    numbers = [id_no(f"39010119{60 + place % 40}{place % 12 + 1:02}15{place:03}") for place in range(1000)]
    found = []
    for begin in range(0, 1000, 50):
        rows = [person(PERSON["subject_name"], number) for number in numbers[begin : begin + 50]]
        found += match(market, *rows)
    assert found == [("none", "", [])] * 1000
    assert looks(lin) == []


@pytest.mark.clause("P5.2d")
def test_a_person_on_file_sees_the_look_that_found_nothing(
    lin: Actor, market: Office, kept: Callable[[datetime], None]
) -> None:
    before = datetime(2026, 12, 20, 2, 0, tzinfo=UTC)  # No list is asked that Lin is on.
    kept(before)
    (row,) = facade.screen(
        market.clerk, Asked(purpose="debtor_office", queries=[person("林禾舟", NUMBER)]), now=before
    ).rows
    assert (row.outcome, list(row.hits)) == ("none", [])
    assert looks(lin) == [("YTSJ", 0)]


@pytest.mark.clause("P5.2d")
def test_a_malformed_number_is_answered_with_its_fault(market: Office, kept: object) -> None:
    numbers = ("39010119900101001", "390101199001010018", "x" * 18, "")
    codes = [code for _outcome, code, _hits in match(market, *[person("林禾舟", number) for number in numbers])]
    assert codes == ["E-ID-01", "E-ID-02", "E-ID-06", "MATCH-NUMBER"]


@pytest.mark.clause("P5.2d")
def test_redline_16_no_more_persons_are_asked_about_at_once_than_one_may(market: Office) -> None:
    with pytest.raises(Refused, match="MATCH-MANY-PERSONS"):
        match(market, *[person("林禾舟", NUMBER)] * 51)


@pytest.mark.clause("P3.4b")
def test_candidates_of_a_procedure_are_asked_about_by_a_statutory_query_alone(ground: None) -> None:
    staff = open_office("YTRS", "云汀市人力资源和社会保障局", "", "390100", (), kind="human_resources")
    with pytest.raises(Refused, match="MATCH-ANNOUNCED"):
        match(staff, person("林禾舟", NUMBER), purpose="civil_service")
