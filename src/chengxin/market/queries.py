"""Read platforms and shops; what covers a shop's goods is read from public records at the moment it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.market import models
from chengxin.market.categories import categories
from chengxin.market.contracts import FILING, Counts, Licence, Platform, Seller, Shop, ShopFacts, Standing
from chengxin.market.rules import cover_of
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Way
from chengxin.records.contracts import Record
from chengxin.subjects import facade as subjects

VIEWING: Final = "public_viewing"
LICENCE: Final = "licence"


def absent() -> Refusal:
    """Return the refusal for a shop or a platform that is not there."""
    return Refusal(code="ABSENT", what="没有找到这个平台或者店铺。", next_step="请核对网址。")


def list_platforms() -> list[Platform]:
    """Return the registered platforms."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return [_platform(row) for row in models.Platform.objects.order_by("body")]


def platform_bodies() -> list[str]:
    """Return the bodies of the registered platforms, inside whichever context."""
    return list(models.Platform.objects.order_by("body").values_list("body", flat=True))


def get_platform(body: str) -> Platform:
    """Return a registered platform, or refuse as absent."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        row = models.Platform.objects.filter(body=body).first()
    if row is None:
        raise Refused(absent())
    return _platform(row)


def get_shop(shop_id: UUID) -> Shop:
    """Return a shop, or refuse as absent."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        row = models.Shop.objects.filter(id=shop_id).first()
    if row is None:
        raise Refused(absent())
    return shop_of(row)


def find_shop(platform: str, number: str) -> Shop | None:
    """Return a shop by its number on its platform; inside the context of whoever asks."""
    row = models.Shop.objects.filter(platform=platform, number=number).first()
    return shop_of(row) if row else None


def shop_in_context(shop_id: UUID) -> Shop:
    """Return a shop; inside the context of whoever asks."""
    return shop_of(models.Shop.objects.get(id=shop_id))


def is_platform(body: str) -> bool:
    """Tell whether a body is a registered platform."""
    return bool(body) and models.Platform.objects.filter(body=body).exists()


def shop_facts(shop_id: UUID, *, now: datetime) -> ShopFacts:
    """Return a shop with what the register says and what covers its goods at this moment."""
    shop = get_shop(shop_id)
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return facts_of(shop, now=now)


def list_shops(platform: str, *, now: datetime, overdue: bool = False, limit: int = 20, offset: int = 0) -> list[Shop]:
    """Return the open shops of a platform, the longest without a verification first; or only those overdue."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        found = _open(platform, now=now, overdue=overdue).order_by("due_on", "id")
        return [shop_of(row) for row in found[offset : offset + limit]]


def shops_of(subject_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, tuple[Shop, ...]]:
    """Return the open shops of some operators, on every platform."""
    found: dict[UUID, tuple[Shop, ...]] = {}
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Shop.objects.filter(_is_open(now), subject_id__in=subject_ids)
        for shop in map(shop_of, rows.order_by("platform", "number")):
            assert shop.subject_id is not None
            found[shop.subject_id] = (*found.get(shop.subject_id, ()), shop)
    return found


def list_selling(category: str, *, area: str, now: datetime) -> list[Shop]:
    """Return the open shops that sell a category, whose operators the register confirms and an area registered."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Shop.objects.filter(_is_open(now), categories__contains=[category])
        near = rows.filter(standing=Standing.AGREES.value, subject_id__isnull=False, uscc__regex=f"^..{area}")
        return [shop_of(row) for row in near.order_by("platform", "number")]


def count_shops(platform: str, *, now: datetime) -> Counts:
    """Return how many open shops of a platform stand how."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        found = _open(platform, now=now)
        told = found.aggregate(
            shops=Count("id"),
            individuals=Count("id", filter=Q(seller=Seller.INDIVIDUAL.value)),
            overdue=Count("id", filter=Q(due_on__lt=legal_day(now))),
        )
        standing = dict(found.order_by("standing").values_list("standing").annotate(shops=Count("id")))
    return Counts(**told, by_standing={one: standing.get(one.value, 0) for one in Standing})


def list_own(actor: Actor, *, now: datetime) -> list[ShopFacts]:
    """Return the open shops of the operator somebody signs in for, on every platform."""
    if actor.subject_id is None:
        return []
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        rows = models.Shop.objects.filter(_is_open(now), subject_id=actor.subject_id).order_by("platform", "number")
        return [facts_of(shop_of(row), now=now) for row in rows[:50]]


def platform_of(actor: Actor, *, now: datetime) -> Platform:
    """Return the platform somebody files for, or refuse."""
    resource = Resource(kind="market", body=actor.body)
    access.require(actor, action="market.file", resource=resource, purpose=FILING, now=now)
    found = models.Platform.objects.filter(body=actor.body).first()
    if found is None:
        raise Refused(
            Refusal(
                code="MK-NO-PLATFORM",
                what="您的单位不是登记的平台。",
                why="只有登记的电子商务平台可以报送店铺和评价。",
                next_step="请向所在地的信用主管部门登记。",
                basis=("EC/27", "EC/28"),
            )
        )
    return _platform(found)


def public_licences(subject_id: UUID, *, now: datetime) -> list[Record]:
    """Return the licences of an operator that may be public at a moment."""
    found = records.list_of_subject(subject_id)
    return [one for one in found if one.item_code == LICENCE and records.usable(one, channel=Way.PUBLIC, at=now)]


def facts_of(shop: Shop, *, now: datetime) -> ShopFacts:
    """Return what registers and licences say of a shop; who claims another's code has no licence of that one."""
    operator = subjects.find_operator(shop.uscc) if shop.uscc else None
    is_theirs = operator is not None and shop.standing is Standing.AGREES
    licences = [_licence(one) for one in public_licences(operator.id, now=now)] if operator and is_theirs else []
    known = categories()
    return ShopFacts(
        shop=shop,
        registered_name=operator.name if operator and is_theirs else "",
        covers=tuple(cover_of(known[code], licences, on=legal_day(now)) for code in shop.categories if code in known),
    )


def shop_of(row: models.Shop) -> Shop:
    """Return a shop as other packages see it."""
    return Shop(
        id=row.id,
        platform=row.platform,
        number=row.number,
        seller=Seller(row.seller),
        subject_id=row.subject_id,
        uscc=row.uscc,
        claimed_name=row.claimed_name,
        title=row.title,
        address=row.address,
        exemption=row.exemption,
        categories=tuple(row.categories),
        standing=Standing(row.standing),
        verified_on=row.verified_on,
        due_on=row.due_on,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
    )


def list_verifications(shop_id: UUID, *, limit: int = 10) -> Sequence[tuple[datetime, Standing]]:
    """Return when a shop was verified and what the register answered, the newest first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Verification.objects.filter(shop_id=shop_id).order_by("-id")[:limit]
        return [(row.at, Standing(row.standing)) for row in rows]


def _open(platform: str, *, now: datetime, overdue: bool = False) -> QuerySet[models.Shop]:
    found = models.Shop.objects.filter(_is_open(now), platform=platform)
    return found.filter(due_on__lt=legal_day(now)) if overdue else found


def _is_open(now: datetime) -> Q:
    return Q(closed_on__isnull=True) | Q(closed_on__gt=legal_day(now))


def _licence(record: Record) -> Licence:
    said = record.content
    return Licence(
        record_id=record.record_id,
        title=str(said.get("certificate_title") or ""),
        content=str(said.get("licence_content") or ""),
        number=str(said.get("licence_no") or said.get("decision_no") or ""),
        body_name=str(said.get("body_name") or ""),
        valid_until=record.valid_until,
    )


def _platform(row: models.Platform) -> Platform:
    return Platform(body=row.body, host=row.host, registered_at=row.registered_at)
