"""Buyers are warned of a listed operator while its entry stands; platforms answer, and their minutes are public."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.archives.tests.programs import Program
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.tests.conftest import SERVED, slip
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.jobs import facade as jobs
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.ids import new_id
from chengxin.lists.tests.conftest import (
    ABNORMAL,
    ABNORMAL_HEAD,
    entry_of,
    firm,
    market,
    record_of,
    service,
    settle,
    until_decided,
)
from chengxin.market import facade, models
from chengxin.market.contracts import FILING, BadgeState, Promptness
from chengxin.market.tests.conftest import NAME, Sold, filing, individual, shop_of
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind

__all__ = ["firm", "market", "slip"]
MINUTE = timedelta(minutes=1)
SHOWN = SERVED + 12 * MINUTE
ENDED = SERVED + timedelta(days=2)
HOUR = timedelta(hours=1)


def run(at: datetime, *, since: datetime | None = None) -> dict[str, int]:
    with log_in_as_worker():
        done = dict(facade.settle_warnings(now=at, since=since))
        jobs.deliver_due(now=at)
    return done


def program_of(sold: Sold) -> Program:
    new = access.register_client("warns", body=sold.body, scopes=("outbox.receive",), actor=SETUP, now=SERVED)
    pair = base64.b64encode(f"{new.client.id}:{new.secret}".encode()).decode()
    return Program(key=f"client:{new.client.id}", header=f"Basic {pair}")


def seen(address: str, *, at: datetime) -> str:
    with simulated(at):
        return Client().get(address).content.decode()


def api(address: str, *, at: datetime) -> list[dict[str, Any]]:
    with simulated(at):
        return list(Client().get(address).json())


def enter(office: Office, proof: Path) -> None:
    """Serve and enter a listing that was decided."""
    found = until_decided(office, proof)
    assert settle(SERVED).listed == 0
    assert run(SERVED) == {"warned": 0, "lifted": 0, "answered": 0}, "A decision that was not served warns of nobody."
    determinations.serve_decision(office.clerk, found.id, service(SERVED, proof), now=SERVED)
    casework.carry_out(found.case_id, verb="enter", actor=office.clerk, now=SERVED)
    settle(SERVED)


def take_off(office: Office, who: Actor) -> None:
    subject_id, record_id = record_of(entry_of(who))
    with access.acting_for(office.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=subject_id,
            record_id=record_id,
            kind=MarkKind.REPAIRED,
            reason="已经改正",
            reference="YC1",
            actor=office.approver,
            now=ENDED,
        )


@pytest.mark.clause("E4.4b")
@pytest.mark.django_db(transaction=True)
def test_a_listed_operator_is_warned_of_within_the_minute_and_no_longer_once_its_entry_ends(
    sold: Sold, market: Office, firm: Actor, slip: Path
) -> None:
    shop, person = shop_of(sold), shop_of(sold, individual())
    enter(market, slip)
    program = program_of(sold)
    # Our own page reads the list and waits for no message.
    said = seen(f"/shops/{shop.id}", at=SERVED).split("<main")[1]
    assert [one for one in ("消费警示", NAME, "云市监列〔2026〕1号") if one not in said] == []
    assert facade.state(shop, shop.address, now=SERVED) is BadgeState.WARNED
    assert facade.warnings_about(facade.get_shop(person.id), now=SERVED) == []
    message = told_and_shown(program)
    take_off(market, firm)
    # Before any message: what ended is on none of our pages, whatever the platform still shows.
    assert NAME not in seen("/warnings", at=ENDED)
    assert "云市监列" not in seen(f"/shops/{shop.id}", at=ENDED)
    assert facade.state(shop, shop.address, now=ENDED) is not BadgeState.WARNED
    assert api("/api/v1/warnings", at=ENDED) == []
    settle(ENDED)
    assert run(ENDED, since=ENDED)["lifted"] == 1
    (lift,) = program.get("/api/v1/outbox").json()
    assert (lift["payload"]["change"], lift["payload"]["do"]) == ("lift", "delete")
    assert [facade.list_promptness(now=ENDED + hours * HOUR)[0].late for hours in (0, 24, 25)] == [0, 0, 1]
    answered_on_the_page(message["id"], lift["id"], at=ENDED + 25 * HOUR)
    assert run(ENDED + 26 * HOUR)["answered"] == 1
    shown = {"platform": "SHOP", "standing": 0, "shown": 0, "minutes_to_show": 12}
    lifted = {"ended": 1, "lifted": 1, "minutes_to_lift": 25 * 60, "late": 1}
    assert facade.list_promptness(now=ENDED + 26 * HOUR) == [Promptness(**shown, **lifted)]


def told_and_shown(program: Program) -> dict[str, Any]:
    """Tell the platform, once, and let it answer twelve minutes later; return what it was told."""
    assert [run(SERVED)["warned"] for _twice in range(2)] == [1, 0]
    (message,) = program.get("/api/v1/outbox").json()
    said = message["payload"]
    assert (message["topic"], said["change"], said["do"]) == ("market.warning", "warn", "replace")
    assert NAME not in message["text"]
    assert "还没有回执" in seen("/warnings", at=SERVED)
    with simulated(SHOWN):
        assert program.answer(message["id"], "replaced").status_code == 200
    (told,) = api("/api/v1/warnings", at=SHOWN)
    assert (told["entry"], told["shops"]) == (said["entry"], [{"platform": "SHOP", "number": "S-1"}])
    assert NAME in told["text"]
    assert run(SHOWN + MINUTE)["answered"] == 1
    assert "12分钟后显示" in seen("/warnings", at=SHOWN)
    return dict(message)


def answered_on_the_page(answered: str, waiting: str, *, at: datetime) -> None:
    """Let the clerk of a platform without a program answer; what ended names nobody there either."""
    assert "超时" in seen("/warnings", at=at)
    with simulated(at):
        clerk = sign_in("shop-clerk")
        own = clerk.get("/biz/platform/warnings").content.decode()
        assert "撤下警示" in own
        assert NAME not in own
        assert clerk.post("/biz/platform/warnings", {"message": answered}).status_code == 404
        assert clerk.post("/biz/platform/warnings", {"message": waiting}).status_code == 302
        assert "没有要办的警示" in clerk.get("/biz/platform/warnings").content.decode()


@pytest.mark.clause("E4.4b")
@pytest.mark.django_db(transaction=True)
def test_a_shop_that_closes_ends_its_warning_and_a_mirror_list_warns_of_nobody(
    sold: Sold,
    market: Office,
    firm: Actor,
    slip: Path,
    *,
    hand_in: Callable[..., Batch],
    accept: Callable[..., Batch],
) -> None:
    mirrored = (ABNORMAL_HEAD + ABNORMAL.format(until="", removed="")).encode()
    accept(hand_in(mirrored, market, item="abnormal_operation").id, market)
    shop = shop_of(sold)
    assert settle(NOW).shown == 1
    assert (run(NOW)["warned"], facade.warnings_about(shop, now=NOW)) == (0, [])
    facade.file_shops(sold.clerk, [filing(closed_on=NOW.date())], now=NOW)
    enter(market, slip)
    assert run(SERVED)["warned"] == 0, "Nobody is told of an operator without a shop."
    with simulated(SERVED):
        facade.file_shops(sold.clerk, [filing()], now=SERVED)  # One that opens again is warned of.
        assert run(SERVED, since=SERVED)["warned"] == 1
        facade.file_shops(sold.clerk, [filing(closed_on=SERVED.date())], now=SERVED + MINUTE)
    assert run(SERVED + MINUTE, since=SERVED + MINUTE) == {"warned": 0, "lifted": 1, "answered": 0}
    assert facade.list_warned(now=SERVED + MINUTE) == []
    with pytest.raises(DatabaseError), access.acting_for(sold.clerk, channel=Channel.BODY, purpose=FILING):
        models.ConsumerWarning.objects.create(
            id=new_id(NOW), entry_id=new_id(NOW), kind="x", platform="SHOP", pushed_at=NOW
        )
