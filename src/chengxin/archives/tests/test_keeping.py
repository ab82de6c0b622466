"""What a report said ends a year after it was made, and what was typed from a letter with its image."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chengxin.access import facade as access
from chengxin.archives import facade, models
from chengxin.archives.contracts import ReportState
from chengxin.archives.tests.conftest import sign_in
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.retention.tests.test_retention import swept

# Made on 23 November 2026: twelve months end with 23 November 2027.
AFTER = datetime(2027, 11, 24, 2, 0, tzinfo=UTC)


def test_what_a_report_said_is_emptied_after_a_year_and_its_code_is_answered_as_before(lin: Actor) -> None:
    with simulated(NOW):
        sign_in("lin").post("/me/reports")
    (made,) = facade.list_reports(lin, now=NOW)
    assert swept("report", AFTER - timedelta(days=1)) == 0
    assert facade.open_report(lin, made.code, now=NOW).content.startswith(b"{")
    assert swept("report", AFTER) == 1
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_report"):
        assert [bytes(row.sealed) for row in models.Report.objects.all()] == [b""]
    with pytest.raises(Refused) as caught:
        facade.open_report(lin, made.code, now=NOW)
    assert caught.value.refusal.code == "REPORT_EMPTIED"
    assert facade.verify(made.code, actor=ANYONE, now=NOW) is ReportState.VALID
    assert [one.digest for one in facade.list_reports(lin, now=NOW)] == [made.digest]
    answer = sign_in("lin").get(f"/me/reports/{made.code}.json")
    assert "内容保存期满" in answer.content.decode()
