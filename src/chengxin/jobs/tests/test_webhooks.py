"""Who wants to be called is called: over TLS, signed, at public addresses only, once where it says so."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any, ClassVar

import orjson
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.db import DatabaseError, transaction

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.jobs import facade as jobs
from chengxin.jobs import models, webhooks
from chengxin.jobs.contracts import Tried, Webhook
from chengxin.jobs.rules import may_be_called, read_networks, wait_after, why_not_call
from chengxin.jobs.tests.conftest import NOW, SHOP, STRANGER, as_actor, draft, put
from chengxin.kernel.actor import platform
from chengxin.kernel.refusal import Refused
from chengxin_subscriber.listening import is_genuine


def certificate(folder: Path) -> Path:
    """Write a certificate for localhost with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    today = datetime.now(UTC)
    built = built.not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=2))
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    signed = built.add_extension(names, critical=False).sign(key, hashes.SHA256())
    file = folder / "localhost.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(signed.public_bytes(Encoding.PEM) + private)
    return file


class Receiver:
    """A recipient's own server; `answers` says with which status, `seen` holds what came."""

    def __init__(self, pem: Path) -> None:
        self.answers, self.waits, self.seen = 204, 0.0, []  # type: ignore[var-annotated]
        owner = self

        class Calls(BaseHTTPRequestHandler):
            protocol_version: ClassVar[str] = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                owner.seen.append((self.path, dict(self.headers.items()), body))
                time.sleep(owner.waits)
                self.send_response(owner.answers)
                self.send_header("location", f"https://localhost:{self.server.server_port}/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Calls)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(pem)
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"https://localhost:{self.server.server_port}/hooks?of=shop"


@pytest.fixture
def receiver(tmp_path: Path, settings: Any) -> Iterator[Receiver]:
    pem = certificate(tmp_path)
    settings.WEBHOOK_NETWORKS, settings.WEBHOOK_CA = "127.0.0.0/8, ::1/128", str(pem)
    running = Receiver(pem)
    yield running
    running.server.shutdown()
    running.server.server_close()


def called_at(url: str) -> Webhook:
    with as_actor(SHOP):
        return jobs.set_webhook(url, actor=SHOP, now=NOW)


def row() -> models.Message:
    with acting(Context.of(platform("look"), channel=Channel.JOB, purpose="correction")):
        (found,) = models.Message.objects.order_by("id")
    return found


def test_a_call_is_signed_and_carries_what_was_digested(worker: Any, receiver: Receiver) -> None:
    key = called_at(receiver.url).public_key
    put(draft())
    with worker():
        assert jobs.deliver_due(now=NOW) == Tried(delivered=1)
    ((path, headers, body),) = receiver.seen
    sent = row()
    assert (path, sent.kind, sent.delivered_at) == ("/hooks?of=shop", "webhook", NOW)
    assert headers["webhook-id"] == str(sent.id)
    assert orjson.loads(body) == {"type": "record.withdrawn", "timestamp": NOW.isoformat(), "data": {"do": "delete"}}
    assert sent.payload.encode() in body
    at = time.time()
    assert is_genuine(headers, body, public_key=key, at=at)
    assert not is_genuine(headers, body + b" ", public_key=key, at=at)
    assert not is_genuine(headers, body, public_key=key, at=at + 301)
    assert not is_genuine({**headers, "webhook-id": "other"}, body, public_key=key, at=at)


@pytest.mark.parametrize(("status", "code"), [(302, "WEBHOOK_302"), (500, "WEBHOOK_500"), (410, "WEBHOOK_410")])
def test_a_redirect_is_not_followed_and_what_failed_is_tried_again(
    worker: Any, receiver: Receiver, status: int, code: str
) -> None:
    called_at(receiver.url)
    put(draft())
    receiver.answers = status
    with worker():
        assert jobs.deliver_due(now=NOW) == Tried(failed=1)
        assert (row().last_error, len(receiver.seen)) == (code, 1)
        assert jobs.deliver_due(now=NOW) == Tried()
        receiver.answers = 204
        assert jobs.deliver_due(now=NOW + wait_after(1)) == Tried(delivered=1)
    assert [path for path, _headers, _body in receiver.seen] == ["/hooks?of=shop"] * 2


def test_redline_an_inner_address_is_never_called_and_the_feed_still_has_the_message(
    worker: Any, receiver: Receiver, settings: Any
) -> None:
    settings.WEBHOOK_NETWORKS = ""
    called_at(receiver.url)
    put(draft())
    with worker():
        assert jobs.deliver_due(now=NOW) == Tried(failed=1)
    assert (row().last_error, row().delivered_at, receiver.seen) == ("WEBHOOK_INNER_ADDRESS", None, [])
    with as_actor(SHOP):
        (waiting,) = jobs.list_feed([SHOP.key])
        assert (waiting.delivered_at, waiting.attempts) == (None, 1)
        assert jobs.acknowledge(waiting.id, kind="deleted", digest=b"1" * 32, now=NOW)
    assert (row().delivered_at, row().next_attempt_at, row().receipt_kind) == (NOW, None, "deleted")


def test_an_answer_to_what_was_given_up_counts_as_its_arrival(worker: Any, receiver: Receiver) -> None:
    called_at(receiver.url)
    put(draft())
    receiver.answers = 500
    with worker():
        assert jobs.deliver_due(now=NOW) == Tried(failed=1)
        with acting(Context.of(platform("look"), channel=Channel.JOB, purpose="correction")):
            assert models.Message.objects.update(dead_at=NOW, next_attempt_at=None) == 1
    later = NOW + timedelta(days=1)
    with as_actor(STRANGER):
        assert models.Message.objects.update(receipt_kind="deleted", receipt_at=later) == 0
    with as_actor(SHOP):
        (waiting,) = jobs.list_feed([SHOP.key])
        assert jobs.acknowledge(waiting.id, kind="deleted", digest=b"1" * 32, now=later)
        assert models.Message.objects.update(receipt_at=later) == 0
    assert (row().delivered_at, row().dead_at, row().receipt_at) == (later, None, later)


def test_a_certificate_of_somebody_else_is_not_believed(worker: Any, receiver: Receiver, settings: Any) -> None:
    settings.WEBHOOK_CA = ""
    called_at(receiver.url)
    put(draft())
    with worker():
        assert jobs.deliver_due(now=NOW) == Tried(failed=1)
    assert (row().last_error, receiver.seen) == ("WEBHOOK_TLS", [])


def test_who_is_slow_is_cut_off_and_holds_up_nobody(
    worker: Any, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "MOST_SECONDS", 0.3)
    called_at(receiver.url)
    put(draft(), draft("r1:mark:2"), draft(recipient="body:BANK"))
    receiver.waits = 3.0
    began = time.monotonic()
    with worker():
        assert jobs.deliver_due(now=NOW) == Tried(delivered=1, failed=2)
    assert time.monotonic() - began < 2.5
    assert len(receiver.seen) == 1  # Called in vain once, not once for each message.


def test_who_ended_the_address_finds_it_all_in_the_feed(worker: Any, receiver: Receiver) -> None:
    called_at(receiver.url)
    put(draft())
    with as_actor(SHOP):
        jobs.end_webhook(actor=SHOP, now=NOW)
    with worker():
        assert jobs.deliver_due(now=NOW) == Tried(delivered=1)
    assert (row().kind, receiver.seen) == ("inbox", [])


def test_an_address_is_seen_and_changed_by_its_program_alone(db: None) -> None:
    called_at("https://shop.example/hooks")
    with as_actor(STRANGER):
        assert models.Webhook.objects.count() == 0
        assert models.Webhook.objects.update(url="https://stranger.example/") == 0
        with pytest.raises(Refused):
            jobs.get_webhook(STRANGER)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            jobs.set_webhook("https://stranger.example/", actor=SHOP, now=NOW)
    with as_actor(SHOP):
        assert jobs.get_webhook(SHOP).url == "https://shop.example/hooks"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.215.14", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:0a00:0001::", False),
    ],
)
def test_redline_only_public_addresses_are_called(address: str, expected: bool) -> None:
    assert may_be_called(address) is expected


def test_an_operator_may_name_the_networks_of_its_own_recipients() -> None:
    networks = read_networks("10.20.0.0/16, fd00:20::/32")
    assert may_be_called("10.20.3.4", networks=networks)
    assert may_be_called("::ffff:10.20.3.4", networks=networks)
    assert not may_be_called("10.21.3.4", networks=networks)


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/hooks",
        "https:///hooks",
        "https://name:word@shop.example/",
        "https://shop.example/#part",
        "https://shop.example/a b",
        "https://shop.example:99999/",
        "https://[::1/",
        "https://shop.example/" + "a" * 500,
        "https://店铺.example/",
    ],
)
def test_an_address_that_is_no_plain_https_is_refused(db: None, url: str) -> None:
    refusal = why_not_call(url)
    assert refusal is not None
    with as_actor(SHOP), pytest.raises(Refused):
        jobs.set_webhook(url, actor=SHOP, now=NOW)
    with as_actor(SHOP):
        assert models.Webhook.objects.count() == 0
