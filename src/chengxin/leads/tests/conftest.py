"""Findings about the firm's shop of the market's tests, and the authority that looks into them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.worlds import world

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, SETUP, Office, market, open_office
from chengxin.kernel.actor import Actor, Role
from chengxin.leads import facade
from chengxin.leads.contracts import Finding, Row, Tie
from chengxin.leads.families import find_rule
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import FIRM, NAME, Sold, ground, shop_of, sold, today
from chengxin.reviews.tests.conftest import firm

__all__ = ["firm", "ground", "market", "sold", "today"]
FIRST = date(2026, 10, 1)
REASONS = "核对了八笔订单的称重单和付款单，和经营者说明不符。"
CELLS = {
    "subject_name": NAME,
    "uscc": FIRM,
    "platform_name": "望川购物平台",
    "decision_no": "云市监认〔2026〕1号",
    "decision_title": "以虚构交易提升商业信誉",
    "decision_facts": "经查，两笔订单没有真实商品寄递。",
    "legal_basis": "《中华人民共和国电子商务法》第十七条",
    "severity": "一般",
}


@world
def shop(sold: Sold, firm: UUID) -> Shop:
    return shop_of(sold)


@world
def regulator(ground: None) -> Office:
    """Return the market regulator of the firm's city, which may find such violations."""
    return open_office("YTJG", "云汀市市场监管执法队", "91390100MA0000023G", "3901", ("ecommerce_violation",))


@world
def merchant(firm: UUID) -> Actor:
    account = access.open_account("firm", actor=SETUP, now=NOW, subject_id=firm)
    return Actor(key=f"account:{account.id}", roles=frozenset({Role.CITIZEN}), subject_id=firm)


def block(**changed: Any) -> Finding:
    """Return a ring of twelve accounts that the graph found at the shop, in the format of `detect blocks`."""
    rows = [
        {"source": f"buyer-{account}", "target": target, "day": (FIRST + timedelta(days=account)).isoformat()}
        for account in range(12)
        for target in ("S-1", "S-9")
    ]
    said = {
        "model": "dense-blocks 2026-11",
        "threshold": 1.2,
        "blocks": [
            {
                "alarm": True,
                "targets": ["S-1", "S-9"],
                "density": 0.9,
                "usual_density": 0.5,
                "ratio": 1.8,
                "first_day": "2026-09-01",
                "end_day": "2026-11-30",
                "rows": rows,
            },
            {"alarm": False, "targets": ["S-1"]},
        ],
    }
    one, other = facade.from_blocks(said, platform="SHOP")
    assert (one.shop, other.shop) == ("S-1", "S-9")
    return Finding(**{**vars(one), **changed})


def paper(rule: str = "R3", kind: str = "weight", orders: tuple[str, ...] = ("O-1", "O-2"), **changed: Any) -> Finding:
    known = find_rule("documents", rule)
    assert known is not None
    plain = {
        "platform": "SHOP",
        "shop": "S-1",
        "family": "documents",
        "rule": rule,
        "kind": kind,
        "first_day": FIRST,
        "end_day": FIRST + timedelta(days=20),
        "rows": [Row(day=FIRST, order=order, values={"measured_g": 12, "stated_g": 900}) for order in orders],
        "values": {"orders": len(orders)},
        "limits": {"percent": 30, "grams": 50},
        "honest_per_10000": None,
        "says": known.says,
        "clears": known.clears,
        "model": "documents 2026-11",
        "ties": [Tie(account="buyer-1", shop="S-1", day=FIRST)],
    }
    return Finding(**{**plain, **changed})


def lead_case(*found: Finding) -> Case:
    """Take findings that make one lead and return its case."""
    taken = facade.take(found or [block(), paper()], now=NOW)
    assert len(taken.opened) == 1, taken
    return case_of(taken.opened[0])


def case_of(number: str) -> Case:
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="lead_detection"):
        return casework.find_cases_by_number([number])[number]


def act(case: Case, verb: str, actor: Actor, *, now: Any = NOW, reasons: str = REASONS) -> Case:
    return casework.carry_out(case.id, verb=verb, actor=actor, now=now, reasons=reasons)
