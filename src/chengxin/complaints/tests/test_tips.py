"""A tip from its first word to its result; who reported stays unreadable to whom it is about."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import orjson
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from chengxin.access import facade as access
from chengxin.audit.models import Event
from chengxin.casework import facade as casework
from chengxin.complaints import facade, models
from chengxin.complaints.actions import RECEPTION
from chengxin.complaints.contracts import Told
from chengxin.complaints.keeping import tag_of
from chengxin.complaints.tests.conftest import LATER, TEXT, WHO, report
from chengxin.complaints.types import read_types
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.refusal import Refused
from chengxin.objections.tests.conftest import officer


def words(content: bytes) -> str:
    return orjson.loads(content)["text"]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


@pytest.mark.clause("P4.2b", "E4.1d")
def test_a_tip_is_followed_both_ways_by_its_code_without_an_account(offices: dict[str, Actor]) -> None:
    received, city = report(), offices["city"]
    assert len(received.code) == 16
    (tip,) = facade.list_of_office(city)
    assert (tip.number, tip.state, tip.is_named, tip.due_on) == (received.number, "received", False, date(2026, 12, 14))
    tip = facade.get_of_office(city, tip.id)
    assert [(one.is_paper, one.from_office) for one in tip.entries] == [(False, False), (True, False)]
    assert words(facade.open_entry(city, tip.id, tip.entries[0].digest, now=NOW)) == TEXT
    facade.answer(city, tip.id, text="请说明是哪一家中介。", verb="ask", reasons="", now=LATER)
    spelt = f" {received.code[:4].lower()}-{received.code[4:]} "
    own = facade.get_by_code(spelt)
    assert (own.state, own.entries[-1].from_office) == ("asked", True)
    assert words(facade.open_own(received.code, own.entries[-1].digest)) == "请说明是哪一家中介。"
    facade.add_by_code(received.code, text="某某中介。", papers=(), now=LATER)
    assert facade.get_by_code(received.code).state == "checking"
    facade.answer(city, tip.id, text="已移送公安机关。", verb="refer_police", reasons="证据充分。", now=LATER)
    done = facade.get_by_code(received.code)
    assert (done.state, words(facade.open_own(received.code, done.entries[-1].digest))) == (
        "police",
        "已移送公安机关。",
    )
    (quarter, *_rest) = facade.list_quarters(today=date(2026, 11, 30))
    assert (quarter.received, quarter.by_state["police"], quarter.pending) == (1, 1, 0)


@pytest.mark.clause("P4.2b")
def test_who_reported_is_unreadable_by_the_accounts_of_the_reported_unit(offices: dict[str, Actor]) -> None:
    report(**WHO)
    (tip,) = facade.list_of_office(offices["city"])
    assert facade.open_identity(offices["city"], tip.id, reasons="要当面核实", now=NOW) == tuple(WHO.values())
    inside = offices["reported"]
    # Even where the case is handed to the reported unit by mistake.
    hand_over(tip.case_id, to="YTSJ", actor=offices["city"])
    seen = 0
    for channel in Channel:
        for purpose in ("tip_handling", "tip_following", "case_handling", "audit", "misuse_handling", "oversight"):
            with access.acting_for(inside, channel=channel, purpose=purpose, case_ref="0" * 32):
                seen += models.Tip.objects.count() + models.Entry.objects.count()
    assert seen == 0
    for attempt in (
        lambda: facade.get_of_office(inside, tip.id),
        lambda: facade.open_identity(inside, tip.id, reasons="想知道是谁", now=NOW),
        lambda: facade.answer(inside, tip.id, text="没有此事。", verb="", reasons="", now=NOW),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert code_of(refused) == "ABSENT"
    # The positive control: the same role, in the office that handles it again.
    hand_over(tip.case_id, to="YTXY", actor=inside)
    assert facade.get_of_office(offices["city"], tip.id).is_named


def hand_over(case_id: UUID, *, to: str, actor: Actor) -> None:
    with access.acting_for(actor, channel=Channel.BODY, purpose="case_handling"):
        casework.transfer(case_id, body=to, actor=actor, reasons="移送", now=NOW)


@pytest.mark.clause("P4.2b")
def test_the_database_holds_neither_the_code_nor_the_words_nor_the_name(offices: dict[str, Actor]) -> None:
    received = report(**WHO)
    with access.acting_for(RECEPTION, channel=Channel.JOB, purpose="tip_handling"), connection.cursor() as cursor:
        kept = ""
        for table in ("complaints_tip", "complaints_entry", "casework_case", "casework_step"):
            cursor.execute(f"select t::text from {table} t")
            kept += str(cursor.fetchall())
        cursor.execute("select tag from complaints_tip")
        ((tag,),) = cursor.fetchall()
    assert received.number in kept
    for secret in (received.code, TEXT, *WHO.values()):
        assert secret not in kept
    assert bytes(tag) == tag_of(received.code)
    assert len(offices) == 3


def test_opening_the_identity_wants_reasons_and_leaves_its_event(offices: dict[str, Actor]) -> None:
    report(**WHO)
    (tip,) = facade.list_of_office(offices["city"])
    with pytest.raises(Refused) as refused:
        facade.open_identity(offices["city"], tip.id, reasons=" ", now=NOW)
    assert code_of(refused) == "TIP-IDENTITY-WHY"
    facade.open_identity(offices["city"], tip.id, reasons="要当面核实", now=NOW)
    auditor = officer("sx-audit", "YTSX", Role.AUDIT_ADMIN)
    with access.acting_for(auditor, channel=Channel.OFFICE, purpose="audit"):
        told = list(Event.objects.filter(reference=tip.number, categories=["tip.identity"]).values_list("reason"))
    assert told == [("要当面核实",)]


@pytest.mark.parametrize(("reported", "handler"), [("YTSJ", "city"), ("YTXY", "province"), ("", "province")])
@pytest.mark.clause("P4.2b")
def test_a_tip_is_handled_above_whom_it_is_about(offices: dict[str, Actor], reported: str, handler: str) -> None:
    received = report(body=reported)
    assert {name for name in offices if facade.list_of_office(offices[name])} == {handler}
    assert facade.list_of_office(offices[handler])[0].number == received.number


def test_nobody_handles_a_tip_about_the_highest_office_itself(offices: dict[str, Actor]) -> None:
    with pytest.raises(Refused) as refused:
        report(body="YTSX")
    assert code_of(refused) == "TIP-NO-OFFICE"
    assert not any(facade.list_of_office(actor) for actor in offices.values())


def test_a_result_without_a_word_to_the_reporter_is_refused(offices: dict[str, Actor]) -> None:
    report()
    (tip,) = facade.list_of_office(offices["city"])
    casework.carry_out(tip.case_id, verb="check", actor=offices["city"], now=NOW)
    with pytest.raises(Refused) as refused:
        casework.carry_out(tip.case_id, verb="dismiss", actor=offices["city"], now=LATER, reasons="查无此事。")
    assert code_of(refused) == "TIP-UNTOLD"
    with pytest.raises(Refused) as refused:
        facade.answer(offices["city"], tip.id, text="没有查实。", verb="dismiss", reasons="", now=LATER)
    assert code_of(refused) == "CASE-REASONS"
    assert [one.from_office for one in facade.get_of_office(offices["city"], tip.id).entries] == [False, False]


@pytest.mark.parametrize("code", ["", "2345678923456789", "不是查询码"])
def test_a_wrong_code_finds_nothing_and_tells_nothing(offices: dict[str, Actor], code: str) -> None:
    report()
    for attempt in (
        lambda: facade.get_by_code(code),
        lambda: facade.add_by_code(code, text="补充一点。", papers=(), now=NOW),
        lambda: facade.open_own(code, "0" * 32),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert code_of(refused) == "TIP-CODE"
    assert len(offices) == 3


def test_a_code_opens_its_own_tip_only(offices: dict[str, Actor]) -> None:
    mine, other = report(), report()
    theirs = facade.get_by_code(other.code).entries[0].digest
    their_id = facade.get_by_code(other.code).id
    with pytest.raises(Refused) as refused:
        facade.open_own(mine.code, theirs)
    assert code_of(refused) == "TIP-CODE"
    with (
        access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="tip_following", case_ref=tag_of(mine.code).hex()),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into complaints_entry (id, place, from_office, actor_key, at, digest, is_paper, tip_id) "
            "values (gen_random_uuid(), 9, false, '', now(), repeat('0', 32), false, %s)",
            [their_id],
        )
    assert len(offices) == 3


def test_a_tip_nobody_finished_goes_to_the_office_above(offices: dict[str, Actor]) -> None:
    from chengxin.casework.jobs import turn_the_day

    received = report()
    turn_the_day(NOW + timedelta(days=40), None)
    with access.acting_for(offices["province"], channel=Channel.BODY, purpose="case_handling"):
        case = casework.find_case(received.number, actor=offices["province"])
    assert case is not None
    assert case.escalated_at is not None


@pytest.mark.parametrize("text", ["", "短", "长" * 5001])
def test_an_empty_tip_is_not_taken(offices: dict[str, Actor], text: str) -> None:
    with pytest.raises(Refused) as refused:
        facade.receive("privacy", Told(text=text), papers=(), now=NOW)
    assert code_of(refused) == "TIP-TEXT"
    assert not any(facade.list_of_office(actor) for actor in offices.values())


def test_a_new_kind_of_tip_is_an_entry_of_data() -> None:
    text = """
counterfeit:
  title: {zh: 假冒伪劣, en: Counterfeits}
  summary: {zh: 一, en: a}
  procedure: tip
  route: above
  asks: []
  never: {zh: 二, en: b}
  retention: tip.retention
"""
    assert read_types(text)["counterfeit"].procedure == "tip"
    with pytest.raises(ValueError, match="route is one of"):
        read_types(text.replace("above", "below"))
