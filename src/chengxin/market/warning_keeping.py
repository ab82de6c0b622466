"""Keep consumer warnings (消费警示): tell each platform to show one while an entry stands, and to take it off after.

A warning rests on a public entry of a serious list and ends with it. It looks at what stands, never at what it did, so
it may run twice and after days away. Our own pages read the lists and wait for nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Draft
from chengxin.kernel.ids import new_id
from chengxin.lists import facade as lists
from chengxin.lists.contracts import Shown
from chengxin.market import models
from chengxin.market.contracts import FILING
from chengxin.market.queries import shops_of
from chengxin.market.warning_queries import warning_kinds
from chengxin.market.watch import WATCH
from chengxin.records.contracts import Duty

TOPIC: Final = "market.warning"
SLACK: Final = timedelta(minutes=15)
"""A signed context lasts this long: what was written in the run before may have been committed since."""
AT_ONCE: Final = 500
_LOCK: Final = "select pg_advisory_xact_lock(hashtext('chengxin.market.warning'))"
Pair = tuple[UUID, str]


def settle_warnings(*, now: datetime, since: datetime | None) -> Mapping[str, int]:
    """Bring warnings to what stands: of entries and shops that moved since a moment, or of all; note the receipts."""
    entries = _moved(since - SLACK if since else None)
    with access.acting_for(WATCH, channel=Channel.JOB, purpose=FILING):
        done = {"warned": 0, "lifted": 0, "answered": _note_receipts()}
    for start in range(0, len(entries), AT_ONCE):
        some = entries[start : start + AT_ONCE]
        shown = lists.list_shown(some, at=now)
        wanted = _wanted(shown, now=now)
        with access.acting_for(WATCH, channel=Channel.JOB, purpose=FILING):
            with connection.cursor() as cursor:
                cursor.execute(_LOCK)
            standing = models.ConsumerWarning.objects.filter(entry_id__in=some, ended_at__isnull=True).order_by("id")
            known = {(row.entry_id, row.platform): row for row in standing}
            done["lifted"] += _end([row for pair, row in known.items() if pair not in wanted], now=now)
            done["warned"] += _warn([pair for pair in wanted if pair not in known], shown, now=now)
    return done


def _moved(since: datetime | None) -> list[UUID]:
    """Return the entries that came or left, and those of operators whose shops were filed anew."""
    entries = lists.list_changed(since=since, kinds=warning_kinds())
    if since is None:
        return entries  # Every entry that was ever public.
    with access.acting_for(WATCH, channel=Channel.JOB, purpose=FILING):
        filed = models.Shop.objects.filter(filed_at__gte=since, subject_id__isnull=False)
        found = filed.values_list("subject_id", flat=True).distinct().order_by("subject_id")
        subjects = [one for one in found if one is not None]
    return sorted({*entries, *lists.list_public_of(subjects, kinds=warning_kinds())})


def _wanted(shown: Mapping[UUID, Shown], *, now: datetime) -> list[Pair]:
    """Return each entry that stands with each platform on which its operator has an open shop."""
    shops = shops_of([one.subject_id for one in shown.values()], now=now)
    return sorted({(one.id, shop.platform) for one in shown.values() for shop in shops.get(one.subject_id, ())})


def _warn(pairs: Sequence[Pair], shown: Mapping[UUID, Shown], *, now: datetime) -> int:
    rows = [
        models.ConsumerWarning(
            id=new_id(now), entry_id=entry_id, kind=shown[entry_id].kind, platform=platform, pushed_at=now
        )
        for entry_id, platform in pairs
    ]
    models.ConsumerWarning.objects.bulk_create(rows)
    return _tell(rows, now=now)


def _end(rows: Sequence[models.ConsumerWarning], *, now: datetime) -> int:
    for row in rows:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
    return _tell(rows, now=now)


def _tell(rows: Sequence[models.ConsumerWarning], *, now: datetime) -> int:
    """Put one message per warning for whoever acts for its platform; it carries ids, and no name."""
    return jobs.put([_draft(row, now=now) for row in rows], actor=WATCH, now=now)


def _draft(row: models.ConsumerWarning, *, now: datetime) -> Draft:
    entry = lists.find_entry(row.entry_id)
    assert entry is not None
    stands = row.ended_at is None
    return Draft(
        topic=TOPIC,
        recipient=f"body:{row.platform}",
        key=_key(row.id, stands=stands),
        subject_id=entry.subject_id,
        reference=str(row.id),
        payload={
            "at": now.isoformat(),
            "change": "warn" if stands else "lift",
            "do": (Duty.REPLACE if stands else Duty.DELETE).value,
            "entry": str(row.entry_id),
            "item": entry.item_code,
            "list": row.kind,
            "warning": str(row.id),
        },
    )


def _key(warning_id: UUID, *, stands: bool) -> str:
    return f"warning:{warning_id}:{'warn' if stands else 'lift'}"


def _note_receipts() -> int:
    """Note when a platform said that it shows a warning, or, once it ended, that it took it off."""
    noted = 0
    waiting = Q(shown_at__isnull=True, ended_at__isnull=True) | Q(ended_at__isnull=False, lifted_at__isnull=True)
    for row in models.ConsumerWarning.objects.filter(waiting).order_by("id"):
        stands = row.ended_at is None
        message = jobs.find_put(f"body:{row.platform}", _key(row.id, stands=stands))
        if message is None or message.receipt_at is None:
            continue
        column = "shown_at" if stands else "lifted_at"
        setattr(row, column, message.receipt_at)
        row.save(update_fields=[column])
        noted += 1
    return noted
