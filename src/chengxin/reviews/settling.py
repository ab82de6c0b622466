"""Compute the reputation of shops (店铺信誉) once a day from what is open, by the published formula, with its ledger.

Hidden reviews count on: hiding is about words. Individual sellers have no score, and no buyer has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import polars as pl
from django.db import connection, transaction

from chengxin.access import facade as access
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import legal_day
from chengxin.market.contracts import FILING
from chengxin.reputation import facade as reputation
from chengxin.reputation.contracts import Parameters, Ratings, Scored
from chengxin.reviews import models
from chengxin.reviews.contracts import Side, Status
from chengxin.reviews.rules import window_days
from chengxin.reviews.tables import dimensions

KEEPER: Final = platform("reviews")
LOW: Final = 1.0
HIGH: Final = 5.0
FACTORS: Final = ("trust", "independence", "burst", "experience", "decay", "reliability", "weight")
_CHANGED: Final = (
    *("status", "score", "low", "high", "effective_n", "ratings", "window_days", "settled_on", "prior_mean"),
    *("prior_weight", "version", "ledger"),
)
# The latest rating of each buyer and shop; the marks are read as text so that one statement serves every dimension.
_RATINGS: Final = """
    select distinct on (r.shop_id, t.buyer_tag)
           encode(t.buyer_tag, 'hex') as source, r.shop_id::text as target, r.marks::text as marks,
           extract(epoch from r.written_at)::float8 as seconds
      from reviews_review r join reviews_trade t on t.id = r.trade_id
     where r.side = 'buyer' and r.place = 1 and r.of_operator and r.subject_id is not null
       and r.written_at >= %s and r.written_at <= %s
       and (r.opens_at <= %s or exists (select from reviews_opening o where o.trade_id = t.id and o.at <= %s))
     order by r.shop_id, t.buyer_tag, r.written_at desc, r.id desc
"""


def settle(*, now: datetime) -> Mapping[str, int]:
    """Compute every shop's reputation anew; who has too few ratings gets no number."""
    days = window_days(now)
    done = {"scored": 0, "insufficient": 0}
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=FILING), transaction.atomic():
        frame = _ratings(now - timedelta(days=days), now)
        for dimension in dimensions(Side.BUYER):
            rows = _rows(frame, dimension, days=days, now=now)
            models.Score.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["shop_id", "dimension"],
                update_fields=_CHANGED,
                batch_size=500,
            )
            _run_out(dimension, [row.shop_id for row in rows], days=days, now=now)
            scored = sum(row.status == Status.OK.value for row in rows)
            done["scored"] += scored
            done["insufficient"] += len(rows) - scored
    return done


def _ratings(since: datetime, now: datetime) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(_RATINGS, [since, now, now, now])
        found = cursor.fetchall()
    kept = {"source": pl.String, "target": pl.String, "marks": pl.String, "seconds": pl.Float64}
    return pl.DataFrame(found, schema=kept, orient="row")


def _rows(frame: pl.DataFrame, dimension: str, *, days: int, now: datetime) -> list[models.Score]:
    rated = frame.with_columns(
        rating=pl.col("marks").str.json_path_match(f"$.{dimension}").cast(pl.Float64, strict=False)
    ).drop_nulls("rating")
    if rated.is_empty():
        return []
    ordered = rated.select("source", "target", "rating", "seconds").sort("target", "seconds", "source")
    scored = reputation.score(Ratings(frame=ordered, low=LOW, high=HIGH, aside={}))
    ledgers = {str(key[0]): part for key, part in scored.ledger.group_by("target")}
    return [_row(one, ledgers[one["target"]], dimension, days=days, now=now) for one in _scores(scored)]


def _scores(scored: Scored) -> Iterable[dict[str, Any]]:
    return scored.scores.iter_rows(named=True)


def _row(one: dict[str, Any], ledger: pl.DataFrame, dimension: str, *, days: int, now: datetime) -> models.Score:
    enough = one["status"] == Status.OK.value
    shop_id = UUID(one["target"])
    return models.Score(
        shop_id=shop_id,
        dimension=dimension,
        status=one["status"],
        score=one["score"] if enough else None,
        low=one["low"] if enough else None,
        high=one["high"] if enough else None,
        effective_n=one["effective_n"],
        ratings=len(ledger),
        window_days=days,
        settled_on=legal_day(now),
        prior_mean=float(ledger["prior_mean"][0]),
        prior_weight=float(ledger["prior_weight"][0]),
        version=Parameters().version,
        ledger=_written(shop_id, ledger),
    )


def _written(shop_id: UUID, ledger: pl.DataFrame) -> str:
    """Write the ledger of one shop: its raters by pseudonyms that mean nothing in any other shop."""
    named = crypto.blind_many("reviews_score.rater", (f"{shop_id}|{source}" for source in ledger["source"]))
    return (
        ledger.with_columns(
            rater=pl.Series([tag.hex()[:12] for tag in named], dtype=pl.String),
            day=pl.from_epoch(pl.col("time").cast(pl.Int64)).dt.offset_by("8h").dt.date(),
        )
        .sort("day", "rater")
        .select("rater", "rating", "day", *FACTORS)
        .write_csv(float_precision=9)
    )


def _run_out(dimension: str, scored: list[UUID], *, days: int, now: datetime) -> None:
    """Let a shop whose ratings all left the window have no number."""
    models.Score.objects.filter(dimension=dimension).exclude(shop_id__in=scored).exclude(ratings=0).update(
        status=Status.INSUFFICIENT.value,
        score=None,
        low=None,
        high=None,
        effective_n=0,
        ratings=0,
        window_days=days,
        settled_on=legal_day(now),
        ledger="",
    )
