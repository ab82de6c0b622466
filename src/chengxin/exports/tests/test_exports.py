"""An export is counted, approved twice when large, and a leak of it is traced though somebody changed it."""

import csv
import random
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from chengxin.access.contracts import Obligation
from chengxin.access.facade import acting_for, actor_for_account, find_account
from chengxin.access.tests.cast import open_body, open_staff
from chengxin.database.contracts import Channel
from chengxin.exports import models
from chengxin.exports.facade import arrange, read_cells, register, trace_file
from chengxin.kernel.actor import Role
from chengxin.kernel.refusal import Refused

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture
def clerk(db):
    open_body("3901-SC")
    open_staff("wu", Role.CLERK, body="3901-SC")
    return actor_for_account(find_account("wu", on=date(2026, 3, 2)), on=date(2026, 3, 2))


def people(count=40):
    return [[f"姓名{place}", f"39010119800101{place:04d}", f"（2026）云罚{place}号"] for place in range(count)]


def export(actor, rows, **changed):
    given = {
        "purpose": "filing",
        "channel": "intake",
        "reference": "PS-1",
        "categories": ("penalty",),
        "persons": len(rows),
        "rows": len(rows),
    } | changed
    with acting_for(actor, channel=Channel.INTAKE, purpose="filing"):
        made = register(actor=actor, now=NOW, **given)
    return made, [[row[0] + " " * spaced, *row[1:]] for row, spaced in arrange(rows, rows, export_id=made.id)]


@pytest.mark.clause("E5.4c")
def test_a_leaked_file_is_traced_to_its_export_among_many_of_the_same_rows(clerk, tmp_path):
    made = [export(clerk, people()) for _ in range(12)]
    leaked = tmp_path / "leaked.csv"
    with leaked.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(made[7][1])
    assert trace_file(read_cells(leaked)) == made[7][0]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [[cell.strip() for cell in row] for row in rows],
        lambda rows: random.Random(1).sample(rows, len(rows)),
        lambda rows: rows[5:30],
        lambda rows: [row[:2] for row in rows],
        lambda rows: [["姓名", "号码", "文号"], *rows, ["合计", "", ""]],
    ],
    ids=["spaces removed", "shuffled", "a part", "a column dropped", "heading and total"],
)
def test_it_is_traced_though_it_was_changed(clerk, change):
    made = [export(clerk, people()) for _ in range(5)]
    found = trace_file(change(made[2][1]))
    assert found is not None
    assert found.number == made[2][0].number


def test_a_file_that_never_left_here_is_traced_to_nobody(clerk):
    export(clerk, people())
    assert trace_file(people()) is None
    assert trace_file([]) is None


@pytest.mark.clause("E5.4c")
@pytest.mark.parametrize(("persons", "approved_by"), [(51, ""), (51, "self")])
def test_redline_16_more_than_fifty_persons_need_a_second_person(clerk, persons, approved_by):
    with pytest.raises(Refused, match="X-FIFTY"):
        export(clerk, people(3), persons=persons, approved_by=clerk.key if approved_by else "")
    with (
        pytest.raises(IntegrityError, match="four_eyes"),
        transaction.atomic(),
        acting_for(clerk, channel=Channel.INTAKE, purpose="filing"),
    ):
        models.Export.objects.create(
            id=clerk.key.removeprefix("account:"),
            number="DC",
            actor_key=clerk.key,
            body="3901-SC",
            area="3901",
            purpose="filing",
            reference="",
            persons=persons,
            made_at=NOW,
            approved_by=clerk.key if approved_by else "",
            delete_by=NOW,
        )
    export(clerk, people(3), persons=50)
    export(clerk, people(3), persons=51, approved_by="account:another")


def test_what_is_owed_is_done_and_an_outsider_exports_nothing(clerk):
    made, _ = export(clerk, people(3))
    assert (made.delete_by - NOW).days == 30
    from dataclasses import replace

    with pytest.raises(Refused, match="A-NO-RIGHT"):
        export(replace(clerk, roles=frozenset({Role.CITIZEN})), people(3))
    assert Obligation.DELETE_BY in set(Obligation)
