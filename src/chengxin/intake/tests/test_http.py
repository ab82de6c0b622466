"""A registered client hands in a batch over HTTP and reads what became of it."""

from __future__ import annotations

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chengxin.access import facade as access
from chengxin.intake.tests.conftest import NOW, SETUP, Office, open_office
from chengxin.intake.tests.test_main_job import BAD, FIRM, HEAD


def credentials(office: Office) -> dict[str, str]:
    new = access.register_client(
        "exporter", body=office.body, scopes=["batch.upload", "batch.read"], actor=SETUP, now=NOW
    )
    pair = base64.b64encode(f"{new.client.id}:{new.secret}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def hand_in(client: Client, headers: dict[str, str], content: str, key: str = "") -> object:
    file = SimpleUploadedFile("export.csv", content.encode("gb18030"))
    return client.post(
        "/api/v1/batches", {"item": "penalty", "file": file}, headers={**headers, "Idempotency-Key": key}
    )


@pytest.mark.clause("P3.3a")
def test_a_batch_handed_in_by_a_client_waits_for_a_person(market: Office, client: Client) -> None:
    reply = hand_in(client, credentials(market), HEAD + FIRM + BAD)
    assert reply.status_code == 201, reply.content.decode()
    body = reply.json()
    assert (body["state"], body["rows"], body["good"], body["questioned"]) == ("submitted", 2, 1, 1)
    assert {issue["code"] for issue in body["issues"]} == {"U-DATE-FUTURE", "U-AMOUNT-NEGATIVE", "E-USCC-02"}


def test_a_repeated_request_answers_with_the_same_batch(market: Office, client: Client) -> None:
    headers = credentials(market)
    first = hand_in(client, headers, HEAD + FIRM, key="k-1").json()
    again = hand_in(client, headers, HEAD + FIRM + BAD, key="k-1").json()
    assert again["id"] == first["id"]


def test_an_unknown_client_is_told_nothing(market: Office, client: Client) -> None:
    reply = hand_in(client, {"Authorization": "Basic bm9ib2R5Om5vdGhpbmc="}, HEAD + FIRM)
    assert (reply.status_code, reply.json()["code"]) == (401, "A-CLIENT")


def test_another_body_cannot_read_the_batch(market: Office, client: Client) -> None:
    batch = hand_in(client, credentials(market), HEAD + FIRM).json()
    other = open_office("YTHB", "云汀市生态环境局", "92390101MA00000151", "390100", ("penalty",))
    reply = client.get(f"/api/v1/batches/{batch['id']}", headers=credentials(other))
    assert (reply.status_code, reply.json()["code"]) == (404, "ABSENT")
