"""Who sees which batch page, and what a page never shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.database.contracts import Channel
from chengxin.exports.models import Export
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch
from chengxin.intake.models import Fix
from chengxin.intake.tests.conftest import NOW, Office, open_office
from chengxin.intake.tests.test_main_job import BAD, FIRM, HEAD, PERSON
from chengxin.kernel.clock import now
from chengxin.retention import facade as retention


def get(batch: Batch, office: Office) -> Batch:
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"):
        return intake.get_batch(batch.id)


def test_whoever_is_not_signed_in_is_asked_to(market: Office, client: Client) -> None:
    assert client.get("/dept/batches").status_code == 401


def test_another_body_sees_no_batch_and_no_list_entry(market: Office, hand_in: Callable[..., Batch]) -> None:
    batch = hand_in((HEAD + FIRM + BAD).encode(), market)
    open_office("YTHB", "云汀市生态环境局", "92390101MA00000151", "390100", ("penalty",))
    stranger = sign_in("ythb-clerk")
    for address in ("", "/questioned", "/questioned.xlsx"):
        assert stranger.get(f"/dept/batches/{batch.id}{address}").status_code == 404
    assert batch.number not in stranger.get("/dept/batches").content.decode()
    assert stranger.post(f"/dept/batches/{batch.id}/submit").status_code == 404


@pytest.mark.parametrize("address", ["/questioned", "/questioned.xlsx"])
def test_a_file_past_its_retention_is_answered_with_words_and_no_export_is_registered(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch], address: str
) -> None:
    batch = accept(hand_in((HEAD + FIRM + BAD).encode(), market).id, market)
    rules = [rule for rule in retention.list_rules() if rule.kind == "upload"]
    assert retention.sweep(now=NOW + timedelta(days=366), rules=rules) == {"upload": 1}
    clerk = sign_in("ytsj-clerk")
    gone = clerk.get(f"/dept/batches/{batch.id}{address}")
    assert gone.status_code == 410
    assert "这份文件已经不在平台上" in gone.content.decode()
    assert "F-GONE" in gone.content.decode()
    assert batch.number in clerk.get(f"/dept/batches/{batch.id}").content.decode()
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        assert Export.objects.filter(reference=batch.number).count() == 0


def test_what_was_corrected_in_a_file_ends_with_it(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    batch = hand_in((HEAD + FIRM + BAD).encode(), market)
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        intake.fix_cell(batch.id, row=3, field="fine", text="1.00", actor=market.clerk, now=NOW)
    accept(batch.id, market)
    for days, emptied in ((365, [False]), (366, [True])):
        rules = [rule for rule in retention.list_rules() if rule.kind == "upload"]
        retention.sweep(now=NOW + timedelta(days=days), rules=rules)
        with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
            assert [bytes(one.sealed) == b"" for one in Fix.objects.all()] == emptied


def test_the_uploader_cannot_approve_and_nothing_changes(market: Office, hand_in: Callable[..., Batch]) -> None:
    batch = hand_in((HEAD + FIRM).encode(), market)
    clerk = sign_in("ytsj-clerk")
    clerk.post(f"/dept/batches/{batch.id}/submit")
    assert clerk.post(f"/dept/batches/{batch.id}/decide", {"verb": "approve"}).status_code == 422
    assert "待审批" in clerk.get(f"/dept/batches/{batch.id}").content.decode()


@pytest.mark.parametrize("door", ["the page of the batch", "the page of its case", "the one function"])
def test_a_batch_is_approved_the_same_way_through_every_door(
    market: Office, hand_in: Callable[..., Batch], door: str
) -> None:
    batch = hand_in((HEAD + FIRM + PERSON).encode(), market)
    sign_in("ytsj-clerk").post(f"/dept/batches/{batch.id}/submit")
    waiting = get(batch, market)
    approver = sign_in("ytsj-approver")
    if door == "the page of the batch":
        assert approver.post(f"/dept/batches/{batch.id}/decide", {"verb": "approve"}).status_code == 302
    elif door == "the page of its case":
        assert f'href="/dept/cases/{waiting.case_id}"' in approver.get("/dept/inbox").content.decode()
        shown = approver.get(f"/dept/cases/{waiting.case_id}").content.decode()
        assert "通过并入库" in shown
        assert f'href="/dept/batches/{batch.id}"' in shown
        reply = approver.post(f"/dept/cases/{waiting.case_id}/steps", {"verb": "approve"})
        assert (reply.status_code, reply["Location"]) == (302, f"/dept/cases/{waiting.case_id}")
    else:
        intake.decide(batch.id, approves=True, actor=market.approver, now=now())
    done = get(batch, market)
    assert (done.state, done.accepted, done.approved_by) == ("accepted", 2, market.approver.key)
    assert done.receipt_id is not None


def test_a_batch_is_returned_with_reasons_and_the_page_keeps_what_was_written(
    market: Office, hand_in: Callable[..., Batch]
) -> None:
    batch = hand_in((HEAD + FIRM).encode(), market)
    sign_in("ytsj-clerk").post(f"/dept/batches/{batch.id}/submit")
    approver, address = sign_in("ytsj-approver"), f"/dept/batches/{batch.id}/decide"
    refused = approver.post(address, {"verb": "return", "reasons": "  "})
    assert (refused.status_code, "请写明理由。" in refused.content.decode()) == (422, True)
    assert get(batch, market).state == "submitted"
    too_long = approver.post(address, {"verb": "return", "reasons": "长" * 2001})
    assert too_long.status_code == 422
    assert "长长长" in too_long.content.decode()
    assert approver.post(address, {"verb": "return", "reasons": "金额看错了"}).status_code == 302
    assert get(batch, market).returned_because == "金额看错了"


def test_a_batch_that_waits_for_nobody_cannot_be_approved(market: Office, hand_in: Callable[..., Batch]) -> None:
    batch = hand_in((HEAD + FIRM).encode(), market)
    reply = sign_in("ytsj-approver").post(f"/dept/batches/{batch.id}/decide", {"verb": "approve"})
    assert (reply.status_code, "B-NOT-SUBMITTED" in reply.content.decode()) == (422, True)


def test_a_refused_file_is_answered_on_the_page(market: Office) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    clerk = sign_in("ytsj-clerk")
    file = SimpleUploadedFile("a.csv", "名称,不认识的列\n甲,乙\n".encode())
    reply = clerk.post("/dept/upload", {"item": "penalty", "file": file})
    assert reply.status_code == 422
    assert "没有这些列" in reply.content.decode()
