"""How a complaint is reached: by its code, or by the shop, its platform and the authority; and in whose name."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.complaints import facade as tips
from chengxin.database.contracts import Channel
from chengxin.disputes import models
from chengxin.disputes.contracts import Dispute
from chengxin.kernel.actor import ANYONE, Actor, platform
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.market import facade as market
from chengxin.market.contracts import Shop
from chengxin.reviews import facade as reviews

HANDLING: Final = "dispute_handling"
FOLLOWING: Final = "dispute_following"
TAG: Final = "disputes_dispute.tag"
CALLER: Final = "disputes_dispute.caller_tag"
# Who complains has no account: what they do by their code is written down under this name.
CONSUMER: Final = platform("consumers")
# What the consumer does by the code.
BY_CODE: Final = frozenset({"agree", "go_up", "confirm", "withdraw", "add"})
_SHOP: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def acting(actor: Actor) -> AbstractContextManager[None]:
    """Open the context in which somebody handles complaints: an operator its own, staff those of their body."""
    door = Channel.BODY if actor.body else Channel.SELF
    return access.acting_for(actor, channel=door, purpose=HANDLING)


def locate(code: str) -> Shop:
    """Return the shop that a parcel, an order, or the address of its page leads to; nothing of the trade, ever."""
    if named := _SHOP.search(code):
        return market.get_shop(UUID(named.group()))
    found = reviews.match_trade(code)
    if found is None:
        raise Refused(
            Refusal(
                code="DSP-NOT-FOUND",
                what="没有找到这个单号对应的店铺。",
                why="只能找到平台报送过的已完成的交易；刚签收的，可能还没有报送。",
                next_step="请核对包裹单号或者订单号；也可以打开店铺的页面，从那里投诉。",
                field="code",
            )
        )
    return market.get_shop(found.shop_id)


def access_dispute(actor: Actor, dispute_id: UUID, *, now: datetime) -> models.Dispute:
    """Return a complaint that somebody may handle, inside their context; absent and forbidden look the same."""
    row = models.Dispute.objects.filter(id=dispute_id).first()
    if row is None:
        raise Refused(absent())
    require_handler(actor, row, casework.access_case(row.case_id, actor=actor), now=now)
    return row


def require_handler(actor: Actor, row: models.Dispute | Dispute, case: Case, *, now: datetime) -> None:
    """Refuse whoever may not handle a complaint, which is read with its case."""
    resource = Resource(kind="dispute", body=row.platform, parties=case.parties, subject_id=row.subject_id)
    access.require(actor, action="dispute.handle", resource=resource, purpose=HANDLING, now=now)


def by_code(code: str) -> models.Dispute:
    """Return one's own complaint by its code, or refuse as if there were none."""
    tag = tips.tag_of(code, column=TAG)
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=FOLLOWING, case_ref=tag.hex()):
        row = models.Dispute.objects.filter(tag=tag, destroyed_at__isnull=True).first()
    if row is None:
        raise Refused(no_such_code())
    return row


def no_such_code() -> Refusal:
    """Return the refusal for a code that is unknown, mistyped or whose complaint was destroyed: all the same."""
    return Refusal(
        code="DSP-CODE",
        what="没有找到这个查询码对应的投诉。",
        why="查询码只在提交时显示一次，平台自己也不保存。投诉保存期满销毁以后，也查不到。",
        next_step="请核对16位查询码；忘记了的，可以重新投诉。",
        field="code",
    )


def absent() -> Refusal:
    """Return the refusal that tells neither that a complaint exists nor that it does not."""
    return Refusal(code="ABSENT", what="没有找到这件投诉。", next_step="请核对编号。")
