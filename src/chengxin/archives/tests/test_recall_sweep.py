"""What the sweep tells: ends on their day, and whom an act missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from chengxin.access import facade as access
from chengxin.archives.tests.programs import (
    ADDRESS,
    Program,
    keys,
    looking,
    mark,
    receive,
    told,
    verify_as_bank,
)
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.intake.tests.test_main_job import FIRM, HEAD
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import simulated
from chengxin.records.contracts import MarkKind
from chengxin.records.jobs import tell_the_late, turn_the_day
from chengxin.records.models import Mark
from chengxin.subjects import facade as subjects


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


def test_who_received_it_in_the_moment_of_the_change_is_told_by_the_next_sweep(
    lin: Actor, market: Office, shop: Program
) -> None:
    """The look began before the mark and committed after it: neither transaction saw the other."""
    firm = keys(market)[0]
    mark(market, firm, MarkKind.FROZEN, now=NOW + timedelta(minutes=1))
    assert told() == []
    receive(shop, firm, at=NOW)
    assert tell_the_late(NOW + timedelta(minutes=2), NOW) == {"told": 1}
    assert tell_the_late(NOW + timedelta(minutes=12), NOW + timedelta(minutes=2)) == {"told": 0}
    assert told() == [(shop.key, "frozen", "stop")]


def test_whoever_acts_without_sight_of_the_ledger_leaves_the_telling_to_the_sweep(
    lin: Actor, market: Office, shop: Program
) -> None:
    """The line was received long ago, and the mark was written by a hand that tells nobody."""
    firm = keys(market)[0]
    receive(shop, firm, at=NOW - timedelta(days=30))
    keeper = platform("elsewhere")
    with access.acting_for(keeper, channel=Channel.JOB, purpose="correction"):
        Mark.objects.create(
            id=UUID(int=9),
            subject_id=firm[0],
            record_id=firm[1],
            kind="objection",
            set_at=NOW,
            reason="试验",
            reference="",
            actor_key=keeper.key,
            body="",
        )
    assert tell_the_late(NOW + timedelta(minutes=5), NOW) == {"told": 1}
    assert tell_the_late(NOW + timedelta(minutes=15), NOW + timedelta(minutes=5)) == {"told": 0}
    assert told() == [(shop.key, "objection", "mark")]


def test_a_correction_that_told_nobody_is_told_by_the_sweep(
    lin: Actor, market: Office, shop: Program, hand_in: Callable[..., Batch], accept: Any
) -> None:
    later = NOW + timedelta(hours=1)
    corrected = FIRM.replace("罚款一万元,1.0", "罚款九千元,0.9")
    accept(hand_in((HEAD + corrected).encode(), market, name="更正.csv").id, market, now=later)
    receive(shop, keys(market)[0], at=NOW - timedelta(days=30))
    assert tell_the_late(later + timedelta(minutes=5), NOW) == {"told": 1}
    assert tell_the_late(later + timedelta(minutes=9), NOW) == {"told": 0}
    assert told() == [(shop.key, "corrected", "replace")]


def test_who_received_it_in_the_last_second_before_its_end_is_told_as_well(
    lin: Actor, market: Office, shop: Program
) -> None:
    firm = keys(market)[0]
    with looking(), connection.cursor() as cursor:
        cursor.execute("select ends_on from records_publication")
        (ends_on,) = cursor.fetchone()
    midnight = datetime.combine(ends_on, datetime.min.time(), UTC) - timedelta(hours=8)
    assert turn_the_day(midnight, NOW)["told"] == 0
    receive(shop, firm, at=midnight - timedelta(seconds=1))
    assert tell_the_late(midnight + timedelta(minutes=1), midnight - timedelta(minutes=9)) == {"told": 1}
    assert told() == [(shop.key, "publicity_ended", "stop")]


@pytest.mark.clause("R9")
def test_the_end_of_a_record_is_told_on_its_day_once_and_caught_up_after_days_away(
    lin: Actor, market: Office, shop: Program, bank: Office
) -> None:
    """The firm's line is public to 2027-10-01 or sooner and used to 2031-09-30; Lin's was seen in a report."""
    shop.get(ADDRESS)
    verify_as_bank(lin, bank)
    with looking(), connection.cursor() as cursor:
        cursor.execute(
            "select p.ends_on, v.use_ends_on from records_publication p"
            " join records_version v using (record_id, version)"
        )
        publicity_ends_on, use_ends_on = cursor.fetchone()
    last_second = datetime.combine(publicity_ends_on, datetime.min.time(), UTC) - timedelta(hours=8, seconds=1)
    assert turn_the_day(last_second, NOW)["told"] == 0
    midnight = last_second + timedelta(seconds=1)
    assert turn_the_day(midnight, last_second) == {"published": 0, "ended": 1, "told": 1}
    assert turn_the_day(midnight, last_second) == {"published": 0, "ended": 0, "told": 0}
    assert told() == [(shop.key, "publicity_ended", "stop")]
    years_later = datetime.combine(use_ends_on, datetime.min.time(), UTC)
    assert turn_the_day(years_later, midnight)["told"] == 4
    assert told()[0] == ("body:BANK", "retention_ended", "delete")
    assert [row[1:] for row in told() if row[0] == shop.key] == [
        ("publicity_ended", "stop"),
        ("retention_ended", "delete"),
        ("use_ended", "stop"),
    ]


@pytest.mark.clause("R9")
def test_who_holds_a_line_of_a_person_who_was_erased_is_told_once_to_delete_it_and_nobody_elses_line(
    lin: Actor, market: Office, shop: Program, bank: Office
) -> None:
    shop.get(ADDRESS)
    verify_as_bank(lin, bank)
    _firm, person = keys(market)
    assert tell_the_late(NOW + timedelta(minutes=1), NOW) == {"told": 0}
    office = platform("erasure")
    with access.acting_for(office, channel=Channel.JOB, purpose="administration"):
        subjects.erase(person[0], reasons="本人申请，依法删除", actor=office, now=NOW)
    assert tell_the_late(NOW + timedelta(minutes=2), NOW) == {"told": 1}
    assert tell_the_late(NOW + timedelta(minutes=12), NOW + timedelta(minutes=2)) == {"told": 0}
    assert told() == [("body:BANK", "erased", "delete")]
