"""Access tokens of registered programs: OAuth 2.0 client credentials (RFC 6749 §4.4) as signed JWT (RFC 9068)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator

from chengxin.access.contracts import Client
from chengxin.access.credentials import Claim, find_by_secret, read_header
from chengxin.crypto import facade as crypto
from chengxin.kernel.clock import now

KIND: Final = "at+jwt"
AUDIENCE: Final = "chengxin"
LASTS: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class _Known:
    """A program as oauthlib asks for it."""

    client_id: str
    client: Client


class _Validator(RequestValidator):  # type: ignore[misc]
    """What oauthlib asks of us; the protocol is its own."""

    def client_authentication_required(self, request: Any, *_: Any, **__: Any) -> bool:  # noqa: ANN401, ARG002
        """Ask every program for its secret."""
        return True

    def authenticate_client(self, request: Any, *_: Any, **__: Any) -> bool:  # noqa: ANN401
        """Tell whether the header, or else the form, proves a program that is served."""
        pair = read_header(request.headers.get("Authorization", "")) or _pair_of_form(request)
        client = find_by_secret(*pair) if pair else None
        if client is None:
            return False
        request.client = _Known(str(client.id), client)
        return True

    def validate_grant_type(self, _id: str, grant: str, *_: Any, **__: Any) -> bool:  # noqa: ANN401
        """Give tokens for client credentials and for nothing else."""
        return grant == "client_credentials"

    def get_default_scopes(self, _id: str, request: Any, *_: Any, **__: Any) -> list[str]:  # noqa: ANN401
        """Give what is registered where nothing is named."""
        return sorted(request.client.client.scopes)

    def validate_scopes(self, _id: str, scopes: list[str], client: _Known, *_: Any, **__: Any) -> bool:  # noqa: ANN401
        """Give no scope that is not registered."""
        return set(scopes) <= client.client.scopes

    def save_bearer_token(self, token: Any, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """Keep nothing: the token says and proves itself what it is."""


_server = BackendApplicationServer(
    _Validator(),
    token_generator=lambda request: _signed(request),  # noqa: PLW0108 - it is defined below
    token_expires_in=int(LASTS.total_seconds()),
)


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Give a program an access token for its id and secret."""
    headers, body, status = _server.create_token_response(
        request.build_absolute_uri(),
        "POST",
        request.body.decode(errors="replace"),
        {name: request.headers.get(name, "") for name in ("Authorization", "Content-Type")},
    )
    return HttpResponse(body, status=status, headers=headers)


def claim_of_token(bearer: str) -> Claim | None:
    """Return the claim of a token that we signed and that has not run out, or None."""
    try:
        said = orjson.loads(crypto.statement_signer().open(bearer, kind=KIND))
    except crypto.NotSigned:
        return None
    if said["aud"] != AUDIENCE or now().timestamp() >= said["exp"]:
        return None
    return Claim(UUID(said["client_id"]), scopes=frozenset(said["scope"].split()))


def _signed(request: Any) -> str:  # noqa: ANN401
    at = now()
    said = {
        "iss": AUDIENCE,
        "aud": AUDIENCE,
        "sub": request.client.client_id,
        "client_id": request.client.client_id,
        "scope": " ".join(request.scopes),
        "iat": int(at.timestamp()),
        "exp": int((at + LASTS).timestamp()),
        "jti": secrets.token_urlsafe(16),
    }
    return crypto.statement_signer().sign(orjson.dumps(said), kind=KIND)


def _pair_of_form(request: Any) -> tuple[UUID, str] | None:  # noqa: ANN401
    try:
        return UUID(request.client_id or ""), request.client_secret or ""
    except ValueError:
        return None
