"""The yearly summary: counted when read, printable, told of once in January without content, and only if wanted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.audit.contracts import Kind
from chengxin.database.contracts import Channel
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.looks import facade
from chengxin.looks.tests.conftest import NOW, Look, Office, citizen, sign_in
from chengxin.notices import facade as notices
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind

JANUARY = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)


def told(person: Actor) -> list[tuple[str, object]]:
    with access.acting_for(person, channel=Channel.SELF, purpose="own_archive"):
        return [(one.text, one.parameters["day"]) for one in notices.list_for(person) if one.text == "summary_ready"]


@pytest.mark.clause("P4.1a")
def test_it_counts_what_is_held_who_looked_and_what_ended_in_the_year(lin: Actor, look: Look, market: Office) -> None:
    look(lin)
    look(lin, at=NOW - timedelta(days=20), reason="A-NO-RIGHT", count=0)
    look(lin, at=NOW - timedelta(days=400))
    look(lin, kind=Kind.CANDIDATE, categories=(), reason="name", count=0)
    found = facade.own_summary(lin, 2026, now=NOW)
    assert [(one.item_code, one.held, one.ended) for one in found.lines] == [("penalty", 1, 0)]
    mine = [(one.body, one.purpose, one.count) for one in found.days if one.purpose == "case_handling"]
    assert sum(count for _body, _purpose, count in mine) == 3
    assert {body for body, _purpose, _count in mine} == {"YTSJ"}
    assert (found.near_misses, found.withheld, found.is_wanted) == (1, 0, True)
    before = facade.own_summary(lin, 2025, now=NOW)
    assert (before.held, sum(one.count for one in before.days)) == (0, 1)


def test_a_line_that_was_withdrawn_counts_as_ended_and_its_correction_as_an_act(lin: Actor, market: Office) -> None:
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        assert lin.subject_id is not None
        (record,) = records.list_of_subject(lin.subject_id)
        records.mark(
            subject_id=lin.subject_id,
            record_id=record.record_id,
            kind=MarkKind.WITHDRAWN,
            reason="报错了人",
            reference="",
            actor=market.approver,
            now=NOW,
        )
    found = facade.own_summary(lin, 2026, now=NOW)
    assert (found.held, found.ended) == (1, 1)
    page = sign_in("lin").get("/me/summary/2026").content.decode()
    assert "2026年小结" in page
    assert "这一年结束的" in page
    assert facade.own_summary(lin, 2026, now=NOW).acts


def test_no_year_to_come_and_nobody_elses(lin: Actor, look: Look) -> None:
    look(lin)
    with pytest.raises(Refused, match="LOOKS-YEAR"):
        facade.own_summary(lin, 2027, now=NOW)
    wang = citizen("wang", "390202198506151023")
    others = facade.own_summary(wang, 2026, now=NOW)
    assert [one for one in others.days if one.purpose == "case_handling"] == []
    assert sign_in("lin").get("/me/summary/2030").status_code == 422


def test_the_message_comes_once_in_january_and_says_nothing(lin: Actor) -> None:
    wang = citizen("wang", "390202198506151023")
    assert sign_in("wang").post("/me/summary/2026", {"message": "off"}).status_code == 302
    assert facade.own_summary(wang, 2026, now=NOW).is_wanted is False
    assert facade.tell_summaries(now=NOW) == 0
    with simulated(JANUARY):
        assert facade.tell_summaries(now=JANUARY) == 1
        assert facade.tell_summaries(now=JANUARY + timedelta(days=1)) == 0
    assert told(lin) == [("summary_ready", "2026")]
    assert told(wang) == []
    sign_in("wang").post("/me/summary/2026", {"message": "on"})
    assert facade.tell_summaries(now=JANUARY) == 1
    assert told(wang) == [("summary_ready", "2026")]


@pytest.mark.browser
def test_a_person_reads_and_prints_the_year_on_a_phone_without_scripts(
    lin: Actor, look: Look, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    for days in (0, 3, 40):
        look(lin, at=NOW - timedelta(days=days))
    page = browser_page(width=360, javascript=False, cookies=(cookie_of("lin", live_server.url),))
    page.goto(live_server.url + "/me/looks")
    page.get_by_role("link", name="今年的小结").click()
    assert page.get_by_role("heading", name="2026年小结").is_visible()
    keep(page, "summary")
    page.emulate_media(media="print")
    keep(page, "summary-print")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="关闭每年的消息").click()
    assert page.get_by_role("button", name="重新打开每年的消息").is_visible()
    inspector = browser_page(width=320, cookies=(cookie_of("lin", live_server.url),))
    inspector.goto(page.url)
    assert problems_of(inspector) == []
