"""Compute figures and document rates anew from the lake, for every source whose newest window is not computed yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Final

import polars as pl
from django.db import transaction

from chengxin.access import facade as access
from chengxin.couriers import models
from chengxin.couriers.adjusting import Adjusted, adjusted
from chengxin.couriers.contracts import KEEPING, Standards
from chengxin.couriers.flows import refresh_flows
from chengxin.couriers.queries import names_on_waybills
from chengxin.couriers.standards import standards
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import legal_day, start_of
from chengxin.lake import facade as lake
from chengxin.lake.contracts import Engine
from chengxin.reputation import facade as reputation

KEEPER: Final = platform("couriers")
_FIGURE: Final = (
    *("window_from", "status", "parcels", "compared", "value", "mean", "figure", "low", "high", "lanes", "run"),
    *("version", "computed_on"),
)
_RATE: Final = ("window_from", "orders", "fired", "version", "computed_on")


def refresh(*, store: lake.Store, now: datetime) -> Mapping[str, int]:
    """Compute the newest window of every source (时效与差错、单据命中率); what is computed already stays."""
    done = {"figures": 0, "flows": 0, "rates": 0}
    engine = lake.open_engine()
    try:
        for source, days in lake.days_of("waybills", store=store).items():
            done["figures"] += _refresh_figures(source, days, store=store, engine=engine, now=now)
        for source, days in lake.days_of("orders", store=store).items():
            done["rates"] += _refresh_rates(source, days, store=store, engine=engine, now=now)
        for source, days in lake.days_of("payments", store=store).items():
            done["flows"] += refresh_flows(source, days, store=store, engine=engine, now=now)
    finally:
        engine.close()
    return done


def _refresh_figures(source: str, days: tuple[date, date], *, store: lake.Store, engine: Engine, now: datetime) -> int:
    known = standards()
    from_day, until = lake.window_of(*days, days=known.window_days)
    # As long after the end as a parcel may be silent, so far as scans are there.
    silent_before = int(start_of(min(until, legal_day(now)) - timedelta(days=known.silent_days)).timestamp())
    sums = lake.aggregate(
        "lane_service",
        platform=source,
        from_day=from_day,
        until_day=until,
        parameters={"silent_before": silent_before},
        engine=engine,
        store=store,
    )
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=KEEPING), transaction.atomic():
        held = models.Figure.objects.filter(source=source, window_until=until)
        cells = _of_companies(sums.cells, source)
        if cells.is_empty() or held.filter(run=sums.run, version=known.version).exists():
            return 0
        rows = [
            _row(one, code, source, sums, known, now=now)
            for code, measure in known.measures.items()
            for one in adjusted(cells, measure, known)
        ]
        keys = ["source", "courier", "measure", "window_until"]
        models.Figure.objects.bulk_create(rows, update_conflicts=True, unique_fields=keys, update_fields=_FIGURE)
    return len(rows)


def _of_companies(cells: pl.DataFrame, source: str) -> pl.DataFrame:
    """Return cells by registered company; every other name, which could be a person's, is added up under none.

    A name that is the source's own stands for all who carry for it (Olist).
    """
    known = pl.col("courier").is_in(sorted({*names_on_waybills(), source}))
    keys = ["platform", "courier", "from_city", "to_city"]
    folded = cells.with_columns(courier=pl.when(known).then("courier").otherwise(pl.lit("")))
    return folded.group_by(keys).agg(pl.exclude(keys).sum()).sort(keys)


def _row(
    one: Adjusted, measure: str, source: str, sums: lake.Aggregate, known: Standards, *, now: datetime
) -> models.Figure:
    return models.Figure(
        source=source,
        courier=one.courier,
        measure=measure,
        window_from=sums.from_day,
        window_until=sums.until_day,
        status=one.status.value,
        parcels=one.parcels,
        compared=one.compared,
        value=one.value,
        mean=one.mean,
        figure=one.figure,
        low=one.low,
        high=one.high,
        lanes=[asdict(lane) for lane in one.lanes],
        run=sums.run,
        version=known.version,
        computed_on=legal_day(now),
    )


def _refresh_rates(source: str, days: tuple[date, date], *, store: lake.Store, engine: Engine, now: datetime) -> int:
    known = standards()
    from_day, until = lake.window_of(*days, days=known.window_days)
    orders = lake.count_rows("orders", platform=source, from_day=from_day, until_day=until, store=store)
    made = lake.run(
        "document_facts",
        from_day=from_day,
        until_day=until,
        platform=source,
        columns=reputation.document_columns(),
        where=reputation.document_condition(),
        near=reputation.document_near(),
        engine=engine,
        store=store,
    )
    version = f"{reputation.document_version()}/{made.id[:12]}"[:20]
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=KEEPING), transaction.atomic():
        held = models.PaperRate.objects.filter(source=source, window_until=until, version=version)
        if orders < known.floor or held.exists():
            return 0
        judged = reputation.judge(lake.rows_of(made), orders=orders)
        rows = [
            models.PaperRate(
                source=source,
                rule=code,
                window_from=from_day,
                window_until=until,
                orders=orders,
                fired=fired,
                version=version,
                computed_on=legal_day(now),
            )
            for code, fired in judged.fired.items()
        ]
        keys = ["source", "rule", "window_until"]
        models.PaperRate.objects.bulk_create(rows, update_conflicts=True, unique_fields=keys, update_fields=_RATE)
    return len(rows)
