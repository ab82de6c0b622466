"""Two bodies, a clerk and an approver each, and a file to hand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from tests.worlds import Standing, world

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch
from chengxin.kernel.actor import Actor, Role, platform

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MARKET = "91390100MA0000015M"
SETUP = platform("setup")


@dataclass(frozen=True)
class Office:
    """One department with its two people."""

    body: str
    clerk: Actor
    approver: Actor


def open_office(code: str, name: str, uscc: str, area: str, items: tuple[str, ...], *, kind: str = "") -> Office:
    """Open a body with a clerk, an approver and the right to file some items."""
    access.open_bodies(
        [
            Body(
                code=code,
                name_zh=name,
                name_en=code,
                uscc=uscc,
                area=area,
                level="city",
                fields_of_work=(kind,) if kind else (),
                parent="",
                is_credit_office=False,
            )
        ],
        actor=SETUP,
        now=NOW,
    )
    access.give_source_rights([(code, item) for item in items], actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    people = {}
    for role in (Role.CLERK, Role.APPROVER):
        account = access.open_account(f"{code.lower()}-{role.value}", actor=SETUP, now=NOW)
        access.give_post(account.id, body=code, role=role, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
        opened = access.find_account_by_id(account.id, on=NOW.date())
        assert opened is not None
        people[role] = access.actor_for_account(opened, on=NOW.date(), body=code)
    return Office(body=code, clerk=people[Role.CLERK], approver=people[Role.APPROVER])


@pytest.fixture
def ground(db: None, worlds: Standing, tmp_path: Path, settings: object) -> None:
    """Load the catalogue; files go to a folder of the test's own."""
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    settings.DEMO = True  # type: ignore[attr-defined]
    worlds.copy_files(tmp_path / "files")
    catalogue.load(now=NOW)


@world
def market(ground: None) -> Office:
    """Return the market regulator."""
    return open_office("YTSJ", "云汀市市场监督管理局", MARKET, "390100", ("penalty", "licence"), kind="market")


@world
def hand_in() -> Callable[..., Batch]:
    """Hand a file in as a clerk."""

    def hand(
        content: bytes, office: Office, *, item: str = "penalty", name: str = "双公示.csv", key: str = ""
    ) -> Batch:
        with TemporaryDirectory() as folder, access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"):
            path = Path(folder) / "upload"
            path.write_bytes(content)
            return intake.upload(
                path,
                file_name=name,
                item_code=item,
                actor=office.clerk,
                now=NOW,
                channel="page",
                idempotency_key=key,
            )

    return hand


@world
def accept() -> Callable[..., Batch]:
    """Submit a batch as the clerk and approve it as the second person."""

    def carry(batch_id: UUID, office: Office, *, now: datetime = NOW) -> Batch:
        with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"):
            intake.submit(batch_id, actor=office.clerk, now=now)
        return intake.decide(batch_id, approves=True, actor=office.approver, now=now)

    return carry
