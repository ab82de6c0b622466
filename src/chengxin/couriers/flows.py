"""Hold payments against orders and parcels by payment institution, from sums of the lake; no card, account or order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

import polars as pl
from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework.contracts import Words
from chengxin.couriers import models
from chengxin.couriers.contracts import KEEPING
from chengxin.couriers.queries import names_of, watches
from chengxin.couriers.rules import ABSENT
from chengxin.couriers.standards import read
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused
from chengxin.lake import facade as lake
from chengxin.lake.contracts import Engine

_KEEPER: Final = platform("couriers")
_COUNTS: Final = ("payments", "paid_fen", "order_unknown", "order_known", "amount_differs", "sent", "parcel_unknown")
_CHANGES: Final = ("window_from", *_COUNTS, "refunds", "refunded_fen", "run", "version", "computed_on")


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that is compared: how many of what, beyond which share of 10,000 it is said to disagree."""

    code: str
    of: str
    limit: int
    title: Words
    clears: Words


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A pattern of fraud that shoppers are warned of: what happens, what to do; it names nobody."""

    title: Words
    says: Words
    does: Words


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The published rules of the reconciliation."""

    version: str
    window_days: int
    floor: int
    checks: tuple[Check, ...]
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, kw_only=True)
class Flow:
    """What one source handed in of the payments one institution carried in a window; no name: all others together."""

    source: str
    channel: str
    window_from: date
    window_until: date
    counts: Mapping[str, int]
    version: str
    computed_on: date

    def share(self, check: Check) -> float | None:
        """Return how many of 10,000 disagree, or None below the floor: unknown is not failed."""
        base = self.counts[check.of]
        return 10_000 * self.counts[check.code] / base if base >= rules().floor else None

    def disagrees(self, check: Check) -> bool:
        """Tell whether more disagree than the published limit."""
        share = self.share(check)
        return share is not None and share > check.limit


@cache
def rules() -> Rules:
    """Return the published rules."""
    said = read("flows.yaml")
    checks = [
        Check(code=code, of=one["of"], limit=one["limit"], title=Words(**one["title"]), clears=Words(**one["clears"]))
        for code, one in said["checks"].items()
    ]
    patterns = [Pattern(**{name: Words(**words) for name, words in one.items()}) for one in said["patterns"]]
    plain = {name: said[name] for name in ("version", "window_days", "floor")}
    return Rules(**plain, checks=tuple(checks), patterns=tuple(patterns))


def refresh_flows(source: str, days: tuple[date, date], *, store: lake.Store, engine: Engine, now: datetime) -> int:
    """Compute the newest window of a source; return how many rows are new or changed."""
    from_day, until = lake.window_of(*days, days=rules().window_days)
    sums = lake.aggregate(
        "payment_flows", platform=source, from_day=from_day, until_day=until, engine=engine, store=store
    )
    with access.acting_for(_KEEPER, channel=Channel.JOB, purpose=KEEPING), transaction.atomic():
        cells = _of_institutions(sums.cells)
        held = models.Flow.objects.filter(source=source, window_until=until, run=sums.run, version=rules().version)
        if cells.is_empty() or held.exists():
            return 0
        rows = [
            models.Flow(
                source=source,
                channel=cell["channel"],
                window_from=from_day,
                window_until=until,
                **{name: cell[name] for name in (*_COUNTS, "refunds", "refunded_fen")},
                run=sums.run,
                version=rules().version,
                computed_on=legal_day(now),
            )
            for cell in cells.iter_rows(named=True)
        ]
        keys = ["source", "channel", "window_until"]
        models.Flow.objects.bulk_create(rows, update_conflicts=True, unique_fields=keys, update_fields=_CHANGES)
    return len(rows)


def watches_payments(body: str) -> bool:
    """Tell whether a body watches payment institutions."""
    return watches("payment", body)


def list_flows(actor: Actor, *, now: datetime) -> list[Flow]:
    """Return the newest window of every source and institution, for whoever watches payment institutions."""
    resource = Resource(kind="courier", body=actor.body)
    access.require(actor, action="courier.look", resource=resource, purpose=KEEPING, now=now)
    if not watches_payments(actor.body):
        raise Refused(ABSENT)
    with access.acting_for(actor, channel=Channel.BODY, purpose=KEEPING):
        newest = models.Flow.objects.order_by("source", "channel", "-window_until").distinct("source", "channel")
        return [_flow(row) for row in newest]


def _of_institutions(cells: pl.DataFrame) -> pl.DataFrame:
    """Return cells by registered institution; a name that none has could be a person's and is added up under none."""
    known = pl.col("channel").is_in(sorted(names_of("payment")))
    folded = cells.with_columns(channel=pl.when(known).then("channel").otherwise(pl.lit("")))
    return folded.group_by("channel").agg(pl.exclude("platform", "channel").sum()).sort("channel")


def _flow(row: models.Flow) -> Flow:
    return Flow(
        source=row.source,
        channel=row.channel,
        window_from=row.window_from,
        window_until=row.window_until,
        counts={name: getattr(row, name) for name in _COUNTS},
        version=row.version,
        computed_on=row.computed_on,
    )
