"""A finance office that asks before a purchase, with two people and a program; the lists were kept a minute ago."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from django.db import connection
from django.test import Client
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives.tests.programs import Program
from chengxin.determinations.tests.conftest import SERVED
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, SETUP, Office, open_office
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now, simulated
from chengxin.kernel.tests.numbers import uscc
from chengxin.lists.tests.conftest import (
    ABNORMAL,
    ABNORMAL_HEAD,
    accept,
    citizen,
    firm,
    ground,
    hand_in,
    listed,
    market,
    settle,
    slip,
)
from chengxin.matching import facade
from chengxin.matching.contracts import Answer, Asked
from chengxin.screening.contracts import Query

__all__ = ["accept", "citizen", "firm", "ground", "hand_in", "listed", "market", "slip"]
NAME = "云汀禾木商贸有限公司"


@dataclass(frozen=True)
class Asker(Program):
    """A program that asks."""

    def ask(self, *rows: dict[str, str], at: datetime = SERVED, purpose: str = "procurement", **more: Any) -> Any:
        said = {"purpose": purpose, "queries": [{"id": str(place), **row} for place, row in enumerate(rows)], **more}
        with simulated(at):
            return Client().post(
                "/api/v1/screen",
                orjson.dumps(said),
                content_type="application/json",
                headers={"Authorization": self.header},
            )


@pytest.fixture(autouse=True)
def _forget() -> None:
    """Begin without an index: the rows of the test before are gone."""
    facade.KEEPER.forget()


@pytest.fixture
def kept(db: None) -> Iterator[Callable[[datetime], None]]:
    """Say that the lists were brought up to date at a moment, as the worker does; nobody says so after the test."""
    given = connection.settings_dict
    where = {"host": given["HOST"], "port": given["PORT"], "dbname": given["NAME"], "user": "postgres"}
    with psycopg.connect(**where, autocommit=True) as worker:

        def say(at: datetime) -> None:
            worker.execute("delete from jobs_run where name = 'lists.moved'")
            worker.execute(
                "insert into jobs_run (name, started_at, finished_at, did, failed_because)"
                " values ('lists.moved', %s, %s, '{}', '')",
                [at, at],
            )

        say(SERVED)
        yield say
        worker.execute("delete from jobs_run where name = 'lists.moved'")


@world
def finance(ground: None) -> Office:
    return open_office("YTCZ", "云汀市财政局", uscc("91390100MA0000077"), "390100", (), kind="finance")


@world
def asker(finance: Office) -> Asker:
    new = access.register_client(
        "YTCZ-1", body="YTCZ", scopes=("list.match", "outbox.receive"), actor=SETUP, now=SERVED
    )
    pair = base64.b64encode(f"{new.client.id}:{new.secret}".encode()).decode()
    return Asker(key=f"client:{new.client.id}", header=f"Basic {pair}")


@pytest.fixture
def standing(market: Office, firm: Actor, slip: Path, kept: Callable[[datetime], None]) -> Actor:
    """Return the firm, listed."""
    listed(market, slip)
    return firm


@pytest.fixture
def abnormal(
    market: Office,
    firm: Actor,
    kept: Callable[[datetime], None],
    hand_in: Callable[..., Batch],
    accept: Callable[..., Batch],
) -> Actor:
    """Return the firm, on the mirrored list of abnormal operation on whatever day this is."""
    content = ABNORMAL_HEAD + ABNORMAL.format(until="", removed="")
    accept(hand_in(content.encode(), market, item="abnormal_operation").id, market)
    settle(NOW)
    kept(now())
    return firm


def ask(actor: Actor, *queries: Query, at: datetime = SERVED, purpose: str = "procurement", lists: Any = ()) -> Answer:
    return facade.screen(actor, Asked(purpose=purpose, queries=queries, lists=lists), now=at)


def enterprise(name: str = "", **cells: str) -> Query:
    return Query(id="q", kind="enterprise", name=name, **cells)


def person(name: str = "", number: str = "") -> Query:
    return Query(id="q", kind="person", name=name, id_no=number)
