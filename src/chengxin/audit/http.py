"""The log over HTTP: checkpoints and tiles for everybody, a proof for the person concerned and for oversight."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from chengxin.audit import facade as audit
from chengxin.audit.contracts import Tree
from chengxin.audit.rules import ABSENT
from chengxin.kernel.actor import ANYONE
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused

router = Router(tags=["log"])
_TILE: Final = re.compile(r"([0-9]|[1-5][0-9])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")
_FOR_EVER: Final = "public, max-age=31536000, immutable"


class GrowthOut(BaseModel):
    """The newest checkpoint as a signed note, and the path (base64) from the size asked about (RFC 9162 §2.1.4)."""

    checkpoint: str
    path: list[str]


class ProofOut(BaseModel):
    """The proof of one event as `chengxin-verify proof` reads it; `body` is its content, without who of the staff."""

    event: UUID
    checkpoint: str
    index: int
    entry: str
    path: list[str]
    body: str
    body_salt: str


@router.get("/{tree}/checkpoint", summary="The newest checkpoint of a tree")
def checkpoint(request: HttpRequest, tree: Tree) -> HttpResponse:  # noqa: ARG001 - every view is given one
    """Answer with the signed note (C2SP tlog-checkpoint)."""
    return _plain(audit.newest_checkpoint(tree).note.encode(), "text/plain; charset=utf-8", "no-store")


@router.get("/{tree}/growth", response=GrowthOut, summary="The newest checkpoint, and that it only grew")
def growth(request: HttpRequest, tree: Tree, since: int = 0) -> dict[str, Any]:  # noqa: ARG001
    """Answer a witness that has seen a tree of `since` leaves."""
    return audit.growth(tree, since=since)


@router.get("/{tree}/tile/{path:place}", summary="256 hashes of a tree")
def tile(request: HttpRequest, tree: Tree, place: str) -> HttpResponse:  # noqa: ARG001
    """Answer with a tile by its address in C2SP tlog-tiles: `<level>/<index>[.p/<width>]`."""
    found = _TILE.fullmatch(place)
    if found is None or len(place) > 60:
        raise Refused(ABSENT)
    level, index, width = found.groups()
    number, wide = int(index.replace("x", "").replace("/", "")), int(width or 256)
    if wide > 256 or number > 2**62:
        raise Refused(ABSENT)
    hashes = audit.tile(tree, level=int(level), index=number, width=wide)
    return _plain(hashes, "application/octet-stream", _FOR_EVER)


@router.get("/proof/{event}", response=ProofOut, summary="Proof of one event")
def proof(request: HttpRequest, event: UUID) -> dict[str, Any]:
    """Answer the person an event concerns, or the audit; to anyone else the event is absent."""
    return audit.prove_event(event, actor=getattr(request, "actor", ANYONE), now=now())


def _plain(content: bytes, kind: str, cache: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": cache})
