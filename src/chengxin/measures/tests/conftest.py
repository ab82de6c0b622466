"""A finance bureau that keeps a firm off procurement while the market regulator has it on its list."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from tests.worlds import world

from chengxin.casework import facade as casework
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Determination
from chengxin.determinations.tests.conftest import SERVED
from chengxin.intake.tests.conftest import Office, open_office
from chengxin.kernel.actor import Actor
from chengxin.lists.contracts import Entry
from chengxin.lists.tests.conftest import (
    accept,
    citizen,
    entry_of,
    firm,
    ground,
    hand_in,
    listed,
    market,
    service,
    slip,
)
from chengxin.measures import facade
from chengxin.measures.contracts import Proposal

__all__ = ["accept", "citizen", "firm", "ground", "hand_in", "market", "slip"]
PROPOSED = SERVED + timedelta(days=3)  # A Monday, 7 December.
TOLD = PROPOSED + timedelta(days=1)
HEARD = PROPOSED + timedelta(days=10)
IN_FORCE = PROPOSED + timedelta(days=11)


@world
def finance(ground: None) -> Office:
    """Return the finance bureau."""
    return open_office("YTCZ", "云汀市财政局", "", "390100", (), kind="finance")


@world
def entry(market: Office, firm: Actor, slip: Path) -> Entry:
    """Return the firm's entry of the market list, in force from 4 December 2026."""
    listed(market, slip)
    return entry_of(firm)


def proposal(entry: Entry, **changed: object) -> Proposal:
    said: dict[str, object] = {
        "measure": "procurement",
        "subject_id": entry.subject_id,
        "record_id": entry.record_id,
        "decision_no": "云财采限〔2026〕1号",
        "reasons": "参加采购活动前三年内有重大违法记录。",
        "proportionality": "只限参加政府采购，不影响其他经营。",
        "not_spared": "危害后果不轻微，也没有及时纠正。",
    }
    return Proposal(**{**said, **changed})  # type: ignore[arg-type]


def proposed(finance: Office, entry: Entry, **changed: object) -> Determination:
    """Propose and return the decision's draft as its body reads it."""
    number = facade.propose(finance.clerk, proposal(entry, **changed), now=PROPOSED)
    (one,) = [one for one in determinations.list_of_body(finance.clerk, limit=9, offset=0) if one.number == number]
    return determinations.open_of_body(finance.clerk, one.id, now=PROPOSED).found


def take(found: Determination, verb: str, actor: Actor, now: datetime, reasons: str = "事实清楚。") -> None:
    casework.carry_out(found.case_id, verb=verb, actor=actor, now=now, reasons=reasons)


def until_decided(finance: Office, entry: Entry, proof: Path, **changed: object) -> Determination:
    found = proposed(finance, entry, **changed)
    determinations.serve_notice(finance.clerk, found.id, service(TOLD, proof), now=TOLD)
    take(found, "propose", finance.clerk, HEARD)
    determinations.open_paper(finance.approver, found.id, "notice", now=HEARD)
    take(found, "decide", finance.approver, HEARD)
    return found


def in_force(finance: Office, entry: Entry, proof: Path, **changed: object) -> Determination:
    """Take a measure from its proposal into force."""
    found = until_decided(finance, entry, proof, **changed)
    determinations.serve_decision(finance.clerk, found.id, service(IN_FORCE, proof), now=IN_FORCE)
    return found
