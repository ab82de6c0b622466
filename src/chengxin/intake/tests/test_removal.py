"""What the source took off its list leaves with the file that says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import MARKET, open_office
from chengxin.kernel.actor import ANYONE
from chengxin.records import facade as records
from chengxin.subjects import facade as subjects

HEAD = "主体名称,统一社会信用代码,列入文号,列入原因,列入依据,列入日期,公布期限至,移出日期,送达日期,认定机关\n"
ENTRY = (
    "云汀禾木商贸有限公司,91390100MA0000015M,云市监异〔2026〕1号,未公示年度报告,企业信息公示暂行条例第十七条,"
    "2026-10-01,2029-09-30,{removed},2026-10-08,云汀市市场监督管理局\n"
)


@pytest.mark.clause("P4.3b")
def test_redline_13_an_entry_the_source_removed_is_public_no_more(
    ground: None, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    office = open_office("YTSJ", "云汀市市场监督管理局", MARKET, "390100", ("abnormal_operation",), kind="market")
    done = accept(hand_in((HEAD + ENTRY.format(removed="")).encode(), office, item="abnormal_operation").id, office)
    assert (done.accepted, done.published) == (1, 1)
    later = hand_in((HEAD + ENTRY.format(removed="2026-11-20")).encode(), office, item="abnormal_operation")
    corrected = accept(later.id, office)
    assert (corrected.accepted, corrected.corrected, corrected.repeated) == (0, 1, 0)
    with access.acting_for(office.clerk, channel=Channel.BODY, purpose="filing"):
        subject = subjects.find_operator(MARKET)
        assert subject is not None
        (record,) = records.list_of_subject(subject.id)
    assert (record.version, record.valid_until, record.publicity_ends_on) == (2, date(2026, 11, 19), date(2026, 11, 20))
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"):
        assert records.count_public() == {}
