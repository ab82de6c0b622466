"""Let registered programs in: HTTP Basic or Bearer with client id and secret."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest

from chengxin.access import models
from chengxin.access.contracts import Client
from chengxin.access.queries import client_of
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused

_NOBODY = b"\0" * 32
MINUTE = 60


class ClientAuth:
    """A django-ninja security callable: it answers with the client's Actor, or with nothing.

    The header is `Authorization: Basic base64(id:secret)` or `Authorization: Bearer id:secret`.
    """

    openapi_type = "http"
    openapi_scheme = "basic"

    def __init__(self, scope: str) -> None:
        self.scope = scope
        self.openapi_security_schema = {"type": "http", "scheme": "basic"}

    def __call__(self, request: HttpRequest) -> Actor | None:
        """Return the actor of the request's client; refuse one without the scope or over its rate."""
        client = find_client_by_header(request.headers.get("Authorization", ""))
        if client is None:
            return None
        if self.scope not in client.scopes:
            raise Refused(
                Refusal(
                    code="A-SCOPE",
                    what="这个接口客户端没有登记这项权限。",
                    next_step="请由所属单位向信用办申请增加权限。",
                    values={"scope": self.scope},
                )
            )
        _count_request(client)
        actor = actor_for_client(client)
        request.chengxin_actor = actor  # type: ignore[attr-defined]
        return actor


def client_auth(scope: str) -> ClientAuth:
    """Return the security callable for one action: `auth=client_auth("batch.upload")`."""
    return ClientAuth(scope)


def actor_for_client(client: Client) -> Actor:
    """Return the actor a client is."""
    return Actor(key=f"client:{client.id}", roles=frozenset({Role.CLIENT}), body=client.body, area=client.area)


def find_client_by_header(header: str) -> Client | None:
    """Return the active client an Authorization header proves, or None; an unknown id costs as much as a known one."""
    pair = _pair(header)
    if pair is None:
        return None
    client_id, secret = pair
    row = models.ApiClient.objects.filter(id=client_id).select_related("body").first()
    expected = bytes(row.secret_digest) if row else _NOBODY
    if not hmac.compare_digest(expected, digest_of(secret)) or row is None or not row.is_active:
        return None
    return client_of(row)


def digest_of(secret: str) -> bytes:
    """Return the digest of a high-entropy secret; a slow hash would protect nothing here and cost each request."""
    return hashlib.sha256(secret.encode()).digest()


def _pair(header: str) -> tuple[UUID, str] | None:
    scheme, _, credentials = header.partition(" ")
    try:
        if scheme.lower() == "basic":
            credentials = base64.b64decode(credentials, validate=True).decode()
        elif scheme.lower() != "bearer":
            return None
        client_id, _, secret = credentials.partition(":")
        return UUID(client_id), secret
    except (ValueError, binascii.Error):
        return None


def _count_request(client: Client) -> None:
    minute = int(now().timestamp()) // MINUTE
    key = f"client:{client.id}:{minute}"
    cache.add(key, 0, timeout=2 * MINUTE)
    if cache.incr(key) > client.rate_per_minute:
        raise Refused(
            Refusal(
                code="TOO_MANY",
                what="请求太频繁。",
                why="这个客户端每分钟最多{limit}次。",
                next_step="请在下一分钟再试。",
                values={"limit": str(client.rate_per_minute)},
            )
        )
