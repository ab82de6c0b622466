"""Enter a courier company and its branches: the postal authority alone. Look one up for a use, logged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework.contracts import Words
from chengxin.couriers import models
from chengxin.couriers.contracts import KEEPING, Branch, Company, Entry, Fact, Use
from chengxin.couriers.queries import company_of, get_company, list_facts
from chengxin.couriers.rules import ABSENT, UNKNOWN, is_marking, why_not_authority, why_not_enter
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refused, refuse_if
from chengxin.subjects import facade as subjects


def register_company(actor: Actor, entry: Entry, *, now: datetime) -> Company:
    """Enter a courier company in the register (寄递企业名录), or its names and body anew."""
    _require_authority(actor, entry.kind, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=KEEPING), transaction.atomic():
        operator = subjects.find_operator(entry.uscc)
        if operator is None:
            raise Refused(UNKNOWN)
        others = (
            models.Company.objects.filter(kind=entry.kind).exclude(uscc=operator.uscc).values_list("names", flat=True)
        )
        refuse_if(why_not_enter(entry, taken={name for names in others for name in names}))
        said = {"names": [name.strip() for name in entry.names], "body": entry.body, "name": operator.name}
        plain = {
            "kind": entry.kind,
            "subject_id": operator.id,
            "authority": actor.body,
            "registered_at": now,
            "registered_by": actor.key,
        }
        row, made = models.Company.objects.get_or_create(
            uscc=operator.uscc, defaults={"id": new_id(now), **said, **plain}
        )
        if not made:
            for name, value in said.items():
                setattr(row, name, value)
            row.save(update_fields=[*said])
        _record(actor, "company", reference=operator.uscc, now=now)
    return company_of(row)


def file_branches(actor: Actor, uscc: str, branches: Sequence[Branch], *, now: datetime) -> int:
    """Enter the branches and outlets of a company (分支机构、末端网点备案); return how many are new."""
    _require_authority(actor, "courier", now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=KEEPING), transaction.atomic():
        company = models.Company.objects.filter(uscc=uscc, authority=actor.body).first()
        if company is None:
            raise Refused(ABSENT)
        new = sum(_enter(company.id, one, now=now) for one in branches)
        _record(actor, "branch", reference=uscc, now=now, count=len(branches))
    return new


def _enter(company_id: UUID, branch: Branch, *, now: datetime) -> bool:
    said = {"name": branch.name, "area": branch.area, "closed_on": branch.closed_on}
    days = {"opened_on": branch.opened_on, "filed_on": branch.filed_on}
    row, made = models.Branch.objects.get_or_create(
        company_id=company_id, number=branch.number, defaults={"id": new_id(now), **said, **days}
    )
    if not made:
        for name, value in said.items():
            setattr(row, name, value)
        row.save(update_fields=[*said])
    return made


def _require_authority(actor: Actor, kind: str, *, now: datetime) -> None:
    resource = Resource(kind="courier", body=actor.body)
    access.require(actor, action="courier.register", resource=resource, purpose=KEEPING, now=now)
    refuse_if(why_not_authority(kind, fields=access.get_body(actor.body).fields_of_work))


def _record(actor: Actor, what: str, *, reference: str, now: datetime, count: int = 1) -> None:
    record_event(
        Event(
            kind=Kind.FILE,
            actor=actor,
            at=now,
            purpose=KEEPING,
            channel=Channel.BODY,
            reference=reference,
            categories=(f"courier.{what}",),
            count=count,
        )
    )


def look(actor: Actor, uscc: str, use: Use, *, now: datetime) -> tuple[list[Fact], Words]:
    """Look up a company for one of the uses (应用): its facts for that use and the plan that follows, logged for it."""
    company = get_company(uscc, kind=use.kind)
    log_look(actor, company, basis=use.basis, items=use.items, reference=use.code, now=now)
    facts = [one for one in list_facts(company.subject_id, kind=use.kind, now=now) if one.item in use.items]
    return facts, use.plans["marked" if any(is_marking(one) for one in facts) else "clear"]


def log_look(
    actor: Actor, company: Company, *, basis: tuple[str, ...], items: frozenset[str], reference: str, now: datetime
) -> None:
    """Let an officer look at a company for a use, or refuse; the look is in the log that the company reads."""
    resource = Resource(kind="courier", body=actor.body)
    access.require(actor, action="courier.look", resource=resource, purpose=KEEPING, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=KEEPING), transaction.atomic():
        record_event(
            Event(
                kind=Kind.SEARCH,
                actor=actor,
                at=now,
                purpose=KEEPING,
                channel=Channel.BODY,
                subject_id=company.subject_id,
                basis=basis,
                categories=tuple(sorted(items)),
                reference=reference,
            )
        )
