"""Register a platform, take what it files about its shops, compare it with the register again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import compact
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.market import models
from chengxin.market.categories import categories
from chengxin.market.contracts import FILING, Filed, Filing, Platform, Seller, Standing
from chengxin.market.queries import platform_of, shop_of
from chengxin.market.rules import host_of, standing_of, verified_until, why_not_file
from chengxin.subjects import facade as subjects
from chengxin.subjects.contracts import SubjectStatus

REGISTERING: Final = "oversight"
AT_ONCE: Final = 500
_FILED: Final = (
    *("subject_id", "uscc", "claimed_name", "title", "address", "exemption", "categories", "standing", "verified_on"),
    *("due_on", "opened_on", "closed_on", "filed_at"),
)


def register_platform(body: str, *, host: str, actor: Actor, now: datetime) -> Platform:
    """Register a body as a platform (平台登记) with the host its shops stand under."""
    found = access.find_body(body)
    plain = host_of(host)
    if found is None or not plain:
        raise Refused(
            Refusal(
                code="MK-PLATFORM",
                what="没有这个单位，或者域名不对。",
                next_step="请先登记单位；域名写成 shop.example.org 的样子。",
                field="host" if found else "body",
            )
        )
    resource = Resource(kind="market", area=found.area, parties=_offices(found.area))
    access.require(actor, action="market.register", resource=resource, purpose=REGISTERING, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=REGISTERING), transaction.atomic():
        row, _made = models.Platform.objects.get_or_create(
            body=body, defaults={"host": plain, "registered_at": now, "registered_by": actor.key}
        )
        _record(actor, "platform", reference=body, count=1, channel=Channel.OFFICE, now=now)
    return Platform(body=row.body, host=row.host, registered_at=row.registered_at)


def file_shops(actor: Actor, filings: Sequence[Filing], *, now: datetime) -> list[Filed]:
    """Take what a platform files about its shops (报送店铺): each is compared with the register, or told why not taken.

    One that is refused stops none of the others; the same filing again changes nothing.
    """
    if len(filings) > AT_ONCE:
        raise Refused(Refusal(code="MK-MANY", what="一次最多报送500家店铺。", next_step="请分批报送。", field="shops"))
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING), transaction.atomic():
        platform = platform_of(actor, now=now)
        filed = [_file(platform, one, actor=actor, now=now) for one in filings]
        taken = sum(one.shop is not None for one in filed)
        if taken:
            _record(actor, "shop", reference=platform.body, count=taken, channel=Channel.BODY, now=now)
    return filed


def _file(platform: Platform, filing: Filing, *, actor: Actor, now: datetime) -> Filed:
    refusal = why_not_file(filing, host=platform.host, categories=categories(), today=legal_day(now))
    if refusal is not None:
        return Filed(number=filing.number, refusal=refusal)
    subject_id, standing = compare(filing.uscc, filing.name) if filing.seller is Seller.OPERATOR else (None, None)
    found = models.Shop.objects.select_for_update().filter(platform=platform.body, number=filing.number).first()
    row = found or models.Shop(id=new_id(now), platform=platform.body, number=filing.number)
    if found is not None and found.seller != filing.seller.value:
        return Filed(number=filing.number, refusal=_other_seller())
    row.seller, row.subject_id = filing.seller.value, subject_id
    row.uscc, row.claimed_name = compact(filing.uscc), filing.name.strip()
    row.title, row.address, row.exemption = filing.title.strip(), filing.address, filing.exemption
    row.categories = [code for code in categories() if code in filing.categories]
    row.standing = (standing or Standing.VOUCHED).value
    is_new = found is None or filing.verified_on != found.verified_on
    row.verified_on = filing.verified_on
    row.due_on = verified_until(filing.verified_on).last_day
    row.opened_on, row.closed_on, row.filed_at = filing.opened_on, filing.closed_on, now
    if found is None:
        row.save(force_insert=True)
    else:
        row.save(update_fields=_FILED)
    if is_new:
        note_verification(row, actor_key=actor.key, now=now)
    return Filed(number=filing.number, shop=shop_of(row))


def compare(uscc: str, name: str) -> tuple[UUID | None, Standing]:
    """Ask the register of operators about a claimed code and name; return who it is, if it is."""
    operator = subjects.find_operator(uscc)
    if operator is None:
        return None, standing_of(name, registered=None)
    subject = subjects.find_subject(operator.id)
    ceased = subject is not None and subject.status is SubjectStatus.CEASED
    standing = standing_of(name, registered=(operator.name, *operator.former_names), is_ceased=ceased)
    # A shop that claims another's code is not that operator's shop.
    return (None if standing is Standing.OTHER_NAME else operator.id), standing


def note_verification(row: models.Shop, *, actor_key: str, now: datetime) -> None:
    """Add what was verified, and what the register answered, to the shop's history."""
    models.Verification.objects.create(
        id=new_id(now),
        shop_id=row.id,
        verified_on=row.verified_on,
        standing=row.standing,
        at=now,
        actor_key=actor_key,
    )


def _offices(area: str) -> frozenset[str]:
    return frozenset(access.credit_offices_over(area))


def _other_seller() -> Refusal:
    return Refusal(
        code="MK-OTHER-SELLER",
        what="这家店铺原来报的是另一种卖家。",
        why="经营者和个人卖家不在同一个编号下互换，历史才看得清。",
        next_step="请把原来的店铺报为关闭，用新的编号再报。",
        field="seller",
    )


def _record(actor: Actor, what: str, *, reference: str, count: int, channel: Channel, now: datetime) -> None:
    record_event(
        Event(
            kind=Kind.FILE if what == "shop" else Kind.ADMINISTER,
            actor=actor,
            at=now,
            purpose=FILING if what == "shop" else REGISTERING,
            channel=channel,
            reference=reference,
            categories=(f"market.{what}",),
            count=count,
        )
    )
