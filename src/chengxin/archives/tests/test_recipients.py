"""Who received a line is known, is told of every change of it, and answers; nobody else hears of it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.archives import facade
from chengxin.archives.bodies import forget_bodies
from chengxin.archives.tests.conftest import sign_in
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, SETUP, Office, open_office
from chengxin.intake.tests.test_main_job import FIRM, HEAD, PERSON
from chengxin.jobs import facade as jobs
from chengxin.jobs.models import Message
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.actor import Actor, Role, platform
from chengxin.kernel.clock import simulated
from chengxin.records import facade as records
from chengxin.records.contracts import Handed, MarkKind
from chengxin.records.jobs import tell_the_late, turn_the_day
from chengxin.records.models import Recipient, RecordVersion

USCC = "91390100MA0000015M"
ADDRESS = f"/api/v1/public/subjects/{USCC}"


@dataclass(frozen=True)
class Program:
    """A registered program with its credentials."""

    key: str
    header: str

    def get(self, address: str) -> Any:
        return Client().get(address, headers={"Authorization": self.header})

    def answer(self, message: str, done: str) -> Any:
        return Client().post(
            f"/api/v1/outbox/{message}/receipt",
            orjson.dumps({"done": done}),
            content_type="application/json",
            headers={"Authorization": self.header},
        )


def register(code: str, *scopes: str) -> Program:
    names = {"name_zh": f"{code}平台", "name_en": code, "uscc": "", "area": "390100", "level": "city"}
    body = Body(code=code, **names, fields_of_work=(), parent="", is_credit_office=False)
    access.open_bodies([body], actor=SETUP, now=NOW)
    new = access.register_client(code, body=code, scopes=scopes, actor=SETUP, now=NOW)
    pair = base64.b64encode(f"{new.client.id}:{new.secret}".encode()).decode()
    return Program(key=f"client:{new.client.id}", header=f"Basic {pair}")


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


@pytest.fixture
def shop(ground: None) -> Program:
    return register("SHOP", "record.read_public", "outbox.receive")


@pytest.fixture
def stranger(ground: None) -> Program:
    return register("STRANGER", "record.read_public", "outbox.receive")


@pytest.fixture
def bank(ground: None) -> Office:
    """Return a body whose clerk verifies a report."""
    return open_office("BANK", "云汀银行", "", "390100", ())


def looking(purpose: str = "correction") -> Any:
    return access.acting_for(platform("look"), channel=Channel.JOB, purpose=purpose)


def ledger() -> list[tuple[str, int, str]]:
    with looking():
        return list(Recipient.objects.order_by("received_at", "id").values_list("recipient", "version", "outlet"))


def told() -> list[tuple[str, str, str]]:
    """Return recipient, change and what to do of every message, in order."""
    with looking():
        found = list(Message.objects.order_by("id").values_list("recipient", "payload"))
    values = [(recipient, orjson.loads(text)) for recipient, text in found]
    return sorted((recipient, value["change"], value["do"]) for recipient, value in values)


def keys(market: Office) -> list[tuple[UUID, UUID]]:
    """Return subject and record of the firm's line and of Lin's, in the order of the file."""
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        found = RecordVersion.objects.filter(superseded_at__isnull=True).order_by("row_number")
        return list(found.values_list("subject_id", "record_id"))[:2]


def mark(market: Office, key: tuple[UUID, UUID], kind: MarkKind, *, now: datetime = NOW) -> UUID:
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        return records.mark(
            subject_id=key[0],
            record_id=key[1],
            kind=kind,
            reason="试验",
            reference="CH-1",
            actor=market.approver,
            now=now,
        )


def verify_as_bank(lin: Actor, bank: Office) -> str:
    sign_in("lin").post("/me/reports")
    code = facade.list_reports(lin, now=NOW)[0].code
    facade.verify(code, actor=bank.clerk, now=NOW)
    return code


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


def test_who_received_it_in_the_moment_of_the_change_is_told_by_the_next_sweep(
    lin: Actor, market: Office, shop: Program
) -> None:
    """The look began before the mark and committed after it: neither transaction saw the other."""
    firm = keys(market)[0]
    mark(market, firm, MarkKind.FROZEN, now=NOW + timedelta(minutes=1))
    assert told() == []
    late = access.acting_for(platform("late"), channel=Channel.JOB, purpose="correction")
    with late:
        Recipient.objects.create(
            id=UUID(int=7),
            subject_id=firm[0],
            record_id=firm[1],
            version=1,
            source_body="YTSJ",
            recipient=shop.key,
            body="SHOP",
            outlet="public.subject",
            purpose="public_viewing",
            received_at=NOW,
            event_id=UUID(int=8),
        )
    assert tell_the_late(NOW + timedelta(minutes=2), NOW) == {"told": 1}
    assert tell_the_late(NOW + timedelta(minutes=12), NOW + timedelta(minutes=2)) == {"told": 0}
    assert told() == [(shop.key, "frozen", "stop")]


@pytest.mark.clause("R9")
def test_the_end_of_a_record_is_told_on_its_day_once_and_caught_up_after_days_away(
    lin: Actor, market: Office, shop: Program, bank: Office
) -> None:
    """The firm's line is public to 2027-10-01 or sooner and used to 2031-09-30; Lin's was seen in a report."""
    shop.get(ADDRESS)
    verify_as_bank(lin, bank)
    with looking(), connection.cursor() as cursor:
        cursor.execute("select publicity_ends_on, use_ends_on from records_version where document_key <> ''")
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
