"""A finance office that licenses firms and watches them; the market regulator lists one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.determinations.tests.conftest import SERVED
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import SETUP, Office, open_office
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.tests.numbers import uscc
from chengxin.lists.tests.conftest import (
    FIRM,
    accept,
    citizen,
    firm,
    ground,
    hand_in,
    listed,
    market,
    slip,
)
from chengxin.matching import facade as matching
from chengxin.watches import facade
from chengxin.watches.contracts import Asked, Settled, Watch
from chengxin.watches.rules import PURPOSE

__all__ = ["SETUP", "accept", "citizen", "firm", "ground", "hand_in", "market", "slip"]
NAME = "云汀禾木商贸有限公司"
NAMESAKE = uscc("91390100MA0000021")
SET = SERVED - timedelta(days=1)
LATER = SERVED + timedelta(minutes=5)
LAST_DAY = date(2027, 6, 30)
LICENCES = (
    "行政相对人名称,XK_XDR_LB,XK_XDR_SHXYM,项目名称,许可决定书文号,许可类别,XK_NR,许可决定日期,有效期自,有效期至,许可机关\n"
    f"{NAME},法人及非法人组织,{FIRM},代理记账许可,云财许〔2026〕1号,普通,代理记账,2026-10-01,2026-10-01,2027-03-31,云汀市财政局\n"
    f"{NAME},法人及非法人组织,{NAMESAKE},代理记账许可,云财许〔2026〕2号,普通,代理记账,2026-10-01,2026-10-01,2027-03-31,云汀市财政局\n"
)


@pytest.fixture(autouse=True)
def _forget() -> None:
    """Begin without an index: the rows of the test before are gone."""
    matching.KEEPER.forget()


@world
def finance(firm: Actor, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Office:
    """Return the office, which has licensed the firm and another of the same name."""
    office = open_office("YTCZ", "云汀市财政局", uscc("91390100MA0000077"), "390100", ("licence",), kind="finance")
    accept(hand_in(LICENCES.encode(), office, item="licence", name="许可.csv").id, office)
    return office


@world
def watched(finance: Office) -> Watch:
    """Return the office's watch of the firm."""
    return watch(finance.clerk)


@world
def warned(watched: Watch, market: Office, slip: Path) -> Case:
    """Return the warning that came of it when the firm was listed."""
    listed(market, slip)
    settle(SERVED)
    (case,) = warnings("YTCZ")
    return case


def asked(**changed: object) -> Asked:
    told = {"kind": "enterprise", "number": FIRM, "purpose": "procurement", "ground": "licence", "last_day": LAST_DAY}
    return Asked(**{**told, **changed})  # type: ignore[arg-type]


def watch(actor: Actor, *, at: datetime = SET, **changed: object) -> Watch:
    return facade.watch(actor, asked(**changed), now=at)


def settle(at: datetime, *, whole: bool = False) -> Settled:
    return facade.settle(now=at, since=at - timedelta(minutes=1), whole=whole)


def warnings(body: str) -> list[Case]:
    """Return every open warning of a body."""
    with access.acting_for(platform("look"), channel=Channel.JOB, purpose=PURPOSE):
        return [case for case in casework.list_open("watch_warning") if case.body == body]


def case_of(case_id: UUID, actor: Actor) -> Case:
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        return casework.access_case(case_id, actor=actor)
