"""Ask for a consent, give it, take it back: the person decides, and a refusal leaves nothing behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.consents import models, queries
from chengxin.consents.artefacts import sign_artefact
from chengxin.consents.contracts import Grant, Ground, Held, PurposeRule, Request, State
from chengxin.consents.purpose_table import find_rule
from chengxin.consents.rules import LAW, why_not_asked, why_not_given, why_not_plain
from chengxin.database.contracts import Channel
from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Draft
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_code, read_code
from chengxin.kernel.identifiers import IdentifierKind, upgrade_id_no
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.subjects import facade as subjects

OWN: Final = "own_consents"
ASKING: Final = "consent_request"


def ask(
    actor: Actor,
    *,
    rule: str,
    number: str,
    reference: str,
    now: datetime,
    items: Mapping[str, Sequence[str]] | None = None,
    kind: IdentifierKind = IdentifierKind.ID_NO,
) -> Request:
    """Ask for a person's consent (请求授权); the answer is a code only that person can open.

    `items` narrows the rule's; the number is kept as a blind tag, and nobody is looked up by it.
    """
    access.require(actor, action="consent.request", resource=Resource(body=actor.body), purpose=ASKING, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=ASKING):
        row = models.Request(
            id=new_id(now),
            code=new_code(),
            body=actor.body,
            rule=rule,
            items=_wanted(actor.body, rule, items, now=now),
            addressee=subjects.number_tag(kind, upgrade_id_no(number) if kind is IdentifierKind.ID_NO else number),
            reference=reference,
            actor_key=actor.key,
            asked_at=now,
            answer_by=now + timedelta(days=int(LAW.value("consent.request_open", on=legal_day(now)).number)),
        )
        asked = queries.get_request(row)
        refuse_if(why_not_plain(asked.text, on=legal_day(now)))
        row.save(force_insert=True)
        event = Event(kind=Kind.CONSENT, actor=actor, at=now, purpose=ASKING, channel=Channel.BODY)
        audit.record_event(replace(event, reference=str(row.id)))
    return asked


def find_asked(actor: Actor, request_id: UUID, *, now: datetime) -> tuple[Request, Held | None]:
    """Return a request of the institution's own with the consent given to it, if one was; no answer is no reason."""
    access.require(actor, action="consent.request", resource=Resource(body=actor.body), purpose=ASKING, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=ASKING):
        row = models.Request.objects.filter(id=request_id).first()
        if row is None:
            raise queries.absent()
        held = queries.find_held(row.consent_id, at=now) if row.consent_id else None
        return queries.get_request(row), held


def find_request(actor: Actor, code: str, *, now: datetime) -> Request:
    """Return a request to the person it is for; for everybody else there is none. Reading it leaves no trace."""
    subject_id = own_subject(actor, action="consent.read_own", now=now)
    code = read_code(code)
    with access.acting_for(actor, channel=Channel.SELF, purpose=OWN, case_ref=code):
        return queries.get_request(_addressed(code, subject_id, now=now))


def give(actor: Actor, code: str, *, items: Sequence[str], authenticated: Sequence[str], now: datetime) -> UUID:
    """Give a consent (授权) for the items that were ticked; a request is answered once."""
    subject_id = own_subject(actor, action="consent.grant", now=now)
    code = read_code(code)
    with access.acting_for(actor, channel=Channel.SELF, purpose=OWN, case_ref=code):
        row = _addressed(code, subject_id, now=now, lock=True)
        request = queries.get_request(row)
        refuse_if(why_not_given(request.item_fields, items))
        chosen = {item: request.item_fields[item] for item in dict.fromkeys(items)}
        grant = queries.find_grant(row.body, rule=row.rule, on=legal_day(now))
        refuse_if(why_not_asked(request.rule, grant, chosen))
        assert grant is not None
        consent_id = _write(subject_id, request, chosen, grant, authenticated=authenticated, actor=actor, now=now)
        models.Request.objects.filter(id=row.id).update(consent_id=consent_id)
    return consent_id


def offer(
    actor: Actor,
    *,
    body: str,
    rule: str,
    items: Sequence[str],
    reference: str,
    authenticated: Sequence[str],
    now: datetime,
) -> UUID:
    """Give a consent nobody asked for (主动授权), within a rule the institution is registered for; it is told of it.

    What it is told names the consent and its items; whatever it wants to see it asks for under the consent.
    """
    subject_id = own_subject(actor, action="consent.grant", now=now)
    known = find_rule(rule)
    with access.acting_for(actor, channel=Channel.SELF, purpose=OWN):
        grant = queries.find_grant(body, rule=rule, on=legal_day(now))
        fields = known.item_fields if known and known.needs_consent else {}
        refuse_if(why_not_asked(known if fields else None, grant, fields))
        refuse_if(why_not_given(fields, items))
        assert known is not None
        assert grant is not None
        request = queries.own_request(known, body=body, code=reference, now=now)
        refuse_if(why_not_plain(request.text, on=legal_day(now)))
        chosen = {item: fields[item] for item in dict.fromkeys(items)}
        consent_id = _write(subject_id, request, chosen, grant, authenticated=authenticated, actor=actor, now=now)
        payload = {"at": now.isoformat(), "consent": str(consent_id), "rule": rule, "reference": reference}
        draft = Draft(
            topic="consent.given",
            recipient=f"body:{body}",
            key=f"{consent_id}:given",
            subject_id=subject_id,
            reference=str(consent_id),
            payload={**payload, "items": sorted(chosen), "do": "query"},
        )
        jobs.put([draft], actor=actor, now=now)
    return consent_id


def withdraw(actor: Actor, consent_id: UUID, *, now: datetime) -> None:
    """Take a consent back (撤回): it counts from the commit, and who received something is told to delete it."""
    subject_id = own_subject(actor, action="consent.withdraw", now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=OWN):
        # A disclosure that runs holds this row, so it is over before the withdrawal is acknowledged.
        mine = models.Authorisation.objects.select_for_update().filter(id=consent_id, subject_id=subject_id)
        row = mine.filter(ground=Ground.CONSENT).first()
        if row is None:
            return
        models.Authorisation.objects.filter(id=row.id).update(revoked_at=now)
        add_step(row, State.REVOKED, actor=actor, at=now)
        tell_ended(row, actor=actor, now=now)
        _tell(row, Kind.REVOKE, actor=actor, now=now)


def list_consents(actor: Actor, *, now: datetime) -> list[Held]:
    """Return what a person allowed and what was allowed by statute, with who used it when."""
    subject_id = own_subject(actor, action="consent.read_own", now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=OWN):
        return queries.list_own(subject_id, at=now)


def add_step(row: models.Authorisation, state: State, *, actor: Actor, at: datetime) -> None:
    """Append a state to the history of an authorisation."""
    models.Step.objects.create(
        id=new_id(at),
        authorisation_id=row.id,
        subject_id=row.subject_id,
        body=row.body,
        state=state.value,
        at=at,
        actor_key=actor.key,
    )


def tell_ended(row: models.Authorisation, *, actor: Actor, now: datetime) -> None:
    """Put the duty to delete into the outbox of who was handed something; how it ended is not said."""
    if not row.use_count:
        return
    days = int(LAW.value("consent.delete_within", on=legal_day(now)).number)
    draft = Draft(
        topic="consent.ended",
        recipient=f"body:{row.body}",
        key=f"{row.id}:ended",
        subject_id=row.subject_id,
        reference=str(row.id),
        payload={
            "at": now.isoformat(),
            "consent": str(row.id),
            "delete_by": (legal_day(now) + timedelta(days=days)).isoformat(),
            "do": "delete",
            "items": sorted(row.items),
        },
    )
    jobs.put([draft], actor=actor, now=now)


def _wanted(body: str, code: str, items: Mapping[str, Sequence[str]] | None, *, now: datetime) -> dict[str, list[str]]:
    """Return the items asked for with their fields, or refuse what no row of the purpose rules allows."""
    rule = find_rule(code)
    grant = queries.find_grant(body, rule=code, on=legal_day(now))
    chosen = (rule.item_fields if rule else {}) if items is None else items
    refuse_if(why_not_asked(rule if rule and rule.needs_consent else None, grant, chosen))
    assert rule is not None
    return {item: _in_order(rule, item, names) for item, names in chosen.items()}


def _in_order(rule: PurposeRule, item: str, names: Sequence[str]) -> list[str]:
    return [name for name in rule.item_fields[item] if not names or name in names]


def own_subject(actor: Actor, *, action: str, now: datetime) -> UUID:
    """Return the person who acts on consents of their own, or refuse."""
    if actor.subject_id is None:
        raise Refused(
            Refusal(
                code="SIGN_IN_REQUIRED",
                what="请先登录，再查看授权。",
                why="授权只能由本人给出和撤回。",
                next_step="请用您的账户登录，然后再打开这个页面。",
                basis=("PIPL/14",),
            )
        )
    access.require(actor, action=action, resource=Resource(subject_id=actor.subject_id), purpose=OWN, now=now)
    return actor.subject_id


def _addressed(code: str, subject_id: UUID, *, now: datetime, lock: bool = False) -> models.Request:
    rows = models.Request.objects.select_for_update() if lock else models.Request.objects.all()
    row = rows.filter(code=code, consent_id=None).first() if code else None
    if row is None or now >= row.answer_by or not subjects.has_number(subject_id, bytes(row.addressee)):
        raise queries.absent()
    return row


def _write(
    subject_id: UUID,
    request: Request,
    chosen: Mapping[str, Sequence[str]],
    grant: Grant,
    *,
    authenticated: Sequence[str],
    actor: Actor,
    now: datetime,
) -> UUID:
    until = now + timedelta(days=request.limits.lasts_days)
    consent_id = new_id(now)
    artefact = sign_artefact(
        consent_id,
        request=request,
        grant=grant,
        subject_id=subject_id,
        item_fields=chosen,
        authenticated=authenticated,
        now=now,
        until=until,
    )
    row = models.Authorisation.objects.create(
        id=consent_id,
        ground=Ground.CONSENT.value,
        subject_id=subject_id,
        body=request.body,
        rule=request.rule.code,
        purpose=request.rule.purpose,
        items={item: list(names) for item, names in chosen.items()},
        since=request.limits.look_back_from,
        granted_at=now,
        ends_at=until,
        text=request.text,
        artefact=artefact,
        reference=request.code,
    )
    add_step(row, State.ACTIVE, actor=actor, at=now)
    _tell(row, Kind.CONSENT, actor=actor, now=now)
    return consent_id


def _tell(row: models.Authorisation, kind: Kind, *, actor: Actor, now: datetime) -> None:
    audit.record_event(
        Event(
            kind=kind,
            actor=actor,
            at=now,
            purpose=OWN,
            channel=Channel.SELF,
            subject_id=row.subject_id,
            categories=tuple(sorted(row.items)),
            reference=str(row.id),
        )
    )
