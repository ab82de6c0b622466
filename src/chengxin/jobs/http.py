"""How the worker is, for whoever watches over the platform."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from chengxin.jobs import facade
from chengxin.kernel.clock import legal_day, now

router = Router(tags=["health"])


class TaskOut(BaseModel):
    """The last good run of a task, the legal day it was, what it did, and whether it has failed since."""

    name: str
    at: datetime | None
    day: date | None
    did: dict[str, int]
    has_failed: bool


class HealthOut(BaseModel):
    """`ok`, `late` or `never`; when the worker was last heard of; its tasks; how full the outbox is."""

    status: str
    worker_at: datetime | None
    tasks: list[TaskOut]
    outbox: dict[str, int]


@router.get("/health", response=HealthOut, summary="How the worker is")
def health(request: HttpRequest) -> HealthOut:  # noqa: ARG001 - every view is given one
    """Answer with when the worker was last heard of and when each of its tasks last ran; no one needs to sign in."""
    found = facade.health(now=now())
    tasks = [
        TaskOut(
            name=run.name,
            at=run.finished_at,
            day=legal_day(run.finished_at) if run.finished_at else None,
            did=dict(run.did),
            has_failed=run.failed_at is not None,
        )
        for run in found.tasks
    ]
    return HealthOut(status=found.status, worker_at=found.worker_at, tasks=tasks, outbox=dict(found.outbox))
