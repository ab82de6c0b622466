"""Query by a person's consent: held, disclosed, counted in one transaction; a refusal is written for the person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, Outcome
from chengxin.consents import facade as consents
from chengxin.consents.contracts import Ground, Held, Result, Use
from chengxin.database.contracts import Channel
from chengxin.inquiries.contracts import Answer
from chengxin.inquiries.disclosure import disclose
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused

PURPOSE: Final = "authorised_query"


def query(actor: Actor, *, consent_id: UUID, rule: str, now: datetime) -> Answer:
    """Answer an institution's query under a person's consent (授权查询), or refuse it and let the person see that."""
    held = consents.find_live(actor, consent_id, rule=rule, now=now)
    try:
        return serve(actor, _by_consent(held), now=now)
    except Refused as refused:
        _tell_refused(actor, consent_id, refused.refusal, now=now)
        raise


def serve(actor: Actor, held: Held, *, now: datetime) -> Answer:
    """Disclose under an authorisation: its row is locked before anything is read, and counted before the commit."""
    query_id = new_id(now)
    with access.acting_for(
        actor, channel=Channel.QUERY, purpose=held.purpose, case_ref=str(held.id), attended_id=held.subject_id
    ):
        permit = consents.hold(held.id, actor=actor, now=now)
        facts = disclose(permit, query_id=query_id, actor=actor, now=now)
        items = sorted({fact.item_code for fact in facts})
        consents.note_use(permit, use_id=query_id, items=items, record_count=len(facts), actor=actor, now=now)
    return Answer(
        query_id=query_id,
        as_of=now,
        subject=consents.pseudonym_of(held.subject_id, body=held.body),
        facts=facts,
        delete_by=permit.delete_by,
        result_by=_result_by(now=now),
        needs_human=permit.rule.needs_human,
        is_only_easier=permit.rule.is_only_easier,
    )


def post_result(actor: Actor, query_id: UUID, result: Result, *, now: datetime) -> Use:
    """Post what came of a query (使用结果)."""
    return consents.post_result(query_id, result, actor=actor, now=now)


def _by_consent(held: Held | None) -> Held:
    if held is None or held.ground is not Ground.CONSENT:
        raise Refused(consents.not_live())
    return held


def _result_by(*, now: datetime) -> date | None:
    on = legal_day(now)
    return consents.LAW.due("consent.result_within", dates={"used_on": on}, on=on, pack=settings.LAW_PACK).last_day


def _tell_refused(actor: Actor, consent_id: UUID, refusal: Refusal, *, now: datetime) -> None:
    """Write the attempt where the person sees it, also when the institution never held the consent it named."""
    subject_id = consents.whose(consent_id, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        audit.record_event(
            Event(
                kind=Kind.DISCLOSE,
                actor=actor,
                at=now,
                purpose=PURPOSE,
                channel=Channel.BODY,
                subject_id=subject_id,
                outcome=Outcome.REFUSED,
                reason=refusal.code,
                reference=str(consent_id),
                count=0,
            )
        )
