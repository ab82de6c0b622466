"""Programs come with a token or a signature: each ends, is the program's own, and a signature counts once."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms

from chengxin.access import facade as access
from chengxin.access.contracts import NewClient
from chengxin.access.signatures import use_nonces
from chengxin.access.tests.cast import NOON, SETUP, open_body
from chengxin.crypto import facade as crypto
from chengxin.kernel.clock import simulated

OUTBOX = "/api/v1/outbox"


def register(*scopes: str, **more: Any) -> NewClient:
    open_body("SHOP")
    return access.register_client("shop", body="SHOP", scopes=scopes, actor=SETUP, now=NOON, **more)


def basic(new: NewClient, secret: str = "") -> str:
    return "Basic " + base64.b64encode(f"{new.client.id}:{secret or new.secret}".encode()).decode()


def ask_token(header: str, **form: str) -> Any:
    headers = {"Authorization": header} if header else {}
    return Client().post(
        "/api/v1/oauth/token",
        urlencode({"grant_type": "client_credentials", **form}),
        content_type="application/x-www-form-urlencoded",
        headers=headers,
    )


def get(header: str) -> Any:
    return Client().get(OUTBOX, headers={"Authorization": header})


@pytest.mark.django_db
def test_a_token_opens_what_it_was_given_for_until_it_ends() -> None:
    new = register("outbox.receive", "record.query")
    with simulated(NOON):
        given = ask_token(basic(new)).json()
        assert (given["token_type"], given["expires_in"]) == ("Bearer", 600)
        assert set(given["scope"].split()) == {"outbox.receive", "record.query"}
        narrow = ask_token(basic(new), scope="record.query").json()
        assert get(f"Bearer {given['access_token']}").status_code == 200
        assert get(f"Bearer {narrow['access_token']}").json()["code"] == "A-SCOPE"
    with simulated(NOON + timedelta(seconds=599)):
        assert get(f"Bearer {given['access_token']}").status_code == 200
    with simulated(NOON + timedelta(seconds=600)):
        assert get(f"Bearer {given['access_token']}").status_code == 401


@pytest.mark.django_db
def test_no_token_without_the_secret_for_another_grant_or_a_foreign_scope() -> None:
    new = register("outbox.receive")
    assert ask_token(basic(new, "wrong")).status_code == 401
    assert ask_token("").status_code == 401
    assert ask_token(basic(new), grant_type="password").json()["error"] == "unsupported_grant_type"
    assert ask_token(basic(new), scope="record.query").json()["error"] == "invalid_scope"
    assert ask_token("", client_id=str(new.client.id), client_secret=new.secret).status_code == 200


@pytest.mark.django_db
def test_a_token_is_worth_nothing_forged_or_after_its_program_is_suspended() -> None:
    new = register("outbox.receive")
    token = ask_token(basic(new)).json()["access_token"]
    head, body, signature = token.split(".")
    said = orjson.loads(base64.urlsafe_b64decode(body + "=="))
    more = base64.urlsafe_b64encode(orjson.dumps({**said, "scope": "record.query"})).rstrip(b"=").decode()
    assert get(f"Bearer {head}.{more}.{signature}").status_code == 401
    consent = crypto.statement_signer().sign(orjson.dumps(said), kind="consent+jws")
    assert get(f"Bearer {consent}").status_code == 401
    access.suspend_client(new.client.id, actor=SETUP, now=NOON)
    assert get(f"Bearer {token}").status_code == 401


@dataclass
class Signed(HTTPSignatureKeyResolver):
    """A program that signs."""

    new: NewClient
    key: Ed25519PrivateKey
    path: str = "/api/v1/identity/verify"
    kind: str = "application/json"

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return self.key

    def send(
        self, body: bytes, *, sent: bytes | None = None, nonce: str | None = "", created: datetime | None = None
    ) -> Any:
        address = f"http://testserver{self.path}"
        headers = {"Authorization": basic(self.new), "Content-Type": self.kind}
        message = requests.Request("POST", address, headers=headers, data=body).prepare()
        HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=self).sign(
            message,
            key_id=str(self.new.client.id),
            created=created or datetime.now(UTC),
            nonce=secrets.token_urlsafe(16) if nonce == "" else nonce,
            covered_component_ids=("@method", "@target-uri", "authorization"),
            body=body,
        )
        return self.post({name: str(value) for name, value in message.headers.items()}, body if sent is None else sent)

    def post(self, headers: dict[str, str], body: bytes) -> Any:
        return Client().post(self.path, body, content_type=self.kind, headers=headers)


ASKED = orjson.dumps({"number": "390101199001010017", "name": "林禾舟", "purpose": "identity_verification"})


@pytest.fixture
def signing(db: None) -> Signed:
    key = Ed25519PrivateKey.generate()
    return Signed(register("identity.verify", public_key=key.public_key().public_bytes_raw()), key)


def test_a_program_with_a_key_is_served_only_signed_whole_and_fresh(signing: Signed) -> None:
    assert signing.send(ASKED).status_code == 200
    assert signing.post({"Authorization": basic(signing.new)}, ASKED).json()["code"] == "A-SIGNATURE"
    assert signing.send(ASKED, sent=ASKED.replace("林".encode(), "陆".encode())).status_code == 401
    assert signing.send(ASKED, created=datetime.now(UTC) - timedelta(minutes=6)).status_code == 401
    assert signing.send(ASKED, nonce=None).status_code == 401
    stranger = Signed(signing.new, Ed25519PrivateKey.generate())
    assert stranger.send(ASKED).json()["code"] == "A-SIGNATURE"


def test_a_signed_request_counts_once(signing: Signed) -> None:
    nonce = secrets.token_urlsafe(16)
    assert signing.send(ASKED, nonce=nonce).status_code == 200
    again = signing.send(ASKED, nonce=nonce)
    assert (again.status_code, again.json()["code"]) == (401, "A-REPLAYED")


def test_of_requests_admitted_together_each_signature_counts_once(signing: Signed) -> None:
    one, other = signing.new.client, register("identity.verify").client
    some = [(one, "a" * 16), (one, "b" * 16), (other, "a" * 16), (one, "a" * 16)]
    refused = use_nonces(some)
    assert [bool(why) for why in refused] == [False, False, False, True]
    assert refused[3] is not None
    assert refused[3].refusal.code == "A-REPLAYED"
    assert [bool(why) for why in use_nonces([some[1], (other, "b" * 16)])] == [True, False]
