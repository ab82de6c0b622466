"""A penalty of market regulation is public as long as GS45/13 says, counted from the day it was published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office, accept, ground, hand_in, market, open_office
from chengxin.intake.tests.test_main_job import HEAD
from chengxin.kernel.actor import ANYONE, platform
from chengxin.kernel.clock import legal_day
from chengxin.records import facade as records
from chengxin.records import publishing
from chengxin.records.contracts import Channel as Out

__all__ = ["accept", "ground", "hand_in", "market"]
HEADS = HEAD.strip() + ",较低数额罚款,限制期限至,公示截止期\n"
USCC = "91390100MA0000015M"
TODAY = legal_day(NOW)

HandIn = Callable[..., Batch]


def row(
    number: int,
    *,
    decided: str = "2026-06-01",
    served: str = "2026-06-02",
    kind: str = "罚款",
    lower: str = "是",
    restricted: str = "",
    declared: str = "",
    facts: str = "发布虚假广告",
    body: str = USCC,
) -> str:
    return (
        f"云汀禾木商贸有限公司,法人及非法人组织,{USCC},,,云市监处罚〔2026〕{number}号,虚假宣传,{facts},广告法第五十五条,"
        f"{kind},罚款,0.1,{decided},云汀市市场监督管理局,{body},{served},{lower},{restricted},{declared}\n"
    )


def file(*rows: str) -> bytes:
    return (HEADS + "".join(rows)).encode()


def ends(office: Office) -> dict[str, tuple[date | None, date | None]]:
    """Return the first day no longer public and the earliest repair of each published document."""
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"), connection.cursor() as cursor:
        cursor.execute(
            "select document_key, ends_on, earliest_repair_on from records_publication where ended_at is null"
        )
        return {key.removeprefix("云市监处罚2026"): (end, repair) for key, end, repair in cursor.fetchall()}


@pytest.mark.clause("P4.3b")
def test_the_clock_counts_from_publication_and_the_shorter_period_goes_first(
    market: Office, hand_in: HandIn, accept: Callable[..., Batch]
) -> None:
    rows = [
        row(1),
        row(2, decided="2025-12-20", served="2026-01-05"),
        row(3, lower="否"),
        row(4, kind="限制从业", lower="", restricted="2031-01-31"),
        row(5, kind="限制从业", lower="", restricted="2029-11-23"),
        row(6, declared="2026-12-31"),
        row(7, decided="2025-10-01", served="2025-10-08", lower=""),
    ]
    assert accept(hand_in(file(*rows), market).id, market).published == 6
    assert ends(market) == {
        "1号": (date(2027, 2, 24), date(2026, 9, 2)),
        "2号": (date(2026, 12, 21), date(2026, 3, 21)),
        "3号": (date(2027, 6, 2), date(2026, 9, 2)),
        "4号": (date(2031, 2, 1), None),
        "5号": (date(2029, 6, 2), date(2027, 6, 2)),
        "6号": (date(2027, 1, 1), date(2026, 9, 2)),
    }


def test_of_another_department_the_same_row_goes_by_severity_alone(
    market: Office, hand_in: HandIn, accept: Callable[..., Batch]
) -> None:
    other = "92390101MA00000151"
    office = open_office("YTHB", "云汀市生态环境局", other, "390100", ("penalty",), kind="environment")
    assert accept(hand_in(file(row(1, body=other)), office).id, office).published == 1
    assert ends(office) == {"1号": (date(2027, 6, 2), date(2026, 9, 2))}


def test_what_is_published_later_counts_from_that_day_and_a_correction_does_not_begin_anew(
    market: Office, hand_in: HandIn, accept: Callable[..., Batch]
) -> None:
    later, much_later = NOW + timedelta(days=10), NOW + timedelta(days=40)
    assert accept(hand_in(file(row(1, served="")), market).id, market).published == 0
    assert accept(hand_in(file(row(1)), market).id, market, now=later).published == 1
    assert ends(market)["1号"][0] == date(2027, 3, 4)
    corrected = accept(hand_in(file(row(1, facts="发布违法广告")), market).id, market, now=much_later)
    assert (corrected.corrected, corrected.published) == (1, 1)
    assert set(all_ends(market)) == {date(2027, 3, 4)}


def test_a_correction_takes_the_version_before_out_of_public(
    market: Office, hand_in: HandIn, accept: Callable[..., Batch]
) -> None:
    accept(hand_in(file(row(1), row(2)), market).id, market)
    later = NOW + timedelta(days=1)
    accept(hand_in(file(row(1, facts="发布违法广告")), market).id, market, now=later)
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        assert records.count_public() == {"penalty": 2}
        with connection.cursor() as cursor:
            cursor.execute("select version, ended_because, ended_at from records_publication order by 1, 2")
            assert cursor.fetchall() == [(1, "", None), (1, "corrected", later), (2, "", None)]


def all_ends(office: Office) -> list[date]:
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"), connection.cursor() as cursor:
        cursor.execute("select ends_on from records_publication")
        return [day for (day,) in cursor.fetchall()]


def test_every_reader_sees_the_end_that_was_counted(
    market: Office, hand_in: HandIn, accept: Callable[..., Batch]
) -> None:
    accept(hand_in(file(row(1)), market).id, market)
    for day, shown in ((date(2027, 2, 23), 1), (date(2027, 2, 24), 0)):
        at = datetime(day.year, day.month, day.day, 12, tzinfo=NOW.tzinfo)
        with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"):
            (found,) = records.list_by_ids(publications())
            assert records.usable(found, channel=Out.PUBLIC, at=at) is bool(shown)
            assert len(records.list_public("penalty", now=at, limit=5)) == shown
    keeper = platform("sweep")
    with access.acting_for(keeper, channel=Channel.JOB, purpose="filing"):
        assert records.end_expired(actor=keeper, now=NOW + timedelta(days=92)) == 0
        assert records.end_expired(actor=keeper, now=NOW + timedelta(days=93)) == 1
        (ended,) = records.list_by_ids(publications())
    assert (ended.published_at, ended.publicity_ends_on) == (None, date(2027, 2, 24))


def publications() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("select subject_id, record_id from records_publication")
        return list(cursor.fetchall())


def test_the_sweep_of_everything_due_counts_too_and_asks_once_per_distinct_facts(
    market: Office, hand_in: HandIn, accept: Callable[..., Batch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chengxin.records.actions.publish", lambda **_: 0)
    accept(hand_in(file(*(row(number) for number in range(1, 41)), row(41, lower="否")), market).id, market)
    monkeypatch.undo()
    asked: list[dict[str, Any]] = []

    def counted(facts: dict[str, Any], *arguments: Any, **words: Any) -> Any:
        asked.append(facts)
        return clock_of(facts, *arguments, **words)

    clock_of = publishing.clock_of
    monkeypatch.setattr(publishing, "clock_of", counted)
    keeper, later = platform("sweep"), NOW + timedelta(days=2)
    with access.acting_for(keeper, channel=Channel.JOB, purpose="filing"):
        assert records.publish_due(actor=keeper, now=later) == 41
        assert records.publish_due(actor=keeper, now=later) == 0
    assert sorted(facts["lower_fine"] for facts in asked) == ["false", "true"]
    assert ends(market)["40号"][0] == date(2027, 2, 26)
