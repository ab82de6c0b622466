"""Ask the platform as a registered program: HTTP Basic, and with a key each request signed (RFC 9421)."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
import urllib.error
import urllib.request
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, TypeAlias

from chengxin_verify.ed25519 import sign

PATIENCE = 30.0
Json: TypeAlias = Any  # Whatever an answer holds.


class Refused(Exception):
    """The platform said no; `status` and `code` say how."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


@dataclass(frozen=True, kw_only=True)
class Platform:
    """Where the platform is and who asks; `seed` is the program's own key, empty without one."""

    address: str
    client: str
    secret: str
    seed: bytes = b""

    def get(self, path: str) -> Json:
        """Return what the platform answers."""
        return self._ask("GET", path, None)

    def fetch(self, path: str) -> bytes:
        """Return a file as it stands."""
        return self._bytes("GET", path, None)

    def post(self, path: str, said: Json) -> Json:
        """Return what the platform answers to an object."""
        return self._ask("POST", path, json.dumps(said).encode())

    def put(self, path: str, said: Json) -> Json:
        """Return what the platform answers to an object set."""
        return self._ask("PUT", path, json.dumps(said).encode())

    def _ask(self, method: str, path: str, body: bytes | None) -> Json:
        return json.loads(self._bytes(method, path, body) or b"null")

    def _bytes(self, method: str, path: str, body: bytes | None) -> bytes:
        url = f"{self.address}/{path}"
        credentials = b64encode(f"{self.client}:{self.secret}".encode()).decode()
        headers = {"authorization": f"Basic {credentials}", "content-type": "application/json"}
        if self.seed:
            headers |= signed(method, url, headers["authorization"], body, client=self.client, seed=self.seed)
        request = urllib.request.Request(url, data=body, headers=headers, method=method)  # noqa: S310 - the operator names it
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            try:
                code = json.loads(error.read()).get("code", "")
            except ValueError:
                code = ""
            raise Refused(error.code, code) from None


def signed(
    method: str, url: str, authorization: str, body: bytes | None, *, client: str, seed: bytes
) -> dict[str, str]:
    """Return the headers that sign a request: what is asked, by whom, with which body, when and only once."""
    covered = {"@method": method, "@target-uri": url, "authorization": authorization}
    headers = {}
    if body is not None:
        headers["content-digest"] = f"sha-256=:{b64encode(hashlib.sha256(body).digest()).decode()}:"
        covered |= headers
    names = " ".join(f'"{name}"' for name in covered)
    nonce = secrets.token_urlsafe(24)
    inputs = f'({names});created={int(time.time())};keyid="{client}";alg="ed25519";nonce="{nonce}"'
    base = "\n".join([*(f'"{name}": {value}' for name, value in covered.items()), f'"@signature-params": {inputs}'])
    signature = b64encode(sign(seed, base.encode())).decode()
    return headers | {"signature-input": f"receipt={inputs}", "signature": f"receipt=:{signature}:"}


def statement(said: dict[str, str], *, seed: bytes) -> str:
    """Return a receipt as a compact JWS (RFC 7515, EdDSA) that others than the platform can check too."""
    head = _part({"alg": "EdDSA", "typ": "receipt+jws"})
    message = f"{head}.{_part(said)}"
    return f"{message}.{_plain(sign(seed, message.encode()))}"


def _part(value: dict[str, str]) -> str:
    return _plain(json.dumps(value, sort_keys=True, separators=(",", ":")).encode())


def _plain(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
