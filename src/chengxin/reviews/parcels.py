"""Take how the two sides of a trade rated who carried its parcel (对寄递企业的评价): marks alone, blind, kept."""

from __future__ import annotations

from datetime import datetime

from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal
from chengxin.reviews import models
from chengxin.reviews.contracts import About, Side, Taken, Written
from chengxin.reviews.rules import blind_until, other_words, why_not_carried, why_not_write
from chengxin.reviews.tables import dimensions


def take_rating(trade: models.Trade, written: Written, now: datetime) -> Taken:
    """Take one side's marks of a parcel; the same again changes nothing. Inside the context of the platform."""
    held = {Side(row.side): row for row in models.ParcelRating.objects.filter(trade_id=trade.id)}
    own = held.get(written.side)
    if own is not None and own.marks == dict(written.marks):
        return Taken(order=written.order, id=own.id, opens_at=own.opens_at)
    refusal = _why_not(trade, written, has_own=own is not None, now=now)
    if refusal is not None:
        return Taken(order=written.order, refusal=refusal)
    row = models.ParcelRating.objects.create(
        id=new_id(now),
        trade_id=trade.id,
        platform=trade.platform,
        courier=trade.courier,
        side=written.side.value,
        marks=dict(written.marks),
        written_at=written.written_at,
        filed_at=now,
        # The second of two opens with the first, at the latest.
        opens_at=min([blind_until(written.written_at), *(one.opens_at for one in held.values())]),
    )
    return Taken(order=written.order, id=row.id, opens_at=row.opens_at)


def _why_not(trade: models.Trade, written: Written, *, has_own: bool, now: datetime) -> Refusal | None:
    return (
        why_not_carried(written, courier=trade.courier if trade.parcel_tag is not None else "")
        or why_not_write(
            written,
            completed_at=trade.completed_at,
            has_first=has_own,
            # Nobody reads a single rating, so whoever rates second has read nothing.
            is_open=False,
            dimensions=dimensions(written.side, About.PARCEL),
            now=now,
        )
        or (other_words() if has_own else None)
    )
