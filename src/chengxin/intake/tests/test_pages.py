"""Who sees which batch page, and what a page never shows."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from chengxin.access.models import Account
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office, open_office
from chengxin.intake.tests.test_main_job import BAD, FIRM, HEAD


def sign_in(username: str) -> Client:
    client = Client()
    client.force_login(
        Account.objects.get(username=username), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


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


def test_the_uploader_cannot_approve_and_nothing_changes(market: Office, hand_in: Callable[..., Batch]) -> None:
    batch = hand_in((HEAD + FIRM).encode(), market)
    clerk = sign_in("ytsj-clerk")
    clerk.post(f"/dept/batches/{batch.id}/submit")
    assert clerk.post(f"/dept/batches/{batch.id}/decide", {"verb": "approve"}).status_code == 422
    assert "待审批" in clerk.get(f"/dept/batches/{batch.id}").content.decode()


def test_a_refused_file_is_answered_on_the_page(market: Office) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    clerk = sign_in("ytsj-clerk")
    file = SimpleUploadedFile("a.csv", "名称,不认识的列\n甲,乙\n".encode())
    reply = clerk.post("/dept/upload", {"item": "penalty", "file": file})
    assert reply.status_code == 422
    assert "没有这些列" in reply.content.decode()
