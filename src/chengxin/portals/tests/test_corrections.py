"""A body's staff read what became of records it received and answer; no other body sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office, open_office
from chengxin.jobs import facade as jobs
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind

ADDRESS = "/dept/corrections"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


def object_to(lin: Actor, market: Office) -> str:
    """Mark Lin's line as objected to and return its record."""
    line = archives.own_archive(lin, now=NOW).lines[0]
    assert lin.subject_id is not None
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=lin.subject_id,
            record_id=line.record_id,
            kind=MarkKind.OBJECTION,
            reason="当事人提出异议",
            reference="YY-1",
            actor=market.approver,
            now=NOW,
        )
    return str(line.record_id)


@pytest.mark.clause("R9")
@pytest.mark.django_db(transaction=True)
def test_a_body_that_verified_a_report_is_told_on_its_workbench_and_answers(filed: Batch, market: Office) -> None:
    lin = citizen("lin", "390101199001010017")
    bank = open_office("BANK", "云汀银行", "", "390100", ())
    outsider = open_office("FIRE", "云汀消防", "", "390100", ())
    sign_in("lin").post("/me/reports")
    code = archives.list_reports(lin, now=NOW)[0].code
    sign_in("bank-clerk").get(f"/verify/{code}")
    record_id = object_to(lin, market)
    with log_in_as_worker():
        assert jobs.deliver_due(now=NOW).delivered == 1
    page = sign_in("bank-clerk").get(ADDRESS).content.decode()
    for words in ("正在异议处理中", "请加上异议标注", code, record_id, "云汀市市场监督管理局"):
        assert words in page
    assert "林禾舟" not in page
    assert record_id not in sign_in("fire-clerk").get(ADDRESS).content.decode()
    (owed,) = records.list_owed(bank.clerk, now=NOW)
    assert records.list_owed(outsider.clerk, now=NOW) == []
    answer = {"message": str(owed.message_id), "done": "marked"}
    assert sign_in("fire-clerk").post(ADDRESS, answer).status_code == 404
    assert sign_in("bank-clerk").post(ADDRESS, {**answer, "done": "replaced"}).status_code == 422
    assert sign_in("bank-clerk").post(ADDRESS, {**answer, "done": "<b>"}).status_code == 404
    assert sign_in("bank-clerk").post(ADDRESS, answer).status_code == 302
    assert "没有待处理的更正通知" in sign_in("bank-clerk").get(ADDRESS).content.decode()
    assert "已经加上标注" in sign_in("lin").get(f"/me/records/{record_id}").content.decode()


def test_whoever_is_not_staff_has_no_such_page(filed: Batch) -> None:
    citizen("lin", "390101199001010017")
    assert Client().get(ADDRESS).status_code == 401
    assert sign_in("lin").get(ADDRESS).status_code == 403
