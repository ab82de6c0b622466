"""With the key service dead no outlet shows a personal field, each says why, and what is public goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.key_service import TestKeyService

from chengxin.access import facade as access
from chengxin.archives import facade
from chengxin.archives.tests.conftest import sign_in
from chengxin.audit import facade as audit
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.intake.tests.test_main_job import HEAD, PERSON
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.subjects import keyholder

PERSONAL = ("林禾舟", "390101199001010017")


@pytest.fixture(autouse=True)
def today() -> object:
    with simulated(NOW):
        yield


def count_looks(actor: Actor) -> int:
    assert actor.subject_id is not None
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        return audit.count_looks(actor.subject_id)


def test_redline_07_without_the_key_service_no_personal_field_leaves_anywhere(
    lin: Actor, hand_in: Callable[..., Batch], market: Office, key_service: TestKeyService
) -> None:
    client, record = sign_in("lin"), facade.own_archive(lin, now=NOW).lines[0].record_id
    code = facade.make_report(lin, now=NOW, address_of=lambda code: code)
    dead = [
        "/me",
        f"/me/records/{record}",
        f"/me/reports/{code}.pdf",
        f"/me/reports/{code}.json",
        "/api/v1/me/archive",
    ]
    alive = ["/", "/me/looks", "/me/reports", "/subjects/91390100MA0000015M", f"/verify/{code}"]
    assert all(client.get(path).status_code == 200 for path in dead + alive)
    looks = count_looks(lin)
    assert lin.subject_id is not None
    keyholder.forget(lin.subject_id)  # A request of its own would hold no key; this test is one transaction.
    key_service.kill()
    try:
        for path in dead:
            answer = client.get(path)
            text = answer.content.decode()
            assert (answer.status_code, "KEYS_AWAY" in text) == (503, True), path
            assert not any(personal in text for personal in PERSONAL), path
        assert client.get("/api/v1/me/archive").json()["code"] == "KEYS_AWAY"
        assert client.post("/me/reports").status_code == 503
        assert client.post(f"/me/records/{record}", {"text": "罚款已经缴清。"}).status_code == 503
        assert [client.get(path).status_code for path in alive] == [200] * len(alive)
        assert Client().get("/subjects/91390100MA0000015M").status_code == 200
        # What could not be opened was no look at anybody; verifying the report was, once.
        assert count_looks(lin) == looks + 1
    finally:
        key_service.start()
    assert PERSONAL[0] in client.get("/me").content.decode()


def test_nothing_is_taken_in_while_nothing_can_be_sealed(
    hand_in: Callable[..., Batch], market: Office, key_service: TestKeyService
) -> None:
    from chengxin.crypto.contracts import KeyServiceAway
    from chengxin.intake.models import Batch as Row

    key_service.kill()
    try:
        with pytest.raises(KeyServiceAway):
            hand_in((HEAD + PERSON).encode(), market)
        with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
            assert not Row.objects.exists()
    finally:
        key_service.start()
    assert hand_in((HEAD + PERSON).encode(), market).good == 1
