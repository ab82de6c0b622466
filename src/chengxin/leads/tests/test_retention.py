"""Findings, the accounts behind them and what merchants said end with their period; what is open or contested stays."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import IntegrityError, ProgrammingError

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.tests.conftest import TOLD, served, slip
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.kernel.actor import Actor, platform
from chengxin.leads import facade, models
from chengxin.leads.tests.conftest import CELLS, act, block, lead_case, paper
from chengxin.market.contracts import Shop
from chengxin.retention import facade as retention

__all__ = ["slip"]
SWEEPER = platform("retention")
CHANGES = (
    "leads_finding set rows = '[]'",
    "leads_finding set \"values\" = '{}'",
    "leads_finding set destroyed_at = now()",
    "leads_ring set accounts = '[]'",
    "leads_answer set text = ''",
    "leads_lead set destroyed_at = now()",
)


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 2, tzinfo=UTC)


def swept(now: datetime) -> dict[str, int]:
    rules = [rule for rule in retention.list_rules() if rule.kind.startswith("lead")]
    return retention.sweep(now=now, rules=rules)


def test_a_result_of_the_lake_goes_a_month_after_it_was_written_and_is_in_the_list(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHENGXIN_LAKE", str(tmp_path))
    folder = tmp_path / "_results" / "who_ordered_where"
    folder.mkdir(parents=True)
    rules = [rule for rule in retention.list_rules() if rule.kind == "lake_result"]
    files = [folder / name for name in ("0a1b-duckdb.parquet", "0a1b-duckdb.json", "0a1b-duckdb-blocks-1.json")]
    for file in files:
        file.write_text("keyed hashes of accounts")
        os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    assert retention.sweep(now=at(2026, 12, 23), rules=rules) == {"lake_result": 0}
    assert all(file.exists() for file in files)
    assert retention.sweep(now=at(2026, 12, 24), rules=rules) == {"lake_result": 1}
    assert list(folder.iterdir()) == []
    assert retention.count_destroyed()["lake_result"] == 1


def kept() -> dict[str, Any]:
    """Return what is left of findings, rings and answers."""
    with access.acting_for(SWEEPER, channel=Channel.JOB, purpose="retention"):
        return {
            "findings": sum(bool(one.rows or one.values) for one in models.Finding.objects.all()),
            "rings": sum(bool(one.accounts or one.edges) for one in models.Ring.objects.all()),
            "answers": sum(bool(one.text) for one in models.Answer.objects.all()),
        }


def founded(regulator: Office, merchant: Actor) -> Case:
    """Take a lead through an answer to its confirmation."""
    case = act(lead_case(), "ask", regulator.clerk)
    facade.answer(merchant, UUID(case.ref.id), text="订单由团长代收代付。", now=NOW)
    return act(case, "confirm", regulator.clerk)


def test_a_note_ends_three_months_after_it_was_found_and_is_no_evidence_from_then_on(
    shop: Shop, regulator: Office
) -> None:
    facade.take([block()], now=NOW)
    assert swept(at(2027, 2, 23)) == {"lead": 0, "lead_note": 0, "lead_unfounded": 0}
    assert kept() == {"findings": 1, "rings": 1, "answers": 0}
    assert swept(at(2027, 2, 24)) == {"lead": 0, "lead_note": 1, "lead_unfounded": 0}
    assert kept() == {"findings": 0, "rings": 0, "answers": 0}
    assert swept(at(2027, 2, 25))["lead_note"] == 0
    again = facade.take([block(), paper()], now=at(2027, 2, 25))
    assert (again.new, again.known, len(again.opened)) == (2, 0, 1)


def test_a_lead_that_was_not_founded_ends_six_months_after_it_was_closed_and_its_result_stays(
    shop: Shop, regulator: Office
) -> None:
    case = lead_case()
    assert swept(at(2028, 12, 30))["lead_unfounded"] == 0, "An open lead stays, however long."
    act(case, "set_aside", regulator.clerk)
    assert swept(at(2027, 5, 23))["lead_unfounded"] == 0
    assert kept() == {"findings": 2, "rings": 2, "answers": 0}
    assert swept(at(2027, 5, 24)) == {"lead": 0, "lead_note": 0, "lead_unfounded": 1}
    assert kept() == {"findings": 0, "rings": 0, "answers": 0}
    told = {(one.rule, one.unfounded, one.decided) for one in facade.list_precision(regulator.clerk, now=NOW)}
    assert told == {("R3", 1, 1), ("dense_block", 1, 1)}
    page = sign_in("ytjg-clerk").get(f"/dept/cases/{case.id}").content.decode()
    assert "2027年5月24日销毁" in page
    assert "O-1" not in page


def test_a_founded_lead_ends_three_years_after_the_last_case_that_rests_on_it_and_not_while_one_is_open(
    shop: Shop, regulator: Office, merchant: Actor, slip: Path, settings: Any
) -> None:
    settings.LAW_PACK = "national"  # The other pack ends before.
    case = founded(regulator, merchant)
    begun = facade.begin_determination(regulator.clerk, UUID(case.ref.id), cells=CELLS, now=NOW)
    assert swept(at(2029, 11, 24)) == {"lead": 0, "lead_note": 0, "lead_unfounded": 0}
    assert swept(at(2035, 1, 1))["lead"] == 0, "The determination is open."
    assert kept() == {"findings": 2, "rings": 2, "answers": 1}
    determinations.serve_notice(regulator.clerk, begun.id, served(TOLD, slip), now=TOLD)
    closed = at(2026, 12, 10)
    casework.carry_out(begun.case_id, verb="drop", actor=regulator.approver, reasons="订单真实。", now=closed)
    assert swept(at(2029, 12, 10))["lead"] == 0
    assert kept() == {"findings": 2, "rings": 2, "answers": 1}
    assert swept(at(2029, 12, 11))["lead"] == 1
    assert kept() == {"findings": 0, "rings": 0, "answers": 0}
    lead, held, answers = facade.get_own(merchant, UUID(case.ref.id), now=at(2029, 12, 12))
    assert (lead.outcome.value, lead.destroyed_at, held, answers) == ("founded", at(2029, 12, 11), [], [])


def test_nobody_but_the_sweep_changes_what_was_found_and_said_and_it_not_a_day_before(
    shop: Shop, regulator: Office, merchant: Actor, settings: Any
) -> None:
    settings.LAW_PACK = "national"
    founded(regulator, merchant)
    strangers = (
        (SETUP, Channel.JOB, "lead_detection"),
        (regulator.clerk, Channel.BODY, "lead_handling"),
        (merchant, Channel.SELF, "own_archive"),
        (SWEEPER, Channel.JOB, "correction"),
    )
    for change in CHANGES:
        for actor, channel, purpose in strangers:
            assert changed_rows(change, actor, channel, purpose) == 0, (purpose, change)
    unnoted = "leads_finding set rows = '[]', \"values\" = '{}'"
    assert changed_rows(unnoted, SWEEPER, Channel.JOB, "retention") == 0, "The sweep empties and does not note it."
    assert kept() == {"findings": 2, "rings": 2, "answers": 1}
    assert (swept(at(2029, 11, 23))["lead"], swept(at(2029, 11, 24))["lead"]) == (0, 1)
    assert kept() == {"findings": 0, "rings": 0, "answers": 0}


def changed_rows(change: str, actor: Actor, channel: Channel, purpose: str) -> int:
    """Return how many rows somebody changes; the database refuses, or shows none."""
    try:
        with access.acting_for(actor, channel=channel, purpose=purpose), connection.cursor() as cursor:
            cursor.execute(f"update {change}")
            return cursor.rowcount
    except (IntegrityError, ProgrammingError):
        return 0
