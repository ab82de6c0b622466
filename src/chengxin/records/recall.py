"""A correction travels (更正送达): a message for everyone who received what changed, in the change's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import orjson
from django.conf import settings
from django.db import connection

from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Draft, Message
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, start_of
from chengxin.records.contracts import Change, Told, Unanswered
from chengxin.records.duties import answer_by, duty_of, overdue_before
from chengxin.records.models import Recipient, RecordVersion
from chengxin.subjects import facade as subjects

_SQL = Path(__file__).with_name("sql")
_OF_BATCH = (_SQL / "told_of_batch.sql").read_text("utf-8")
_OF_RECORD = (_SQL / "told_of_record.sql").read_text("utf-8")
_OF_ERASED = (_SQL / "told_of_erased.sql").read_text("utf-8")
_OF_ENDS = (_SQL / "told_of_ends.sql").read_text("utf-8")
_TOO_LATE = (_SQL / "told_too_late.sql").read_text("utf-8")
# A signed context lasts fifteen minutes: whoever read the old state has committed by then, or never will.
LONGEST_READING: Final = timedelta(minutes=15)


def tell_corrected(*, body: str, actor: Actor, now: datetime) -> int:
    """Tell who received an earlier version of what a body's batch corrected at this moment; return how many are."""
    return _put(_rows(_OF_BATCH, {"body": body, "now": now}), actor=actor, now=now)


def tell_changed(record: RecordVersion, *, change: Change, act: str, actor: Actor, now: datetime) -> int:
    """Tell who received a record what became of it, and its source body where another acted; return how many."""
    rows = _rows(
        _OF_RECORD,
        {"subject_id": record.subject_id, "record_id": record.record_id, "change": change.value, "act": act},
    )
    if record.body != actor.body:
        who = (record.subject_id, record.record_id, f"body:{record.body}")
        rows.append((*who, record.body, record.version, record.version, record.item_code, change.value, act, []))
    return _put(rows, actor=actor, now=now)


def tell_ended(*, since: datetime | None, actor: Actor, now: datetime) -> int:
    """Tell who received what ended after the legal day of `since`, up to today; the platform's job asks."""
    asked = {"today": legal_day(now), "after": legal_day(since) if since else date.min}
    return _put(_rows(_OF_ENDS, asked), actor=actor, now=now)


def tell_too_late(*, since: datetime | None, actor: Actor, now: datetime) -> int:
    """Tell whom an act missed: it did not see a receipt not yet committed, or may not see the ledger at all.

    It looks at what was handed over or changed since the run before, and before that as long as transactions can
    last; who was told already is not told again.
    """
    since = (since or now) - 2 * LONGEST_READING
    asked = {"since": since, "longest": LONGEST_READING, "today": legal_day(now)}
    return _put(_rows(_TOO_LATE, asked), actor=actor, now=now)


def tell_erased(*, actor: Actor, now: datetime) -> int:
    """Tell whoever received a line of a person who was erased since to delete it; who was told is not told again."""
    erased = subjects.list_erased()
    return _put(_rows(_OF_ERASED, {"subjects": erased}), actor=actor, now=now) if erased else 0


def count_told(source_body: str) -> tuple[int, int]:
    """Return how many messages a body's acts put for recipients, and how many have a receipt."""
    sent = jobs.count_sent(source_body)
    return sent["put"], sent["answered"]


def answer_by_of(message: Message) -> date | None:
    """Return the last day for the answer to a message; None while it has not arrived."""
    if message.delivered_at is None:
        return None
    return answer_by(legal_day(message.delivered_at), pack=settings.LAW_PACK)


def list_unanswered(source_body: str, *, today: date) -> list[Unanswered]:
    """Return which bodies have not answered in time what a body's acts told them, most messages first (HN 42)."""
    before = start_of(overdue_before(today, pack=settings.LAW_PACK))
    late = jobs.list_unanswered(source_body, before=before)
    bodies = dict(
        Recipient.objects.filter(source_body=source_body, recipient__in=[one.recipient for one in late]).values_list(
            "recipient", "body"
        )
    )
    found: dict[str, Unanswered] = {}
    for one in late:
        body = bodies.get(one.recipient) or one.recipient.removeprefix("body:")
        known = found.get(body)
        found[body] = Unanswered(
            body=body,
            messages=one.messages + (known.messages if known else 0),
            oldest_at=min(one.oldest_at, known.oldest_at) if known else one.oldest_at,
        )
    return sorted(found.values(), key=lambda one: (-one.messages, one.body))


def bodies_of(recipients: Iterable[str]) -> dict[str, str]:
    """Return the body each recipient is or belongs to, as the ledger has it."""
    known = Recipient.objects.filter(recipient__in=list(recipients)).values_list("recipient", "body").distinct()
    return {one: body or one.removeprefix("body:") for one, body in known if body or one.startswith("body:")}


def list_told(subject_id: UUID, record_id: UUID) -> list[Told]:
    """Return who was told what about a record and what they answered, oldest first."""
    bodies = dict(Recipient.objects.filter(subject_id=subject_id, record_id=record_id).values_list("recipient", "body"))
    return [
        Told(
            body=bodies.get(message.recipient) or message.recipient.removeprefix("body:"),
            change=Change(payload["change"]),
            duty=duty_of(Change(payload["change"])),
            told_at=message.created_at,
            delivered_at=message.delivered_at,
            done=message.receipt_kind,
            answered_at=message.receipt_at,
            answer_by=answer_by_of(message),
        )
        for message in jobs.list_about(subject_id, str(record_id))
        for payload in [orjson.loads(message.text)]
    ]


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())


def _put(rows: Iterable[Sequence[Any]], *, actor: Actor, now: datetime) -> int:
    return jobs.put([_draft(row, now=now) for row in rows], actor=actor, now=now)


def _draft(row: Sequence[Any], *, now: datetime) -> Draft:
    subject_id, record_id, recipient, source, version, current, item, change, act, references = row
    return Draft(
        topic=f"record.{change}",
        recipient=recipient,
        key=f"{record_id}:{act}",
        subject_id=subject_id,
        reference=str(record_id),
        payload={
            "at": now.isoformat(),
            "change": change,
            "do": duty_of(Change(change)).value,
            "item": item,
            "record": str(record_id),
            "references": list(references),
            "source": source,
            "version": version,
            "version_now": current,
        },
    )
