"""The one sweep: ask each rule what has ended, destroy its contents and files, write it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.conf import settings
from django.db import models as orm
from django.db import transaction
from django.utils.module_loading import import_string

from chengxin.access import facade as access
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_events
from chengxin.database.contracts import Channel
from chengxin.files import facade as files
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import legal_day, start_of
from chengxin.kernel.ids import new_id
from chengxin.retention import models
from chengxin.retention.contracts import Due, Gone, Rule
from chengxin.retention.registry import list_rules
from chengxin.retention.rules import newest_ended_start

PURPOSE: Final = "retention"
SWEEPER: Final = platform("retention")
AT_ONCE: Final = 500
Row = TypeVar("Row", bound=orm.Model)


def sweep(*, now: datetime, rules: Sequence[Rule] | None = None) -> dict[str, int]:
    """Destroy what is kept past its period, kind by kind; return how many things of each kind.

    A kind that fails, as when its pack of law has expired, does not keep the others; the first failure is raised last.
    """
    done: dict[str, int] = {}
    failed: list[Exception] = []
    for rule in list_rules() if rules is None else rules:
        try:
            done[rule.kind] = _sweep_kind(rule, now=now)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised below
            failed.append(error)
    if failed:
        raise failed[0]
    return done


def undestroyed(rows: orm.QuerySet[Row], *, kind: str, by: str) -> orm.QuerySet[Row]:
    """Leave out of rows those whose number, in the column `by`, stands in the list of what was destroyed."""
    done = models.Destruction.objects.filter(kind=kind).values("reference")
    return rows.exclude(**{f"{by}__in": done})


def _sweep_kind(rule: Rule, *, now: datetime) -> int:
    """Sweep one kind, some at a time: each time its contents, its files and its lines in the list go together."""
    total = 0
    while found := _some(rule, now=now):
        total += found
        if found < AT_ONCE:
            break
    return total


def _some(rule: Rule, *, now: datetime) -> int:
    on = legal_day(now)
    # A period that began on the newest ended start is over; one that began a day later is not.
    started = newest_ended_start(rule.key, on=on, pack=settings.LAW_PACK) if rule.key else None
    before = start_of(started + timedelta(days=1)) if started else None
    take: Callable[[Due], Iterable[Gone]] = import_string(rule.sweep)
    with access.acting_for(SWEEPER, channel=Channel.JOB, purpose=PURPOSE), transaction.atomic():
        gone = list(take(Due(kind=rule.kind, on=on, before=before, limit=AT_ONCE, now=now)))
        models.Destruction.objects.bulk_create(
            models.Destruction(
                id=new_id(now), kind=rule.kind, reference=one.reference, files=len(one.digests), destroyed_at=now
            )
            for one in gone
        )
        record_events([_event(rule, one, now=now) for one in gone])
        # Before the commit: a file destroyed twice does no harm, one that outlives its line would never be found.
        for digest in _unheld({digest for one in gone for digest in one.digests}):
            files.destroy(digest)
    return len(gone)


def _unheld(digests: set[str]) -> set[str]:
    """Return the files nothing else holds: the same bytes are kept once, whoever handed them in."""
    left = set(digests)
    for rule in list_rules():
        if left and rule.holds:
            holds: Callable[[set[str]], set[str]] = import_string(rule.holds)
            left -= holds(left)
    return left


def _event(rule: Rule, one: Gone, *, now: datetime) -> Event:
    return Event(
        kind=Kind.ERASE,
        actor=SWEEPER,
        at=now,
        purpose=PURPOSE,
        channel=Channel.JOB,
        subject_id=one.subject_id,
        categories=(f"retention.{rule.kind}",),
        reference=one.reference,
        count=len(one.digests),
    )
