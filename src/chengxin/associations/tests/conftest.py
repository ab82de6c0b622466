"""A registered association with a charter and a member, and somebody of it who had no part."""

from __future__ import annotations

from datetime import date

import pytest

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import accept, ground, hand_in
from chengxin.associations import facade
from chengxin.associations.contracts import Act, Member, Proposal
from chengxin.intake.tests.conftest import NOW, SETUP, Office, open_office
from chengxin.kernel.actor import Actor, Role
from chengxin.lists.tests.conftest import firm, market
from chengxin.objections.tests.conftest import office

__all__ = ["accept", "firm", "ground", "hand_in", "market", "office"]
FIRM = "91390100MA0000015M"
CHARTER = "第一条 会员诚信经营。\n第十二条 会员虚假宣传的，可以警示、通报、降级，直至取消会员资格。"
NOTE = "发布虚假广告，受到处罚以后仍不改正。"


@pytest.fixture
def officer(office: tuple[Actor, Actor]) -> Actor:
    """Return an officer of the credit office above."""
    return office[0]


@pytest.fixture
def club(firm: Actor, officer: Actor) -> Office:
    """Return an association whose charter is filed."""
    found = open_office("XHXH", "云汀电商协会", "91390100MA00000186", "390100", ())
    facade.register("XHXH", actor=officer, now=NOW)
    facade.file_charter(found.clerk, CHARTER, adopted_on=date(2025, 3, 1), now=NOW)
    return found


@pytest.fixture
def member(club: Office) -> Member:
    """Return the firm as a member."""
    return facade.enrol(club.clerk, uscc=FIRM, number="H-7", joined_on=date(2025, 4, 1), now=NOW)


@pytest.fixture
def third(club: Office) -> Actor:
    """Return somebody of the association who had no part."""
    account = access.open_account("xhxh-third", actor=SETUP, now=NOW)
    access.give_post(account.id, body="XHXH", role=Role.APPROVER, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    opened = access.find_account_by_id(account.id, on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date(), body="XHXH")


def proposed(club: Office, **changed: str) -> Act:
    said = {"member": "H-7", "kind": "warning", "article": "第十二条", "reasons": NOTE, **changed}
    return facade.propose(club.clerk, Proposal(**said), now=NOW)
