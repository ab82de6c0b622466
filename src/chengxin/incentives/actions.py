"""What a person may use: see it, take a code for it, have it redeemed; join and leave the points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import F

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.catalogue.contracts import Nature
from chengxin.database.contracts import Channel as Door
from chengxin.incentives import models
from chengxin.incentives.contracts import Answer, Deed, Open, Redeemed, Token, Wallet
from chengxin.incentives.rules import TOKEN_LASTS, earn, missing_for
from chengxin.incentives.scenes import ABSENT, POINTS_OFF, list_scenes, scene_of
from chengxin.incentives.tables import point_rules
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_code, read_code
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, Record

PURPOSE: Final = "own_benefits"
_REDEEMING: Final = "public_viewing"
_KEPT: Final = timedelta(days=1)


def own_benefits(actor: Actor, *, now: datetime) -> list[Open]:
    """Return the live scenes with what the person still lacks for each."""
    subject_id = _own(actor, action="benefit.read_own", now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        deeds = _deeds(own_good_records(subject_id, now=now))
        points = _points(subject_id, deeds)
    on = legal_day(now)
    return [
        Open(scene=one, missing=missing_for(one.draft.condition, deeds, points=points, on=on))
        for one in list_scenes(on=on)
    ]


def issue(actor: Actor, scene_id: UUID, *, now: datetime) -> Token:
    """Make a code for one use of a scene (出示凭证); the person's own log says so, the code names nobody."""
    subject_id = _own(actor, action="benefit.use", now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        row = models.Scene.objects.filter(id=scene_id).first()
        if row is None or not scene_of(row).is_live(legal_day(now)):
            raise Refused(ABSENT)
        scene = scene_of(row)
        deeds = _deeds(own_good_records(subject_id, now=now))
        if missing_for(scene.draft.condition, deeds, points=_points(subject_id, deeds), on=legal_day(now)):
            raise Refused(NOT_OPEN)
        models.Token.objects.filter(expires_at__lt=now - _KEPT).delete()
        # Cut to the minute: the row shall not be found by the moment the person's log names.
        code, expires_at = new_code(), now.replace(second=0, microsecond=0) + TOKEN_LASTS
        models.Token.objects.create(digest=_digest(code), scene_id=scene.id, expires_at=expires_at)
        audit.record_event(
            Event(
                kind=Kind.DISCLOSE,
                actor=actor,
                at=now,
                purpose=PURPOSE,
                channel=Door.SELF,
                subject_id=subject_id,
                categories=scene.draft.condition.items,
                reference=str(scene.id),
            )
        )
    return Token(code=code, scene=scene, expires_at=expires_at)


def redeem(text: str, *, actor: Actor, now: datetime) -> Answer:
    """Redeem a code (核验凭证): yes once, and nothing about anybody."""
    resource = Resource(kind="benefit")
    access.require(actor, action="benefit.redeem", resource=resource, purpose=_REDEEMING, now=now)
    code = read_code(text)
    teller = platform("benefits")
    with access.acting_for(teller, channel=Door.JOB, purpose=_REDEEMING):
        mine = models.Token.objects.filter(digest=_digest(code)) if code else models.Token.objects.none()
        if mine.filter(is_used=False, expires_at__gt=now).update(is_used=True) == 0:
            return Answer(redeemed=Redeemed.USED if mine.filter(is_used=True).exists() else Redeemed.NO)
        scene_id = mine.values_list("scene_id", flat=True).get()
        models.Scene.objects.filter(id=scene_id).update(used=F("used") + 1)
        told = Event(kind=Kind.VERIFY, actor=teller, at=now, purpose=_REDEEMING, channel=Door.PUBLIC)
        audit.record_event(told)
        return Answer(redeemed=Redeemed.YES, scene=scene_of(models.Scene.objects.get(id=scene_id)))


def join(actor: Actor, *, now: datetime) -> None:
    """Join the points (加入诚信积分); it is a setting of the person's own and writes no event."""
    subject_id = _member_only(actor, now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        models.Member.objects.get_or_create(subject_id=subject_id, defaults={"joined_at": now})


def leave(actor: Actor, *, now: datetime) -> None:
    """Leave the points (退出): nothing of them stays anywhere."""
    subject_id = _member_only(actor, now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        models.Member.objects.filter(subject_id=subject_id).delete()


def own_wallet(actor: Actor, *, now: datetime) -> Wallet | None:
    """Return a member's points, each with its line; None for who never joined."""
    subject_id = _member_only(actor, now=now)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        member = models.Member.objects.filter(subject_id=subject_id).first()
        if member is None:
            return None
        return Wallet(
            joined_at=member.joined_at, earned=earn(_deeds(own_good_records(subject_id, now=now)), point_rules())
        )


def own_good_records(subject_id: UUID, *, now: datetime) -> list[Record]:
    """Return the favourable records of a subject that stand at a moment; in the subject's own context.

    A subject still reads what was withdrawn, frozen or has run out (`SELF`); it opens nothing any more (`LISTED`).
    """
    return [
        one
        for one in records.list_of_subject(subject_id)
        if one.nature is Nature.FAVOURABLE and records.usable(one, channel=Channel.LISTED, at=now)
    ]


def _deeds(found: Sequence[Record]) -> list[Deed]:
    return [Deed(record_id=one.record_id, item=one.item_code, dated=one.determined_on) for one in found]


def _points(subject_id: UUID, deeds: Sequence[Deed]) -> int:
    if not settings.POINTS or not models.Member.objects.filter(subject_id=subject_id).exists():
        return 0
    return sum(one.points for one in earn(deeds, point_rules()))


def _own(actor: Actor, *, action: str, now: datetime) -> UUID:
    resource = Resource(kind="benefit", subject_id=actor.subject_id)
    access.require(actor, action=action, resource=resource, purpose=PURPOSE, now=now)
    assert actor.subject_id is not None
    return actor.subject_id


def _member_only(actor: Actor, *, now: datetime) -> UUID:
    if not settings.POINTS:
        raise Refused(POINTS_OFF)
    return _own(actor, action="benefit.use", now=now)


def _digest(code: str) -> bytes:
    return sha256(code.encode()).digest()


NOT_OPEN = Refusal(
    code="INC-NOT-OPEN",
    what="这个场景现在对您还没有开放。",
    why="它需要的守信记录还不够。这不影响您享受正常服务。",
    next_step="请在“守信便利”里看还差什么。",
)
