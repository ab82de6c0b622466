"""Register institutions for a purpose, suspend them, note their audits: the credit office of their area does."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.consents import models, queries
from chengxin.consents.contracts import Grant
from chengxin.consents.purpose_table import find_rule
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused


def register(actor: Actor, *, body: str, rule: str, registration: str, now: datetime) -> Grant:
    """Register an institution for a purpose (登记查询资格); once per purpose."""
    area = access.get_body(body).area
    found = find_rule(rule)
    if found is None or not found.needs_consent:
        raise Refused(Refusal(code="Q-NO-RULE", what="没有这项用途规则。", field="rule"))
    _may(actor, area=area, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=_purpose(actor)):
        row = models.Grant.objects.create(
            id=new_id(now),
            body=body,
            area=area,
            rule=rule,
            registration=registration,
            starts_on=legal_day(now),
            given_by=actor.key,
        )
        _tell(row, actor=actor, now=now, what="grant.registered")
    return queries.grant_of(row)


def suspend(actor: Actor, grant_id: UUID, *, because: str, now: datetime) -> None:
    """Suspend a registration (暂停): from its commit no call of the institution is served."""
    if not because.strip():
        raise Refused(Refusal(code="G-REASON", what="请写明暂停的理由。", why="机构会看到这个理由。", field="because"))
    _change(actor, grant_id, now=now, what="grant.suspended", suspended_at=now, suspended_because=because.strip()[:200])


def resume(actor: Actor, grant_id: UUID, *, now: datetime) -> None:
    """Let a suspended institution ask again (恢复)."""
    _change(actor, grant_id, now=now, what="grant.resumed", suspended_at=None, suspended_because="")


def note_audit(actor: Actor, grant_id: UUID, *, now: datetime) -> None:
    """Write down that an institution was audited today (检查)."""
    _change(actor, grant_id, now=now, what="grant.audited", audited_on=legal_day(now))


def _change(actor: Actor, grant_id: UUID, *, now: datetime, what: str, **changes: object) -> None:
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=_purpose(actor)):
        row = models.Grant.objects.select_for_update().filter(id=grant_id).first()
        if row is None:
            raise Refused(Refusal(code="ABSENT", what="没有这项登记。"))
        _may(actor, area=row.area, now=now)
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=list(changes))
        _tell(row, actor=actor, now=now, what=what)


def _may(actor: Actor, *, area: str, now: datetime) -> None:
    resource = Resource(kind="grant", area=area, parties=access.credit_offices_over(area))
    access.require(actor, action="grant.manage", resource=resource, purpose=_purpose(actor), now=now)


def _purpose(actor: Actor) -> str:
    return "administration" if actor.has(Role.PLATFORM) else "oversight"


def _tell(row: models.Grant, *, actor: Actor, now: datetime, what: str) -> None:
    audit.record_event(
        Event(
            kind=Kind.ADMINISTER,
            actor=actor,
            at=now,
            purpose=_purpose(actor),
            channel=Channel.OFFICE,
            reference=str(row.id),
            categories=(what,),
        )
    )
