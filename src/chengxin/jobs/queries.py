"""Read the outbox and the runs of tasks; row security shows each message to those it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDate

from chengxin.database.facade import ask
from chengxin.jobs import models
from chengxin.jobs.contracts import Answered, Health, Message, Silent, TaskRun
from chengxin.jobs.registry import list_tasks
from chengxin.jobs.rules import status
from chengxin.kernel.clock import BEIJING

WORKER: Final = "worker"
IN_FEED: Final = Q(delivered_at__isnull=False) | Q(kind="webhook")
"""What a recipient reads: what arrived, and what it is called about until it answers."""


def list_feed(
    recipients: Sequence[str], *, answered: bool = False, after: UUID | None = None, limit: int = 100
) -> list[Message]:
    """Return the feed of some recipients, oldest first: what waits for a receipt, or with what has one."""
    rows = models.Message.objects.filter(IN_FEED, recipient__in=recipients)
    if not answered:
        rows = rows.filter(receipt_at__isnull=True)
    if after is not None:
        rows = rows.filter(id__gt=after)
    return [message_of(row) for row in rows.order_by("id")[:limit]]


def list_about(subject_id: UUID, reference: str) -> list[Message]:
    """Return the messages about one thing of a subject, oldest first."""
    rows = models.Message.objects.filter(subject_id=subject_id, reference=reference)
    return [message_of(row) for row in rows.order_by("id")]


def find_put(recipient: str, key: str) -> Message | None:
    """Return the message a recipient was sent under a key, if the reader may see it."""
    row = models.Message.objects.filter(recipient=recipient, key=key).first()
    return message_of(row) if row else None


def count_sent(sender_body: str) -> Mapping[str, int]:
    """Return how many messages a body's acts put, how many arrived, and how many have a receipt."""
    rows = models.Message.objects.filter(sender_body=sender_body)
    return rows.aggregate(
        put=Count("id"),
        delivered=Count("id", filter=Q(delivered_at__isnull=False)),
        answered=Count("id", filter=Q(receipt_at__isnull=False)),
    )


def list_unanswered(sender_body: str, *, before: datetime) -> list[Silent]:
    """Return per recipient what a body's acts told it, arrived before a moment, and has no receipt; by recipient."""
    rows = models.Message.objects.filter(sender_body=sender_body, delivered_at__lt=before, receipt_at__isnull=True)
    counted = rows.values("recipient").annotate(messages=Count("id"), oldest_at=Min("delivered_at"))
    return [
        Silent(recipient=row["recipient"], messages=row["messages"], oldest_at=row["oldest_at"])
        for row in counted.order_by("recipient")
    ]


def list_answered(topics: str, *, since: datetime) -> list[Answered]:
    """Return, per recipient and days, what arrived or was answered since a moment, and what has no receipt yet.

    `topics` is how the topics begin that are counted; the platform's jobs ask, of all senders.
    """
    rows = models.Message.objects.filter(topic__startswith=topics, delivered_at__isnull=False)
    rows = rows.filter(Q(delivered_at__gte=since) | Q(receipt_at__isnull=True) | Q(receipt_at__gte=since))
    arrived_on, answered_on = (TruncDate(name, tzinfo=BEIJING) for name in ("delivered_at", "receipt_at"))
    counted = rows.values("recipient", arrived_on=arrived_on, answered_on=answered_on).annotate(messages=Count("id"))
    return [Answered(**row) for row in counted.order_by("recipient", "arrived_on", "answered_on")]


def count_outbox() -> Mapping[str, int]:
    """Return how many messages wait for delivery, are dead, or wait for a receipt; the worker asks."""
    return models.Message.objects.aggregate(
        waiting=Count("id", filter=Q(next_attempt_at__isnull=False)),
        dead=Count("id", filter=Q(dead_at__isnull=False)),
        unanswered=Count("id", filter=Q(delivered_at__isnull=False, receipt_at__isnull=True)),
    )


def health(*, now: datetime) -> Health:
    """Return how the worker is, from what it last said of itself and its tasks."""
    runs = {row.name: run_of(row) for row in models.Run.objects.order_by("name")}
    worker = runs.get(WORKER)
    tasks = list_tasks()
    worker_at = worker.finished_at if worker else None
    return Health(
        status=status(worker_at=worker_at, runs=[(runs.get(task.name), task.every) for task in tasks], now=now),
        worker_at=worker_at,
        tasks=tuple(runs[task.name] for task in tasks if task.name in runs),
        outbox=worker.did if worker else {},
    )


def find_run(name: str) -> TaskRun | None:
    """Return the last run of a task, or None before the first."""
    row = models.Run.objects.filter(name=name).first()
    return run_of(row) if row else None


def started_at(name: str) -> datetime | None:
    """Return when a task last began, or None before the first time; requests ask it."""
    return next((at for (at,) in ask("select started_at from jobs_run where name = %s", [name])), None)


def run_of(row: models.Run) -> TaskRun:
    """Return the value of a row."""
    return TaskRun(
        name=row.name,
        started_at=row.started_at,
        finished_at=row.finished_at,
        did=row.did,
        failed_at=row.failed_at,
        failed_because=row.failed_because,
    )


def message_of(row: models.Message) -> Message:
    """Return the value of a row."""
    return Message(
        id=row.id,
        topic=row.topic,
        recipient=row.recipient,
        kind=row.kind,
        subject_id=row.subject_id,
        reference=row.reference,
        text=row.payload,
        digest=bytes(row.digest),
        created_at=row.created_at,
        attempts=row.attempts,
        delivered_at=row.delivered_at,
        dead_at=row.dead_at,
        last_error=row.last_error,
        receipt_kind=row.receipt_kind,
        receipt_digest=bytes(row.receipt_digest) if row.receipt_digest is not None else None,
        receipt_at=row.receipt_at,
        receipt_statement=row.receipt_statement,
    )
