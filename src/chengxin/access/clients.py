"""Let registered programs in: by an access token, or by HTTP Basic or Bearer with client id and secret."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.cache import caches
from django.http import HttpRequest

from chengxin.access.contracts import Client
from chengxin.access.credentials import Claim, digest_of, find_claimed, read_header
from chengxin.access.signatures import use_nonces, verified_nonce
from chengxin.access.tokens import claim_of_token
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused

MINUTE = 60


class ClientAuth:
    """A django-ninja security callable: it answers with the client's Actor, or with nothing.

    The header is `Authorization: Bearer <token of POST /api/v1/oauth/token>`, or `Basic base64(id:secret)`, or
    `Bearer id:secret`. A program that has registered a key signs each request besides (`signatures.py`).
    """

    openapi_type = "http"
    openapi_scheme = "basic"

    def __init__(self, scope: str, *, streams: bool = False) -> None:
        self.scope, self._streams = scope, streams
        self.openapi_security_schema = {"type": "http", "scheme": "basic"}

    def __call__(self, request: HttpRequest) -> Actor | None:
        """Return the actor of the request's client; refuse one without the scope or over its rate."""
        client = find_client_by_header(request.headers.get("Authorization", ""))
        return self.admit(request, client) if client else None

    def admit(self, request: HttpRequest, client: Client) -> Actor:
        """Return the actor of a request that a program was proven by, or refuse it."""
        (found,) = self.admit_together([(request, client)])
        if isinstance(found, Refused):
            raise found
        return found

    def admit_together(self, some: Sequence[tuple[HttpRequest, Client]]) -> list[Actor | Refused]:
        """Return the actor of each request, or why it is refused; their nonces are used up in one commit."""
        tried = [self._tried(*one) for one in some]
        signed = [place for place, nonce in enumerate(tried) if nonce and isinstance(nonce, str)]
        seen = use_nonces([(some[place][1], str(tried[place])) for place in signed])
        refused = dict(zip(signed, seen, strict=True))
        return [
            one if isinstance(one, Refused) else refused.get(place) or _counted(*some[place])
            for place, one in enumerate(tried)
        ]

    def _tried(self, request: HttpRequest, client: Client) -> str | Refused:
        """Return the nonce of a request, '' where none is asked for, or why the request is refused."""
        if self.scope not in client.scopes:
            return Refused(
                Refusal(
                    code="A-SCOPE",
                    what="这个接口客户端没有登记这项权限。",
                    next_step="请由所属单位向信用办申请增加权限。",
                    values={"scope": self.scope},
                )
            )
        try:
            return verified_nonce(request, client, streams=self._streams)
        except Refused as refused:
            return refused


def _counted(request: HttpRequest, client: Client) -> Actor | Refused:
    """Return the actor of a request, or why it is one too many."""
    try:
        _count_request(client)
    except Refused as refused:
        return refused
    actor = actor_for_client(client)
    request.chengxin_actor = actor  # type: ignore[attr-defined]
    return actor


def client_auth(scope: str, *, streams: bool = False) -> ClientAuth:
    """Return the security callable for one action: `auth=client_auth("batch.upload")`.

    A door that `streams` reads its body by `body_of` alone.
    """
    return ClientAuth(scope, streams=streams)


def actor_for_client(client: Client) -> Actor:
    """Return the actor a client is."""
    return Actor(key=f"client:{client.id}", roles=frozenset({Role.CLIENT}), body=client.body, area=client.area)


def find_client_by_header(header: str) -> Client | None:
    """Return the active client an Authorization header proves: by its token, or by its id and secret; or None."""
    return find_clients_by_header([header])[0]


def find_clients_by_header(headers: Sequence[str]) -> list[Client | None]:
    """Return the active client each Authorization header proves, or None, in one statement."""
    return find_claimed([_claim_of(header) for header in headers])


def _claim_of(header: str) -> Claim | None:
    scheme, _, credentials = header.partition(" ")
    if scheme.lower() == "bearer" and ":" not in credentials:
        return claim_of_token(credentials)
    pair = read_header(header)
    return Claim(pair[0], digest_of(pair[1])) if pair else None


def _count_request(client: Client) -> None:
    minute = int(now().timestamp()) // MINUTE
    key = f"client:{client.id}:{minute}"
    counted = caches["process"]
    counted.add(key, 0, timeout=2 * MINUTE)
    if counted.incr(key) > client.rate_per_minute:
        raise Refused(
            Refusal(
                code="TOO_MANY",
                what="请求太频繁。",
                why="这个客户端每分钟最多{limit}次。",
                next_step="请在下一分钟再试。",
                values={"limit": str(client.rate_per_minute)},
            )
        )
