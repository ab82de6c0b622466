"""A market regulator that handles food licences, an applicant with an honour on its list, a bureau that does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.worlds import world

from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import MARKET, Office, open_office
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.lists import facade as lists
from chengxin.lists.contracts import Entry
from chengxin.lists.tests.conftest import (
    FIRM,
    accept,
    citizen,
    firm,
    ground,
    hand_in,
    listed,
    slip,
)
from chengxin.matching.tests.conftest import _forget, finance, kept
from chengxin.matters import facade
from chengxin.matters.contracts import Asked

__all__ = ["_forget", "accept", "citizen", "finance", "firm", "ground", "hand_in", "kept", "slip"]
NUMBER = "云食许受〔2026〕31号"
WEEKS_AGO = timedelta(days=-20)
HONOUR = (
    "主体名称,统一社会信用代码,荣誉名称,授予日期,认定单位\n"
    f"云汀禾木商贸有限公司,{FIRM},诚信示范单位,2026-03-01,云汀市市场监督管理局\n"
)


@world
def market(ground: None) -> Office:
    """Return the market regulator, which handles food licences."""
    items = ("penalty", "licence", "serious_list.market", "abnormal_operation", "honour")
    return open_office("YTSJ", "云汀市市场监督管理局", MARKET, "390100", items, kind="market")


@world
def applicant(market: Office, firm: Actor, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Actor:
    """Return the firm, with an honour."""
    accept(hand_in(HONOUR.encode(), market, item="honour", name="honour.csv").id, market)
    return firm


@pytest.fixture
def entry(market: Office, applicant: Actor, slip: Path, kept: Callable[..., None]) -> Entry:
    """Return the applicant's entry on the market list, weeks old; the lists are kept."""
    listed(market, slip, later=WEEKS_AGO)
    kept(now())
    return next(one for one in lists.list_own(applicant) if one.kind == "market")


def asked(*, kind: str = "food_licence", number: str = NUMBER, uscc: str = FIRM) -> Asked:
    return Asked(kind=facade.get_kind(kind), number=number, uscc=uscc)
