"""Be called: take signed messages (Standard Webhooks, Ed25519) over TLS and carry them out at once."""

from __future__ import annotations

import json
import ssl
import sys
import threading
import time
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from chengxin_subscriber.client import Platform
from chengxin_subscriber.work import pull
from chengxin_verify.ed25519 import verify

TOLERANCE: Final = 300
"""Seconds by which the moment of a call may differ from our clock (Standard Webhooks)."""
MOST_BYTES: Final = 64 * 1024


def is_genuine(headers: Mapping[str, str], body: bytes, *, public_key: str, at: float) -> bool:
    """Tell whether a call was signed by the platform, now, over this very body."""
    moment, signatures = headers.get("webhook-timestamp", ""), headers.get("webhook-signature", "").split()
    if not moment.isdecimal() or abs(at - int(moment)) > TOLERANCE:
        return False
    message = f"{headers.get('webhook-id', '')}.{moment}.".encode() + body
    key = b64decode(public_key.removeprefix("whpk_"))
    for signature in signatures:
        version, _, value = signature.partition(",")
        try:
            if version == "v1a" and verify(key, message, b64decode(value, validate=True)):
                return True
        except NotBase64:
            continue
    return False


def listen(platform: Platform, file: Path, *, address: tuple[str, int], certificate: Path, public_key: str) -> None:
    """Answer calls until the process is ended; what a call tells of is fetched from the feed, carried out, answered.

    A call only wakes: the feed is what is believed, so that a call heard twice or out of order does no harm.
    """
    called = threading.Event()
    called.set()  # What came while we were away.

    class Calls(BaseHTTPRequestHandler):
        """Take one call."""

        def do_POST(self) -> None:
            """Answer 204 to a genuine call and 401 to any other."""
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(min(length, MOST_BYTES))
            genuine = is_genuine(dict(self.headers.items()), body, public_key=public_key, at=time.time())
            self.send_response(204 if genuine else 401)
            self.end_headers()
            if genuine:
                print(json.dumps({"called": self.headers.get("webhook-id")}), flush=True)
                called.set()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the original has it
            """Say nothing: what was called is printed already."""

    server = ThreadingHTTPServer(address, Calls)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"listening": server.server_address[1]}), flush=True)
    while True:
        called.wait()
        called.clear()
        try:
            print(json.dumps({"answered": pull(platform, file)}), flush=True)
        except OSError as error:
            print(f"The platform is away ({error}); it will call again.", file=sys.stderr, flush=True)
