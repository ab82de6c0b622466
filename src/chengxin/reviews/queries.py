"""Read reviews as each may: the public what is open, the two sides what is theirs, hidden words as a gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor, platform
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.market import facade as market
from chengxin.market.contracts import FILING
from chengxin.reviews import models
from chengxin.reviews.contracts import ANSWER, Hiding, Matched, Review, Score, Side, Status, Voice

VIEWING: Final = "public_viewing"
FOLLOWING: Final = "review_following"
ANSWERING: Final = "own_archive"
OVERSEEING: Final = "oversight"
KEEPER: Final = platform("reviews")


def order_tag(body: str, order: str) -> bytes:
    """Return the keyed hash by which an order of a platform is known."""
    return crypto.blind("reviews_trade.order_tag", f"{body}|{order}")


def parcel_tag(parcel: str) -> bytes:
    """Return the keyed hash by which a parcel is known."""
    return crypto.blind("reviews_trade.parcel_tag", parcel)


def match_trade(code: str) -> Matched | None:
    """Return the trade whose parcel or order somebody names, by its keyed hash, or None."""
    plain = code.strip()
    orders = [order_tag(one.body, plain) for one in market.list_platforms()]
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=FILING):
        named = Q(order_tag__in=orders) | Q(parcel_tag=parcel_tag(plain))
        row = models.Trade.objects.filter(named).order_by("-completed_at", "id").first() if plain else None
    return Matched(trade_id=row.id, shop_id=row.shop_id) if row else None


def count_trades(shop_id: UUID, *, since: datetime, until: datetime) -> int:
    """Return how many trades of a shop were completed in a period."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=FILING):
        return models.Trade.objects.filter(shop_id=shop_id, completed_at__gt=since, completed_at__lte=until).count()


def list_public(shop_id: UUID, *, limit: int = 20, offset: int = 0) -> list[Review]:
    """Return what buyers said of a shop and is open, the newest first, each with its follow-ups."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Review.objects.filter(shop_id=shop_id, side=Side.BUYER.value, place=1)
        return _reviews(rows.order_by("-written_at", "-id")[offset : offset + limit])


def count_public(shop_id: UUID) -> int:
    """Return how many reviews of a shop are open."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return models.Review.objects.filter(shop_id=shop_id, side=Side.BUYER.value, place=1).count()


def door_of(actor: Actor) -> tuple[Channel, str]:
    """Return the door and purpose by which somebody handles reviews: a platform its own, or the office over it."""
    return (Channel.BODY, FILING) if market.is_platform(actor.body) else (Channel.OFFICE, OVERSEEING)


def may_handle(actor: Actor, platform: str) -> bool:
    """Tell whether somebody works where the reviews of a platform are handled: there, or in an office over it."""
    return bool(actor.body) and actor.body in {platform, *access.credit_offices_over(access.get_body(platform).area)}


def require_handler(actor: Actor, review_id: UUID, *, purpose: str, now: datetime) -> models.Review:
    """Return a review that somebody may handle, inside their context; absent and forbidden look the same."""
    row = models.Review.objects.filter(id=review_id).first()
    if row is None:
        raise Refused(absent())
    area = access.get_body(row.platform).area
    parties = frozenset(access.credit_offices_over(area))
    resource = Resource(kind="review", body=row.platform, area=area, parties=parties)
    access.require(actor, action="review.hide", resource=resource, purpose=purpose, now=now)
    return row


def get_for_staff(actor: Actor, review_id: UUID, *, now: datetime) -> Review:
    """Return one review with its words as its platform or the overseeing office may read it."""
    channel, purpose = door_of(actor)
    with access.acting_for(actor, channel=channel, purpose=purpose):
        return _reviews([require_handler(actor, review_id, purpose=purpose, now=now)])[0]


def absent() -> Refusal:
    """Return the refusal for a review that is not there, or not for the asker."""
    return Refusal(code="ABSENT", what="没有找到这条评价。", next_step="请核对网址。")


def get_own(actor: Actor, review_id: UUID, *, now: datetime) -> Review:
    """Return an open review of one of one's own shops, with what followed, or refuse as absent."""
    with own_side(actor, now=now):
        return _reviews([own_row(actor, review_id)])[0]


@contextmanager
def own_side(actor: Actor, *, now: datetime) -> Iterator[None]:
    """Open the context in which a merchant answers what buyers said of its shops."""
    if actor.subject_id is None:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用店铺的账户登录。"))
    me, resource = actor.as_person(), Resource(kind="review", subject_id=actor.subject_id)
    access.require(me, action="review.answer", resource=resource, purpose=ANSWERING, now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=ANSWERING), transaction.atomic():
        yield


def own_row(actor: Actor, review_id: UUID) -> models.Review:
    """Return a buyer's open rating of one of the merchant's own shops; inside the merchant's context."""
    row = models.Review.objects.filter(
        id=review_id, side=Side.BUYER.value, place=1, subject_id=actor.subject_id, of_operator=True
    ).first()
    if row is None:
        raise Refused(absent())
    return row


def list_of_platform(actor: Actor, *, limit: int = 20, offset: int = 0) -> tuple[list[Review], int]:
    """Return the buyers' reviews of one's own platform, the newest first, and how many there are."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING):
        rows = models.Review.objects.filter(platform=actor.body, side=Side.BUYER.value, place=1)
        return _reviews(rows.order_by("-id")[offset : offset + limit]), rows.count()


def list_of_trade(platform: str, order: str, buyer: str) -> list[Review]:
    """Return both sides' reviews of a trade to its buyer, who names order and buyer as the platform knows them."""
    buyer_tag = crypto.blind("reviews_trade.buyer_tag", f"{platform}|{buyer}")
    named = order_tag(platform, order).hex() + buyer_tag.hex()
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=FOLLOWING, case_ref=named):
        trade = models.Trade.objects.first()
        return _reviews(models.Review.objects.filter(trade=trade, place=1).order_by("side")) if trade else []


def list_given(actor: Actor, *, limit: int = 50) -> list[Review]:
    """Return how a merchant's own shops rated their buyers: to the merchant alone."""
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        rows = models.Review.objects.filter(side=Side.SELLER.value, subject_id=actor.subject_id, place=1)
        return _reviews(rows.order_by("-written_at", "-id")[:limit])


def list_scores(shop_id: UUID) -> list[Score]:
    """Return the reputation of a shop, by dimension."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Score.objects.filter(shop_id=shop_id).order_by("dimension")
        return [_score(row) for row in rows]


def find_ledger(shop_id: UUID, dimension: str) -> str:
    """Return the ledger of weights of a shop in a dimension as CSV, or ""."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        row = models.Score.objects.filter(shop_id=shop_id, dimension=dimension).only("ledger").first()
        return row.ledger if row else ""


def list_voices(couriers: Iterable[str]) -> list[Voice]:
    """Return what merchants and what buyers say of companies by their names on waybills, by side and dimension."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Voice.objects.filter(courier__in=list(couriers)).defer("ledger")
        ordered = rows.order_by("courier", "side", "dimension")
        return [Voice(courier=row.courier, side=Side(row.side), score=_score(row)) for row in ordered]


def find_voice_ledger(courier: str, side: Side, dimension: str) -> str:
    """Return the ledger of weights of one voice as CSV, or ""."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Voice.objects.filter(courier=courier, side=side.value, dimension=dimension)
        row = rows.only("ledger").first()
        return row.ledger if row else ""


def is_open(trade_id: UUID, *, at: datetime) -> bool:
    """Tell whether what was said of a trade is open at a moment; inside the context of its platform."""
    opened = models.Opening.objects.filter(trade_id=trade_id).exists()
    return opened or models.Review.objects.filter(trade_id=trade_id, place=1, opens_at__lte=at).exists()


def list_unhidden(shop_id: UUID, *, until: datetime) -> list[tuple[UUID, bytes]]:
    """Return the buyers' reviews of a shop that were open at a moment and are not hidden, each with its order's tag."""
    open_then = Q(opens_at__lte=until) | Q(trade__in=models.Opening.objects.filter(at__lte=until).values("trade_id"))
    rows = models.Review.objects.filter(open_then, shop_id=shop_id, side=Side.BUYER.value, place=1)
    rows = rows.select_related("trade").order_by("id")
    hidden = _hidings(row.id for row in rows)
    return [(row.id, bytes(row.trade.order_tag)) for row in rows if row.id not in hidden]


def _reviews(rows: Iterable[models.Review]) -> list[Review]:
    """Return reviews with their follow-ups; where row security gives no words, there is a gap."""
    first = list(rows)
    later = models.Review.objects.filter(
        trade__in=[row.trade_id for row in first], side__in={*(row.side for row in first), ANSWER}, place__gt=1
    )
    after: dict[tuple[UUID, str], list[models.Review]] = defaultdict(list)
    for row in later.order_by("trade_id", "place"):
        after[row.trade_id, row.side].append(row)
    every = [*first, *(row for rows in after.values() for row in rows)]
    ids = [row.id for row in every]
    said = dict(models.Said.objects.filter(review_id__in=ids).values_list("review_id", "text"))
    hidden = _hidings(ids)
    return [
        replace(
            _review(row, said, hidden),
            followups=tuple(_review(one, said, hidden) for one in after[row.trade_id, row.side] if one.id != row.id),
            answers=tuple(_review(one, said, hidden) for one in after[row.trade_id, ANSWER] if row.side == Side.BUYER),
        )
        for row in first
    ]


def _hidings(ids: Iterable[UUID]) -> dict[UUID, Hiding]:
    """Return what hides each of these reviews now."""
    last = {row.review_id: row for row in models.Hiding.objects.filter(review_id__in=list(ids)).order_by("place")}
    return {
        review_id: Hiding(ground=row.ground, reasons=row.reasons, body=row.body, at=row.at)
        for review_id, row in last.items()
        if row.is_hidden
    }


def _review(row: models.Review, said: dict[UUID, str], hidden: dict[UUID, Hiding]) -> Review:
    return Review(
        id=row.id,
        shop_id=row.shop_id,
        platform=row.platform,
        side=Side.SELLER if row.side == ANSWER else Side(row.side),
        marks=row.marks,
        text=said.get(row.id, ""),
        at=row.written_at,
        hiding=hidden.get(row.id),
    )


def _score(row: models.Figures) -> Score:
    return Score(
        dimension=row.dimension,
        status=Status(row.status),
        score=row.score,
        low=row.low,
        high=row.high,
        effective_n=row.effective_n,
        ratings=row.ratings,
        window_days=row.window_days,
        settled_on=row.settled_on,
        prior_mean=row.prior_mean,
        prior_weight=row.prior_weight,
        version=row.version,
    )
