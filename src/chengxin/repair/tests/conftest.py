"""Lin's penalty of 2026-09-20, whose minimum publicity ends on 2026-12-20, and the body that decides."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import (
    accept,
    citizen,
    ground,
    hand_in,
    lin,
    market,
    shop,
    sign_in,
    stranger,
)
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.repair import facade
from chengxin.repair.contracts import Handed, Prospect
from chengxin.repair.rules import Paper
from chengxin.subjects import facade as subjects

__all__ = [
    "accept",
    "citizen",
    "ground",
    "hand_in",
    "lin",
    "market",
    "shop",
    "sign_in",
    "stranger",
]
# Monday, ten in the morning in Beijing: the first day of repair for a decision of 20 September.
FIRST_DAY = datetime(2026, 12, 21, 2, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\nreceipt of the fine\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\nphoto of the corrected sign"
USCC = "91390100MA0000015M"


@pytest.fixture
def papers(tmp_path: Path) -> list[Handed]:
    """Return the two papers an application for a fine needs."""
    found = []
    for kind, content in ((Paper.PERFORMANCE, PDF), (Paper.CORRECTION, PNG)):
        path = tmp_path / kind.value
        path.write_bytes(content)
        found.append(Handed(kind=kind, path=path))
    return found


def only_line(actor: Actor, *, now: datetime) -> Prospect:
    (prospect,) = facade.own_prospects(actor, now=now)
    return prospect


def apply(actor: Actor, papers: list[Handed], *, now: datetime = FIRST_DAY, **changed: bool) -> str:
    done = {"is_corrected": True, "is_performed": True, "is_promised": True} | changed
    line = only_line(actor, now=now)
    return facade.apply(actor, line.record.record_id, papers=papers, now=now, **done)


def firm_account(username: str = "firm") -> Actor:
    """Open the account of the firm itself: its subject is the operator."""
    from chengxin.intake.tests.conftest import NOW, SETUP

    with access.acting_for(SETUP, channel=Channel.JOB, purpose="filing"):
        subject = subjects.find_by_number(IdentifierKind.USCC, USCC)
    assert subject is not None
    access.open_account(username, actor=SETUP, now=NOW, subject_id=subject.id)
    opened = access.find_account(username, on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date())


def open_papers(actor: Actor, applicant: Actor, number: str, *, now: datetime) -> None:
    """Open every paper as somebody of the deciding body."""
    application = facade.own_application(applicant, number, now=now)
    for paper in application.papers:
        facade.open_paper(actor, application.id, paper.id, now=now)


def decide(
    verb: str, actor: Actor, applicant: Actor, number: str, *, now: datetime, reasons: str = "材料齐全，罚款已经缴清。"
) -> None:
    """Open the papers and take a verb as somebody of the deciding body."""
    open_papers(actor, applicant, number, now=now)
    case_id = facade.own_application(applicant, number, now=now).case_id
    casework.carry_out(case_id, verb=verb, actor=actor, now=now, reasons=reasons)
