"""What a platform recorded of a shop and reports (平台记录和报送): seven behaviours, in words that accuse nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from chengxin.kernel.actor import Actor
from chengxin.kernel.codes import random_signs
from chengxin.leads.actions import report
from chengxin.leads.contracts import Filed, Finding, Row, Rule, Value
from chengxin.leads.families import declared, families

FAMILY: Final = "platform"
_SIGNS: Final = 8


def behaviours() -> Mapping[str, Rule]:
    """Return the behaviours a platform may report, by code."""
    return families()[FAMILY].rules


def reported(
    kind: str, *, shop: str, first_day: date, end_day: date, orders: Sequence[str], measured: Mapping[str, Value]
) -> Finding:
    """Return what a platform reports as a finding; it stands as the platform's own word (平台认定), never as a fact."""
    last = end_day - timedelta(days=1)
    return declared(
        FAMILY,
        kind,
        shop=shop,
        first_day=first_day,
        end_day=end_day,
        rows=[Row(day=last, order=one) for one in orders] or [Row(day=last)],
        values={**measured, "orders": len(orders)},
        model=FAMILY,
    )


def report_by_hand(
    actor: Actor, kind: str, *, shop: str, first_day: date, last_day: date, orders: Sequence[str], now: datetime
) -> Filed:
    """Report as the platform's clerk, on its page: the orders are the evidence, the number is given here."""
    finding = reported(
        kind, shop=shop, first_day=first_day, end_day=last_day + timedelta(days=1), orders=orders, measured={}
    )
    return report(actor, finding, reference=f"W-{random_signs(_SIGNS)}", now=now)
