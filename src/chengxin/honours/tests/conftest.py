"""A civic office that honours people and firms, Lin and a firm with accounts of their own, and a bystander."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import polars as pl
import pytest
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import ground
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.honours import facade
from chengxin.honours.contracts import Answer, Nomination
from chengxin.intake.tests.conftest import MARKET, NOW, SETUP, Office, open_office
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.subjects import facade as subjects

__all__ = ["ground"]
LIN = {"subject_name": "林禾舟", "id_type": "身份证", "id_no": "390101199001010017"}
SHOP = {"subject_name": "云汀禾木商贸有限公司", "uscc": "91390100MA0000015M"}
SEEN = "11月24日到店里看过，明码标价，退货登记齐全。"
STORY = "三年来坚持按约退款，主动替顾客找回误付的货款。"
OVER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
"""The day after the last day of a notice that began on NOW: five working days from 24 to 30 November."""


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


@world
def market(ground: None) -> Office:
    """Return the market regulator, which lists and determines."""
    items = ("penalty", "false_material", "serious_list.market")
    return open_office("YTSJ", "云汀市市场监督管理局", MARKET, "390100", items, kind="market")


@world
def office(ground: None) -> Office:
    """Return the civic office that honours."""
    items = ("person_honour", "honour")
    return open_office("YTWM", "云汀市精神文明建设办公室", "", "390100", items, kind="civilisation")


@world
def known(ground: None) -> dict[str, Actor]:
    """Let the platform know Lin and the firm, each with an account of their own."""
    claims = {
        "row": [1, 2],
        "kind": ["natural_person", "legal_person"],
        "id_kind": ["id_no", "uscc"],
        "number": [LIN["id_no"], SHOP["uscc"]],
        "name": [LIN["subject_name"], SHOP["subject_name"]],
    }
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="filing"):
        frame = pl.DataFrame(claims, schema_overrides={"row": pl.UInt32})
        found = subjects.resolve_many(frame, now=NOW, actor=SETUP)["subject_id"].to_list()
    return {name: _account(name, UUID(hex=one)) for name, one in zip(("lin", "firm"), found, strict=True)}


@world
def lin(known: dict[str, Actor]) -> Actor:
    return known["lin"]


@world
def firm(known: dict[str, Actor]) -> Actor:
    return known["firm"]


def _account(username: str, subject_id: UUID) -> Actor:
    access.open_account(username, actor=SETUP, now=NOW, subject_id=subject_id)
    opened = access.find_account(username, on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date())


def nominate(office: Office, kind: str = "trust_star", who: dict[str, str] | None = None) -> tuple[UUID, str]:
    return facade.nominate(office.clerk, kind, facade.Draft(who=who or LIN, story=STORY), now=NOW)


def take(found: Nomination, verb: str, actor: Actor, now: datetime = NOW, reasons: str = "事迹属实。") -> None:
    casework.carry_out(found.case_id, verb=verb, actor=actor, now=now, reasons=reasons)


def of_body(office: Office, nomination_id: UUID, now: datetime = NOW) -> Nomination:
    return facade.open_of_body(office.clerk, nomination_id, now=now).found


def until_noticed(
    office: Office,
    nominee: Actor,
    *,
    kind: str = "trust_star",
    who: dict[str, str] | None = None,
    said: Answer = Answer.NAMED,
) -> Nomination:
    """Nominate, agree, check and publish on one day."""
    nomination_id, number = nominate(office, kind, who)
    facade.answer(nominee, number, said, now=NOW)
    assert facade.check(office.clerk, nomination_id, now=NOW) == []
    if facade.get_kind(kind).needs_visit:
        facade.visit(office.clerk, nomination_id, found=SEEN, now=NOW)
    take(of_body(office, nomination_id), "publish", office.clerk)
    return of_body(office, nomination_id)


def until_honoured(
    office: Office,
    nominee: Actor,
    *,
    kind: str = "trust_star",
    who: dict[str, str] | None = None,
    said: Answer = Answer.NAMED,
) -> Nomination:
    """Go the whole way to an honour."""
    found = until_noticed(office, nominee, kind=kind, who=who, said=said)
    take(found, "propose", office.clerk, OVER)
    facade.check(office.clerk, found.id, now=OVER)
    take(found, "award", office.approver, OVER)
    take(found, "enter", office.clerk, OVER)
    return of_body(office, found.id, now=OVER)
