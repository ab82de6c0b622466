"""Watches over HTTP: a program sets, reads and ends its body's watches; what comes of them arrives by the outbox."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel, ConfigDict, Field

from chengxin.access import facade as access
from chengxin.kernel.clock import now
from chengxin.records.facade import no_records
from chengxin.watches import facade
from chengxin.watches.contracts import Asked, Watch

router = Router(tags=["lists"])
SCOPE = "watch.set"
Cell = Annotated[str, Field(max_length=60)]
_DAY = timedelta(days=1)


class WatchIn(BaseModel):
    """Whom to watch by number, for which measure or purpose rule, on what ground, until which last day."""

    model_config = ConfigDict(extra="forbid")

    kind: Cell
    number: Cell
    purpose: Cell
    ground: Cell
    reference: Cell = ""
    last_day: date


class WatchOut(BaseModel):
    """One watch; who is watched, its program knows by the number it asked with."""

    id: UUID
    number: str
    purpose: str
    lists: list[str]
    ground: str
    basis: list[str]
    set_at: datetime
    last_day: date
    runs: bool
    ended_because: str


@router.post("/watches", auth=access.client_auth(SCOPE), response={201: WatchOut}, summary="Watch a subject")
@no_records
def set_watch(request: HttpRequest, body: WatchIn) -> Status[WatchOut]:
    """Refuse without a basis that lives; the watched sees it from now on."""
    found = facade.watch(access.actor_of(request), Asked(**body.model_dump()), now=now())
    return Status(201, _out(found, runs=True))


@router.get("/watches", auth=access.client_auth(SCOPE), response=list[WatchOut], summary="The watches of one's body")
@no_records
def list_watches(request: HttpRequest) -> list[WatchOut]:
    """Return the newest hundred, those that ended too."""
    found = facade.list_of_body(access.actor_of(request), now=now(), limit=100)
    return [_out(one, runs=runs) for one, runs in found]


@router.post("/watches/{watch_id}/end", auth=access.client_auth(SCOPE), response={204: None}, summary="End a watch")
@no_records
def end_watch(request: HttpRequest, watch_id: UUID) -> Status[None]:
    """End it before its time; its warnings are lifted."""
    facade.take_back(access.actor_of(request), watch_id, now=now())
    return Status(204, None)


def _out(watch: Watch, *, runs: bool) -> WatchOut:
    return WatchOut(
        id=watch.id,
        number=watch.number,
        purpose=watch.purpose,
        lists=list(watch.lists),
        ground=watch.ground,
        basis=list(watch.basis),
        set_at=watch.set_at,
        last_day=watch.ends_on - _DAY,
        runs=runs,
        ended_because=watch.ended_because,
    )
