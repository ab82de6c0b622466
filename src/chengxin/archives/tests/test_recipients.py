"""Who received a line is known, is told of every change of it, and answers; nobody else hears of it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from chengxin.access import facade as access
from chengxin.archives import facade
from chengxin.archives.bodies import forget_bodies
from chengxin.archives.tests.conftest import sign_in
from chengxin.archives.tests.programs import (
    ADDRESS,
    USCC,
    Program,
    keys,
    ledger,
    looking,
    mark,
    register,
    told,
    verify_as_bank,
)
from chengxin.casework.jobs import turn_the_day
from chengxin.casework.oversight import list_service
from chengxin.consents import facade as consents
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, SETUP, Office, open_office
from chengxin.intake.tests.test_main_job import FIRM, HEAD, PERSON
from chengxin.jobs import facade as jobs
from chengxin.jobs.models import Message
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.actor import Actor, Role, platform
from chengxin.kernel.clock import legal_day, simulated, start_of
from chengxin.law import facade as law
from chengxin.records import facade as records
from chengxin.records.contracts import Done, Handed, MarkKind
from chengxin.records.models import RecordVersion


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


def test_a_registered_program_is_noted_once_and_the_public_never(lin: Actor, shop: Program) -> None:
    assert Client().get(ADDRESS).status_code == 200
    assert sign_in("lin").get(f"/subjects/{USCC}").status_code == 200
    assert ledger() == []
    assert shop.get(ADDRESS).json()["lines"][0]["version"] == 1
    assert shop.get(ADDRESS).status_code == 200
    assert ledger() == [(shop.key, 1, "public.subject")]


def test_a_program_that_cannot_prove_itself_receives_nothing(lin: Actor, shop: Program) -> None:
    forged = Program(key=shop.key, header="Basic " + base64.b64encode(f"{shop.key[7:]}:guess".encode()).decode())
    filing = register("FILER", "batch.upload")
    assert [forged.get(ADDRESS).status_code, filing.get(ADDRESS).status_code] == [401, 422]
    assert ledger() == []


def test_a_body_that_verifies_a_report_is_noted_and_its_subject_is_not(lin: Actor, bank: Office) -> None:
    code = verify_as_bank(lin, bank)
    facade.verify(code, actor=lin, now=NOW)
    Client().get(f"/verify/{code}")
    assert ledger() == [("body:BANK", 1, "report.verify")]
    forget_bodies()
    page = sign_in("lin").get(f"/me/records/{facade.own_archive(lin, now=NOW).lines[0].record_id}").content.decode()
    assert "云汀银行" in page
    assert "核验您给出的报告" in page


def test_the_body_that_filed_a_record_is_no_recipient_of_it(lin: Actor, market: Office) -> None:
    new = access.register_client(
        "own", body="YTSJ", scopes=("record.read_public",), actor=SETUP, now=NOW, secret="own-secret"
    )
    own = Program(key="", header="Basic " + base64.b64encode(f"{new.client.id}:own-secret".encode()).decode())
    assert len(own.get(ADDRESS).json()["lines"]) == 1
    assert ledger() == []


@pytest.mark.parametrize(
    ("kind", "duty"),
    [
        (MarkKind.OBJECTION, "mark"),
        (MarkKind.FROZEN, "stop"),
        (MarkKind.REPAIRED, "stop"),
        (MarkKind.WITHDRAWN, "delete"),
    ],
)
@pytest.mark.clause("R9")
def test_each_mark_tells_each_recipient_what_to_do_and_nobody_else(
    lin: Actor, market: Office, shop: Program, kind: MarkKind, duty: str
) -> None:
    register("STRANGER", "record.read_public", "outbox.receive")
    shop.get(ADDRESS)
    firm, person = keys(market)
    mark(market, person, kind)
    assert told() == []  # Nobody received Lin's line.
    mark(market, firm, kind)
    assert told() == [(shop.key, kind.value, duty)]


def test_redline_a_withdrawn_record_is_told_to_all_who_received_it(
    lin: Actor, market: Office, shop: Program, stranger: Program, bank: Office
) -> None:
    """Two programs received the firm's line, a bank Lin's report; each is told of its own line only."""
    shop.get(ADDRESS)
    stranger.get(ADDRESS)
    code = verify_as_bank(lin, bank)
    firm, person = keys(market)
    mark(market, firm, MarkKind.WITHDRAWN)
    assert told() == sorted([(shop.key, "withdrawn", "delete"), (stranger.key, "withdrawn", "delete")])
    mark(market, person, MarkKind.WITHDRAWN)
    assert ("body:BANK", "withdrawn", "delete") in told()
    assert len(told()) == 3
    with looking():
        payload = orjson.loads(Message.objects.get(recipient="body:BANK").payload)
        digits = Message.objects.filter(payload__contains="390101199001010017").count()
    assert (payload["references"], payload["version"], payload["source"]) == ([code], 1, "YTSJ")
    assert digits == 0


def test_another_record_of_the_same_subject_is_another_matter(
    lin: Actor, market: Office, shop: Program, hand_in: Callable[..., Batch], accept: Any
) -> None:
    shop.get(ADDRESS)
    second = FIRM.replace("〔2026〕1号", "〔2026〕9号")
    accept(hand_in((HEAD + second).encode(), market, name="又一份.csv").id, market, now=NOW + timedelta(hours=1))
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        unseen = RecordVersion.objects.get(document_key="云市监处罚20269号")
    mark(market, (unseen.subject_id, unseen.record_id), MarkKind.WITHDRAWN)
    assert told() == []


def test_nobody_writes_the_ledger_in_the_name_of_another(lin: Actor, market: Office, shop: Program) -> None:
    subject_id, record_id = keys(market)[0]
    handed = [Handed(subject_id=subject_id, record_id=record_id, version=1, source_body="YTSJ")]
    line = {"outlet": "public.subject", "purpose": "public_viewing", "event_id": record_id, "now": NOW}
    other = Actor(key=shop.key, roles=frozenset({Role.CLIENT}), body="SHOP")
    with (
        access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        records.note_received(handed, recipient=other, **line)
    assert ledger() == []


def test_a_lifted_mark_is_told_as_well(lin: Actor, market: Office, shop: Program) -> None:
    shop.get(ADDRESS)
    mark_id = mark(market, keys(market)[0], MarkKind.OBJECTION)
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.lift(mark_id, actor=market.approver, now=NOW)
    assert told() == [(shop.key, "lifted", "replace"), (shop.key, "objection", "mark")]


def test_a_mark_set_by_another_tells_the_source_body(lin: Actor, market: Office, shop: Program) -> None:
    subject_id, record_id = keys(market)[0]
    keeper = platform("recall")
    with access.acting_for(keeper, channel=Channel.JOB, purpose="correction"):
        records.mark(
            subject_id=subject_id,
            record_id=record_id,
            kind=MarkKind.FROZEN,
            reason="核查",
            reference="CH-2",
            actor=keeper,
            now=NOW,
        )
    assert told() == [("body:YTSJ", "frozen", "stop")]


def test_a_corrected_row_tells_who_received_the_version_before(
    lin: Actor, market: Office, shop: Program, hand_in: Callable[..., Batch], accept: Any
) -> None:
    shop.get(ADDRESS)
    later = NOW + timedelta(hours=1)
    corrected = FIRM.replace("罚款一万元,1.0", "罚款九千元,0.9")
    done = accept(hand_in((HEAD + corrected + PERSON).encode(), market, name="更正.csv").id, market, now=later)
    assert (done.corrected, done.repeated) == (1, 1)
    # Whoever received only the second version has nothing to replace.
    register("STRANGER", "record.read_public").get(ADDRESS)
    assert told() == [(shop.key, "corrected", "replace")]
    with looking():
        payload = orjson.loads(Message.objects.get().payload)
    assert (payload["version"], payload["version_now"], payload["item"]) == (1, 2, "penalty")


def test_an_act_that_fails_tells_nobody(lin: Actor, market: Office, shop: Program) -> None:
    shop.get(ADDRESS)
    firm = keys(market)[0]
    with pytest.raises(ZeroDivisionError):
        act_that_fails(market, firm)
    assert told() == []


def act_that_fails(market: Office, key: tuple[UUID, UUID]) -> None:
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        mark(market, key, MarkKind.WITHDRAWN)
        raise ZeroDivisionError


@pytest.mark.parametrize(
    "body",
    [{"data": {"done": "deleted"}}, {"data": b"{done", "content_type": "application/json"}],
    ids=["form", "torn"],
)
def test_a_body_that_is_no_json_is_told_how_to_write_one(shop: Program, body: dict[str, Any]) -> None:
    answer = Client(raise_request_exception=False).post(
        f"/api/v1/outbox/{UUID(int=9)}/receipt", headers={"Authorization": shop.header}, **body
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "API-BODY")
    assert "application/json" in answer.json()["detail"]


@pytest.mark.clause("R9")
@pytest.mark.django_db(transaction=True)
def test_a_recipient_reads_its_outbox_and_its_receipt_stands_on_the_line(
    lin: Actor, market: Office, shop: Program, stranger: Program, bank: Office
) -> None:
    shop.get(ADDRESS)
    verify_as_bank(lin, bank)
    firm, person = keys(market)
    mark(market, firm, MarkKind.WITHDRAWN)
    mark(market, person, MarkKind.OBJECTION)
    assert shop.get("/api/v1/outbox").json() == []  # Put, not delivered: the worker was away.
    with log_in_as_worker():
        assert jobs.deliver_due(now=NOW).delivered == 2
    (message,) = shop.get("/api/v1/outbox").json()
    assert (message["topic"], message["payload"]["do"]) == ("record.withdrawn", "delete")
    assert stranger.get("/api/v1/outbox").json() == []
    assert stranger.answer(message["id"], "deleted").status_code == 404
    assert shop.answer(message["id"], "stopped").json()["code"] == "O-NOT-DONE"
    first, again = shop.answer(message["id"], "deleted"), shop.answer(message["id"], "deleted")
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert shop.answer(message["id"], "not_held").json()["code"] == "O-ANSWERED"
    assert shop.get("/api/v1/outbox").json() == []
    assert [one["done"] for one in shop.get("/api/v1/outbox?answered=true").json()] == ["deleted"]
    page = sign_in("lin").get(f"/me/records/{person[1]}").content.decode()
    assert "已通知收到过的单位" in page
    assert "请加上异议标注" in page
    assert "收到回执" not in page
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        assert (records.count_received("YTSJ"), records.count_told("YTSJ")) == ((2, 2), (2, 1))
    outsider = open_office("FIRE", "云汀消防", "", "390100", ())
    with access.acting_for(outsider.clerk, channel=Channel.INTAKE, purpose="filing"):
        assert (records.count_received("YTSJ"), records.count_told("YTSJ")) == ((0, 0), (0, 0))


@pytest.mark.clause("R9")
@pytest.mark.django_db(transaction=True)
def test_an_answer_past_its_day_is_seen_by_the_source_and_by_the_person_and_no_day_earlier(
    lin: Actor, market: Office, shop: Program, bank: Office
) -> None:
    shop.get(ADDRESS)
    verify_as_bank(lin, bank)
    firm, person = keys(market)
    mark(market, firm, MarkKind.WITHDRAWN)
    mark(market, person, MarkKind.OBJECTION)
    arrived = legal_day(NOW)
    with log_in_as_worker():
        assert jobs.deliver_due(now=NOW).delivered == 2
    last = law.due("recall.answer", start=arrived, on=arrived).last_day
    bank_owes = records.list_owed(bank.clerk, now=NOW)
    assert [one.answer_by for one in bank_owes] == [last]
    for today, late in ((last, []), (last + timedelta(days=1), [("BANK", 1), ("SHOP", 1)])):
        with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
            found = records.list_unanswered("YTSJ", today=today)
        assert [(one.body, one.messages) for one in found] == late
        moment = start_of(today) + timedelta(hours=9)
        with simulated(moment):
            page = sign_in("lin").get(f"/me/records/{person[1]}").content.decode()
            assert ("超过期限没有回执" in page) is bool(late)
            quality = sign_in("ytsj-clerk").get("/dept/quality").content.decode()
            assert ("超过期限没有回执的单位" in quality) is bool(late)
            assert "最迟回执" in sign_in("bank-clerk").get("/dept/corrections").content.decode()
    with simulated(start_of(last) + timedelta(days=1, hours=9)):
        records.acknowledge(bank_owes[0].message_id, done=Done.MARKED, actor=bank.clerk, now=NOW + timedelta(days=3))
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        after = records.list_unanswered("YTSJ", today=last + timedelta(days=5))
    assert [(one.body, one.messages) for one in after] == [("SHOP", 1)]
    outsider = open_office("FIRE", "云汀消防", "", "390100", ())
    with access.acting_for(outsider.clerk, channel=Channel.INTAKE, purpose="filing"):
        assert records.list_unanswered("YTSJ", today=last + timedelta(days=5)) == []


@pytest.mark.clause("P6.1a")
@pytest.mark.django_db(transaction=True)
def test_late_answers_stand_in_the_public_figures_of_each_office_and_not_of_who_asks_by_a_grant(
    lin: Actor, market: Office, shop: Program, bank: Office
) -> None:
    fire = open_office("FIRE", "云汀消防", "", "390100", ())
    for office in (bank, fire):
        verify_as_bank(lin, office)
    _, person = keys(market)
    mark(market, person, MarkKind.OBJECTION)
    with log_in_as_worker():
        jobs.deliver_due(now=NOW)
    arrived = legal_day(NOW)
    last = law.due("recall.answer", start=arrived, on=arrived).last_day

    def figures(on: date) -> dict[str, tuple[int, int, int, int]]:
        with log_in_as_worker():
            turn_the_day(start_of(on), None)
        found = [one for one in list_service() if one.procedure == "record.answer"]
        return {one.body: (one.received, one.decided, one.on_time, one.overdue) for one in found}

    assert figures(last) == {"BANK": (1, 0, 0, 0), "FIRE": (1, 0, 0, 0)}
    assert figures(last + timedelta(days=1)) == {"BANK": (1, 0, 0, 1), "FIRE": (1, 0, 0, 1)}
    late = start_of(last) + timedelta(days=2, hours=9)
    (owed,) = records.list_owed(fire.clerk, now=late)
    with simulated(late):
        records.acknowledge(owed.message_id, done=Done.MARKED, actor=fire.clerk, now=late)
    consents.register(SETUP, body="BANK", rule="bank.loan", registration="REG", now=NOW)
    assert figures(legal_day(late)) == {"FIRE": (1, 1, 0, 0)}
    with simulated(late):
        page = Client().get("/service-performance").content.decode()
    assert "变动通知的回执" in page
    assert "云汀消防" in page
    assert "0 / 1（0.0%）" in page
    assert "云汀银行" not in page
