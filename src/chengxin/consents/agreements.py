"""Data-cooperation agreements (数据合作协议): concluded by two officers, published, with an end and a switch.

An agreement opens named fields of what is public of operators to one partner; never a personal field, never a record
that is not public. `access.decide` asks it at every call, so that nothing flows a moment after it ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Allow, Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.catalogue import facade as catalogue
from chengxin.consents import models
from chengxin.consents.agreement_rules import why_not_conclude
from chengxin.consents.contracts import COOPERATION, Agreement, Terms
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day, start_of
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if

OVERSIGHT: Final = "oversight"


def draft_agreement(actor: Actor, terms: Terms, *, now: datetime) -> Agreement:
    """Draft an agreement (起草); nothing flows before a second officer has approved it."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=OVERSIGHT), transaction.atomic():
        _may(actor, terms.partner, now=now)
        items = {code: catalogue.find_item(code, on=legal_day(now)) for code in terms.item_fields}
        refuse_if(why_not_conclude(terms, items=items, today=legal_day(now), pack=settings.LAW_PACK))
        if models.Agreement.objects.filter(number=terms.number.strip()).exists():
            raise Refused(
                Refusal(code="AG-NUMBER", what="这个文号已经有协议。", next_step="请核对文号。", field="number")
            )
        row = models.Agreement.objects.create(
            id=new_id(now),
            number=terms.number.strip(),
            partner=terms.partner,
            purpose=terms.purpose.strip(),
            basis=list(terms.basis),
            item_fields={code: list(names) for code, names in terms.item_fields.items()},
            summary=terms.summary.strip(),
            starts_on=terms.starts_on,
            ends_on=terms.ends_on,
            drafted_by=actor.key,
        )
        _record(actor, row, "agreement.drafted", now=now)
    return agreement_of(row)


def approve_agreement(actor: Actor, agreement_id: UUID, *, now: datetime) -> Agreement:
    """Put an agreement in force (批准): another officer than who drafted it; it is public from here on."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=OVERSIGHT), transaction.atomic():
        row = _locked(actor, agreement_id, now=now)
        if row.drafted_by == actor.key:
            raise Refused(
                Refusal(
                    code="AG-SAME-HAND",
                    what="协议是您起草的，不能由您批准。",
                    why="对外提供数据要两个人决定。",
                    next_step="请交给同事批准。",
                )
            )
        if row.approved_at is None:
            row.approved_at, row.approved_by = now, actor.key
            row.save(update_fields=["approved_at", "approved_by"])
            _record(actor, row, "agreement.approved", now=now)
    return agreement_of(row)


def stop_agreement(actor: Actor, agreement_id: UUID, *, because: str, now: datetime) -> Agreement:
    """Stop an agreement at once (停用): one officer is enough, and the next call already gets nothing."""
    if len(because.strip()) < 2:
        raise Refused(Refusal(code="AG-REASON", what="请写明停用的理由。", why="理由会公开。", field="because"))
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=OVERSIGHT), transaction.atomic():
        row = _locked(actor, agreement_id, now=now)
        if row.stopped_at is None:
            row.stopped_at, row.stopped_by, row.stopped_because = now, actor.key, because.strip()[:200]
            row.save(update_fields=["stopped_at", "stopped_by", "stopped_because"])
            _record(actor, row, "agreement.stopped", now=now)
    return agreement_of(row)


def list_agreements(*, drafts: bool = False) -> list[Agreement]:
    """Return the agreements, the newest first; drafts are the office's alone."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"):
        rows = models.Agreement.objects.order_by("-id")
        return [agreement_of(row) for row in (rows if drafts else rows.filter(approved_at__isnull=False))]


def agreed_fields(
    actor: Actor, items: set[str], *, now: datetime
) -> tuple[Mapping[str, frozenset[str]], Mapping[str, str]]:
    """Return the fields the decision opens to a partner by item, and what it said of each agreement by number.

    Inside the context of whoever asks. Every agreement that has begun is asked, also one that ended: it is the
    decision that refuses it, at this moment.
    """
    rows = models.Agreement.objects.filter(
        partner=actor.body, approved_at__isnull=False, starts_on__lte=legal_day(now)
    ).order_by("id")
    opened: dict[str, frozenset[str]] = {}
    answers: dict[str, str] = {}
    for agreement in (agreement_of(row) for row in rows if actor.body):
        for code in sorted(agreement.items):
            answer = access.decide(
                actor,
                action="record.read_agreed",
                resource=Resource(kind="record", item_code=code, is_public=True),
                purpose=COOPERATION,
                authorisation=agreement,
                purpose_rule=agreement.of(code),
                now=now,
            )
            answers[agreement.number] = "" if isinstance(answer, Allow) else answer.refusal.code
            if isinstance(answer, Allow) and code in items:
                opened[code] = opened.get(code, frozenset()) | (answer.only or frozenset())
    return opened, answers


def agreement_of(row: models.Agreement) -> Agreement:
    """Return an agreement as other packages see it."""
    terms = Terms(
        number=row.number,
        partner=row.partner,
        purpose=row.purpose,
        basis=tuple(row.basis),
        item_fields={code: tuple(names) for code, names in row.item_fields.items()},
        summary=row.summary,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
    return Agreement(
        id=row.id,
        terms=terms,
        until=start_of(row.ends_on),
        approved_on=legal_day(row.approved_at) if row.approved_at else None,
        revoked_at=row.stopped_at,
        stopped_because=row.stopped_because,
    )


def _locked(actor: Actor, agreement_id: UUID, *, now: datetime) -> models.Agreement:
    row = models.Agreement.objects.select_for_update().filter(id=agreement_id).first()
    if row is None:
        raise Refused(Refusal(code="ABSENT", what="没有这份协议。", next_step="请从协议列表打开。"))
    _may(actor, row.partner, now=now)
    return row


def _may(actor: Actor, partner: str, *, now: datetime) -> None:
    body = access.find_body(partner)
    if body is None:
        raise Refused(
            Refusal(code="AG-PARTNER", what="没有登记这个单位。", next_step="请核对单位代码。", field="partner")
        )
    resource = Resource(kind="agreement", area=body.area, parties=access.credit_offices_over(body.area))
    access.require(actor, action="agreement.manage", resource=resource, purpose=OVERSIGHT, now=now)


def _record(actor: Actor, row: models.Agreement, what: str, *, now: datetime) -> None:
    audit.record_event(
        Event(
            kind=Kind.ADMINISTER,
            actor=actor,
            at=now,
            purpose=OVERSIGHT,
            channel=Channel.OFFICE,
            reference=str(row.id),
            categories=(what,),
        )
    )
