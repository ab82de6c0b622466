"""File a rule, take a measure under it, appeal."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.database.contracts import Channel
from chengxin.duties import models
from chengxin.duties.contracts import Action, Measure, Rule, RuleText
from chengxin.duties.kinds import kinds
from chengxin.duties.queries import APPEAL, OWN, absent, action_of, find_rule, rule_of
from chengxin.duties.rules import NO_SHOP, why_not_act, why_not_file_rule
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_number
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.market import facade as market
from chengxin.market.contracts import FILING, Seller, Shop
from chengxin.notices.facade import serve
from chengxin.reviews.facade import masked

PREFIX: Final = "CS"


def file_rule(actor: Actor, text: RuleText, *, now: datetime) -> Rule:
    """File the next version of a rule (平台规则归档); a change that was not announced in time is taken and marked."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING), transaction.atomic():
        platform = market.platform_of(actor, now=now)
        refuse_if(why_not_file_rule(text, today=legal_day(now)))
        held = models.PlatformRule.objects.filter(platform=platform.body, code=text.code)
        row = models.PlatformRule.objects.create(
            id=new_id(now),
            platform=platform.body,
            code=text.code,
            version=(held.aggregate(last=Max("version"))["last"] or 0) + 1,
            title=text.title,
            text=text.text,
            comment_from=text.comment_from,
            comment_until=text.comment_until,
            published_on=text.published_on,
            effective_on=text.effective_on,
            filed_at=now,
            filed_by=actor.key,
        )
        record(actor, "rule", str(row.id), kind=Kind.FILE, channel=Channel.BODY, now=now)
    return rule_of(row)


def act(actor: Actor, measure: Measure, *, now: datetime) -> Action:
    """Take a measure against a shop, or class it (平台措施): a named person, an article, reasons, a way to appeal."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING), transaction.atomic():
        resource = Resource(kind="platform_action", body=actor.body)
        access.require(actor, action="platform.act", resource=resource, purpose=FILING, now=now)
        platform = market.platform_of(actor, now=now)
        kind, shop = kinds().get(measure.kind), market.find_shop(platform.body, measure.shop)
        if shop is None:
            raise Refused(NO_SHOP)
        refuse_if(_why_not_class(shop, measure))
        refuse_if(
            why_not_act(
                measure,
                grades=kind.grades if kind else None,
                rule=find_rule(platform.body, measure.rule_id),
                is_theirs=market.stands_under(measure.appeal_url, platform.host),
                today=legal_day(now),
            )
        )
        assert kind is not None
        row = _enter(actor, measure, shop, is_public=kind.is_public, now=now)
        record(actor, "action", row.number, kind=Kind.DECIDE, channel=Channel.BODY, now=now)
        if shop.subject_id is not None:
            _tell("platform_action", row.number, actor=actor, to_subject=shop.subject_id, now=now)
    return action_of(row)


def appeal(actor: Actor, action_id: UUID, *, words: str, now: datetime) -> Case:
    """Appeal against a measure or a class of one's own shop (申诉), once: the platform answers in time."""
    if actor.subject_id is None:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用店铺的账户登录。"))
    me, resource = actor.as_person(), Resource(kind="platform_action", subject_id=actor.subject_id)
    access.require(me, action="platform.appeal", resource=resource, purpose=OWN, now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=OWN), transaction.atomic():
        row = models.PlatformAction.objects.filter(id=action_id, subject_id=me.subject_id).first()
        if row is None:
            raise Refused(absent())
        refuse_if(_why_not_appeal(row, words))
        case = casework.open_case(
            APPEAL,
            ref=Ref(kind="platform_action", id=str(row.id), subject_id=row.subject_id),
            body=row.platform,
            opened_by=me,
            facts={"shop": str(row.shop_id), "kind": row.kind},
            reasons=masked(words)[0],
            now=now,
        )
        _tell("platform_appeal", case.number, actor=me, to_body=row.platform, now=now)
    return case


def _why_not_class(shop: Shop, measure: Measure) -> Refusal | None:
    """Refuse to class a natural person: only shops of operators have a class."""
    if shop.seller is Seller.OPERATOR or not measure.grade:
        return None
    return Refusal(
        code="DU-PERSON",
        what="个人卖家不分类。",
        why="这里不给自然人分等级。",
        next_step="个人卖家违反规则的，可以采取措施，不能分类。",
        basis=("D/platform-class",),
        field="kind",
    )


def _why_not_appeal(row: models.PlatformAction, words: str) -> Refusal | None:
    if row.lifted_on is not None or casework.find_latest_case(APPEAL, ref_id=str(row.id)) is not None:
        return Refusal(
            code="DU-APPEALED",
            what="这项措施已经解除，或者您已经申诉过。",
            next_step="不服答复的，可以向市场监督管理部门反映。",
        )
    if not 2 <= len(words.strip()) <= 500:
        return Refusal(
            code="DU-WORDS", what="请写明为什么不服，2到500字。", next_step="写出事实和理由。", field="words"
        )
    return None


def _enter(actor: Actor, measure: Measure, shop: Shop, *, is_public: bool, now: datetime) -> models.PlatformAction:
    return models.PlatformAction.objects.create(
        id=new_id(now),
        number=new_number(PREFIX, day=legal_day(now)),
        platform=shop.platform,
        shop_id=shop.id,
        shop_number=shop.number,
        subject_id=shop.subject_id,
        kind=measure.kind,
        grade=measure.grade,
        rule_id=measure.rule_id,
        article=measure.article.strip(),
        reasons=masked(measure.reasons)[0],
        appeal_url=measure.appeal_url,
        is_public=is_public,
        decided_on=legal_day(now),
        starts_on=measure.starts_on,
        ends_on=measure.ends_on,
        decided_by=actor.key,
    )


def _tell(
    text: str, number: str, *, actor: Actor, now: datetime, to_subject: UUID | None = None, to_body: str = ""
) -> None:
    serve(
        kind=f"duties.{text}",
        text=text,
        parameters={"number": number},
        reference=number,
        to_subject=to_subject,
        to_body=to_body,
        actor=actor,
        now=now,
    )


def record(actor: Actor, what: str, reference: str, *, kind: Kind, channel: Channel, now: datetime) -> None:
    """Write down in the log what a platform did."""
    record_event(
        Event(
            kind=kind,
            actor=actor,
            at=now,
            purpose=FILING,
            channel=channel,
            reference=reference,
            categories=(f"platform.{what}",),
            count=1,
        )
    )
