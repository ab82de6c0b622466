"""Register an association, file its charter and members, propose an act."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.associations import models
from chengxin.associations.contracts import KEEPING, Act, Charter, Member, Proposal
from chengxin.associations.queries import (
    PROCEDURE,
    act_of,
    charter_of,
    find_member,
    is_association,
    is_member,
    member_of,
    newest_charter,
)
from chengxin.associations.rules import why_not_act, why_not_charter, why_not_enrol
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.notices.facade import serve
from chengxin.subjects import facade as subjects

OVERSIGHT = "oversight"


def register(body: str, *, actor: Actor, now: datetime) -> None:
    """Register a body as an association (协会登记); its credit office does."""
    found = access.find_body(body)
    if found is None:
        raise Refused(Refusal(code="AS-BODY", what="没有这个单位。", next_step="请先登记单位。", field="body"))
    offices = frozenset(access.credit_offices_over(found.area))
    resource = Resource(kind="association", area=found.area, parties=offices)
    access.require(actor, action="association.register", resource=resource, purpose=OVERSIGHT, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=OVERSIGHT), transaction.atomic():
        models.Association.objects.get_or_create(body=body, defaults={"registered_at": now, "registered_by": actor.key})
        _record(actor, "register", body, kind=Kind.DECIDE, channel=Channel.OFFICE, purpose=OVERSIGHT, now=now)


def file_charter(actor: Actor, text: str, *, adopted_on: date, now: datetime) -> Charter:
    """File the next version of a charter (章程归档)."""
    _require(actor, now=now)
    refuse_if(why_not_charter(text, adopted_on=adopted_on, today=legal_day(now)))
    with access.acting_for(actor, channel=Channel.BODY, purpose=KEEPING), transaction.atomic():
        held = models.Charter.objects.filter(association=actor.body)
        row = models.Charter.objects.create(
            id=new_id(now),
            association=actor.body,
            version=(held.aggregate(last=Max("version"))["last"] or 0) + 1,
            text=text,
            adopted_on=adopted_on,
            filed_at=now,
            filed_by=actor.key,
        )
        _record(actor, "charter", str(row.id), kind=Kind.FILE, now=now)
    return charter_of(row)


def enrol(actor: Actor, *, uscc: str, number: str, joined_on: date, now: datetime) -> Member:
    """Enter an operator as a member (入会登记)."""
    _require(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=KEEPING), transaction.atomic():
        operator = subjects.find_operator(uscc)
        held = operator is not None and is_member(actor.body, operator.id)
        taken = find_member(actor.body, number) is not None
        refuse_if(
            why_not_enrol(
                is_operator=operator is not None, is_member=held or taken, joined_on=joined_on, today=legal_day(now)
            )
        )
        assert operator is not None
        row = models.Member.objects.create(
            id=new_id(now),
            association=actor.body,
            subject_id=operator.id,
            number=number.strip(),
            name=operator.name,
            joined_on=joined_on,
            filed_by=actor.key,
        )
        _record(actor, "member", str(row.id), kind=Kind.FILE, now=now)
    return member_of(row)


def end_membership(actor: Actor, number: str, *, now: datetime) -> None:
    """End a membership from today on (退会)."""
    _require(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=KEEPING), transaction.atomic():
        rows = models.Member.objects.filter(association=actor.body, number=number, left_on__isnull=True)
        if not rows.update(left_on=legal_day(now)):
            raise Refused(Refusal(code="ABSENT", what="没有这个会员。", next_step="请核对会员编号。"))
        _record(actor, "member", number, kind=Kind.DECIDE, now=now)


def propose(actor: Actor, proposal: Proposal, *, now: datetime) -> Act:
    """Propose an act against a member (拟采取自律措施): told with article and reasons, heard before anybody decides."""
    _require(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=KEEPING), transaction.atomic():
        member, charter = find_member(actor.body, proposal.member), newest_charter(actor.body)
        refuse_if(why_not_act(proposal, charter=charter, member=member))
        assert member is not None
        assert charter is not None
        act_id = new_id(now)
        case = casework.open_case(
            PROCEDURE,
            ref=Ref(kind=PROCEDURE, id=str(act_id), subject_id=member.subject_id),
            body=actor.body,
            opened_by=actor,
            facts={"kind": proposal.kind},
            now=now,
        )
        row = models.Act.objects.create(
            id=act_id,
            number=case.number,
            association=actor.body,
            member_id=member.id,
            subject_id=member.subject_id,
            case_id=case.id,
            kind=proposal.kind,
            charter_id=charter.id,
            article=proposal.article.strip(),
            reasons=proposal.reasons.strip(),
            proposed_by=actor.key,
        )
        serve(
            kind="associations.told",
            text="association_told",
            parameters={"number": case.number},
            reference=case.number,
            to_subject=member.subject_id,
            actor=actor,
            now=now,
        )
        return act_of(row)


def _require(actor: Actor, *, now: datetime) -> None:
    """Refuse whoever does not keep the members of a registered association."""
    resource = Resource(kind="association", body=actor.body)
    access.require(actor, action="association.keep", resource=resource, purpose=KEEPING, now=now)
    if not is_association(actor.body):
        raise Refused(
            Refusal(
                code="AS-NOT-REGISTERED",
                what="本单位没有登记为协会。",
                next_step="请向信用主管部门申请登记。",
                basis=("D/association-apart",),
            )
        )


def _record(
    actor: Actor,
    what: str,
    reference: str,
    *,
    kind: Kind,
    now: datetime,
    channel: Channel = Channel.BODY,
    purpose: str = KEEPING,
) -> None:
    record_event(
        Event(
            kind=kind,
            actor=actor,
            at=now,
            purpose=purpose,
            channel=channel,
            reference=reference,
            categories=(f"association.{what}",),
            count=1,
        )
    )
