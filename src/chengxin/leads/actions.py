"""A platform reports, a merchant explains, an officer begins a determination, and what nobody decided ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Determination
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.law.facade import cites
from chengxin.leads import models
from chengxin.leads.contracts import Filed, Finding
from chengxin.leads.evidence import evidence_paper
from chengxin.leads.families import families
from chengxin.leads.keeping import finding_of, keep
from chengxin.leads.queries import (
    HANDLING,
    SELF,
    absent,
    filed_of,
    get_for_handler,
    list_answers,
    list_held,
    require_own,
)
from chengxin.leads.rules import expires_on, grade_of, why_not_determination, why_not_finding
from chengxin.leads.taking import DETECTION, DETECTOR, ITEM, take_about
from chengxin.market import facade as market
from chengxin.market.contracts import FILING, Seller, Shop, Standing
from chengxin.reviews.facade import masked

ANSWERS: Final = 5


@cites("EC/29", "D/lead-platform")
def report(actor: Actor, finding: Finding, *, reference: str, now: datetime) -> Filed:
    """Take a platform's own lead (平台报送线索): graded, with a case opened or an open one joined; once.

    `finding.platform` is overwritten by the platform that files.
    """
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING):
        body = market.platform_of(actor, now=now).body
        before = models.Finding.objects.filter(platform=body, reference=reference).first()
        if before is not None:
            return filed_of(before)
        shop = _reportable(market.find_shop(body, finding.shop))
    told = replace(finding, platform=body)
    refuse_if(why_not_finding(told, families()))
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION), transaction.atomic():
        kept = models.Finding.objects.filter(shop_id=shop.id, outcome="", destroyed_at__isnull=True)
        others = [finding_of(row) for row in kept.order_by("id")]
        row = keep(told, shop_id=shop.id, now=now, reference=reference, grade=grade_of(told, others).value)
        take_about(shop, [], now=now)
        row.refresh_from_db()
        filed = filed_of(row)
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING):
        _record(actor, "report", reference=reference, purpose=FILING, now=now)
    return filed


def answer(actor: Actor, lead_id: UUID, *, text: str, now: datetime) -> None:
    """Explain (说明) as the merchant a lead is about, as long as it is open and the days to explain last.

    Numbers of people, such as a buyer's telephone, are masked before anything is kept.
    """
    require_own(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=SELF), transaction.atomic():
        row = models.Lead.objects.filter(id=lead_id).first()
        if row is None:
            raise Refused(absent())
        is_decided = models.Finding.objects.filter(lead_id=row.id).exclude(outcome="").exists()
        refuse_if(_why_not_answer(row, text, is_decided=is_decided, now=now))
        told, _numbers = masked(text)
        models.Answer.objects.create(id=new_id(now), lead_id=row.id, text=told, actor_key=actor.key, at=now)
        _record(actor, "answer", reference=row.case_number, purpose=SELF, channel=Channel.SELF, now=now)


def begin_determination(actor: Actor, lead_id: UUID, *, cells: Mapping[str, str], now: datetime) -> Determination:
    """Begin a determination (认定) from a lead that was founded: a named officer drafts it, which names the lead.

    It runs its own course from there: prior notice, hearing, another person's signature, remedies. The evidence goes
    along as a paper, which whoever signs has to open.
    """
    lead = get_for_handler(actor, lead_id, now=now)
    refuse_if(why_not_determination(lead))
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        paper = evidence_paper(lead, list_held(lead.id), list_answers(lead.id))
    found = determinations.draft(
        actor,
        ITEM,
        cells=cells,
        facts={"lead": lead.case_number},
        evidence=casework.keep_papers([paper]),
        now=now,
    )
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING), transaction.atomic():
        models.Lead.objects.filter(id=lead_id).update(determination_id=found.id)
        _record(actor, "determination", reference=lead.case_number, purpose=HANDLING, now=now)
    return found


def expire(*, now: datetime) -> int:
    """End the leads that nobody decided in time; return how many."""
    ended = 0
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION):
        open_ones = models.Finding.objects.filter(outcome="", lead__isnull=False).values("lead_id")
        for row in models.Lead.objects.filter(id__in=open_ones).order_by("opened_at", "id"):
            if legal_day(now) > expires_on(legal_day(row.opened_at)):
                casework.take(row.case_id, verb="expire", actor=DETECTOR, now=now)
                ended += 1
    return ended


def _reportable(shop: Shop | None) -> Shop:
    if shop is not None and shop.seller is Seller.OPERATOR and shop.standing is Standing.AGREES:
        return shop
    raise Refused(
        Refusal(
            code="LD-SHOP",
            what="没有这家店铺，或者它没有核对一致的经营者。",
            why="线索只能关于登记的经营者；个人卖家和没有核实的店铺不收。",
            next_step="请先报送店铺，核对统一社会信用代码和名称。",
            field="shop",
        )
    )


def _why_not_answer(row: models.Lead, text: str, *, is_decided: bool, now: datetime) -> Refusal | None:
    if is_decided or row.answer_by is None or legal_day(now) > row.answer_by:
        return Refusal(
            code="LD-ANSWER-OVER",
            what="这件事现在不再收说明。",
            why="说明的时间已经过了，或者核查已经办结。",
            next_step="有新的材料，请联系承办单位；以后有不利的决定，会另行告知您，您可以陈述申辩。",
            basis=("APL/45",),
        )
    if not 2 <= len(text.strip()) <= 2000:
        return Refusal(
            code="LD-ANSWER-TEXT",
            what="请写明情况，2到2000字。",
            next_step="写清楚是哪些订单、为什么会这样、有哪些单据。请不要写买家的姓名、电话和证件号码。",
            field="text",
        )
    if models.Answer.objects.filter(lead_id=row.id).count() >= ANSWERS:
        return Refusal(code="LD-ANSWERS", what="已经说明过五次。", next_step="请联系承办单位补充材料。")
    return None


def _record(
    actor: Actor, what: str, *, reference: str, purpose: str, now: datetime, channel: Channel = Channel.BODY
) -> None:
    record_event(
        Event(
            kind=Kind.FILE if what != "determination" else Kind.DECIDE,
            actor=actor,
            at=now,
            purpose=purpose,
            channel=channel,
            reference=reference,
            categories=(f"lead.{what}",),
        )
    )
