"""Take a complaint in, follow it by its code, answer it, pay it; what is told goes straight into sealed files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Max

from chengxin.access import facade as access
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.complaints import facade as tips
from chengxin.complaints.contracts import Told as TipTold
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel
from chengxin.disputes import models
from chengxin.disputes.contracts import Contact, Offer, Received, Respondent, Told
from chengxin.disputes.promises import pay_out
from chengxin.disputes.reaching import (
    BY_CODE,
    CALLER,
    CONSUMER,
    FOLLOWING,
    HANDLING,
    TAG,
    absent,
    access_dispute,
    acting,
    by_code,
    no_such_code,
)
from chengxin.disputes.respondents import respondent_of
from chengxin.disputes.rules import LONGEST, scrub, why_not_known, why_not_offered, why_not_said
from chengxin.disputes.tables import asks, matters, tip_of
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.notices.facade import serve


def receive(told: Told, *, papers: Sequence[str] = (), now: datetime) -> Received:
    """Receive a complaint (收到投诉); a breach of law told with it becomes a tip of its own, which the shop never sees.

    `papers` are digests of papers kept by `casework.keep_papers`. The code is never to be read again.
    """
    against = respondent_of(told)
    known = {"matters": matters(against.procedure), "asks": asks(against.procedure)}
    refuse_if(why_not_said(told.text) or why_not_known(told.matter, told.asks, **known))
    code = tips.new_code()
    with transaction.atomic():
        number = _enter(told, against, code, papers, now=now)
        breach, kind = TipTold(text=told.breach), tip_of(told.matter)
        tip = tips.receive(kind, breach, papers=(), now=now) if told.breach.strip() else None
    return Received(number=number, code=code, tip_number=tip.number if tip else "", tip_code=tip.code if tip else "")


def _enter(told: Told, against: Respondent, code: str, papers: Sequence[str], *, now: datetime) -> str:
    """Open the case with whoever answers first, and write down what was told."""
    contact = told.contact
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING), transaction.atomic():
        dispute_id = new_id(now)
        case = casework.open_case(
            against.procedure,
            ref=Ref(kind="dispute", id=str(dispute_id), subject_id=against.subject_id),
            body=against.body or against.authority,
            opened_by=CONSUMER,
            facts={"authority": against.authority, "number": against.number},
            now=now,
        )
        row = models.Dispute.objects.create(
            id=dispute_id,
            number=case.number,
            case_id=case.id,
            tag=tips.tag_of(code, column=TAG),
            platform=against.body,
            procedure=against.procedure,
            shop_id=against.shop_id,
            subject_id=against.subject_id,
            trade_id=against.trade_id,
            matter=told.matter,
            institution=told.institution,
            asks=told.asks,
            asked_fen=told.asked_fen,
            contact=_seal(contact),
            shares_contact=told.shares_contact and contact.is_given,
            caller_tag=caller_of(contact.phone),
            public_text=scrub(told.text) if told.may_publish and against.shop_id else "",
            received_at=now,
        )
        _add(row, text=told.text, papers=papers, parcel=told.order if told.company else "", now=now)
        if against.subject_id is not None:
            _tell(case, against.subject_id, now=now)
    return case.number


def act_by_code(code: str, *, verb: str, text: str = "", papers: Sequence[str] = (), now: datetime) -> None:
    """Do what the consumer decides (投诉人办理), known by the code alone: agree, go up, confirm, withdraw, add."""
    row = by_code(code)
    if verb not in BY_CODE:
        raise Refused(no_such_code())
    if verb == "add":
        refuse_if(why_not_said(text))
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING), transaction.atomic():
        if verb == "agree":
            last = models.Terms.objects.filter(dispute_id=row.id).order_by("-place").first()
            offer = Offer(what=last.what, fen=last.fen) if last else Offer()
            write_terms(row, offer, stage="agreed", actor=CONSUMER, now=now)
        if verb == "add":
            _add(row, text=text, papers=papers, now=now)
        casework.take(row.case_id, verb=verb, actor=CONSUMER, now=now)


def name_by_code(code: str, contact: Contact, *, shares: bool, now: datetime) -> None:
    """Take the contact that the consumer leaves later (补充联系方式): the authority accepts only with it (TS 9, 15)."""
    row = by_code(code)
    if not contact.is_given:
        raise Refused(Refusal(code="DSP-CONTACT", what="还没有写联系方式。", next_step="请至少写一项。", field="phone"))
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING), transaction.atomic():
        kept = {"contact": _seal(contact), "shares_contact": shares, "caller_tag": caller_of(contact.phone)}
        models.Dispute.objects.filter(id=row.id).update(**kept)
        casework.take(row.case_id, verb="add", actor=CONSUMER, now=now)


def act(
    actor: Actor,
    dispute_id: UUID,
    *,
    verb: str,
    reasons: str,
    offer: Offer | None = None,
    reply: str = "",
    now: datetime,
) -> Case:
    """Take a verb for the shop, its platform or the authority (办理投诉), with the terms it is about, if any."""
    with acting(actor), transaction.atomic():
        row = access_dispute(actor, dispute_id, now=now)
        refuse_if(casework.why_not_take(row.case_id, verb=verb, actor=actor, reasons=reasons, evidence=()))
        if verb in STAGES:
            from_fund = verb == "pay_for"
            said = write_terms(row, offer or Offer(), stage=STAGES[verb], actor=actor, now=now, from_fund=from_fund)
            if said.from_fund:
                pay_out(actor, row, said.fen, done_on=said.done_on or legal_day(now), now=now)
        done = casework.take(row.case_id, verb=verb, actor=actor, now=now, reasons=reasons)
    if reply.strip() and actor.subject_id is not None:
        with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
            models.Dispute.objects.filter(id=row.id).update(public_reply=scrub(reply))
    return done


def open_entry(actor: Actor, dispute_id: UUID, digest: str, *, now: datetime) -> bytes:
    """Open what the consumer wrote or shows, for the shop, its platform or the authority; an event each time."""
    with acting(actor):
        return tips.seen(_entry(access_dispute(actor, dispute_id, now=now), digest), tips.opened)


def uncover(actor: Actor, dispute_id: UUID, digest: str, *, reasons: str, now: datetime) -> bytes:
    """Open a paper uncovered (查看遮住的部分) for the authority that handles it, as a step that both sides read."""
    refuse_if(tips.why_not_uncovered(reasons))
    with acting(actor):
        with transaction.atomic():
            row = access_dispute(actor, dispute_id, now=now)
            if not _entry(row, digest).is_paper:
                raise Refused(absent())
            casework.take(row.case_id, verb="uncover", actor=actor, now=now, reasons=reasons.strip())
            _record(actor, row, "uncovered", now=now)
        return tips.opened(digest)


def show_by_code(code: str, digest: str, *, wish: str, cells: Collection[int], now: datetime) -> None:
    """Take which part of one's own paper may be seen (露出的部分), known by the code alone; the last word counts."""
    shown, row = tips.mark_of(open_own(code, digest), wish, cells), by_code(code)
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING), transaction.atomic():
        if not _entry(row, digest).is_paper:
            raise Refused(no_such_code())
        place = tips.last_place(models.Entry.objects.filter(dispute_id=row.id)) + 1
        marked = {"digest": digest, "is_paper": True, "shown": shown}
        models.Entry.objects.create(id=new_id(now), dispute_id=row.id, place=place, at=now, **marked)


def open_contact(actor: Actor, dispute_id: UUID, *, now: datetime) -> Contact:
    """Open who complains, for the authority, and for the shop and its platform where the consumer allowed it."""
    with acting(actor):
        row = access_dispute(actor, dispute_id, now=now)
        case = casework.access_case(row.case_id, actor=actor)
        is_authority = bool(actor.body) and actor.body == case.body != row.platform
        if not row.contact or not (row.shares_contact or is_authority):
            raise Refused(absent())
        _record(actor, row, "contact", now=now)
        said = orjson.loads(tips.opened(row.contact))
    return Contact(name=said["name"], phone=said["phone"], address=said["address"])


def open_own(code: str, digest: str) -> bytes:
    """Open what one wrote oneself, by the code."""
    row = by_code(code)
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=FOLLOWING, case_ref=bytes(row.tag).hex()):
        if not models.Entry.objects.filter(dispute_id=row.id, digest=digest).exists():
            raise Refused(no_such_code())
        return tips.opened(digest)


def join(actor: Actor, dispute_id: UUID, number: str, *, now: datetime) -> None:
    """Handle a complaint together with another about the same shop (共同投诉): each keeps its code and its outcome."""
    with acting(actor):
        row = access_dispute(actor, dispute_id, now=now)
        case = casework.access_case(row.case_id, actor=actor)
        about = {"shop_id": row.shop_id, "subject_id": row.subject_id}
        other = models.Dispute.objects.filter(number=number, **about).exclude(id=row.id).first()
        if other is None or case.is_closed or case.body != actor.body or other.joined_to is not None:
            raise Refused(
                Refusal(
                    code="DSP-JOIN",
                    what="这两件不能并在一起办。",
                    why="共同投诉要是同一家店铺或者同一家企业、都由本单位办理、还没有办结，并进的那件自己没有并给别人。",
                    next_step="请核对编号。",
                    basis=("TS/11",),
                    field="number",
                )
            )
        _record(actor, row, "joined", now=now)
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
        models.Dispute.objects.filter(id=row.id).update(joined_to=other.id)


STAGES: Final = {"answer": "offered", "answer_for": "offered", "settle": "agreed", "pay": "paid", "pay_for": "paid"}


def write_terms(
    row: models.Dispute, offer: Offer, *, stage: str, actor: Actor, now: datetime, from_fund: bool = False
) -> models.Terms:
    """Add what was offered, agreed or paid; inside the context of whoever says so."""
    refuse_if(why_not_offered(offer, stage=stage, today=legal_day(now), asks=asks(row.procedure)))
    last = models.Terms.objects.filter(dispute_id=row.id).aggregate(last=Max("place"))["last"] or 0
    return models.Terms.objects.create(
        id=new_id(now),
        dispute_id=row.id,
        place=last + 1,
        stage=stage,
        what=offer.what,
        fen=offer.fen,
        done_on=offer.done_on if stage == "paid" else None,
        from_fund=from_fund,
        actor_key=actor.key,
        at=now,
    )


def caller_of(phone: str) -> bytes | None:
    """Return the keyed hash of a telephone number, by its digits; None where there is none."""
    digits = "".join(character for character in phone if character.isdecimal())[-11:]
    return crypto.blind(CALLER, digits) if len(digits) >= 7 else None


def _seal(contact: Contact) -> str:
    if not contact.is_given:
        return ""
    return tips.seal({"name": contact.name, "phone": contact.phone, "address": contact.address})


def _add(row: models.Dispute, *, text: str, papers: Sequence[str], now: datetime, parcel: str = "") -> None:
    last = tips.last_place(models.Entry.objects.filter(dispute_id=row.id))
    said = {"text": scrub(text, longest=LONGEST)} | ({"parcel": parcel} if parcel else {})
    kept = [(tips.seal(said), False), *((digest, True) for digest in papers)]
    models.Entry.objects.bulk_create(
        models.Entry(id=new_id(now), dispute_id=row.id, place=last + place, at=now, digest=digest, is_paper=is_paper)
        for place, (digest, is_paper) in enumerate(kept, start=1)
    )


def _entry(row: models.Dispute, digest: str) -> models.Entry:
    """Return what was handed in and is still kept, a paper with its last mark."""
    rows = models.Entry.objects.filter(dispute_id=row.id, digest=digest).order_by("place")
    return tips.still_kept(rows, is_destroyed=row.destroyed_at is not None, absent=absent())


def _tell(case: Case, subject_id: UUID, *, now: datetime) -> None:
    serve(
        to_subject=subject_id,
        kind=f"{case.procedure}.received",
        text=f"{case.procedure}_received",
        parameters={"number": case.number},
        reference=case.number,
        actor=CONSUMER,
        now=now,
    )


def _record(actor: Actor, row: models.Dispute, what: str, *, now: datetime) -> None:
    record_event(
        Event(
            kind=Kind.DECIDE if what == "joined" else Kind.DISCLOSE,
            actor=actor,
            at=now,
            purpose=HANDLING,
            channel=Channel.BODY if actor.body else Channel.SELF,
            reference=row.number,
            categories=(f"dispute.{what}",),
        )
    )
