"""Use an authorisation: held fast while something is disclosed under it, counted, and answered for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.catalogue import facade as catalogue
from chengxin.consents import models, queries
from chengxin.consents.actions import add_step, tell_ended
from chengxin.consents.contracts import (
    Authorisation,
    Ground,
    Held,
    Occurrence,
    Permit,
    PurposeRule,
    Result,
    State,
    Use,
)
from chengxin.consents.freezes import frozen_among, is_frozen
from chengxin.consents.purpose_table import find_rule
from chengxin.consents.rules import (
    limits_of,
    not_live,
    suspended,
    why_not_owing,
    why_not_posted,
    why_not_used,
)
from chengxin.database.contracts import Channel
from chengxin.database.facade import ask
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.notices import facade as notices

MONTH: Final = timedelta(days=30)
KEEPER: Final = platform("consents")
_GRANT: Final = """
    select suspended_at from consents_grant
     where body = %s and rule = %s and starts_on <= %s and ends_on is null for share
"""


def find_live(actor: Actor, authorisation_id: UUID, *, rule: str, now: datetime) -> Held | None:
    """Return an authorisation this institution holds under a purpose rule, whatever its state; no disclosure yet."""
    found = find_rule(rule)
    if found is None:
        return None
    with access.acting_for(actor, channel=Channel.BODY, purpose=found.purpose):
        held = queries.find_held(authorisation_id, at=now)
    return held if held is not None and held.rule == rule else None


def whose(authorisation_id: UUID, *, now: datetime) -> UUID | None:
    """Return whom an authorisation is about, so that the person sees who tried to use it; the platform asks."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose="correction"):
        held = queries.find_held(authorisation_id, at=now)
    return held.subject_id if held else None


def hold(authorisation_id: UUID, *, actor: Actor, now: datetime) -> Permit:
    """Hold an authorisation until the running transaction ends, and return what it permits at this moment.

    Registration and authorisation are read and locked here, in the transaction of the disclosure: a withdrawal or a
    suspension waits for it, or is seen by it. There is no cache.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An authorisation is held in the transaction of its disclosure.")
    row = models.Authorisation.objects.select_for_update().filter(id=authorisation_id).first()
    held = queries.held_of(row, at=now) if row else None
    rule = find_rule(held.rule) if held else None
    on = legal_day(now)
    limits = limits_of(rule, on=on) if rule else None
    used = models.Use.objects.filter(authorisation_id=authorisation_id, at__gt=now - MONTH).count()
    refuse_if(why_not_used(held, rule=rule, used=used, at=now, most=limits.per_month if limits else 0))
    if held is None or rule is None or limits is None:
        raise Refused(not_live())
    _check_grant(held, on=on)
    if rule.needs_consent:
        # Asked after the lock, by a statement of its own: a freeze that was acknowledged is seen here.
        if is_frozen(held.subject_id):
            raise Refused(not_live())
        refuse_if(why_not_owing(queries.oldest_owed(held.body, rule=held.rule), on=on, pack=settings.LAW_PACK))
    authorisation = authorisation_of(held)
    for item in sorted(authorisation.items):
        resource = Resource(kind="record", item_code=item, subject_id=held.subject_id)
        access.require(
            actor,
            action="record.query",
            resource=resource,
            purpose=held.purpose,
            now=now,
            basis=rule.basis,
            authorisation=authorisation,
        )
    return Permit(held=held, rule=rule, authorisation=authorisation, delete_by=now + timedelta(days=limits.keep_days))


def authorisation_of(held: Held) -> Authorisation:
    """Return an authorisation as the value `usable` asks for: what was given, as far as the rule still allows."""
    rule = find_rule(held.rule)
    allowed = rule.item_fields if rule else {}
    return Authorisation(
        reference=str(held.id),
        basis=rule.basis if rule else (),
        items=frozenset(held.item_fields) & allowed.keys(),
        until=held.ends_at,
        revoked_at=held.revoked_at,
        item_fields={
            item: tuple(name for name in names if name in allowed.get(item, ()))
            for item, names in held.item_fields.items()
        },
        since=held.since,
    )


def find_authorisation(reference: str, *, at: datetime) -> Held | None:
    """Return the authorisation a context names, as far as its reader holds it, or None."""
    try:
        return queries.find_held(UUID(reference), at=at)
    except ValueError:
        return None


def list_standing(authorisation_ids: Collection[UUID], *, at: datetime) -> list[Held]:
    """Return which of some authorisations live and do not rest, whoever holds them; the platform asks, to end a watch.

    A suspended registration of the holder stops them as well.
    """
    rows = models.Authorisation.objects.filter(id__in=list(authorisation_ids)).order_by("id")
    held = [one for one in (queries.held_of(row, at=at) for row in rows) if one.state is State.ACTIVE]
    resting = frozen_among({one.subject_id for one in held if one.ground is Ground.CONSENT})
    return [one for one in held if one.subject_id not in resting and _is_registered(one, on=legal_day(at))]


def _is_registered(held: Held, *, on: date) -> bool:
    grant = queries.find_grant(held.body, rule=held.rule, on=on)
    return grant is not None and grant.suspended_at is None


def note_use(
    permit: Permit, *, use_id: UUID, items: Sequence[str], record_count: int, actor: Actor, now: datetime
) -> None:
    """Count a use in the transaction of its disclosure; a one-time authorisation is used up by it."""
    held = permit.held
    models.Use.objects.create(
        id=use_id,
        authorisation_id=held.id,
        subject_id=held.subject_id,
        body=held.body,
        rule=held.rule,
        at=now,
        actor_key=actor.key,
        record_count=record_count,
        items=list(items),
    )
    row = models.Authorisation.objects.get(id=held.id)
    row.use_count += 1
    row.last_used_at = now
    row.used_up_at = now if permit.rule.occurrence is Occurrence.ONETIME else None
    row.save(update_fields=["use_count", "last_used_at", "used_up_at"])
    if row.used_up_at:
        add_step(row, State.USED, actor=actor, at=now)


def post_result(use_id: UUID, outcome: Result, *, actor: Actor, now: datetime) -> Use:
    """Post what came of a use (使用结果); an adverse one is told to the person with the items it rests on."""
    with access.acting_for(actor, channel=Channel.BODY, purpose="authorised_query"):
        row = models.Use.objects.select_for_update().filter(id=use_id).first()
        if row is None:
            raise Refused(Refusal(code="Q-NO-USE", what="没有等待报回结果的这次查询。", next_step="请核对查询编号。"))
        rule = find_rule(row.rule)
        assert rule is not None
        refuse_if(why_not_posted(rule, row.items, outcome))
        row.result, row.is_adverse, row.result_at = outcome.result.strip(), outcome.is_adverse, now
        row.items_used, row.by_person = list(outcome.items_used), outcome.by_person
        row.save(update_fields=["result", "is_adverse", "items_used", "by_person", "result_at"])
        _tell_result(row, rule, actor=actor, now=now)
        return queries.use_of(row)


def permit_by_statute(
    subject_id: UUID,
    *,
    rule: PurposeRule,
    items: Mapping[str, Sequence[str]],
    reference: str,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Open a statutory task (法定查询) on one named person, in the transaction in which a second person approved it."""
    on = legal_day(now)
    limits = limits_of(rule, on=on)
    row = models.Authorisation.objects.create(
        id=new_id(now),
        ground=Ground.STATUTE.value,
        subject_id=subject_id,
        body=actor.body,
        rule=rule.code,
        purpose=rule.purpose,
        items={item: list(names) for item, names in items.items()},
        since=limits.look_back_from,
        granted_at=now,
        ends_at=now + timedelta(days=limits.lasts_days),
        text="",
        artefact="",
        reference=reference,
    )
    add_step(row, State.ACTIVE, actor=actor, at=now)
    return row.id


def end_expired(*, actor: Actor, now: datetime) -> int:
    """Write down which authorisations ran out, and tell who received something to delete it; return how many."""
    noted = models.Step.objects.exclude(state=State.ACTIVE.value).values("authorisation_id")
    over = models.Authorisation.objects.filter(ends_at__lte=now, revoked_at=None).exclude(id__in=noted)
    rows = list(over.order_by("ends_at", "id")[:5000])
    for row in rows:
        add_step(row, State.EXPIRED, actor=actor, at=now)
        tell_ended(row, actor=actor, now=now)
    return len(rows)


def delete_used(*, actor: Actor, now: datetime) -> int:
    """Tell who used a one-time consent up to keep nothing of it; return how many were looked at."""
    rows = list(
        models.Authorisation.objects.filter(used_up_at__gt=now - 3 * timedelta(days=1), ground=Ground.CONSENT.value)
    )
    for row in rows:
        tell_ended(row, actor=actor, now=now)
    return len(rows)


def _check_grant(held: Held, *, on: date) -> None:
    """Hold the registration in share: a suspension waits for the disclosures that run, and the next one sees it."""
    if held.ground is Ground.STATUTE:
        return
    found = ask(_GRANT, [held.body, held.rule, on])
    if not found or found[0][0] is not None:
        raise Refused(suspended())


def _tell_result(row: models.Use, rule: PurposeRule, *, actor: Actor, now: datetime) -> None:
    audit.record_event(
        Event(
            kind=Kind.RESULT,
            actor=actor,
            at=now,
            purpose=rule.purpose,
            channel=Channel.BODY,
            subject_id=row.subject_id,
            basis=rule.basis,
            categories=tuple(row.items_used or row.items),
            reference=str(row.authorisation_id),
        )
    )
    if not row.is_adverse:
        return
    titles = [item.title.zh for code in row.items_used if (item := catalogue.find_item(code, on=legal_day(now)))]
    notices.serve(
        kind="consents.adverse_use",
        text="adverse_use",
        parameters={"body": access.get_body(row.body).name_zh, "item": "、".join(titles), "day": str(legal_day(now))},
        reference=str(row.id),
        to_subject=row.subject_id,
        actor=actor,
        now=now,
    )
