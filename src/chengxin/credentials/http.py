"""What a verifier fetches: the whole status list and the issuer's keys; neither names a credential."""

from __future__ import annotations

from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse

from chengxin.credentials import facade
from chengxin.kernel.clock import now
from chengxin.records.facade import no_records


@no_records
def status(request: HttpRequest, list_id: UUID) -> HttpResponse:  # noqa: ARG001 - every view is given one
    """Give a status list whole: which credential somebody checks is not asked."""
    response = HttpResponse(facade.signed_list(list_id, now=now()), content_type="application/statuslist+jwt")
    response["Cache-Control"] = "public, max-age=60"
    return response


@no_records
def issuer(request: HttpRequest) -> HttpResponse:
    """Give the issuer's public keys (SD-JWT VC metadata)."""
    told = {"issuer": origin_of(request), "jwks": facade.issuer_keys()}
    response = HttpResponse(orjson.dumps(told), content_type="application/json")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def origin_of(request: HttpRequest) -> str:
    """Return the address of the platform as a credential names its issuer."""
    return request.build_absolute_uri("/").rstrip("/")
