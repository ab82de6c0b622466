"""Call a recipient at its own address (回调): signed as Standard Webhooks, over TLS, never inside our own network.

Standard Webhooks 1.0: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`; Ed25519 over
`id.timestamp.body`, written `v1a,<base64>`; the public key as `whpk_<base64>`.
"""

from __future__ import annotations

import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from http.client import HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

import orjson
from django.conf import settings

from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.jobs import models
from chengxin.jobs.contracts import Delivered, Failed, Message, Outcome, Webhook
from chengxin.jobs.rules import may_be_called, read_networks, why_not_call
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import now as present
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if

CALLED: Final = "webhook"
STEP_SECONDS: Final = 5.0
"""How long connecting, the handshake or one read may take."""
MOST_SECONDS: Final = 10.0
"""How long the whole call may take: the worker carries other messages too."""
HTTPS_PORT: Final = 443


def set_webhook(url: str, *, actor: Actor, now: datetime) -> Webhook:
    """Set the address at which a program is called, in place of the one it had; a refused one changes nothing."""
    refuse_if(why_not_call(url))
    models.Webhook.objects.update_or_create(
        recipient=actor.key,
        defaults={"url": url, "set_at": now, "ended_at": None},
        create_defaults={"id": new_id(now), "url": url, "set_at": now},
    )
    return get_webhook(actor)


def end_webhook(*, actor: Actor, now: datetime) -> None:
    """Call a program no longer; what was not delivered stays in its feed."""
    get_webhook(actor)
    models.Webhook.objects.filter(recipient=actor.key).update(ended_at=now)


def get_webhook(actor: Actor) -> Webhook:
    """Return a program's own address, or refuse as if there were none."""
    row = models.Webhook.objects.filter(recipient=actor.key, ended_at__isnull=True).first()
    if row is None:
        raise Refused(Refusal(code="ABSENT", what="没有登记回调地址。"))
    key = b64encode(crypto.signer("webhook").public_key).decode()
    return Webhook(url=row.url, set_at=row.set_at, public_key=f"whpk_{key}")


def called_among(recipients: list[str]) -> set[str]:
    """Return which recipients are called at an address of their own; the worker asks."""
    rows = models.Webhook.objects.filter(recipient__in=recipients, ended_at__isnull=True)
    return set(rows.values_list("recipient", flat=True))


def call(message: Message) -> Outcome:
    """Post a message to its recipient's address; one that has ended its address finds it in the feed."""
    with acting(Context.of(platform("outbox"), channel=Channel.JOB, purpose="correction")):
        row = models.Webhook.objects.filter(recipient=message.recipient, ended_at__isnull=True).first()
    if row is None:
        return Delivered()
    said = {"type": message.topic, "timestamp": message.created_at.isoformat(), "data": orjson.Fragment(message.text)}
    body = orjson.dumps(said)
    return _post(row.url, body=body, headers=signed_headers(str(message.id), body, at=present()))


def signed_headers(message_id: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """Return the headers of a call: its id, when it was made, and the signature over both and the body."""
    moment = str(int(at.timestamp()))
    signature = crypto.signer("webhook").sign(f"{message_id}.{moment}.".encode() + body)
    return {
        "content-type": "application/json",
        "user-agent": "chengxin-webhooks",
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1a,{b64encode(signature).decode()}",
    }


class _Call(HTTPSConnection):
    """A connection to one address that was looked at before, under the name the certificate must have."""

    def __init__(self, host: str, port: int, *, address: str) -> None:
        super().__init__(host, port, timeout=STEP_SECONDS)
        self._address = address
        self._tls = ssl.create_default_context(cafile=settings.WEBHOOK_CA or None)

    def connect(self) -> None:
        """Connect to the address itself: asking for the name again could bring another."""
        plain = socket.create_connection((self._address, self.port), STEP_SECONDS)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()

    def cut(self) -> None:
        """End the call from another thread, whatever it waits for."""
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def _post(url: str, *, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Post once, follow nothing, read no more than the status."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or HTTPS_PORT
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except OSError:
        return Failed(code="WEBHOOK_NO_ADDRESS")
    networks = read_networks(settings.WEBHOOK_NETWORKS)
    if not found or not all(may_be_called(address, networks=networks) for address in found):
        return Failed(code="WEBHOOK_INNER_ADDRESS")
    connection = _Call(host, port, address=min(found))
    alarm = threading.Timer(MOST_SECONDS, connection.cut)
    alarm.daemon = True
    alarm.start()
    try:
        connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
        status = connection.getresponse().status
    except ssl.SSLError:
        return Failed(code="WEBHOOK_TLS")
    except (OSError, HTTPException):
        return Failed(code="WEBHOOK_AWAY")
    finally:
        alarm.cancel()
        connection.close()
    return Delivered() if 200 <= status < 300 else Failed(code=f"WEBHOOK_{status}")
