"""An amendment from its draft to the first day of the version, and every step nobody can pass over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError

from chengxin.access import facade as access
from chengxin.amendments import facade, models
from chengxin.amendments.contracts import HiddenBecause, Verdict
from chengxin.amendments.tests.conftest import (
    CLOSED,
    DECIDED,
    DRAFT,
    DRAFTED,
    FIRST_DAY,
    SAID,
    answered,
    approved,
    opened,
)
from chengxin.casework import facade as casework
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused
from chengxin.objections.tests.conftest import officer


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


@pytest.mark.clause("P3.3b")
def test_a_draft_becomes_the_version_in_force_on_its_first_day_by_itself(keepers: tuple[Actor, Actor]) -> None:
    first, second = keepers
    found = opened(first)
    assert (found.opened_on, found.closes_on) == (date(2026, 11, 23), date(2026, 12, 23))
    facade.comment("honour", 1, text="请说明没有网址的怎么填。", name="", now=DRAFTED)
    answered(found, first)
    done = approved(found, first, second)
    assert (done.state, done.decision_reasons) == ("approved", "看过意见和评估，同意。")
    before = legal_day(FIRST_DAY) - timedelta(days=1)
    assert catalogue.get_item("honour", on=before).version == 1
    item = catalogue.get_item("honour", on=legal_day(FIRST_DAY))
    assert (item.version, item.fields[-1].name) == (2, "website")
    assert "公示网址" in catalogue.csv_template(item).decode("utf-8-sig")
    assert catalogue.item_version_id("honour", version=2) == max(catalogue.item_version_ids().values())
    assert catalogue.check_items() == ()
    # What the files say is loaded again beside it, and is still the same.
    assert catalogue.load(now=DECIDED).added == 0
    (said,) = facade.list_published_comments(done)
    assert (said.verdict, said.reply) == ("adopted", "采纳，已写入填报说明。")


@pytest.mark.clause("P3.3b")
def test_replies_come_together_with_the_decision(keepers: tuple[Actor, Actor]) -> None:
    first, second = keepers
    found = opened(first)
    facade.comment("honour", 1, text="同意。", name="老陈", now=DRAFTED)
    assert facade.list_published_comments(found) == []
    answered(found, first)
    (said,) = facade.list_published_comments(facade.get_public("honour", 1))
    assert (said.name, said.reply, said.verdict) == ("老陈", "", "")
    (said,) = facade.list_published_comments(approved(found, first, second))
    assert said.reply == "采纳，已写入填报说明。"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{name: blood, title: [血型, Blood group]}", "FORBIDDEN_FIELD"),
        ("{name: spouse, title: [配偶姓名, Spouse]}", "KIN_FIELD"),
        ("{name: mobile, title: [联系电话, Phone], public: true}", "CONTACT_NOT_SEALED"),
    ],
)
@pytest.mark.clause("P3.3b")
def test_a_draft_is_refused_what_the_loader_of_files_refuses(
    keepers: tuple[Actor, Actor], line: str, code: str
) -> None:
    text = DRAFT.replace(
        "{name: website, title: [公示网址, Where it is published], type: url, public: true, max: 200}", line
    )
    with pytest.raises(catalogue.ItemError, match=code):
        facade.draft(keepers[0], text, reasons="试一试", now=DRAFTED)
    with access.acting_for(keepers[0], channel=Channel.OFFICE, purpose="catalogue_change"):
        assert models.Amendment.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (DRAFT.replace("version: 2", "version: 3"), "the next version of this item is 2"),
        (DRAFT + "basis: [XX/1]\n", "XX"),
        (DRAFT + "clocks: {query: query.nowhere}\n", "law has no key `query.nowhere`"),
        ("a: &a [x]\nb: *a\n", "aliases"),
        ("- one\n- two\n", "write one item"),
        (DRAFT.replace("2027-02-01", "2023-01-01"), "a later version takes effect on a later day"),
    ],
)
def test_a_draft_that_cannot_be_read_says_why(keepers: tuple[Actor, Actor], text: str, problem: str) -> None:
    with pytest.raises(catalogue.ItemError, match=problem):
        facade.draft(keepers[0], text, reasons="试一试", now=DRAFTED)


def test_only_the_highest_credit_office_amends(keepers: tuple[Actor, Actor]) -> None:
    city = officer("xy-first", "YTXY")
    with pytest.raises(Refused) as refused:
        facade.draft(city, DRAFT, reasons="本市需要", now=DRAFTED)
    assert code_of(refused) == "AMEND-NOT-HERE"


@pytest.mark.clause("P3.3b")
def test_nothing_is_decided_before_everybody_was_heard_answered_and_it_was_assessed(
    keepers: tuple[Actor, Actor],
) -> None:
    first, _second = keepers
    found = opened(first)
    facade.comment("honour", 1, text="请说明没有网址的怎么填。", name="", now=DRAFTED)

    def propose(now=CLOSED) -> str:
        with pytest.raises(Refused) as refused:
            casework.carry_out(found.case_id, verb="propose", actor=first, now=now, reasons="送批准")
        return code_of(refused)

    assert propose(CLOSED - timedelta(days=1)) == "AMEND-STILL-OPEN"
    assert propose() == "AMEND-UNREAD"
    (waiting,) = facade.list_comments(first, found)
    facade.publish_comment(first, found.id, waiting.id, now=CLOSED)
    assert propose() == "AMEND-UNANSWERED"
    facade.reply(first, found.id, waiting.id, verdict=Verdict.NOTED, text="记下了。", now=CLOSED)
    assert propose() == "AMEND-UNASSESSED"
    with pytest.raises(Refused) as refused:
        facade.assess(first, found.id, replace(SAID, impact=" "), effective_on=None, now=CLOSED)
    assert (code_of(refused), refused.value.refusal.field) == ("AMEND-ASSESSMENT", "impact")
    facade.assess(first, found.id, SAID, effective_on=None, now=CLOSED)
    casework.carry_out(found.case_id, verb="propose", actor=first, now=CLOSED, reasons="送批准")
    with pytest.raises(Refused) as refused:
        casework.carry_out(found.case_id, verb="approve", actor=first, now=DECIDED, reasons="我自己批")
    assert code_of(refused) == "A-FOUR-EYES"
    assert catalogue.item_history("honour")[-1].version == 1
    with pytest.raises(Refused) as refused:
        facade.reply(first, found.id, waiting.id, verdict=Verdict.ADOPTED, text="改口", now=DECIDED)
    assert code_of(refused) == "AMEND-CLOSED"


def test_a_version_is_published_days_before_its_first_day(keepers: tuple[Actor, Actor]) -> None:
    first, second = keepers
    found = facade.draft(first, DRAFT.replace("2027-02-01", "2026-12-29"), reasons="太急", now=DRAFTED)
    with pytest.raises(Refused) as refused:
        casework.carry_out(found.case_id, verb="open_comment", actor=first, now=DRAFTED)
    assert (code_of(refused), refused.value.refusal.values["earliest"]) == ("AMEND-TOO-SOON", date(2026, 12, 30))
    late = opened(first)
    facade.assess(first, late.id, SAID, effective_on=None, now=CLOSED)
    casework.carry_out(late.case_id, verb="propose", actor=first, now=CLOSED, reasons="送批准")
    with pytest.raises(Refused) as refused:
        casework.carry_out(
            late.case_id, verb="approve", actor=second, now=FIRST_DAY - timedelta(days=6), reasons="迟了"
        )
    assert code_of(refused) == "AMEND-TOO-SOON"
    casework.carry_out(late.case_id, verb="send_back", actor=second, now=FIRST_DAY, reasons="请推迟生效日期")
    facade.assess(first, late.id, SAID, effective_on=date(2027, 3, 1), now=FIRST_DAY)
    casework.carry_out(late.case_id, verb="propose", actor=first, now=FIRST_DAY, reasons="推迟")
    casework.carry_out(late.case_id, verb="approve", actor=second, now=FIRST_DAY, reasons="同意推迟")
    catalogue.refresh()
    assert catalogue.item_history("honour")[-1].effective_on == date(2027, 3, 1)


def test_two_amendments_of_one_version_do_not_both_become_it(keepers: tuple[Actor, Actor]) -> None:
    first, second = keepers
    one, other = opened(first), opened(first)
    assert (one.place, other.place) == (1, 2)
    for found in (one, other):
        answered(found, first)
    approved(one, first, second)
    with pytest.raises(Refused) as refused:
        approved(other, first, second)
    assert code_of(refused) == "ITEM_VERSION_NOT_NEXT"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "COMMENT-EMPTY"),
        ("我的证件号码是390101199001010017。", "COMMENT-PERSONAL"),
        ("请打13912345678。", "COMMENT-PERSONAL"),
    ],
)
def test_a_comment_with_a_number_of_somebody_is_not_taken(keepers: tuple[Actor, Actor], text: str, code: str) -> None:
    found = opened(keepers[0])
    with pytest.raises(Refused) as refused:
        facade.comment("honour", 1, text=text, name="", now=DRAFTED)
    assert (code_of(refused), facade.count_waiting(found)) == (code, 0)


def test_comments_close_with_the_last_day(keepers: tuple[Actor, Actor]) -> None:
    found = opened(keepers[0])
    facade.comment("honour", 1, text="最后一天。", name="", now=CLOSED - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        facade.comment("honour", 1, text="晚了一天。", name="", now=CLOSED)
    assert (code_of(refused), facade.count_waiting(found)) == ("COMMENT-CLOSED", 1)


def test_a_comment_is_hidden_with_a_reason_that_is_counted_in_public(keepers: tuple[Actor, Actor]) -> None:
    found = opened(keepers[0])
    facade.comment("honour", 1, text="某某某住在某处。", name="", now=DRAFTED)
    (waiting,) = facade.list_comments(keepers[0], found)
    hide = {"because": HiddenBecause.PERSONAL, "now": CLOSED}
    with pytest.raises(Refused) as refused:
        facade.hide_comment(keepers[0], found.id, waiting.id, reasons=" ", **hide)
    assert code_of(refused) == "COMMENT-HIDDEN-WHY"
    facade.hide_comment(keepers[0], found.id, waiting.id, reasons="写了住址", **hide)
    assert facade.list_published_comments(found) == []
    assert facade.count_hidden(found) == {"personal": 1}
    with pytest.raises(Refused) as refused:
        facade.publish_comment(keepers[0], found.id, waiting.id, now=CLOSED)
    assert code_of(refused) == "COMMENT-LOOKED"


def test_what_was_opened_to_comment_does_not_change(keepers: tuple[Actor, Actor]) -> None:
    found = opened(keepers[0])
    with (
        access.acting_for(keepers[0], channel=Channel.OFFICE, purpose="catalogue_change"),
        pytest.raises((InternalError, IntegrityError), match="does not change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update amendments_amendment set effective_on = effective_on - 1 where id = %s", [found.id])


def test_the_database_wants_a_second_person_and_an_assessment(keepers: tuple[Actor, Actor]) -> None:
    first, _second = keepers
    found = opened(first)
    with (
        access.acting_for(first, channel=Channel.OFFICE, purpose="catalogue_change"),
        pytest.raises(IntegrityError, match="heard_and_seconded"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "update amendments_amendment set item_version_id = 1, decided_at = now(), decided_by = drafted_by, "
            "assessed_at = now() where id = %s",
            [found.id],
        )


def test_a_process_that_follows_the_table_learns_of_a_version(keepers: tuple[Actor, Actor]) -> None:
    first, second = keepers
    found = opened(first)
    answered(found, first)
    approved(found, first, second)
    from chengxin.catalogue import shelf

    shelf.hold(())
    assert len(catalogue.item_history("honour")) == 1
    try:
        catalogue.follow_published()
        assert len(catalogue.item_history("honour")) == 2
        shelf._published.items, shelf._published.read_at = (), -shelf.LOOK_EVERY * 1e9
        assert len(catalogue.item_history("honour")) == 2
    finally:
        shelf._published.read = None
