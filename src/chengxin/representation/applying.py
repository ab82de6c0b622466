"""Ask to act by law for a ward or a deceased relative, follow it, take it back; arrange for after death."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import orjson
from django.db import transaction

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref, Step
from chengxin.crypto.contracts import Aad
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.notices import facade as notices
from chengxin.representation import models, queries
from chengxin.representation.actions import own
from chengxin.representation.contracts import Application, Claim
from chengxin.representation.queries import PURPOSE, application_of
from chengxin.representation.rules import read_number, why_not_apply
from chengxin.subjects import facade as subjects

PROCEDURE: Final = "representation"


def offices() -> dict[str, str]:
    """Return the credit offices that check such applications, by code, with their names."""
    return {one.code: casework.body_name(one.code) for one in access.list_bodies() if one.is_credit_office}


def apply(actor: Actor, claim: Claim, *, document: casework.Sent, relation: casework.Sent, now: datetime) -> str:
    """Ask to act by law and return the number; whether such a person is on file is not said, and nobody is looked up.

    `document` is the judgment or the death certificate, `relation` what shows who the applicant is to them.
    """
    me, subject_id = own(actor, action="representation.apply", now=now)
    papers = casework.keep_papers([document, relation])
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE), transaction.atomic():
        tag = subjects.number_tag(IdentifierKind.ID_NO, read_number(claim.number))
        is_self = subjects.has_number(subject_id, tag)
        standing = sum(one.closed_at is None for one in queries.list_filed(subject_id))
        refuse_if(why_not_apply(claim, offices=offices().keys(), is_self=is_self, standing=standing))
        application_id = new_id(now)
        case = casework.open_case(
            PROCEDURE,
            ref=Ref(kind="representation", id=str(application_id), subject_id=subject_id),
            body=claim.body,
            opened_by=me,
            facts={"ground": claim.ground.value},
            now=now,
            evidence=papers,
        )
        (sealed,) = subjects.seal_many([subject_id], [_content(claim)], aads=[aad_of(application_id)])
        models.Application.objects.create(
            id=application_id,
            number=case.number,
            case_id=case.id,
            subject_id=subject_id,
            account_key=me.key,
            ground=claim.ground.value,
            body=claim.body,
            sealed=sealed,
            document_sha256=_sha256(document),
            until=claim.until,
            filed_at=now,
        )
        _arrived(me, case, now=now)
    return case.number


def own_application(actor: Actor, number: str, *, now: datetime) -> tuple[Application, Case, list[Step]]:
    """Return one of one's own applications with its case and its steps."""
    me, subject_id = own(actor, action="representation.read", now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        row = models.Application.objects.filter(number=number, subject_id=subject_id).first()
        if row is None:
            raise Refused(absent())
        return (
            application_of(row),
            casework.access_case(row.case_id, actor=me),
            casework.timeline(row.case_id, actor=me),
        )


def supplement(actor: Actor, number: str, *, papers: Sequence[casework.Sent], now: datetime) -> None:
    """Hand in the papers that were asked for (补交材料)."""
    application, _, _ = own_application(actor, number, now=now)
    kept = casework.keep_papers(papers)
    casework.carry_out(application.case_id, verb="supplement", actor=actor.as_person(), now=now, evidence=kept)


def take_back(actor: Actor, number: str, *, now: datetime) -> None:
    """Take one's own application back (撤回申请)."""
    application, _, _ = own_application(actor, number, now=now)
    casework.carry_out(application.case_id, verb="withdraw", actor=actor.as_person(), now=now)


def arrange(actor: Actor, *, closes: bool, now: datetime) -> None:
    """Arrange that no next of kin looks after one's file after death (身后安排), or take that back (PIPL 49)."""
    me, subject_id = own(actor, action="representation.arrange", now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE), transaction.atomic():
        if closes and not queries.is_arranged(subject_id):
            models.Arrangement.objects.create(id=new_id(now), subject_id=subject_id, made_at=now)
        if not closes:
            standing = models.Arrangement.objects.filter(subject_id=subject_id, withdrawn_at=None)
            standing.update(withdrawn_at=now)
        tell_person(me, subject_id, "", category="representation.arrange", now=now)


def aad_of(application_id: UUID) -> Aad:
    """Return the place the words of an application are sealed for."""
    return Aad(table="representation_application", column="sealed", row=application_id)


def absent() -> Refusal:
    """Return the refusal that tells neither that an application exists nor that it does not."""
    return Refusal(code="ABSENT", what="没有找到这件代办申请。", next_step="请从“代办”里打开。")


def _content(claim: Claim) -> bytes:
    told = {"name": claim.name.strip(), "number": read_number(claim.number), "interest": claim.interest.strip()}
    return orjson.dumps(told)


def _sha256(paper: casework.Sent) -> str:
    digest = hashlib.sha256()
    for chunk in paper.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _arrived(me: Actor, case: Case, *, now: datetime) -> None:
    notices.serve(
        kind="representation.open",
        text="representation_arrived",
        parameters={"number": case.number},
        reference=case.number,
        to_body=case.body,
        actor=me,
        now=now,
    )


def tell_person(me: Actor, subject_id: UUID, number: str, *, category: str, now: datetime) -> None:
    """Write for a person what they said in their own matters here."""
    audit.record_event(
        Event(
            kind=Kind.DECIDE,
            actor=me,
            at=now,
            purpose=PURPOSE,
            channel=Channel.SELF,
            subject_id=subject_id,
            basis=("PIPL/49",),
            reference=number,
            categories=(category,),
        )
    )
