"""Nobody is honoured, recorded or named without having agreed; objections and a second person stand before it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.audit.models import Event
from chengxin.database.contracts import Channel
from chengxin.honours import facade, models
from chengxin.honours.contracts import Answer, Outcome, Standing
from chengxin.honours.kinds import BadKind, kinds, read_kinds
from chengxin.honours.tests.conftest import (
    LIN,
    NOW,
    OVER,
    SHOP,
    STORY,
    Office,
    nominate,
    of_body,
    take,
    until_honoured,
    until_noticed,
)
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.notices.models import Notice
from chengxin.records import facade as records

pytestmark = pytest.mark.clause("P2.3a")


def lines_of(actor: Actor) -> list[tuple[object, ...]]:
    assert actor.subject_id is not None
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        found = [one for one in records.list_of_subject(actor.subject_id) if one.item_code.endswith("honour")]
    return [(one.item_code, one.determined_on, one.valid_until) for one in found]


def refusal_of(act: object) -> str:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    return caught.value.refusal.code


def test_each_kind_has_basis_granting_departments_and_a_term() -> None:
    assert list(kinds()) == ["moral_model", "good_neighbour", "trust_star", "model_firm", "safe_shop"]
    text = "- {code: x, title: {zh: 甲, en: A}, what: {zh: 乙, en: B}, item: ITEM, bodies: [BODY], basis: [BASIS]}"
    for item, body, basis in (("penalty", "market", "SD/14"), ("honour", "moon", "SD/14"), ("honour", "market", "")):
        with pytest.raises(BadKind, match="x:"):
            read_kinds(text.replace("ITEM", item).replace("BODY", body).replace("BASIS", basis))


def test_without_consent_nobody_is_checked_published_recorded_or_named(office: Office, lin: Actor) -> None:
    nomination_id, number = nominate(office)
    assert refusal_of(lambda: facade.check(office.clerk, nomination_id, now=NOW)) == "HON-NOT-AGREED"
    found = of_body(office, nomination_id)
    assert refusal_of(lambda: take(found, "publish", office.clerk)) == "CASE-STATE"
    assert facade.find_public(number, now=NOW) is None
    facade.answer(lin, number, Answer.DECLINED, now=NOW)
    course = facade.open_of_body(office.clerk, nomination_id, now=NOW)
    assert (course.draft, course.found.standing, course.case.state) == (None, Standing.CLOSED, "declined")
    assert lines_of(lin) == []
    with access.acting_for(lin, channel=Channel.SELF, purpose="honour"):
        assert bytes(models.Nomination.objects.get().sealed) == b""


def test_the_database_lets_only_the_nominee_answer_and_names_nobody_who_did_not_agree(
    office: Office, lin: Actor
) -> None:
    nomination_id, number = nominate(office)
    attempts = {
        "answer = 'named'": "Only the nominee answers",
        "shown_name = '林'": "honours_shown_by_consent",
        "notice_from = '2026-11-23'": "honours_agreed_before_notice",
        "record_id = id": "honours_awarded_by_another",
    }
    for change, error in attempts.items():
        with (
            access.acting_for(office.clerk, channel=Channel.BODY, purpose="honour"),
            pytest.raises(DatabaseError, match=error),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"update honours_nomination set {change}")
    for change in ("checked_on = '2026-11-23'", "answer = 'named', shown_name = '林'", "reviewed_on = '2026-11-23'"):
        with (
            access.acting_for(lin, channel=Channel.SELF, purpose="honour"),
            pytest.raises(DatabaseError, match="A nominee answers and nothing else"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"update honours_nomination set {change}")
    assert of_body(office, nomination_id).answer is Answer.WAITING
    assert facade.find_public(number, now=NOW) is None


def test_an_honour_is_agreed_to_published_looked_at_by_everybody_and_signed_by_another(
    office: Office, lin: Actor
) -> None:
    found = until_noticed(office, lin)
    assert (found.notice_from, found.notice_until) == (date(2026, 11, 23), date(2026, 11, 30))
    (shown,) = facade.list_public(now=NOW)
    assert (shown.shown_name, shown.shown_story, shown.standing) == ("林禾舟", STORY, Standing.NOTICED)
    assert refusal_of(lambda: take(found, "propose", office.clerk)) == "HON-NOTICE-RUNS"
    take(found, "propose", office.clerk, OVER)
    assert refusal_of(lambda: take(found, "award", office.clerk, OVER)) == "A-NO-RIGHT"
    assert refusal_of(lambda: take(found, "award", office.approver, OVER)) == "HON-CHECK-FIRST"
    facade.check(office.clerk, found.id, now=OVER)
    take(found, "award", office.approver, OVER)
    assert lines_of(lin) == []
    take(found, "enter", office.clerk, OVER)
    assert lines_of(lin) == [("person_honour", date(2026, 12, 1), date(2029, 12, 1))]
    (honoured,) = facade.list_public(kind="trust_star", persons=True, now=OVER)
    assert (honoured.standing, honoured.valid_until) == (Standing.AWARDED, date(2029, 12, 1))
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        told = set(Notice.objects.filter(subject_id=lin.subject_id).values_list("text_code", flat=True))
        looked = list(Event.objects.filter(purpose="honour", kind="search").values_list("reference", flat=True))
    assert {"honour_asked", "honour_noticed", "honour_awarded"} <= told
    assert looked == [found.number, found.number]


def test_who_agrees_without_a_name_is_honoured_and_named_nowhere(office: Office, lin: Actor) -> None:
    found = until_honoured(office, lin, said=Answer.UNNAMED)
    assert facade.list_public(now=OVER) == []
    by_number = facade.find_public(found.number, now=OVER)
    assert by_number is not None
    assert (by_number.shown_name, by_number.shown_story, by_number.standing) == ("", "", Standing.AWARDED)
    assert len(lines_of(lin)) == 1


def test_who_withdraws_the_name_is_unnamed_at_once_and_keeps_the_honour(
    office: Office, lin: Actor, firm: Actor
) -> None:
    found = until_honoured(office, lin)
    assert refusal_of(lambda: facade.unname(firm, found.number, now=OVER)) == "ABSENT"
    assert [one.shown_name for one in facade.list_public(now=OVER)] == ["林禾舟"]
    facade.unname(lin, found.number, now=OVER)
    assert facade.list_public(now=OVER) == []
    after = of_body(office, found.id, now=OVER)
    assert (after.shown_name, after.shown_story, after.standing) == ("", "", Standing.AWARDED)
    assert len(lines_of(lin)) == 1


def test_a_nominee_may_decline_until_it_is_entered_and_a_notice_ends_with_that(office: Office, lin: Actor) -> None:
    found = until_noticed(office, lin)
    facade.answer(lin, found.number, Answer.DECLINED, now=NOW)
    assert facade.find_public(found.number, now=NOW) is None
    assert facade.list_public(now=NOW) == []
    assert lines_of(lin) == []


def test_an_open_or_upheld_objection_stands_before_the_award(office: Office, lin: Actor) -> None:
    found = until_noticed(office, lin)
    number = facade.object_to(found.number, text="退款的事不属实，当时拖了两个月。", now=NOW)
    assert refusal_of(lambda: take(found, "propose", office.clerk, OVER)) == "HON-OBJECTION-OPEN"
    assert (
        refusal_of(lambda: facade.object_to(found.number, text="晚了一天才写信来反映。", now=OVER)) == "HON-NOTICE-OVER"
    )
    (letter,) = facade.list_letters(office.clerk, nomination_id=found.id, now=OVER)
    facade.reply(office.clerk, letter.id, outcome=Outcome.ADOPTED, text="经核实，反映属实。", now=OVER)
    assert refusal_of(lambda: take(found, "propose", office.clerk, OVER)) == "HON-OBJECTION-UPHELD"
    take(found, "refuse", office.approver, OVER)
    answered = facade.find_letter(number)
    assert answered is not None
    assert (answered.text, answered.outcome, answered.reply) == ("", Outcome.ADOPTED, "经核实，反映属实。")
    assert facade.list_public(now=OVER) == []
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="honour"):
        assert not models.Letter.objects.exists()


def test_anybody_proposes_to_a_body_that_grants_the_kind_and_to_no_other(office: Office, market: Office) -> None:
    assert facade.bodies_for("trust_star", now=NOW) == ["YTWM"]
    number = facade.propose("trust_star", body="YTWM", text="我家楼下修鞋的师傅值得提名。", now=NOW)
    (letter,) = facade.list_letters(office.clerk, now=NOW)
    assert (letter.number, letter.text) == (number, "我家楼下修鞋的师傅值得提名。")
    assert facade.list_letters(market.clerk, now=NOW) == []
    wrong = {"kind_code": "trust_star", "body": "YTSJ", "text": "我家楼下修鞋的师傅值得提名。"}
    assert refusal_of(lambda: facade.propose(wrong.pop("kind_code"), **wrong, now=NOW)) == "HON-BODY"
    with pytest.raises(Refused, match="HON-BODY"):
        nominate(market)


def test_an_operator_is_honoured_in_public_and_expires_by_itself(office: Office, firm: Actor) -> None:
    found = until_honoured(office, firm, kind="model_firm", who=SHOP)
    page = archives.find_public_subject(SHOP["uscc"], actor=ANYONE, now=OVER)
    assert page is not None
    assert [line.title for line in page.lines if line.item_code == "honour"] == ["诚信示范企业"]
    after = OVER.replace(year=2029, month=12, day=2)
    with simulated(after):
        ended = facade.find_public(found.number, now=after)
        assert ended is not None
        assert ended.standing is Standing.EXPIRED
        assert facade.list_public(now=after) == []


def test_a_second_nomination_for_the_same_honour_is_refused_while_one_is_open(office: Office, lin: Actor) -> None:
    nominate(office, who=LIN)
    assert refusal_of(lambda: nominate(office, who=LIN)) == "HON-TWICE"
