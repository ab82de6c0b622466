"""Grant, accept and end a mandate, and begin to act on it: each act is told to the represented."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_number
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.law import facade as law
from chengxin.notices import facade as notices
from chengxin.representation import models, queries
from chengxin.representation.contracts import BY_LAW, Both, Ground, Mandate, Standing, Wanted
from chengxin.representation.queries import BASIS, PURPOSE
from chengxin.representation.rules import ABSENT, ENDED, RESTING, end_day, read_number, why_not_end, why_not_grant
from chengxin.representation.scopes import LOOK, actions_of, scopes
from chengxin.subjects import facade as subjects

LAW: Final = law.beside(__file__)


def grant(actor: Actor, wanted: Wanted, *, now: datetime) -> Mandate:
    """Offer somebody a mandate (委托): it allows nothing before they accept it, and whether they exist is not said."""
    me, subject_id = own(actor, action="representation.grant", now=now)
    chosen = tuple(dict.fromkeys((LOOK, *wanted.scopes)))
    on = legal_day(now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        tag = subjects.number_tag(IdentifierKind.ID_NO, read_number(wanted.number))
        given = [queries.mandate_of(row) for row in queries.list_given(subject_id)]
        standing = [one for one in given if one.standing(on) in {Standing.OFFERED, Standing.LIVE}]
        is_self = subjects.has_number(subject_id, tag)
        refuse_if(
            why_not_grant(
                Wanted(name=wanted.name, number=wanted.number, scopes=chosen, days=wanted.days),
                known=scopes().keys(),
                longest=longest(now),
                is_self=is_self,
                standing=len(standing),
            )
        )
        mandate_id = new_id(now)
        (sealed,) = subjects.seal_many(
            [subject_id], [wanted.name.strip().encode()], aads=[queries.name_aad(mandate_id)]
        )
        row = models.Mandate.objects.create(
            id=mandate_id,
            number=new_number("WT", day=on),
            subject_id=subject_id,
            ground=Ground.MANDATE.value,
            scopes=list(chosen),
            sealed_name=sealed,
            holder_tag=tag,
            granted_at=now,
            granted_by=me.key,
            ends_on=end_day(wanted.days, on=on),
        )
        tell(me, row, kind=Kind.CONSENT, now=now)
    return queries.mandate_of(row)


def accept(actor: Actor, mandate_id: UUID, *, now: datetime) -> Mandate:
    """Accept a mandate offered to one's own number (接受委托); from then on one may act on it."""
    me, subject_id = own(actor, action="representation.accept", now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        is_offered = mandate_id in {one.id for one in queries.list_offered(subject_id, now=now)}
        row = models.Mandate.objects.select_for_update().filter(id=mandate_id).first() if is_offered else None
        if row is None:
            raise Refused(ABSENT)
        models.Mandate.objects.filter(id=row.id).update(holder_key=me.key, holder_tag=None, accepted_at=now)
        row = models.Mandate.objects.get(id=row.id)
        tell(stand_in(me, queries.mandate_of(row)), row, kind=Kind.DECIDE, now=now)
    return _noticed(me, row, text="representation_accepted", now=now)


def end(actor: Actor, mandate_id: UUID, *, now: datetime) -> None:
    """End a mandate from either side (结束代办): whoever gave it takes it back, whoever holds it hands it back.

    What the law gave is handed back in its case, so that the case and what `subjects` keeps end with it.
    """
    me, subject_id = own(actor, action="representation.end", now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        row = models.Mandate.objects.filter(id=mandate_id).first()
        if row is None or (row.subject_id != subject_id and row.holder_key != me.key):
            raise Refused(ABSENT)
        refuse_if(why_not_end(Ground(row.ground), is_holder=row.holder_key == me.key))
        applied = models.Application.objects.filter(id=row.id).first() if row.ground in BY_LAW else None
    if applied is not None:
        if row.ended_at is None:
            casework.carry_out(applied.case_id, verb="hand_back", actor=me, now=now)
        return
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        row = models.Mandate.objects.select_for_update().get(id=mandate_id)
        if row.ended_at is not None:
            return
        models.Mandate.objects.filter(id=row.id).update(ended_at=now, ended_by=me.key, holder_tag=None)
        by = me if row.subject_id == subject_id else stand_in(me, queries.mandate_of(row))
        tell(by, row, kind=Kind.REVOKE, now=now)


def begin(actor: Actor, mandate_id: UUID, *, now: datetime) -> tuple[Mandate, str]:
    """Begin to act for somebody: return the mandate and the person's name, which they see that one was shown."""
    me, _ = own(actor, action="representation.read", now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        held = next((one for one in queries.list_held(me.key) if one.id == mandate_id), None)
    live = queries.find_live(me, mandate_id, held.subject_id, now=now) if held else None
    if held is not None and held.standing(legal_day(now)) is Standing.RESTING:
        raise Refused(RESTING)
    if live is None:
        raise Refused(ENDED if held else ABSENT)
    acting = stand_in(me, live)
    with access.acting_for(acting, channel=Channel.SELF, purpose=PURPOSE):
        name = _name_of(live.subject_id, actor=acting, reference=live.number, now=now)
    return live, name


def both_sides(actor: Actor, *, now: datetime) -> Both:
    """Return who acts for the subject who asks, and for whom they act."""
    me, subject_id = own(actor, action="representation.read", now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        rows = queries.list_given(subject_id)
        names = queries.open_names(rows, actor=me, now=now)
        return Both(
            given=[(queries.mandate_of(row), name) for row, name in zip(rows, names, strict=True)],
            held=queries.list_held(me.key),
            offered=queries.list_offered(subject_id, now=now),
            filed=[queries.application_of(row) for row in queries.list_filed(subject_id)],
            about=[queries.application_of(row) for row in queries.list_about(subject_id)],
            is_arranged=queries.is_arranged(subject_id),
        )


def stand_in(actor: Actor, mandate: Mandate) -> Actor:
    """Return the actor an account is while it acts on a mandate."""
    return access.representing(actor, mandate.subject_id, scope=actions_of(mandate.scopes), ground=mandate.ground.value)


def longest(now: datetime) -> int:
    """Return how many days a mandate may last at most."""
    return int(LAW.value("representation.lasts", on=legal_day(now), pack=settings.LAW_PACK).number)


def _name_of(subject_id: UUID, *, actor: Actor, reference: str, now: datetime) -> str:
    sealed = subjects.current_name(subject_id)
    assert sealed is not None  # Only a person gives a mandate.
    (name,) = audit.disclose(
        [sealed], actor=actor, now=now, purpose=PURPOSE, channel=Channel.SELF, basis=BASIS, reference=reference
    )
    return name.decode()


def _noticed(me: Actor, row: models.Mandate, *, text: str, now: datetime) -> Mandate:
    """Tell the represented; in the name of who now acts for them, so in a transaction of its own."""
    mandate = queries.mandate_of(row)
    acting = stand_in(me, mandate)
    with access.acting_for(acting, channel=Channel.SELF, purpose=PURPOSE):
        notices.serve(
            kind=f"{PURPOSE}.accept",
            text=text,
            parameters={"number": mandate.number, "day": mandate.ends_on.isoformat()},
            reference=mandate.number,
            to_subject=mandate.subject_id,
            actor=acting,
            now=now,
        )
    return mandate


def own(actor: Actor, *, action: str, now: datetime) -> tuple[Actor, UUID]:
    """Return who acts in their own matters here, without their employer, and their subject; or refuse."""
    if actor.subject_id is None:
        raise Refused(
            Refusal(code="SIGN_IN_REQUIRED", what="请先登录，再办理代办。", next_step="请用您本人的账户登录。")
        )
    me = actor.as_person()
    resource = Resource(kind=PURPOSE, subject_id=actor.subject_id)
    access.require(me, action=action, resource=resource, purpose=PURPOSE, now=now)
    return me, actor.subject_id


def tell(actor: Actor, row: models.Mandate, *, kind: Kind, now: datetime) -> None:
    """Write for the represented what was done with a mandate."""
    audit.record_event(
        Event(
            kind=kind,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=Channel.SELF,
            subject_id=row.subject_id,
            basis=BASIS,
            reference=row.number,
        )
    )
