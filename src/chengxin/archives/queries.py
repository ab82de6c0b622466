"""Read the enterprise page: only what is public and usable at the moment, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.archives.contracts import PublicSubject
from chengxin.archives.lines import line_of
from chengxin.archives.values import written
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.catalogue import facade as catalogue
from chengxin.consents import facade as consents
from chengxin.consents.contracts import COOPERATION
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor, Role
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, Handed, Record
from chengxin.subjects import facade as subjects

PURPOSE: Final = "public_viewing"
PROVIDER: Final = "service_provider"
OUTLET: Final = "public.subject"
_MOST_CATEGORIES: Final = 60


def find_public_subject(uscc: str, *, actor: Actor, now: datetime) -> PublicSubject | None:
    """Return what is public of an operator, or None; a natural person has no public page."""
    with access.acting_for(actor, channel=Door.PUBLIC, purpose=PURPOSE):
        operator = subjects.find_operator(uscc)
        if operator is None:
            return None
        found = public_records(operator.id, now=now)
        if actor.has(Role.CLIENT):
            _hand_over(found, subject_id=operator.id, to=actor, now=now)
        also, agreements = _agreed(found, subject_id=operator.id, to=actor, now=now)
        statements = {one.record_id: one for one in records.list_statements(operator.id)} if found else {}
    lines = []
    for record in found:
        said = statements.get(record.record_id)
        lines.append(
            line_of(
                record,
                content=record.content,
                at=now,
                statement=said.text if said else "",
                stated_at=said.written_at if said and said.text else None,
                public=True,
                also=also.get(record.item_code, frozenset()),
            )
        )
    return PublicSubject(
        subject_id=operator.id,
        kind=operator.kind,
        name=operator.name,
        uscc=operator.uscc,
        area=operator.area,
        former_names=operator.former_names,
        provider_types=tuple(_provider_types(found)),
        as_of=now,
        lines=tuple(lines),
        agreements=agreements,
    )


def _agreed(
    found: list[Record], *, subject_id: UUID, to: Actor, now: datetime
) -> tuple[Mapping[str, frozenset[str]], Mapping[str, str]]:
    """Ask the decision what agreements open to a program, at this moment, and write down what leaves by them."""
    if not to.has(Role.CLIENT):
        return {}, {}
    opened, answers = consents.agreed_fields(to, {one.item_code for one in found}, now=now)
    if opened:
        event = Event(
            kind=Kind.DISCLOSE,
            actor=to,
            at=now,
            purpose=COOPERATION,
            channel=Door.PUBLIC,
            subject_id=subject_id,
            reference=next(number for number, code in answers.items() if not code),
            categories=tuple(sorted(opened))[:_MOST_CATEGORIES],
            count=sum(one.item_code in opened for one in found),
        )
        audit.record_event(event)
    return opened, answers


def _hand_over(found: list[Record], *, subject_id: UUID, to: Actor, now: datetime) -> None:
    """Write down what a registered program receives, and that it looked: it publishes further, so it must be told."""
    event = Event(
        kind=Kind.DISCLOSE,
        actor=to,
        at=now,
        purpose=PURPOSE,
        channel=Door.PUBLIC,
        subject_id=subject_id,
        categories=tuple(sorted({record.item_code for record in found}))[:_MOST_CATEGORIES],
        count=len(found),
    )
    handed = [
        Handed(subject_id=one.subject_id, record_id=one.record_id, version=one.version, source_body=one.body)
        for one in found
    ]
    event_id = audit.record_event(event).event_id
    records.note_received(handed, recipient=to, outlet=OUTLET, purpose=PURPOSE, event_id=event_id, now=now)


def public_records(subject_id: UUID, *, now: datetime) -> list[Record]:
    """Return the records of an operator that may be public at a moment."""
    found = records.list_of_subject(subject_id)
    return [record for record in found if records.usable(record, channel=Channel.PUBLIC, at=now)]


def _provider_types(found: Iterable[Record]) -> Iterable[str]:
    """Return which services to e-commerce the operator is registered for (服务机构类型) and still offers."""
    for record in found:
        if record.item_code == PROVIDER:
            item = catalogue.get_item_version(record.item_code, version=record.item_version)
            yield written(item.field("provider_type"), record.content.get("provider_type"))
