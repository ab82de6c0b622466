"""A watch has a basis that lives and an end, and is known to the watched; a change of a list is a case for a person."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from django.db import DatabaseError, transaction

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.archives.tests.programs import looking, told
from chengxin.audit import facade as audit
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.determinations.tests.conftest import SERVED
from chengxin.intake.tests.conftest import Office
from chengxin.jobs.models import Message
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.lists.tests.conftest import entry_of, listed
from chengxin.lists.tests.conftest import settle as settle_lists
from chengxin.matching import facade as matching
from chengxin.matching.tests.test_screening import mark
from chengxin.measures.models import Applied
from chengxin.notices import facade as notices
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind
from chengxin.watches import facade, models
from chengxin.watches.contracts import Watch
from chengxin.watches.tests.conftest import (
    LAST_DAY,
    LATER,
    NAMESAKE,
    SET,
    case_of,
    settle,
    warnings,
    watch,
)


def looks(own: Actor) -> list[tuple[str, str, str]]:
    """Return body, words and outcome of every look of a watch, as the watched reads them, oldest first."""
    assert own.subject_id is not None
    with access.acting_for(own, channel=Channel.SELF, purpose="own_archive"):
        found = [
            one for one in audit.list_looks(own.subject_id) if one.purpose == "list_watching" and one.kind == "search"
        ]
    return [(one.body, archives.words_of_look(one).what, one.outcome) for one in reversed(found)]


def messages() -> list[tuple[str, str, str, str]]:
    """Return recipient, topic, list and what to do of each message of a watch, in order."""
    with looking():
        found = Message.objects.filter(topic__startswith="watch.").order_by("id")
        rows = [(row.recipient, row.topic, orjson.loads(row.payload)) for row in found]
    return [(recipient, topic, said["list"], said["do"]) for recipient, topic, said in rows]


def withdraw(finance: Office, watched: Watch, *, at: datetime) -> None:
    """Let the office withdraw the licence its watch rests on."""
    with access.acting_for(finance.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=watched.subject_id,
            record_id=UUID(watched.reference),
            kind=MarkKind.WITHDRAWN,
            reason="试验",
            reference="T-1",
            actor=finance.approver,
            now=at,
        )


@pytest.mark.clause("P5.2d")
def test_redline_06_nobody_is_watched_without_a_basis_that_lives_and_the_try_is_theirs_to_see(
    firm: Actor, finance: Office, market: Office
) -> None:
    for changed in (
        {"ground": "case", "reference": "CH20261123-AAAAAA"},
        {"ground": "consent", "reference": "x", "purpose": "bank.loan_alert"},
        {"ground": "curiosity"},
        {"number": "91390100MA00000311"},
    ):
        with pytest.raises(Refused, match="WATCH-NO-BASIS"):
            watch(finance.clerk, **changed)
    with pytest.raises(Refused, match="WATCH-NO-BASIS"):
        watch(market.clerk, purpose="closer_supervision")  # It filed no licence of the firm.
    with pytest.raises(Refused, match="MATCH-NO-PURPOSE"):
        watch(finance.clerk, purpose="curiosity")
    with pytest.raises(Refused, match="A-NO-RIGHT"):
        watch(finance.approver)
    for last_day in (SET.date() - timedelta(days=1), date(2027, 12, 4)):
        with pytest.raises(Refused, match="WATCH-END"):
            watch(finance.clerk, last_day=last_day)
    assert looks(firm) == [("YTCZ", "想关注您是否列入名单，没有依据", "refused")] * 2 + [
        ("YTSJ", "想关注您是否列入名单，没有依据", "refused")
    ]
    with looking("list_watching"):
        assert models.Watch.objects.count() == 0
    assert messages() == []
    the_database_itself_refuses_one_that_rests_on_nothing(finance)


def the_database_itself_refuses_one_that_rests_on_nothing(finance: Office) -> None:
    reference = watch(finance.clerk).reference
    with access.acting_for(finance.clerk, channel=Channel.BODY, purpose="list_watching"):
        row = models.Watch.objects.get()
        row.pk, row.number, row.purpose, row.reference = UUID(int=7), "GZ-2", "other", "nothing"
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)
        row.reference = reference
        row.save(force_insert=True)


def the_watched_sees_at_once_who_watches_on_what_basis_and_until_when(firm: Actor, watched: Watch) -> None:
    assert looks(firm) == [
        ("YTCZ", f"开始关注您是否列入名单，最后一日2027年6月30日（编号{watched.number}）", "delivered")
    ]
    (own,) = facade.list_own(firm, now=SET)
    assert (own.watch, own.runs, own.told) == (watched, True, [])
    assert (own.watch.ground, own.watch.basis, own.watch.lists) == (
        "licence",
        ("GPL/22", "XK/61"),
        ("market", "tax", "wages", "safety", "drugs"),
    )
    with access.acting_for(firm, channel=Channel.SELF, purpose="own_archive"):
        assert [(one.text, one.parameters["day"]) for one in notices.list_for(firm) if one.kind == "watch"] == [
            ("watch_set", LAST_DAY.isoformat())
        ]


@pytest.mark.clause("P5.2d")
def test_who_comes_onto_a_list_is_a_case_for_a_person_with_evidence_once_and_never_an_act(
    firm: Actor, watched: Watch, finance: Office, market: Office, slip: Path
) -> None:
    the_watched_sees_at_once_who_watches_on_what_basis_and_until_when(firm, watched)
    namesake = watch(finance.clerk, number=NAMESAKE)
    assert settle(SET, whole=True).did() == {"ended": 0, "lifted": 0, "raised": 0}
    listed(market, slip)
    assert settle(SERVED).did() == {"ended": 0, "lifted": 0, "raised": 1}
    for at, whole in ((SERVED, False), (LATER, True)):
        assert settle(at, whole=whole).did() == {"ended": 0, "lifted": 0, "raised": 0}
    (case,) = warnings("YTCZ")
    entry = entry_of(firm)
    assert (case.ref.id, case.ref.subject_id, case.state) == (str(watched.id), watched.subject_id, "raised")
    assert case.facts["index"] == matching.KEEPER.current(at=SERVED).version
    assert {name: case.facts[name] for name in ("entry", "list", "record", "version", "rule", "action", "watch")} == {
        "entry": str(entry.id),
        "list": "market",
        "record": str(entry.record_id),
        "version": 1,
        "rule": "identifier_uscc",
        "action": "block_proposed",
        "watch": watched.number,
    }
    assert messages() == [("body:YTCZ", "watch.raised", "market", "replace")]
    assert looks(firm)[-1] == ("YTCZ", f"因为关注，得到名单变动的提示（编号{watched.number}）", "delivered")
    assert [one.told[0][1:] for one in facade.list_own(firm, now=SERVED)] == [("watch.raised", "")]
    assert facade.read_watch(finance.clerk, namesake.id, now=LATER).warnings == []
    assert Applied.objects.count() == 0


def what_leaves_a_list_lifts_its_warning_by_itself_and_whoever_was_told_hears_of_it(
    firm: Actor, warned: Case, market: Office, finance: Office
) -> None:
    mark(market, firm, MarkKind.REPAIRED)
    opened = facade.read_watch(finance.clerk, UUID(warned.ref.id), now=LATER)
    assert (len(opened.warnings), opened.hits) == (1, {})  # Before any list is kept.
    settle_lists(LATER)
    assert settle(LATER).did() == {"ended": 0, "lifted": 1, "raised": 0}
    assert (warnings("YTCZ"), case_of(warned.id, finance.clerk).state) == ([], "lifted")
    assert messages() == [
        ("body:YTCZ", "watch.raised", "market", "replace"),
        ("body:YTCZ", "watch.lifted", "market", "delete"),
    ]
    assert ("body:YTCZ", "repaired", "stop") in told()


def a_correction_lifts_the_old_warning_and_raises_one_that_says_what_stands_now(
    firm: Actor, warned: Case, market: Office, finance: Office
) -> None:
    mark(market, firm, MarkKind.OBJECTION)
    assert settle(LATER).did() == {"ended": 0, "lifted": 1, "raised": 1}
    (now_open,) = warnings("YTCZ")
    assert (now_open.id != warned.id, now_open.facts["action"]) == (True, "information")
    assert case_of(warned.id, finance.clerk).state == "lifted"


def a_watch_ends_at_once_with_its_basis_and_by_itself_at_its_end(
    firm: Actor, warned: Case, market: Office, finance: Office
) -> None:
    watch_id = UUID(warned.ref.id)
    (own,) = facade.list_own(firm, now=SERVED)
    withdraw(finance, own.watch, at=LATER)
    assert [one.runs for one in facade.list_own(firm, now=LATER)] == [False]
    opened = facade.read_watch(finance.clerk, watch_id, now=LATER)
    assert (opened.runs, opened.hits, len(opened.warnings)) == (False, {}, 1)  # Before the watches are kept.
    assert settle(LATER).did() == {"ended": 1, "lifted": 1, "raised": 0}
    assert facade.read_watch(finance.clerk, watch_id, now=LATER).watch.ended_because == "basis"
    assert looks(firm)[-1] == ("YTCZ", f"不再关注您是否列入名单（编号{own.watch.number}）", "delivered")


def a_watch_ends_by_itself_with_a_licence_and_at_its_end(
    firm: Actor, warned: Case, market: Office, finance: Office
) -> None:
    watch_id = UUID(warned.ref.id)
    licence_over = SERVED.replace(year=2027, month=4, day=1)  # Its last day is the day before.
    assert [one.runs for one in facade.list_own(firm, now=licence_over - timedelta(days=1))] == [True]
    assert [one.runs for one in facade.list_own(firm, now=licence_over)] == [False]
    term_over = SERVED.replace(year=2027, month=7, day=1)
    assert settle(term_over).did() == {"ended": 1, "lifted": 1, "raised": 0}
    assert facade.read_watch(finance.clerk, watch_id, now=term_over).watch.ended_because == "term"


def somebody_else_is_said_by_two_people_and_not_warned_of_again_until_a_side_changes(
    firm: Actor, warned: Case, market: Office, finance: Office
) -> None:
    casework.carry_out(warned.id, verb="doubt", actor=finance.clerk, now=SERVED, reasons="核对了执照。")
    with pytest.raises(Refused):
        casework.carry_out(warned.id, verb="clear", actor=finance.clerk, now=SERVED)
    casework.carry_out(warned.id, verb="clear", actor=finance.approver, now=SERVED)
    assert settle(LATER, whole=True).did() == {"ended": 0, "lifted": 0, "raised": 0}
    mark(market, firm, MarkKind.OBJECTION)
    assert settle(LATER).raised == 1


def a_watch_is_taken_back_and_another_body_knows_of_none(
    firm: Actor, warned: Case, market: Office, finance: Office
) -> None:
    watch_id = UUID(warned.ref.id)
    assert facade.list_of_body(market.clerk, now=SERVED) == []
    for act in (facade.read_watch, facade.take_back):
        with pytest.raises(Refused, match="ABSENT"):
            act(market.clerk, watch_id, now=SERVED)
    with pytest.raises(Refused, match="WATCH-TWICE"):
        watch(finance.clerk)
    facade.take_back(finance.clerk, watch_id, now=LATER)
    assert case_of(warned.id, finance.clerk).state == "lifted"
    assert [one.watch.ended_because for one in facade.list_own(firm, now=LATER)] == ["taken_back"]
    with pytest.raises(Refused, match="ABSENT"):
        facade.take_back(finance.clerk, watch_id, now=LATER)


@pytest.mark.clause("P5.2d")
def test_a_warning_and_its_watch_end_with_what_they_rest_on(
    firm: Actor, warned: Case, market: Office, finance: Office
) -> None:
    for claim in (
        what_leaves_a_list_lifts_its_warning_by_itself_and_whoever_was_told_hears_of_it,
        a_correction_lifts_the_old_warning_and_raises_one_that_says_what_stands_now,
        a_watch_ends_at_once_with_its_basis_and_by_itself_at_its_end,
        a_watch_ends_by_itself_with_a_licence_and_at_its_end,
        somebody_else_is_said_by_two_people_and_not_warned_of_again_until_a_side_changes,
        a_watch_is_taken_back_and_another_body_knows_of_none,
    ):
        place = transaction.savepoint()
        claim(firm, warned, market, finance)
        transaction.savepoint_rollback(place)
