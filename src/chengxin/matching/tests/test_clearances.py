"""Clearances: a named officer's word, of a proposed block two; over when either side changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.determinations.tests.conftest import SERVED
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.lists.tests.conftest import FIRM, entry_of
from chengxin.matching import facade, models
from chengxin.matching.contracts import Clearance
from chengxin.matching.tests.conftest import NAME, ask, enterprise
from chengxin.matching.tests.test_screening import looks_of, mark
from chengxin.records.contracts import MarkKind
from chengxin.retention import facade as retention
from chengxin.retention.actions import SWEEPER
from chengxin.screening.contracts import Query

ASKED = enterprise("云汀禾木商贸")
REASONS = "核对了营业执照，是另一家企业。"


def clear(finance: Office, firm: Actor, query: Query = ASKED, **more: Any) -> Clearance:
    told = {"purpose": "procurement", "query": query, "entry_id": entry_of(firm).id, "reasons": REASONS, "now": SERVED}
    return facade.clear(finance.clerk, **{**told, **more})


def swept(at: datetime) -> int:
    return retention.sweep(now=at, rules=[rule for rule in retention.list_rules() if rule.kind == "clearance"])[
        "clearance"
    ]


def words() -> dict[UUID, tuple[str, str]]:
    with access.acting_for(SWEEPER, channel=Channel.JOB, purpose="retention"):
        return {row.id: (row.asked_name, row.reasons) for row in models.Clearance.objects.all()}


def actions(actor: Actor, query: Query = ASKED, **more: Any) -> list[tuple[str, bool]]:
    return [(hit.action, hit.cleared_until is not None) for hit in ask(actor, query, **more).rows[0].hits]


@pytest.mark.clause("P5.2d")
def test_a_cleared_hit_is_shown_as_cleared_to_the_body_that_did_and_to_no_other(
    standing: Actor, finance: Office, market: Office
) -> None:
    cleared = clear(finance, standing)
    assert (cleared.holds, cleared.needs_second, cleared.ends_on.isoformat()) == (True, False, "2027-12-05")
    assert actions(finance.clerk) == [("none", True)]
    assert actions(finance.clerk, enterprise(" 雲汀禾木 商貿 ")) == [("none", True)]
    assert actions(market.clerk, purpose="closer_supervision") == [("review", False)]
    assert [(one.asked_name, one.reasons) for one in facade.list_clearances(finance.clerk, now=SERVED)] == [
        ("云汀禾木商贸", REASONS)
    ]
    assert facade.list_clearances(market.clerk, now=SERVED) == []
    assert ("decide", "YTCZ", 1, []) in looks_of(standing)


@pytest.mark.clause("P5.2d")
def test_a_clearance_ends_when_either_side_changes_with_its_term_or_when_it_is_taken_back(
    standing: Actor, finance: Office, market: Office
) -> None:
    cleared = clear(finance, standing)
    assert actions(finance.clerk, ASKED._replace(uscc="9139")) == [("review", False)]
    assert actions(finance.clerk, enterprise("云汀禾木")) == [("review", False)]
    last = SERVED + timedelta(days=365)
    assert actions(finance.clerk, at=last) == [("none", True)]
    assert actions(finance.clerk, at=last + timedelta(days=1)) == [("review", False)]
    facade.withdraw(finance.clerk, cleared.id, now=SERVED)
    assert actions(finance.clerk) == [("review", False)]
    clear(finance, standing)
    mark(market, standing, MarkKind.OBJECTION)
    assert actions(finance.clerk, at=SERVED + timedelta(minutes=6)) == [("information", False)]


@pytest.mark.clause("P5.2d")
def test_redline_11_a_proposed_block_is_cleared_by_two_officers(standing: Actor, finance: Office) -> None:
    number = enterprise(uscc=FIRM)
    cleared = clear(finance, standing, number)
    assert (cleared.holds, cleared.needs_second) == (False, True)
    assert actions(finance.clerk, number) == [("block_proposed", False)]
    with pytest.raises(Refused, match="A-NO-RIGHT"):
        facade.confirm(finance.clerk, cleared.id, now=SERVED)
    facade.confirm(finance.approver, cleared.id, now=SERVED)
    assert actions(finance.clerk, number) == [("none", True)]
    with pytest.raises(Refused, match="ABSENT"):
        facade.confirm(finance.approver, cleared.id, now=SERVED)


@pytest.mark.clause("P5.2d")
def test_a_clearance_without_a_reason_or_a_hit_is_refused(standing: Actor, finance: Office) -> None:
    for changed, code in (
        ({"reasons": "  "}, "MATCH-REASONS"),
        ({"entry_id": UUID(int=7)}, "MATCH-NO-HIT"),
        ({"purpose": ""}, "MATCH-NO-PURPOSE"),
    ):
        with pytest.raises(Refused, match=code):
            clear(finance, standing, **changed)
    assert facade.list_clearances(finance.clerk, now=SERVED) == []
    assert "decide" not in {kind for kind, *_rest in looks_of(standing)}


@pytest.mark.clause("P5.2d")
def test_the_words_of_a_clearance_are_destroyed_when_it_is_over_and_not_before(
    standing: Actor, finance: Office
) -> None:
    taken_back, holds = clear(finance, standing), clear(finance, standing, enterprise("云汀禾木"))
    facade.withdraw(finance.clerk, taken_back.id, now=SERVED)
    assert swept(SERVED) == 1
    assert [one.id for one in facade.list_clearances(finance.clerk, now=SERVED)] == [holds.id]
    assert words() == {taken_back.id: ("", ""), holds.id: ("云汀禾木", REASONS)}
    assert (swept(SERVED + timedelta(days=365)), swept(SERVED + timedelta(days=366))) == (0, 1)
    assert words()[holds.id] == ("", "")


@pytest.mark.clause("P5.2d")
@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"confirmed_by": "account:one", "confirmed_at": SERVED}, "matching_clearance_four_eyes"),
        ({"confirmed_at": SERVED}, "matching_clearance_four_eyes"),
        ({"reasons": ""}, "matching_clearance_reasoned"),
    ],
)
def test_the_table_takes_no_clearance_that_one_person_confirmed(
    owner: psycopg.Connection[Any], changed: dict[str, Any], constraint: str
) -> None:
    row = {
        "id": UUID(int=1),
        "body": "YTCZ",
        "list": "market",
        "entry_id": UUID(int=2),
        "subject_id": UUID(int=3),
        "query_tag": b"1",
        "entry_tag": b"2",
        "asked_name": NAME,
        "rule": "identifier_uscc",
        "needs_second": True,
        "reasons": REASONS,
        "proposed_by": "account:one",
        "proposed_at": SERVED,
        "confirmed_by": "",
        "ends_on": SERVED.date(),
        **changed,
    }
    owner.execute("alter table matching_clearance no force row level security")
    places = ", ".join(["%s"] * len(row))
    with pytest.raises(psycopg.errors.CheckViolation, match=constraint):
        owner.execute(f"insert into matching_clearance ({', '.join(row)}) values ({places})", [*row.values()])
