"""Read rules and measures as each may."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.duties import models
from chengxin.duties.contracts import Action, Measure, Rule, RuleText
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.refusal import Refusal
from chengxin.market.contracts import FILING

VIEWING: Final = "public_viewing"
OWN: Final = "own_archive"
APPEAL: Final = "platform_appeal"


def list_rules(platform: str) -> list[Rule]:
    """Return every version of the rules of a platform, the newest version of each first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.PlatformRule.objects.filter(platform=platform).order_by("code", "-version")
        return [rule_of(row) for row in rows]


def list_public_actions(platform: str, *, limit: int = 20) -> list[Action]:
    """Return the published measures of a platform, the newest first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.PlatformAction.objects.filter(platform=platform, is_public=True).select_related("rule")
        return [action_of(row) for row in rows.order_by("-id")[:limit]]


def list_of_platform(actor: Actor, *, limit: int = 50) -> list[Action]:
    """Return the whole ledger of one's own platform, the newest first."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING):
        rows = models.PlatformAction.objects.filter(platform=actor.body).select_related("rule")
        return [action_of(row) for row in rows.order_by("-id")[:limit]]


def list_of_merchant(actor: Actor, shop_id: UUID) -> list[tuple[Action, Case | None]]:
    """Return what a platform did to one of the merchant's own shops, the newest first, each with its last appeal."""
    with access.acting_for(actor.as_person(), channel=Channel.SELF, purpose=OWN):
        rows = models.PlatformAction.objects.filter(shop_id=shop_id, subject_id=actor.subject_id)
        found = [action_of(row) for row in rows.select_related("rule").order_by("-id")[:20]]
        return [(one, casework.find_latest_case(APPEAL, ref_id=str(one.id))) for one in found]


def find_rule(platform: str, rule_id: UUID) -> Rule | None:
    """Return a rule of a platform, or None; inside the context of whoever asks."""
    row = models.PlatformRule.objects.filter(id=rule_id, platform=platform).first()
    return rule_of(row) if row else None


def absent() -> Refusal:
    """Return the refusal for a measure that is not there, or not for the asker."""
    return Refusal(code="ABSENT", what="没有找到这项措施。", next_step="请从“我的店铺”打开。")


def rule_of(row: models.PlatformRule) -> Rule:
    """Return a rule as other packages see it."""
    text = RuleText(
        code=row.code,
        title=row.title,
        text=row.text,
        published_on=row.published_on,
        effective_on=row.effective_on,
        comment_from=row.comment_from,
        comment_until=row.comment_until,
    )
    return Rule(id=row.id, platform=row.platform, version=row.version, text=text)


def action_of(row: models.PlatformAction) -> Action:
    """Return a measure as other packages see it."""
    measure = Measure(
        shop=row.shop_number,
        kind=row.kind,
        grade=row.grade,
        rule_id=row.rule_id,
        article=row.article,
        reasons=row.reasons,
        appeal_url=row.appeal_url,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
    return Action(
        id=row.id,
        number=row.number,
        platform=row.platform,
        shop_id=row.shop_id,
        rule=rule_of(row.rule),
        measure=measure,
        is_public=row.is_public,
        decided_on=row.decided_on,
        lifted_on=row.lifted_on,
    )
