"""Nobody is honoured, recorded or named without having agreed; objections and a second person stand before it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
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
    SEEN,
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
from chengxin.lists import facade as lists
from chengxin.notices.models import Notice
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Outlet
from chengxin.records.contracts import MarkKind

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
    visited = text.replace("}, item", "}, visit: true, item").replace("BODY", "market").replace("BASIS", "SD/14")
    assert read_kinds(visited.replace("ITEM", "honour"))["x"].needs_visit
    with pytest.raises(BadKind, match="nobody is visited at home"):
        read_kinds(visited.replace("ITEM", "person_honour"))


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


def _public_now() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from records_publication where ended_at is null and item_code = 'honour'")
        return int(cursor.fetchone()[0])


@pytest.mark.clause("E6.3d")
def test_a_place_is_visited_before_the_public_notice_and_no_person_is(office: Office, lin: Actor, firm: Actor) -> None:
    nomination_id, number = nominate(office, "model_firm", SHOP)
    assert refusal_of(lambda: facade.visit(office.clerk, nomination_id, found=SEEN, now=NOW)) == "CASE-STATE"
    facade.answer(firm, number, Answer.NAMED, now=NOW)
    facade.check(office.clerk, nomination_id, now=NOW)
    assert refusal_of(lambda: take(of_body(office, nomination_id), "publish", office.clerk)) == "HON-VISIT-FIRST"
    assert refusal_of(lambda: facade.visit(office.clerk, nomination_id, found=" ", now=NOW)) == "CASE-REASONS"
    with simulated(NOW):
        page = sign_in("ytwm-clerk")
        address = f"/dept/honours/{nomination_id}"
        assert "现场核查" in page.get(address).content.decode()
        assert page.post(f"{address}/visit", {"found": ""}).status_code == 422
        assert page.post(f"{address}/visit", {"found": SEEN}).status_code == 302
    assert of_body(office, nomination_id).visited_on == NOW.date()
    assert SEEN in sign_in("firm").get(f"/me/honours/{number}").content.decode()
    take(of_body(office, nomination_id), "publish", office.clerk)
    assert refusal_of(lambda: facade.visit(office.clerk, nomination_id, found=SEEN, now=NOW)) == "CASE-STATE"
    person_id, person = nominate(office)
    facade.answer(lin, person, Answer.NAMED, now=NOW)
    assert refusal_of(lambda: facade.visit(office.clerk, person_id, found=SEEN, now=NOW)) == "ABSENT"
    rows = (
        (
            office.clerk,
            Channel.INTAKE,
            "id",
            person_id,
            "visited_by = 'account:x', visited_on = current_date",
            "honours_visited_by_somebody",
        ),
        (firm, Channel.SELF, "number", number, "visited_on = visited_on + 1", "A nominee answers"),
    )
    for actor, channel, column, value, change, said in rows:
        with (
            access.acting_for(actor, channel=channel, purpose="honour"),
            pytest.raises(DatabaseError, match=said),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"update honours_nomination set {change} where {column} = %s", [value])


@pytest.mark.clause("P2.3a")
def test_who_gives_an_honour_up_takes_the_record_and_all_that_rests_on_it_with_it(
    office: Office, lin: Actor, firm: Actor
) -> None:
    found = until_honoured(office, lin)
    other = until_honoured(office, firm, kind="model_firm", who=SHOP)
    assert refusal_of(lambda: facade.give_up(firm, found.number, now=OVER)) == "ABSENT"
    assert len(lines_of(lin)) == 1
    with simulated(OVER):
        own = sign_in("lin")
        before = own.get(f"/me/honours/{found.number}").content.decode()
        assert ("放弃这项荣誉" in before, "有效期至" in before, "下次复核" in before) == (True, True, True)
        assert own.post(f"/me/honours/{found.number}/give-up").status_code == 302
        page = own.get(f"/me/honours/{found.number}").content.decode()
        assert ("本人已放弃" in page, "已撤销" in page, STORY in page) == (True, False, False)
        assert ("有效期至" in page, "下次复核" in page) == (False, False)  # What was given up has no last day.
        assert Client().get(f"/honours/{found.number}").status_code == 404
    assert of_body(office, found.id, now=OVER).standing is Standing.GIVEN_UP
    assert [one.standing for one in facade.list_own(lin, now=OVER)] == [Standing.GIVEN_UP]
    assert found.record_id is not None
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (line,) = records.list_by_ids([(found.subject_id, found.record_id)])
    assert [(mark.kind, mark.reference) for mark in line.marks] == [(MarkKind.WITHDRAWN, found.number)]
    assert not records.usable(line, channel=Outlet.LISTED, at=OVER)
    assert refusal_of(lambda: facade.give_up(lin, found.number, now=OVER)) == "HON-NOTHING"
    why = {"reasons": "年度复核。", "now": OVER}
    assert refusal_of(lambda: facade.begin_review(office.clerk, found.id, **why)) == "HON-NO-REVIEW"
    assert [one.number for one in facade.list_public(now=OVER)] == [other.number]
    lists.settle(now=OVER, since=None)
    assert [one.name for one in lists.list_public("honour", at=OVER, limit=5)] == [SHOP["subject_name"]]
    facade.give_up(firm, other.number, now=OVER)
    assert lists.list_public("honour", at=OVER, limit=5) == []
    assert facade.list_public(now=OVER) == []
    assert _public_now() == 0
    assert nominate(office)[1] != found.number  # Nothing is held against who gave one up.


@pytest.mark.clause("P2.3a")
def test_giving_up_ends_a_review_and_nobody_else_can_give_up_or_bring_back(office: Office, lin: Actor) -> None:
    found = until_honoured(office, lin)
    change = "update honours_nomination set closed_at = now(), shown_name = '', shown_story = '' where id = %s"
    with (
        access.acting_for(office.clerk, channel=Channel.BODY, purpose="honour"),
        pytest.raises(DatabaseError, match="Only the nominee gives an honour up"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change, [found.id])
    assert lin.subject_id is not None
    assert found.record_id is not None
    word = {"kind": MarkKind.WITHDRAWN, "reason": "不要了", "reference": "x", "actor": lin, "now": OVER}
    with (
        access.acting_for(lin, channel=Channel.SELF, purpose="honour"),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):  # Not before it was given up, and so no other record of one's own either.
        records.mark(subject_id=lin.subject_id, record_id=found.record_id, **word)  # type: ignore[arg-type]
    case = facade.begin_review(office.clerk, found.id, reasons="年度复核。", now=OVER)
    facade.give_up(lin, found.number, now=OVER)
    review = facade.open_of_body(office.clerk, found.id, now=OVER).review
    assert review is not None
    assert (review.id, review.state) == (case.id, "given_up")
    for actor, channel in ((office.clerk, Channel.BODY), (lin, Channel.SELF)):
        with (
            access.acting_for(actor, channel=channel, purpose="honour"),
            pytest.raises(DatabaseError, match="stays ended"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("update honours_nomination set closed_at = null where id = %s", [found.id])
