"""Statutory queries (法定查询): asked by one, approved by another, read person by person with a log line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref, Taken
from chengxin.consents import facade as consents
from chengxin.consents.contracts import PurposeRule
from chengxin.database.contracts import Channel
from chengxin.inquiries import models
from chengxin.inquiries.actions import serve
from chengxin.inquiries.contracts import Found, Named, Person, Procedure, Statutory
from chengxin.inquiries.rules import why_not_statutory
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind, compact, upgrade_id_no
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.subjects import facade as subjects
from chengxin.subjects.contracts import Answer

PURPOSE: Final = "statutory_query"
CODE: Final = "statutory_query"


def request(
    actor: Actor,
    *,
    rule: str,
    basis: str,
    procedure: Procedure,
    persons: Sequence[Person],
    now: datetime,
    items: Mapping[str, Sequence[str]] | None = None,
) -> UUID:
    """Ask for the facts about named persons of an announced procedure; nothing is read until a second person approves.

    Who is on file and who is not is told to nobody: both are named alike.
    """
    on = legal_day(now)
    resource = Resource(kind=CODE, body=actor.body)
    access.require(actor, action="statutory.request", resource=resource, purpose=PURPOSE, now=now)
    found = consents.find_rule(rule)
    people = [Person(name=one.name.strip(), number=upgrade_id_no(compact(one.number))) for one in persons]
    most = int(consents.LAW.value("statutory.most_persons", on=on).number)
    refuse_if(why_not_statutory(found, basis=basis, procedure=procedure, persons=people, on=on, most=most))
    assert found is not None
    wanted = _wanted(found, items)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        row = _write(actor, found, basis=basis, procedure=procedure, items=wanted, now=now)
        _name(row, people, actor=actor, now=now)
        casework.open_case(
            CODE,
            ref=Ref(kind=CODE, id=str(row.id)),
            body=actor.body,
            opened_by=actor,
            facts={"persons": len(people), "procedure": procedure.number},
            now=now,
        )
    return row.id


def approve(taken: Taken) -> None:
    """Open an authorisation by statute for each named person on file, in the transaction of the approval."""
    row = models.StatutoryQuery.objects.get(id=UUID(taken.case.ref.id))
    rule = consents.find_rule(row.rule)
    if rule is None:
        raise Refused(Refusal(code="S-NO-RULE", what="没有这项法定查询的用途规则。"))
    models.StatutoryQuery.objects.filter(id=row.id).update(approved_at=taken.at)
    for person in models.NamedPerson.objects.filter(query_id=row.id, subject_id__isnull=False).order_by("place"):
        assert person.subject_id is not None
        opened = consents.permit_by_statute(
            person.subject_id,
            rule=rule,
            items=row.items,
            reference=row.procedure_number,
            actor=taken.actor,
            now=taken.at,
        )
        models.NamedPerson.objects.filter(id=person.id).update(authorisation_id=opened)


def list_queries(actor: Actor, *, now: datetime, limit: int = 50) -> list[Statutory]:
    """Return the statutory queries of the actor's organ, the newest first."""
    _may_read(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        rows = models.StatutoryQuery.objects.filter(body=actor.body).order_by("-id")[:limit]
        return [_value(row) for row in rows]


def get_query(actor: Actor, query_id: UUID, *, now: datetime) -> Statutory:
    """Return a statutory query of the actor's organ; absent and another's look the same."""
    _may_read(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        row = models.StatutoryQuery.objects.filter(id=query_id).first()
        if row is None:
            raise Refused(Refusal(code="ABSENT", what="没有这次法定查询。"))
        return _value(row)


def read_facts(actor: Actor, query_id: UUID, *, now: datetime) -> list[Found]:
    """Read the facts within scope, person by person; each reading is a line in that person's history."""
    asked = get_query(actor, query_id, now=now)
    if asked.approved_at is None:
        raise Refused(
            Refusal(
                code="S-NOT-APPROVED",
                what="这次查询还没有批准，不能查看。",
                why="法定查询要由另一个人核对后批准。",
                next_step="请等审批人办理。",
            )
        )
    rule = consents.find_rule(asked.rule)
    assert rule is not None
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        persons = list(models.NamedPerson.objects.filter(query_id=query_id).order_by("place"))
    return [_read(actor, person, rule, now=now) for person in persons]


def _read(actor: Actor, person: models.NamedPerson, rule: PurposeRule, *, now: datetime) -> Found:
    held = None
    if person.authorisation_id is not None:
        held = consents.find_live(actor, person.authorisation_id, rule=rule.code, now=now)
    facts = serve(actor, held, now=now).facts if held is not None else ()
    return Found(place=person.place, shown=person.shown, facts=facts)


def _may_read(actor: Actor, *, now: datetime) -> None:
    resource = Resource(kind=CODE, body=actor.body)
    access.require(actor, action="statutory.read", resource=resource, purpose=PURPOSE, now=now)


def _wanted(rule: PurposeRule, items: Mapping[str, Sequence[str]] | None) -> dict[str, list[str]]:
    chosen = rule.item_fields if items is None else items
    extra = sorted(item for item, names in chosen.items() if not set(names) <= set(rule.item_fields.get(item, ())))
    if extra or not chosen or not set(chosen) <= rule.items:
        raise Refused(
            Refusal(
                code="Q-OVER-ASKED",
                what="请求的信息超出了这项用途允许的范围。",
                why="只能查询用途规则列明的条目和字段。",
                next_step="请去掉多余的项目再试。",
                field="items",
            )
        )
    return {item: list(names or rule.item_fields[item]) for item, names in chosen.items()}


def _write(
    actor: Actor,
    rule: PurposeRule,
    *,
    basis: str,
    procedure: Procedure,
    items: Mapping[str, Sequence[str]],
    now: datetime,
) -> models.StatutoryQuery:
    return models.StatutoryQuery.objects.create(
        id=new_id(now),
        body=actor.body,
        rule=rule.code,
        basis=basis,
        items=items,
        procedure_number=procedure.number.strip(),
        announced_on=procedure.announced_on,
        announced_at=procedure.address.strip(),
        announced_count=procedure.announced_count,
        matter=procedure.matter.strip(),
        created_by=actor.key,
        created_at=now,
    )


def _name(row: models.StatutoryQuery, people: Sequence[Person], *, actor: Actor, now: datetime) -> None:
    for place, person in enumerate(people, start=1):
        kind = IdentifierKind.ID_NO
        same = subjects.verify(kind, number=person.number, name=person.name, actor=actor, purpose=PURPOSE, now=now)
        subject = subjects.find_by_number(kind, person.number) if same is Answer.SAME else None
        models.NamedPerson.objects.create(
            id=new_id(now),
            query_id=row.id,
            body=actor.body,
            place=place,
            shown=person.name[:1] + "*" * max(1, len(person.name) - 1),
            subject_id=subject.id if subject else None,
        )


def _value(row: models.StatutoryQuery) -> Statutory:
    case = _case_of(row)
    persons = models.NamedPerson.objects.filter(query_id=row.id).order_by("place")
    return Statutory(
        id=row.id,
        number=case.number,
        case_id=case.id,
        state=case.state,
        rule=row.rule,
        basis=row.basis,
        items=row.items,
        procedure=Procedure(
            number=row.procedure_number,
            announced_on=row.announced_on,
            address=row.announced_at,
            announced_count=row.announced_count,
            matter=row.matter,
        ),
        persons=[Named(place=one.place, shown=one.shown) for one in persons],
        created_at=row.created_at,
        approved_at=row.approved_at,
    )


def _case_of(row: models.StatutoryQuery) -> Case:
    found = casework.find_latest_case(CODE, ref_id=str(row.id))
    if found is None:
        raise Refused(Refusal(code="ABSENT", what="没有这次法定查询。"))
    return found
