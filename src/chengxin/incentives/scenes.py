"""Open and end scenes: the credit office of the area does, and everybody sees them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.database.contracts import Channel
from chengxin.incentives import models
from chengxin.incentives.contracts import Benefit, Condition, Draft, Family, Scene
from chengxin.incentives.rules import why_not_offer
from chengxin.incentives.tables import favourable_items
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if

PURPOSE = "oversight"


def open_scene(actor: Actor, draft: Draft, *, now: datetime) -> Scene:
    """Open a scene (发布场景): above the normal service, resting on good deeds, with an end."""
    _may(actor, area=actor.area, now=now)
    on = legal_day(now)
    refuse_if(why_not_offer(draft, favourable=favourable_items(on), on=on))
    if draft.condition.points and not settings.POINTS:
        raise Refused(POINTS_OFF)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        written = asdict(draft) | asdict(draft.condition)
        written["items"] = list(draft.condition.items)
        del written["condition"]
        row = models.Scene.objects.create(id=new_id(now), area=actor.area, opened_by=actor.key, **written)
        _tell(row, actor=actor, what="scene.opened", now=now)
    return scene_of(row)


def end_scene(actor: Actor, scene_id: UUID, *, now: datetime) -> None:
    """End a scene from tomorrow on: what was promised for today holds."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        row = models.Scene.objects.select_for_update().filter(id=scene_id).first()
        if row is None:
            raise Refused(ABSENT)
        _may(actor, area=row.area, now=now)
        if row.ended_on is None:
            row.ended_on = legal_day(now) + timedelta(days=1)
            row.save(update_fields=["ended_on"])
            _tell(row, actor=actor, what="scene.ended", now=now)


def list_scenes(*, on: date) -> list[Scene]:
    """Return the scenes open on a day, by family."""
    found = [scene_of(row) for row in models.Scene.objects.filter(starts_on__lte=on, ends_on__gt=on)]
    order = list(Family)
    return sorted(
        (one for one in found if one.is_live(on)), key=lambda one: (order.index(one.draft.family), one.draft.title)
    )


def list_managed(actor: Actor, *, now: datetime) -> list[Scene]:
    """Return all scenes to the office that answers for them, the newest first."""
    _may(actor, area=actor.area, now=now)
    return [scene_of(row) for row in models.Scene.objects.filter(area=actor.area).order_by("-id")]


def scene_of(row: models.Scene) -> Scene:
    """Return a scene as other packages see it."""
    texts: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("title", "title_en", "partner", "gives", "gives_en", "normal", "normal_en", "starts_on", "ends_on")
    }
    condition = Condition(items=tuple(row.items), least=row.least, years=row.years, points=row.points)
    draft = Draft(family=Family(row.family), benefit=Benefit(row.benefit), condition=condition, **texts)
    return Scene(id=row.id, draft=draft, area=row.area, used=row.used, ended_on=row.ended_on)


def _may(actor: Actor, *, area: str, now: datetime) -> None:
    resource = Resource(kind="scene", area=area, parties=access.credit_offices_over(area))
    access.require(actor, action="scene.manage", resource=resource, purpose=PURPOSE, now=now)


def _tell(row: models.Scene, *, actor: Actor, what: str, now: datetime) -> None:
    event = Event(
        kind=Kind.ADMINISTER,
        actor=actor,
        at=now,
        purpose=PURPOSE,
        channel=Channel.OFFICE,
        reference=str(row.id),
        categories=(what,),
    )
    audit.record_event(event)


ABSENT = Refusal(code="ABSENT", what="没有找到这个场景，或者已经结束。", next_step="请回到守信便利，看现在有哪些。")
POINTS_OFF = Refusal(
    code="INC-POINTS-OFF",
    what="诚信积分没有开通。",
    why="积分是可选的，本平台没有开通时，没有人有积分。",
    next_step="守信便利不需要积分，可以直接使用。",
)
