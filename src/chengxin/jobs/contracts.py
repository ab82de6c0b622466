"""Messages, deliveries and tasks as other packages see them: frozen values, no tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

Carried = str | int | Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One message to be put into the outbox (发件箱).

    `recipient` is `client:<id>` or `body:<code>`. `key` says what the message is about for that recipient: the same
    key is put once, however often it is put. `payload` holds ids, codes and moments only.
    """

    topic: str
    recipient: str
    key: str
    payload: Mapping[str, Carried]
    subject_id: UUID | None = None
    reference: str = ""
    kind: str = "inbox"


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message with what became of it; `text` is the payload as it was digested, byte for byte in UTF-8."""

    id: UUID
    topic: str
    recipient: str
    kind: str
    subject_id: UUID | None
    reference: str
    text: str
    digest: bytes
    created_at: datetime
    attempts: int
    delivered_at: datetime | None
    dead_at: datetime | None
    last_error: str
    receipt_kind: str
    receipt_digest: bytes | None
    receipt_at: datetime | None
    receipt_statement: str = ""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """How many messages to one recipient arrived on one legal day and were answered on another; None: not yet."""

    recipient: str
    arrived_on: date
    answered_on: date | None
    messages: int


@dataclass(frozen=True, kw_only=True)
class Silent:
    """What one recipient has not answered: how many messages, and when the oldest of them arrived."""

    recipient: str
    messages: int
    oldest_at: datetime


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """The address at which a recipient is called (回调地址), and the key that signs what is posted there."""

    url: str
    set_at: datetime
    public_key: str


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """A delivery that arrived; a kind that answers at once gives its receipt (回执) with it."""

    receipt_kind: str = ""
    receipt_digest: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A delivery that did not arrive, and a code of why; it is tried again until it is dead."""

    code: str


Outcome = Delivered | Failed
Deliver = Callable[[Message], Outcome]
"""How one kind of delivery carries a message; it may be asked twice for the same one, and must say `message.id`."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What one round over the outbox did."""

    delivered: int = 0
    failed: int = 0
    dead: int = 0


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something the platform does by itself: once a legal day, or after each `every`.

    `run(now, since)` does it; `since` is when the run before this one began, None before the first. It may be run
    twice, and again after it failed: it looks at what stands, never at what it did.
    """

    name: str
    run: Callable[[datetime, datetime | None], Mapping[str, int]]
    every: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class TaskRun:
    """The last run of a task: when it began and ended, what it did, and whether it has failed since."""

    name: str
    started_at: datetime | None
    finished_at: datetime | None
    did: Mapping[str, int]
    failed_at: datetime | None
    failed_because: str


@dataclass(frozen=True, kw_only=True)
class Health:
    """How the worker is: `ok`, `late` (it runs behind or a task fails) or `never` (it has not run here)."""

    status: str
    worker_at: datetime | None
    tasks: Sequence[TaskRun]
    outbox: Mapping[str, int]
