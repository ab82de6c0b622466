"""Look through the lake for rings, papers that disagree and bad reviews, for `taking` to take (ADR 0083)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

import polars as pl

from chengxin.kernel.clock import legal_day
from chengxin.lake import facade as lake
from chengxin.lake.contracts import Engine
from chengxin.law.facade import cites
from chengxin.leads.contracts import Finding, Taken
from chengxin.leads.reading import from_attacks, from_blocks, from_documents
from chengxin.leads.taking import take
from chengxin.reputation import facade as reputation

# What is older was told when it was new; a ring is compared with two years before its quarter.
RECENT: Final = timedelta(days=90)
PAST: Final = timedelta(days=810)
# A burst of bad reviews is compared with the shop's own half year before it.
BEFORE: Final = timedelta(days=270)


@cites("D/lead-evidence")
def detect(store: lake.Store, *, now: datetime) -> Taken:
    """Look at the last ninety days of every platform in a lake; a second look at the same days finds nothing new."""
    until = legal_day(now) + timedelta(days=1)
    places = [(platform, day) for platform, day in store.standing("orders") if until - RECENT <= day < until]
    engine = lake.open_engine()
    found = [
        finding
        for platform in sorted({platform for platform, _day in places})
        for finding in (
            *_papers(platform, "documents", until=until, engine=engine, store=store),
            *_papers(platform, "crossborder", until=until, engine=engine, store=store),
            *_rings(platform, until=until, engine=engine, store=store),
            *_attacks(platform, until=until, engine=engine, store=store),
        )
    ]
    return take(found, now=now)


def _papers(platform: str, book: str, *, until: date, engine: Engine, store: lake.Store) -> Iterator[Finding]:
    made = lake.run(
        "document_facts",
        from_day=until - RECENT,
        until_day=until,
        platform=platform,
        columns=reputation.document_columns(book),
        where=reputation.document_condition(book),
        near=reputation.document_near(book),
        engine=engine,
        store=store,
    )
    facts = lake.rows_of(made)
    judged = reputation.judge(facts, book=book)
    known = facts.filter(pl.col("buyer").is_not_null()).select("order_id", "buyer").iter_rows()
    yield from from_documents(judged.leads.to_dicts(), platform=platform, buyers=dict(known), family=book)


def _rings(platform: str, *, until: date, engine: Engine, store: lake.Store) -> Iterator[Finding]:
    """Search the two years up to the platform's last day of orders, once for as long as they stand as they are."""
    _first, last = lake.days_of("orders", store=store)[platform]
    end = min(until, last + timedelta(days=1))
    made = lake.run(
        "who_ordered_where", from_day=end - PAST, until_day=end, platform=platform, engine=engine, store=store
    )
    said = lake.once(made, f"blocks-{reputation.block_version()}", _blocks)
    recent = [block for block in said["blocks"] if max(row["day"] for row in block["rows"]) >= str(until - RECENT)]
    yield from from_blocks({**said, "blocks": recent}, platform=platform)


def _blocks(rows: pl.DataFrame) -> dict[str, Any]:
    orders = rows.rename({"buyer": "source", "seller_id": "target", "day": "time"})
    return {"blocks": []} if orders.is_empty() else reputation.report_blocks(reputation.edges_of(orders))


def _attacks(platform: str, *, until: date, engine: Engine, store: lake.Store) -> Iterator[Finding]:
    made = lake.run(
        "shop_reviews", from_day=until - BEFORE, until_day=until, platform=platform, engine=engine, store=store
    )
    known_from, _last = lake.days_of("orders", store=store)[platform]
    found = reputation.find_attacks(lake.rows_of(made), known_from=known_from, until=until)
    yield from from_attacks(found, platform=platform)
