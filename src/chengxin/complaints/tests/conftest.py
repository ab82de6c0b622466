"""A department that is reported, the city's credit office above it, the province's above that."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.worlds import world

from chengxin.access import facade as access
from chengxin.amendments.tests.conftest import credit_office
from chengxin.casework import facade as casework
from chengxin.complaints import facade
from chengxin.complaints.contracts import Received, Told
from chengxin.intake.tests.conftest import NOW, SETUP, Office, ground, market
from chengxin.kernel.actor import Actor, Role
from chengxin.objections.tests.conftest import PNG, Photo, officer

__all__ = ["ground", "market"]
LATER = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
TEXT = "市场监管局的工作人员把企业法定代表人的手机号卖给了中介。"
WHO = {"name": "丁一平", "contact": "13900000000"}


@world
def offices(market: Office) -> dict[str, Actor]:
    """Return an officer of each office, and one with the role of an officer inside the reported department."""
    access.open_bodies(
        [credit_office("YTSX", "39", "云汀省信用办公室"), credit_office("YTXY", "3901", "云汀市信用办公室")],
        actor=SETUP,
        now=NOW,
    )
    return {
        "city": officer("xy-first", "YTXY"),
        "province": officer("sx-first", "YTSX"),
        "reported": officer("sj-officer", "YTSJ", Role.CASE_OFFICER, Role.CLERK, Role.APPROVER, Role.AUDIT_ADMIN),
    }


def report(*, body: str = "YTSJ", papers: int = 1, **who: str) -> Received:
    kept = casework.keep_papers([Photo(PNG + bytes([place])) for place in range(papers)])
    return facade.receive("privacy", Told(text=TEXT, reported_body=body, **who), papers=kept, now=NOW)
