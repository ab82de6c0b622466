"""Signed requests (HTTP message signatures, RFC 9421): whose program has registered a key signs each, once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import http_sf
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction
from django.http import HttpRequest
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    algorithms,
)

from chengxin.access.contracts import Client
from chengxin.database.facade import ask
from chengxin.kernel.clock import now
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused

MOST_AGE: Final = timedelta(minutes=5)
COVERED: Final = ("@method", "@target-uri", "authorization")
_LONGEST_NONCE: Final = 100
_CHUNK: Final = 1 << 20
_DIGESTS: Final = ("sha-512", "sha-256")

_USE: Final = """
    insert into access_client_nonce (id, client_id, nonce, at)
    select n.*, %s::timestamptz from unnest(%s::uuid[], %s::uuid[], %s::text[]) as n
    on conflict (client_id, nonce) do nothing returning id
"""
_REPLAYED: Final = Refusal(
    code="A-REPLAYED",
    what="这个请求已经收到过一次。",
    why="每个签名只能用一次，防止请求被截取后重放。",
    next_step="请换一个随机数，重新签名再发。",
)


@dataclass(frozen=True)
class _Message:
    """A request as the library reads it."""

    method: str
    url: str
    headers: Mapping[str, str]


class _OneKey(HTTPSignatureKeyResolver):
    """Knows the key of the program that asks and no other."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """Return the program's key under its own id."""
        return Ed25519PublicKey.from_public_bytes(self._client.public_key) if key_id == str(self._client.id) else None


def verified_nonce(request: HttpRequest, client: Client, *, streams: bool = False) -> str:
    """Refuse a request of a program with a key unless it is signed, whole and fresh; return the nonce to `use` of it.

    A program without a key signs nothing and has none.

    Where a door `streams`, the body is too long to be held: its digest is signed, and `body_of` compares it.
    """
    if not client.public_key:
        return ""
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=_OneKey(client))
    message = _Message(request.method or "", request.build_absolute_uri(), request.headers)
    covered, body = ((*COVERED, "content-digest"), None) if streams else (COVERED, request.body)
    try:
        (found,) = verifier.verify(message, max_age=MOST_AGE, require_components=covered, body=body)
    except HTTPMessageSignaturesException as error:
        raise Refused(_not_signed()) from error
    nonce = found.nonce or ""
    if not 16 <= len(nonce) <= _LONGEST_NONCE:
        raise Refused(_not_signed())
    if streams:
        request.chengxin_digest = _digest_of(request)  # type: ignore[attr-defined]
    return nonce


def use_nonces(some: Sequence[tuple[Client, str]]) -> list[Refused | None]:
    """Use up nonces in one commit; return for each why it is refused, if it was seen before or is here twice."""
    at = now()
    # In one order, so that two groups with the same nonces do not wait for each other.
    order = sorted(range(len(some)), key=lambda place: (some[place][0].id, some[place][1]))
    ids = {new_id(at): place for place in order}
    clients, nonces = [some[place][0].id for place in order], [some[place][1] for place in order]
    with transaction.atomic():
        used = {ids[one] for (one,) in ask(_USE, [at, list(ids), clients, nonces])} if some else set()
    return [None if place in used else Refused(_REPLAYED) for place in range(len(some))]


def body_of(request: HttpRequest, *, most: int) -> Iterator[bytes]:
    """Yield the body of a door that streams, in parts; refuse what is longer than `most`, or not what was signed."""
    name, expected = getattr(request, "chengxin_digest", ("", b""))
    digest = hashlib.new(name.replace("-", "")) if name else None
    size = 0
    while part := request.read(_CHUNK):
        size += len(part)
        if size > most:
            raise Refused(
                Refusal(
                    code="TOO_LARGE",
                    what="文件超过 {most} MB。",
                    next_step="请分成几个文件。",
                    values={"most": f"{most / 1e6:.0f}"},
                )
            )
        if digest:
            digest.update(part)
        yield part
    if digest and digest.digest() != expected:
        raise Refused(_not_signed())


def _digest_of(request: HttpRequest) -> tuple[str, bytes]:
    """Return the name and value of the strongest digest a signed request gives of its body (RFC 9530)."""
    try:
        given: Any = http_sf.parse(request.headers.get("Content-Digest", "").encode(), tltype="dictionary")
        return next((name, bytes(given[name][0])) for name in _DIGESTS if name in given)
    except (ValueError, TypeError, StopIteration, KeyError) as error:
        raise Refused(_not_signed()) from error


def _not_signed() -> Refusal:
    return Refusal(
        code="A-SIGNATURE",
        what="请求没有有效的签名。",
        why="登记了公钥的客户端，要按RFC 9421签每个请求：方法、地址、授权头、正文摘要、五分钟内的时间和随机数。",
        next_step="请核对密钥编号、时钟和所签的内容。",
    )
