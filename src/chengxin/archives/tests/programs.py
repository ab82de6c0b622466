"""Registered programs that read over the API, and a look into the ledger and the outbox."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.archives import facade
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.jobs.models import Message
from chengxin.kernel.actor import Actor, platform
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind
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
    """Let Lin make a report and the bank's clerk verify it; return its code."""
    code = facade.make_report(lin, now=NOW, address_of=lambda made: f"https://example.org/verify/{made}")
    facade.verify(code, actor=bank.clerk, now=NOW)
    return code


def receive(program: Program, key: tuple[UUID, UUID], *, at: datetime) -> None:
    """Stand for a look at a moment whose transaction commits only now."""
    with access.acting_for(platform("late"), channel=Channel.JOB, purpose="correction"):
        Recipient.objects.create(
            id=UUID(int=7),
            subject_id=key[0],
            record_id=key[1],
            version=1,
            source_body="YTSJ",
            recipient=program.key,
            body="SHOP",
            outlet="public.subject",
            purpose="public_viewing",
            received_at=at,
            event_id=UUID(int=8),
        )
