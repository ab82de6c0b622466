"""Lists over HTTP: signed snapshots and changes for everybody, a webhook for programs that follow a list."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel

from chengxin.access import facade as access
from chengxin.crypto import facade as crypto
from chengxin.kernel.clock import now
from chengxin.lists import facade
from chengxin.records.facade import no_records, outlet

router = Router(tags=["lists"])
SCOPE = "list.follow"
LINES = "application/x-ndjson; charset=utf-8"


class KindOut(BaseModel):
    """One kind of list; how many public entries it has, and whether persons may be confirmed (never by default)."""

    code: str
    title: str
    family: str
    items: list[str]
    basis: list[str]
    entries: int


class KeyOut(BaseModel):
    """The Ed25519 key (hex) that snapshots and changes are signed with, and its name."""

    algorithm: str
    key_id: str
    public_key: str


class FollowOut(BaseModel):
    """Since when a program follows a list; messages (`list.changed`) come by its outbox and its webhook."""

    kind: str
    since: datetime


@router.get("", response=list[KindOut], summary="Kinds of list", url_name="list_kinds")
@no_records
def kinds(request: HttpRequest) -> list[KindOut]:  # noqa: ARG001 - every view is given one
    """Answer with every kind of list and how many public entries it has."""
    counts = facade.count_public(at=now())
    return [
        KindOut(
            code=kind.code,
            title=kind.title.zh,
            family=kind.family,
            items=list(kind.items),
            basis=list(kind.basis),
            entries=counts.get(kind.code, 0),
        )
        for kind in facade.kinds().values()
    ]


@router.get("/key", response=KeyOut, summary="The key lists are signed with", url_name="list_key")
@no_records
def key(request: HttpRequest) -> KeyOut:  # noqa: ARG001
    """Answer with the key; compare it once with what the operator gives you by another way."""
    signer = crypto.statement_signer()
    return KeyOut(algorithm=signer.algorithm, key_id=signer.key_id, public_key=signer.public_key.hex())


@router.get("/{kind}/snapshot", summary="A whole list, signed", url_name="list_snapshot")
@outlet("public.lists")
def snapshot(request: HttpRequest, kind: str) -> HttpResponse:  # noqa: ARG001
    """Answer with signed lines: a JWS, then one operator's entry per line. Good until the end of its legal day.

    Persons are on no public list. `place` of the first line is where `/changes?since=` goes on.
    """
    return _lines(facade.snapshot(facade.get_kind(kind).code, at=now()))


@router.get("/{kind}/changes", summary="What came onto and left a list, signed", url_name="list_changes")
@outlet("public.lists")
def changes(
    request: HttpRequest,  # noqa: ARG001
    kind: str,
    since: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
) -> HttpResponse:
    """Answer with signed lines: a JWS, then one change per line; of what has left only that it did, and why."""
    return _lines(facade.changes(facade.get_kind(kind).code, since=since, limit=limit, at=now()))


@router.put("/{kind}/follow", auth=access.client_auth(SCOPE), response=FollowOut, summary="Follow a list")
@no_records
def follow(request: HttpRequest, kind: str) -> FollowOut:
    """Tell the program of each change from now on; answer each message with a receipt at `/outbox`."""
    since = facade.follow(access.actor_of(request), kind, now=now())
    return FollowOut(kind=kind, since=since)


@router.delete("/{kind}/follow", auth=access.client_auth(SCOPE), response={204: None}, summary="Follow it no longer")
@no_records
def leave(request: HttpRequest, kind: str) -> Status[None]:
    """End it; what is in the outbox stays there."""
    facade.leave(access.actor_of(request), kind, now=now())
    return Status(204, None)


def _lines(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type=LINES, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})
