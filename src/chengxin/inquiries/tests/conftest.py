"""A bank with its program, registered for loans; Lin and another person have a penalty each."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.test import Client
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.archives.bodies import forget_bodies
from chengxin.archives.tests.conftest import lin
from chengxin.consents import facade as consents
from chengxin.intake.tests.conftest import NOW, SETUP, accept, ground, hand_in, market
from chengxin.kernel.clock import simulated

__all__ = ["accept", "ground", "hand_in", "lin", "market"]
LIN_NO = "390101199001010017"
NAMES = {"YTYH": "云汀银行", "YTSW": "云汀水务"}
SCOPES = ("consent.request", "record.query", "outbox.receive")


@dataclass(frozen=True)
class Institution:
    """A registered institution and its program."""

    body: str
    key: str
    header: str

    def post(self, address: str, said: dict[str, Any]) -> Any:
        return Client().post(
            f"/api/v1/{address}",
            orjson.dumps(said),
            content_type="application/json",
            headers={"Authorization": self.header},
        )

    def get(self, address: str) -> Any:
        return Client().get(f"/api/v1/{address}", headers={"Authorization": self.header})

    def ask(self, *, rule: str = "bank.loan", number: str = LIN_NO, **more: Any) -> Any:
        return self.post("consent-requests", {"rule": rule, "number": number, "reference": "L-1", **more})

    def query(self, consent: UUID | str, *, rule: str = "bank.loan") -> Any:
        return self.post("authorised-queries", {"consent": str(consent), "rule": rule})


def institution(code: str, *rules: str) -> Institution:
    """Open an institution with a program, registered for some purposes."""
    names = {"name_zh": NAMES.get(code, code), "name_en": code, "uscc": "", "area": "390100", "level": "city"}
    body = Body(code=code, **names, fields_of_work=(), parent="", is_credit_office=False)
    access.open_bodies([body], actor=SETUP, now=NOW)
    new = access.register_client(code, body=code, scopes=SCOPES, actor=SETUP, now=NOW)
    pair = base64.b64encode(f"{new.client.id}:{new.secret}".encode()).decode()
    for rule in rules:
        consents.register(SETUP, body=code, rule=rule, registration=f"REG-{code}", now=NOW)
    return Institution(body=code, key=f"client:{new.client.id}", header=f"Basic {pair}")


@pytest.fixture(autouse=True)
def today() -> object:
    forget_bodies()
    with simulated(NOW):
        yield


@world
def bank(ground: None) -> Institution:
    return institution("YTYH", "bank.loan", "bank.loan_watch")
