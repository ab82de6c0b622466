"""Notices of infringed rights (知识产权通知): filed by the platform, answered by the merchant, all of it published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.database.contracts import Channel
from chengxin.duties import models
from chengxin.duties.contracts import Claim, IpNotice, OwnNotice, Right
from chengxin.duties.queries import OWN, VIEWING
from chengxin.duties.rules import LAW, why_not_claim
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.market import facade as market
from chengxin.market.contracts import FILING
from chengxin.reviews.facade import masked

PROCEDURE: Final = "ip_notice"
DECLARE: Final = "declare"
ARRIVED: Final = "forwarded"


def file_ip_notice(actor: Actor, claim: Claim, *, papers: Sequence[str], now: datetime) -> IpNotice:
    """File a notice a platform received (登记知识产权通知) with evidence at first sight; its clocks run from here."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING), transaction.atomic():
        resource = Resource(kind="platform_action", body=actor.body)
        access.require(actor, action="platform.act", resource=resource, purpose=FILING, now=now)
        platform = market.platform_of(actor, now=now)
        shop = market.find_shop(platform.body, claim.shop)
        refuse_if(why_not_claim(claim, has_shop=shop is not None, has_papers=bool(papers), today=legal_day(now)))
        assert shop is not None
        notice_id = new_id(now)
        case = casework.open_case(
            PROCEDURE,
            ref=Ref(kind="ip_notice", id=str(notice_id), subject_id=shop.subject_id),
            body=platform.body,
            opened_by=actor,
            facts={"shop": str(shop.id), "right": claim.right.value},
            evidence=papers,
            now=now,
        )
        row = models.IpNotice.objects.create(
            id=notice_id,
            number=case.number,
            platform=platform.body,
            shop_id=shop.id,
            shop_number=shop.number,
            subject_id=shop.subject_id,
            right=claim.right.value,
            right_number=claim.right_number.strip(),
            holder=claim.holder.strip(),
            goods=masked(claim.goods)[0],
            received_on=claim.received_on,
            filed_by=actor.key,
        )
        add_step(row.id, case.state, on=claim.received_on, now=now)
    return notice_of(row)


def declare(actor: Actor, number: str, *, words: str, papers: Sequence[str], now: datetime) -> Case:
    """Declare as the merchant that nothing is infringed (不侵权声明), with evidence at first sight."""
    own = find_own_ip_notice(actor, number)
    me = actor.as_person()
    return casework.carry_out(own.case.id, verb=DECLARE, actor=me, now=now, reasons=masked(words)[0], evidence=papers)


def add_step(notice_id: UUID, state: str, *, on: date, now: datetime) -> None:
    """Write down for the public that a notice came to a state."""
    place = models.IpStep.objects.filter(notice_id=notice_id).count() + 1
    models.IpStep.objects.create(id=new_id(now), notice_id=notice_id, place=place, state=state, on=on)


def is_due_to_end(one: IpNotice, *, at: datetime) -> bool:
    """Tell whether the fifteen days have passed without the holder's complaint and the measures still stand."""
    return one.state == ARRIVED and one.end_by is not None and legal_day(at) > one.end_by


def list_ip_notices(platform: str, *, limit: int = 50) -> list[IpNotice]:
    """Return the notices a platform received, the newest first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return _listed(models.IpNotice.objects.filter(platform=platform), limit)


def count_ip_notices(platform: str) -> int:
    """Return how many notices a platform received."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return models.IpNotice.objects.filter(platform=platform).count()


def list_own_ip_notices(actor: Actor, shop_id: UUID) -> list[IpNotice]:
    """Return the notices about one of the merchant's own shops, the newest first."""
    with access.acting_for(actor.as_person(), channel=Channel.SELF, purpose=OWN):
        return _listed(models.IpNotice.objects.filter(shop_id=shop_id, subject_id=actor.subject_id), 20)


def find_own_ip_notice(actor: Actor, number: str) -> OwnNotice:
    """Return a notice about a shop of the merchant's own with its course and papers, or refuse as absent."""
    if actor.subject_id is None:
        raise Refused(_ABSENT)
    with access.acting_for(actor.as_person(), channel=Channel.SELF, purpose=OWN):
        row = models.IpNotice.objects.filter(number=number, subject_id=actor.subject_id).first()
        case = casework.find_latest_case(PROCEDURE, ref_id=str(row.id)) if row else None
        if row is None or case is None:
            raise Refused(_ABSENT)
        return OwnNotice(
            notice=notice_of(row),
            case=case,
            steps=tuple(casework.timeline(case.id, actor=actor)),
            papers=casework.papers_of(case.id),
        )


def notice_of(row: models.IpNotice) -> IpNotice:
    """Return a notice as other packages see it, with the day its measures end by."""
    course = tuple((one.state, one.on) for one in sorted(row.steps.all(), key=lambda one: one.place))
    arrived = next((on for state, on in course if state == ARRIVED), None)
    return IpNotice(
        id=row.id,
        number=row.number,
        platform=row.platform,
        shop_id=row.shop_id,
        claim=Claim(
            shop=row.shop_number,
            right=Right(row.right),
            right_number=row.right_number,
            holder=row.holder,
            goods=row.goods,
            received_on=row.received_on,
        ),
        course=course,
        end_by=LAW.due("duty.ip_wait", start=arrived, on=arrived, pack=settings.LAW_PACK).last_day if arrived else None,
    )


def _listed(rows: QuerySet[models.IpNotice], limit: int) -> list[IpNotice]:
    return [notice_of(row) for row in rows.order_by("-id").prefetch_related("steps")[:limit]]


_ABSENT: Final = Refusal(code="ABSENT", what="没有找到这份通知。", next_step="请从“我的店铺”打开。")
