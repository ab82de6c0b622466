"""Take trades and reviews from a platform, hide words on a ground, compare what a platform still shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from chengxin.access import facade as access
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.market import facade as market
from chengxin.market.contracts import FILING, Seller
from chengxin.reviews import models
from chengxin.reviews.contracts import About, Compared, Taken, Trade, Written
from chengxin.reviews.parcels import take_rating
from chengxin.reviews.queries import (
    OVERSEEING,
    door_of,
    is_open,
    list_unhidden,
    order_tag,
    parcel_tag,
    require_handler,
)
from chengxin.reviews.rules import blind_until, masked, no_trade, other_words, why_not_write
from chengxin.reviews.tables import dimensions, grounds

REMOVAL: Final = "review_removal"
AT_ONCE: Final = 1000
_Given = TypeVar("_Given", Trade, Written)


def file_trades(actor: Actor, trades: Sequence[Trade], *, now: datetime) -> list[Taken]:
    """Take completed trades (完成的交易): numbers of orders, buyers and parcels go straight into keyed hashes."""
    return _file(actor, "trade", trades, _take_trade, now=now)


def file_reviews(actor: Actor, written: Sequence[Written], *, now: datetime) -> list[Taken]:
    """Take reviews (评价) of matched trades; the same one again changes nothing, another one is no change of it."""
    return _file(actor, "review", written, _take_review, now=now)


def hide(actor: Actor, review_id: UUID, *, ground: str, reasons: str, now: datetime) -> None:
    """Hide the words of a review (屏蔽) on a ground of law: they are kept; gap, ground and reasons are shown."""
    if ground not in grounds():
        raise Refused(
            Refusal(
                code="RV-GROUND",
                what="这不是可以屏蔽评价的依据。",
                why="差评不是依据。评价不得删除，只有列出的几种情形可以屏蔽文字。",
                next_step="请从列出的依据里选择；都不符合的，不能屏蔽。",
                basis=("EC/39", "ZJEC/19"),
                field="ground",
            )
        )
    _note(actor, review_id, is_hidden=True, ground=ground, reasons=reasons, now=now)


def show_again(actor: Actor, review_id: UUID, *, reasons: str, now: datetime) -> None:
    """Show the words of a hidden review again (解除屏蔽); that they were hidden stays on record."""
    _note(actor, review_id, is_hidden=False, ground="", reasons=reasons, now=now)


def compare_snapshot(
    actor: Actor, shop_number: str, *, orders: Sequence[str], as_of: datetime, now: datetime
) -> Compared:
    """Compare what a platform shows of a shop with what is kept; what it no longer shows without a ground is a lead."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING), transaction.atomic():
        body = market.platform_of(actor, now=now).body
        shop = market.find_shop(body, shop_number)
        if shop is None or as_of > now:
            raise Refused(_no_shop(shop_number))
        shown = {order_tag(body, order) for order in orders}
        kept = list_unhidden(shop.id, until=as_of)
        missing = [review_id for review_id, tag in kept if tag not in shown]
        row = models.Snapshot.objects.create(
            id=new_id(now),
            platform=body,
            shop_id=shop.id,
            as_of=as_of,
            listed=len(shown),
            missing=len(missing),
            filed_at=now,
        )
        models.Removal.objects.bulk_create(
            models.Removal(id=new_id(now), snapshot_id=row.id, review_id=review_id) for review_id in missing
        )
        _record(actor, "snapshot", reference=body, count=len(shown), channel=Channel.BODY, now=now)
    return Compared(listed=len(shown), missing=len(missing), case_number=_follow(shop.id, body, len(missing), now=now))


def _follow(shop_id: UUID, body: str, missing: int, *, now: datetime) -> str:
    """Open a case about what is missing, once, with the office over the platform; end it when all is shown again."""
    keeper = platform("reviews")
    with access.acting_for(keeper, channel=Channel.JOB, purpose=FILING), transaction.atomic():
        standing = casework.find_open_case(REMOVAL, ref_id=str(shop_id))
        if standing is not None and not missing:
            return casework.take(standing.id, verb="restore", actor=keeper, now=now).number
        office = casework.supervisor_of(body)
        if standing is not None or not missing or not office:
            return standing.number if standing else ""
        ref = Ref(kind="reviews_of_shop", id=str(shop_id))
        facts = {"platform": body, "missing": missing}
        return casework.open_case(REMOVAL, ref=ref, body=office, opened_by=keeper, facts=facts, now=now).number


def _file(
    actor: Actor,
    what: str,
    given: Sequence[_Given],
    take: Callable[[str, _Given, datetime], Taken],
    *,
    now: datetime,
) -> list[Taken]:
    if len(given) > AT_ONCE:
        raise Refused(Refusal(code="RV-MANY", what="一次最多报送1000条。", next_step="请分批报送。"))
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING), transaction.atomic():
        body = market.platform_of(actor, now=now).body
        taken = [take(body, one, now) for one in given]
        if count := sum(one.id is not None for one in taken):
            _record(actor, what, reference=body, count=count, channel=Channel.BODY, now=now)
    return taken


def _take_trade(body: str, trade: Trade, now: datetime) -> Taken:
    shop = market.find_shop(body, trade.shop)
    if shop is None or trade.completed_at > now:
        return Taken(order=trade.order, refusal=_no_shop(trade.shop))
    row, made = models.Trade.objects.get_or_create(
        platform=body,
        order_tag=order_tag(body, trade.order),
        defaults={
            "id": new_id(now),
            "shop_id": shop.id,
            "buyer_tag": crypto.blind("reviews_trade.buyer_tag", f"{body}|{trade.buyer}"),
            "courier": trade.courier.strip(),
            "parcel_tag": parcel_tag(trade.parcel) if trade.parcel else None,
            "completed_at": trade.completed_at,
            "filed_at": now,
        },
    )
    if not made and row.shop_id != shop.id:
        return Taken(order=trade.order, refusal=_other_shop())
    return Taken(order=trade.order, id=row.id)


def _take_review(body: str, written: Written, now: datetime) -> Taken:
    # The row of a trade cannot be locked for change, since nobody may change it; the transaction takes its number.
    trade = models.Trade.objects.filter(platform=body, order_tag=order_tag(body, written.order)).first()
    if trade is None:
        return Taken(order=written.order, refusal=no_trade())
    if written.about is About.PARCEL:
        return take_rating(trade, written, now)
    text, count = masked(written.text)
    before = list(models.Review.objects.filter(trade_id=trade.id, side=written.side.value).order_by("place"))
    if (same := _same(before, written, text)) is not None:
        return Taken(order=written.order, id=same.id, opens_at=same.opens_at, masked=count)
    refusal = why_not_write(
        written,
        completed_at=trade.completed_at,
        has_first=bool(before),
        is_open=is_open(trade.id, at=now),
        dimensions=dimensions(written.side),
        now=now,
    ) or (other_words() if before and not written.is_followup else None)
    if refusal is not None:
        return Taken(order=written.order, refusal=refusal)
    row = _keep(trade, written, text, before, now=now)
    return Taken(order=written.order, id=row.id, opens_at=row.opens_at, masked=count)


def _same(before: Sequence[models.Review], written: Written, text: str) -> models.Review | None:
    """Return the review that says the very same, if it was filed before."""
    said = dict(models.Said.objects.filter(review__in=before).values_list("review_id", "text"))
    return next(
        (
            row
            for row in before
            if (row.place > 1) == written.is_followup and row.marks == dict(written.marks) and said[row.id] == text
        ),
        None,
    )


def _keep(
    trade: models.Trade, written: Written, text: str, before: Sequence[models.Review], *, now: datetime
) -> models.Review:
    shop = market.shop_in_context(trade.shop_id)
    other = models.Review.objects.filter(trade_id=trade.id, place=1).exclude(side=written.side.value).first()
    # A follow-up opens with what it follows; the second side with the first, at the latest.
    opens = [row.opens_at for row in (*before[:1], *([other] if other else []))]
    row = models.Review.objects.create(
        id=new_id(now),
        trade_id=trade.id,
        platform=trade.platform,
        shop_id=trade.shop_id,
        subject_id=shop.subject_id,
        of_operator=shop.seller is Seller.OPERATOR,
        side=written.side.value,
        place=len(before) + 1,
        marks=dict(written.marks),
        written_at=written.written_at,
        filed_at=now,
        opens_at=min(opens) if before else min([blind_until(written.written_at), *opens]),
    )
    models.Said.objects.create(review_id=row.id, text=text)
    if not before and other is not None:
        models.Opening.objects.create(trade_id=trade.id, at=now)
    return row


def _note(actor: Actor, review_id: UUID, *, is_hidden: bool, ground: str, reasons: str, now: datetime) -> None:
    channel, purpose = door_of(actor)
    with access.acting_for(actor, channel=channel, purpose=purpose), transaction.atomic():
        note_hiding(actor, review_id, is_hidden=is_hidden, ground=ground, reasons=reasons, channel=channel, now=now)


def note_hiding(
    actor: Actor, review_id: UUID, *, is_hidden: bool, ground: str, reasons: str, channel: Channel, now: datetime
) -> None:
    """Add that somebody hides words or shows them again; inside the context of whoever handles the review."""
    require_handler(actor, review_id, purpose=FILING if channel is Channel.BODY else OVERSEEING, now=now)
    held = models.Hiding.objects.filter(review_id=review_id)
    last = held.order_by("-place").first()
    refuse_if(_why_not_hide(reasons, is_hidden=is_hidden, was_hidden=last is not None and last.is_hidden))
    models.Hiding.objects.create(
        id=new_id(now),
        review_id=review_id,
        place=(held.aggregate(last=Max("place"))["last"] or 0) + 1,
        is_hidden=is_hidden,
        ground=ground,
        reasons=masked(reasons)[0],
        body=actor.body,
        actor_key=actor.key,
        at=now,
    )
    what = "hidden" if is_hidden else "shown_again"
    _record(actor, what, reference=str(review_id), count=1, channel=channel, now=now)


def _why_not_hide(reasons: str, *, is_hidden: bool, was_hidden: bool) -> Refusal | None:
    if is_hidden == was_hidden:
        return Refusal(
            code="RV-ALREADY",
            what="这条评价已经是这样了。",
            next_step="请刷新页面，看最新的情况。",
        )
    if not 2 <= len(reasons.strip()) <= 500:
        return Refusal(
            code="RV-REASONS",
            what="请写明理由，2到500字。",
            why="评价人、买家和监管都看得到为什么屏蔽。",
            next_step="写出是哪一句、属于哪一种情形，不要重复写出要屏蔽的个人信息。",
            field="reasons",
        )
    return None


def _no_shop(number: str) -> Refusal:
    return Refusal(
        code="RV-SHOP",
        what="没有找到这家店铺，或者时间晚于现在。",
        why="只收已经报送的店铺里完成的交易。",
        next_step="请先报送店铺，核对编号和时间。",
        field="shop",
        values={"number": number},
    )


def _other_shop() -> Refusal:
    return Refusal(
        code="RV-OTHER-SHOP",
        what="这个订单已经报为另一家店铺的交易。",
        why="报过的交易不能改。",
        next_step="请核对订单号。",
        field="order",
    )


def _record(actor: Actor, what: str, *, reference: str, count: int, channel: Channel, now: datetime) -> None:
    filed = what in {"trade", "review", "snapshot"}
    record_event(
        Event(
            kind=Kind.FILE if filed else Kind.DECIDE,
            actor=actor,
            at=now,
            purpose=FILING if channel is Channel.BODY else OVERSEEING,
            channel=channel,
            reference=reference,
            categories=(f"review.{what}",),
            count=count,
        )
    )
