"""A complaint from its first word to the compensation; by itself to the authority when nobody answers."""

from __future__ import annotations

from datetime import date, timedelta

import orjson
import pytest

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.jobs import turn_the_day
from chengxin.complaints import facade as tips
from chengxin.database.contracts import Channel
from chengxin.disputes import facade, models
from chengxin.disputes.contracts import Dispute, Offer
from chengxin.disputes.tests.conftest import DAY, TEXT, WHO, Town, complain
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.notices import facade as notices

REFUND = Offer(what="refund", fen=5900)


def mine(actor: Actor) -> Dispute:
    (found,) = facade.list_for(actor)
    return found


def code_of(attempt: object, *given: object, **named: object) -> str:
    with pytest.raises(Refused) as refused:
        attempt(*given, **named)  # type: ignore[operator]
    return refused.value.refusal.code


@pytest.mark.clause("E2.5b")
def test_a_parcel_leads_to_its_shop_and_a_complaint_to_its_compensation_with_every_clock_seen(town: Town) -> None:
    for code in (" YT001 ", "O-1", f"https://chengxin.example.org/shops/{town.shop.id}"):
        assert facade.locate(code) == town.shop
    assert [code_of(facade.locate, code) for code in ("YT999", "", "B-1")] == ["DSP-NOT-FOUND"] * 3
    received = complain(town.shop, text=f"{TEXT}联系我13900000000，云汀市禾木路3号。")
    own = facade.get_by_code(received.code)
    assert (own.is_matched, own.case.state, own.case.body, own.case.due_on) == (
        True,
        "first",
        "SHOP",
        date(2026, 12, 7),
    )
    assert facade.list_for(town.regulator) == facade.list_for(town.outsider) == []
    dispute = mine(town.merchant)
    assert (
        orjson.loads(facade.open_entry(town.merchant, dispute.id, dispute.entries[0].digest, now=NOW))["text"]
        == f"{TEXT}联系我＊＊＊，＊＊＊。"
    )
    with access.acting_for(town.merchant, channel=Channel.SELF, purpose="own_archive"):
        assert [one.text for one in notices.list_for(town.merchant)] == ["dispute_received"]
    facade.act(town.merchant, dispute.id, verb="answer", reasons="退全款。", offer=REFUND, now=NOW + DAY)
    facade.act_by_code(received.code, verb="agree", now=NOW + 2 * DAY)
    paid = Offer(what="refund", fen=5900, done_on=date(2026, 11, 26))
    facade.act(town.merchant, dispute.id, verb="pay", reasons="已原路退回。", offer=paid, now=NOW + 3 * DAY)
    facade.act_by_code(received.code, verb="confirm", now=NOW + 4 * DAY)
    done = facade.get_by_code(received.code)
    assert (done.case.state, [(one.stage, one.fen, one.done_on) for one in done.terms]) == (
        "settled",
        [("offered", 5900, None), ("agreed", 5900, None), ("paid", 5900, date(2026, 11, 26))],
    )
    course = facade.course_by_code(received.code, now=NOW + 4 * DAY)
    for actor in (town.merchant, town.clerk):
        assert facade.course_for(actor, dispute.id, now=NOW + 4 * DAY) == course
    assert [(one.key, one.starts_on, one.last_day, one.stopped_on) for one in course[1]] == [
        ("dispute.first", date(2026, 11, 23), date(2026, 12, 7), date(2026, 11, 24)),
        ("dispute.reply", date(2026, 11, 24), date(2026, 12, 8), date(2026, 11, 25)),
        ("dispute.perform", date(2026, 11, 25), date(2026, 12, 2), date(2026, 11, 26)),
        ("dispute.confirm", date(2026, 11, 26), date(2026, 12, 10), date(2026, 11, 27)),
    ]


@pytest.mark.clause("E2.5b")
def test_unanswered_it_goes_to_the_authority_by_itself_which_accepts_mediates_and_waits_for_tests(town: Town) -> None:
    received = complain(town.shop, contact=WHO)
    assert turn_the_day(NOW + 14 * DAY, None)["lapsed"] == 0
    passed = NOW + 15 * DAY
    assert (turn_the_day(passed, None)["lapsed"], turn_the_day(passed, None)["lapsed"]) == (1, 0)
    dispute = mine(town.regulator)
    assert (dispute.case.state, dispute.case.body, dispute.case.due_on) == ("received", "YTSJ", date(2026, 12, 17))
    assert facade.open_contact(town.regulator, dispute.id, now=passed) == WHO
    for other in (town.merchant, town.clerk):
        assert code_of(facade.open_contact, other, dispute.id, now=passed) == "ABSENT"
    with access.acting_for(town.regulator, channel=Channel.BODY, purpose="dispute_handling"):
        taken = {"verb": "accept", "actor": town.regulator, "note": "这家店上月也有。", "now": passed}
        assert casework.take(dispute.case.id, **taken).state == "mediating"
    for actor in (town.merchant, town.clerk, town.regulator):
        assert "这家店上月也有。" not in str(facade.course_for(actor, dispute.id, now=passed))
    before = facade.get_by_code(received.code).case.due_on
    facade.act(town.regulator, dispute.id, verb="test", reasons="送检密封圈。", now=passed + DAY)
    back = facade.act(town.regulator, dispute.id, verb="resume", reasons="检测完毕。", now=passed + 8 * DAY)
    clocks = {one.key: one for one in facade.course_by_code(received.code, now=passed + 8 * DAY)[1]}
    mediate = clocks["dispute.mediate"]
    # 17 working days in December, 20 in January, 4 before New Year's Eve (5 February), 4 from the 9th; then 5 more.
    assert (mediate.starts_on, before, back.due_on) == (date(2026, 12, 8), date(2027, 2, 12), date(2027, 2, 19))
    assert (mediate.paused, len(mediate.days), mediate.cites) == (7, 45, ("TS/20", "TS/21"))
    assert code_of(facade.act, town.clerk, dispute.id, verb="end", reasons="不谈了。", now=passed) == "A-NO-RIGHT"
    facade.act(town.regulator, dispute.id, verb="end", reasons="店铺明确拒绝调解。", now=passed + 9 * DAY)
    assert facade.get_by_code(received.code).case.state == "unsettled"


def test_silence_after_an_answer_ends_it_and_silence_after_a_payment_settles_it(town: Town) -> None:
    one, other = complain(town.shop), complain(town.shop)
    for received in (one, other):
        dispute = facade.get_by_code(received.code)
        facade.act(town.merchant, dispute.id, verb="answer", reasons="退款。", offer=REFUND, now=NOW)
    facade.act_by_code(other.code, verb="agree", now=NOW)
    paid = Offer(what="refund", fen=5900, done_on=date(2026, 11, 23))
    facade.act(town.merchant, dispute.id, verb="pay", reasons="已退。", offer=paid, now=NOW)
    assert turn_the_day(NOW + 15 * DAY, None)["lapsed"] == 2
    assert [facade.get_by_code(received.code).case.state for received in (one, other)] == ["lapsed", "settled"]


def test_what_was_agreed_and_not_paid_goes_to_the_authority(town: Town) -> None:
    received = complain(town.shop)
    dispute = mine(town.merchant)
    facade.act(town.merchant, dispute.id, verb="answer", reasons="退款。", offer=REFUND, now=NOW)
    facade.act_by_code(received.code, verb="agree", now=NOW)
    turn_the_day(NOW + 8 * DAY, None)
    assert (facade.get_by_code(received.code).case.state, mine(town.regulator).number) == ("received", received.number)


def test_an_answer_without_an_offer_cannot_be_agreed_to_and_a_payment_names_its_day(town: Town) -> None:
    received = complain(town.shop)
    dispute = mine(town.merchant)
    facade.act(town.merchant, dispute.id, verb="answer", reasons="不同意。", now=NOW)
    assert code_of(facade.act_by_code, received.code, verb="agree", now=NOW) == "DSP-NO-OFFER"
    assert code_of(facade.act_by_code, received.code, verb="end", now=NOW) == "DSP-CODE"
    facade.act_by_code(received.code, verb="go_up", now=NOW)
    assert facade.get_by_code(received.code).case.body == "YTSJ"
    another = complain(town.shop)
    other = facade.get_by_code(another.code)
    facade.act(town.merchant, other.id, verb="answer", reasons="退款。", offer=REFUND, now=NOW)
    facade.act_by_code(another.code, verb="agree", now=NOW)
    late = Offer(what="refund", fen=1, done_on=date(2026, 11, 24))
    assert (
        code_of(facade.act, town.merchant, other.id, verb="pay", reasons="付了。", offer=late, now=NOW) == "DSP-PAID-ON"
    )
    with pytest.raises(Refused) as refused:
        casework.carry_out(
            facade.get_by_code(complain(town.shop).code).case.id,
            verb="answer_for",
            actor=town.clerk,
            now=NOW,
            reasons="退款。",
        )
    assert refused.value.refusal.code == "DSP-UNSAID"


@pytest.mark.clause("E2.5b")
def test_a_text_that_is_both_becomes_two_cases_and_the_shop_never_sees_the_tip(town: Town) -> None:
    received = complain(town.shop, breach="这家店卖的都是假货，仓库里有几千件。")
    assert (received.tip_number[:2], received.number[:2], received.code != received.tip_code) == ("JB", "TS", True)
    assert tips.get_by_code(received.tip_code).kind == "consumer"
    assert code_of(tips.get_by_code, received.code) == "TIP-CODE"
    dispute = mine(town.merchant)
    said = orjson.loads(facade.open_entry(town.merchant, dispute.id, dispute.entries[0].digest, now=NOW))
    assert said["text"] == TEXT
    assert received.tip_number not in str((dispute, facade.course_for(town.merchant, dispute.id, now=NOW)))
    for actor in (town.merchant, town.clerk):
        door = Channel.BODY if actor.body else Channel.SELF
        with access.acting_for(actor, channel=door, purpose="dispute_handling"):
            assert casework.find_case(received.tip_number, actor=actor) is None
    paid = complain(town.shop, matter="payment", breach="付款页面没有授权就连扣三个月。")
    assert tips.get_by_code(paid.tip_code).kind == "payment"


def test_neither_the_code_nor_the_words_nor_the_contact_are_in_the_database(town: Town) -> None:
    from django.db import connection

    received = complain(town.shop, contact=WHO)
    kept = ""
    from chengxin.disputes.reaching import CONSUMER

    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose="dispute_handling"), connection.cursor() as cursor:
        for table in ("disputes_dispute", "disputes_entry", "casework_case", "casework_step"):
            cursor.execute(f"select t::text from {table} t")
            kept += str(cursor.fetchall())
    assert received.number in kept
    for secret in (received.code, TEXT, WHO.name, WHO.phone, WHO.address):
        assert secret not in kept
    for wrong in ("", "2345678923456789"):
        assert code_of(facade.get_by_code, wrong) == "DSP-CODE"


@pytest.mark.clause("E2.5b")
def test_joint_complaints_keep_their_codes_and_outcomes(town: Town) -> None:
    one, other = complain(town.shop), complain(town.shop)
    for received in (one, other):
        facade.act_by_code(received.code, verb="go_up", now=NOW)
    first, second = (facade.get_by_code(received.code) for received in (one, other))
    assert [found.number for found in facade.list_alike(town.regulator, first.id, now=NOW)] == [second.number]
    facade.join(town.regulator, second.id, first.number, now=NOW)
    assert facade.list_joined(town.regulator, first.id) == [second.number]
    assert code_of(facade.join, town.regulator, first.id, second.number, now=NOW) == "DSP-JOIN"
    facade.act_by_code(other.code, verb="withdraw", now=NOW)
    states = [facade.get_by_code(received.code).case.state for received in (one, other)]
    assert states == ["received", "withdrawn"]


def test_after_three_years_words_and_contact_are_destroyed(town: Town) -> None:
    from chengxin.retention.jobs import TASKS

    # Closed on 2024-11-23: thirty-six months end with 2027-11-23, while the rules are in force.
    then = NOW - timedelta(days=730)
    received = complain(town.shop, contact=WHO, may_publish=True, now=then)
    facade.act_by_code(received.code, verb="withdraw", now=then)
    (task,) = TASKS
    assert task.run(then + timedelta(days=1095), None)["dispute"] == 0
    assert task.run(then + timedelta(days=1096), None)["dispute"] == 1
    assert code_of(facade.get_by_code, received.code) == "DSP-CODE"
    with access.acting_for(town.merchant, channel=Channel.SELF, purpose="dispute_handling"):
        row = models.Dispute.objects.get()
    assert (row.contact, row.public_text, row.number) == ("", "", received.number)
