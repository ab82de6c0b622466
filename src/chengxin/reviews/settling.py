"""Compute the reputation of shops and what is said of couriers once a day, by the published formula, with ledgers.

Hidden reviews count on: hiding is about words. Individual sellers have no score, and no buyer and no courier's person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

import polars as pl
from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from chengxin.access import facade as access
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import legal_day
from chengxin.market.contracts import FILING
from chengxin.reputation import facade as reputation
from chengxin.reputation.contracts import Parameters, Ratings
from chengxin.reviews import models
from chengxin.reviews.contracts import About, Side, Status
from chengxin.reviews.rules import least_raters, window_days
from chengxin.reviews.tables import dimensions

KEEPER: Final = platform("reviews")
_Row = TypeVar("_Row", models.Score, models.Voice)
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
       and r.written_at >= %(since)s and r.written_at <= %(now)s
       and (r.opens_at <= %(now)s or exists (select from reviews_opening o where o.trade_id = t.id and o.at <= %(now)s))
     order by r.shop_id, t.buyer_tag, r.written_at desc, r.id desc
"""
# The latest rating of each rater and courier: a rater is the buyer, or the shop that sends.
_VOICES: Final = """
    select distinct on (p.courier, source)
           case p.side when 'buyer' then encode(t.buyer_tag, 'hex') else t.shop_id::text end as source,
           p.courier as target, p.marks::text as marks, extract(epoch from p.written_at)::float8 as seconds
      from reviews_parcel_rating p join reviews_trade t on t.id = p.trade_id
     where p.side = %(side)s and p.written_at >= %(since)s and p.written_at <= %(now)s
       and (p.opens_at <= %(now)s
            or exists (select from reviews_parcel_rating o
                        where o.trade_id = p.trade_id and o.side <> p.side and o.filed_at <= %(now)s))
     order by p.courier, source, p.written_at desc, p.id desc
"""


def settle(*, now: datetime) -> Mapping[str, int]:
    """Compute every shop's reputation and every courier's voices anew; who has too few ratings gets no number."""
    done = Counter({"scored": 0, "insufficient": 0, "voices": 0})
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=FILING), transaction.atomic():
        frame = _ratings(_RATINGS, now=now)
        for dimension in dimensions(Side.BUYER):
            key = {"dimension": dimension}
            figures = _figures(frame, dimension, column="reviews_score.rater", least=0, now=now)
            rows = [models.Score(shop_id=UUID(target), **key, **found) for target, found in figures]
            _keep(models.Score, rows, name="shop_id", key=key, now=now)
            scored = sum(row.status == Status.OK.value for row in rows)
            done.update(scored=scored, insufficient=len(rows) - scored)
        for side in Side:
            done["voices"] += _settle_voices(side, now=now)
    return dict(done)


def _settle_voices(side: Side, *, now: datetime) -> int:
    """Compute what one side says of every courier, and return how many numbers it says."""
    # A name that no registered company has could be a person's: nothing is added up under it.
    named = import_string(settings.COURIER_NAMES)()
    frame = _ratings(_VOICES, now=now, side=side.value).filter(pl.col("target").is_in(sorted(named)))
    told = 0
    least = least_raters(About.PARCEL, now=now)
    for dimension in dimensions(side, About.PARCEL):
        key = {"side": side.value, "dimension": dimension}
        figures = _figures(frame, dimension, column="reviews_voice.rater", least=least, now=now)
        rows = [models.Voice(courier=target, **key, **found) for target, found in figures]
        _keep(models.Voice, rows, name="courier", key=key, now=now)
        told += sum(row.status == Status.OK.value for row in rows)
    return told


def _ratings(statement: str, *, now: datetime, side: str = "") -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"since": now - timedelta(days=window_days(now)), "now": now, "side": side})
        found = cursor.fetchall()
    kept = {"source": pl.String, "target": pl.String, "marks": pl.String, "seconds": pl.Float64}
    return pl.DataFrame(found, schema=kept, orient="row")


def _figures(
    frame: pl.DataFrame, dimension: str, *, column: str, least: int, now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return for each target its columns; `column` is the place for which its raters' pseudonyms are made."""
    rated = frame.with_columns(
        rating=pl.col("marks").str.json_path_match(f"$.{dimension}").cast(pl.Float64, strict=False)
    ).drop_nulls("rating")
    if rated.is_empty():
        return
    ordered = rated.select("source", "target", "rating", "seconds").sort("target", "seconds", "source")
    scored = reputation.score(Ratings(frame=ordered, low=LOW, high=HIGH, aside={}, are_matched=True))
    ledgers = {str(key[0]): part for key, part in scored.ledger.group_by("target")}
    for one in scored.scores.iter_rows(named=True):
        ledger = ledgers[one["target"]]
        enough = one["status"] == Status.OK.value and len(ledger) >= least
        yield (
            one["target"],
            {
                "status": (Status.OK if enough else Status.INSUFFICIENT).value,
                **{name: one[name] if enough else None for name in ("score", "low", "high")},
                "effective_n": one["effective_n"],
                "ratings": len(ledger),
                "window_days": window_days(now),
                "settled_on": legal_day(now),
                "prior_mean": float(ledger["prior_mean"][0]),
                "prior_weight": float(ledger["prior_weight"][0]),
                "version": Parameters().version,
                "ledger": _written(one["target"], ledger, column),
            },
        )


def _written(target: str, ledger: pl.DataFrame, column: str) -> str:
    """Write the ledger of one target: its raters by pseudonyms that mean nothing with any other."""
    named = crypto.blind_many(column, (f"{target}|{source}" for source in ledger["source"]))
    return (
        ledger.with_columns(
            rater=pl.Series([tag.hex()[:12] for tag in named], dtype=pl.String),
            day=pl.from_epoch(pl.col("time").cast(pl.Int64)).dt.offset_by("8h").dt.date(),
        )
        .sort("day", "rater")
        .select("rater", "rating", "day", *FACTORS)
        .write_csv(float_precision=9)
    )


def _keep(
    model: type[_Row],
    rows: Sequence[_Row],
    *,
    name: str,
    key: Mapping[str, str],
    now: datetime,
) -> None:
    """Replace what stood; a target whose ratings all left the window has no number."""
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=[name, *key], update_fields=_CHANGED, batch_size=500
    )
    standing = model.objects.filter(**key).exclude(**{f"{name}__in": [getattr(row, name) for row in rows]})
    standing.exclude(ratings=0).update(
        status=Status.INSUFFICIENT.value,
        score=None,
        low=None,
        high=None,
        effective_n=0,
        ratings=0,
        window_days=window_days(now),
        settled_on=legal_day(now),
        ledger="",
    )
