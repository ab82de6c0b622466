"""Open a matter: the facts that have to do with it, what the lists answer, what may be offered, what runs already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.archives import facade as archives
from chengxin.archives.contracts import PublicSubject
from chengxin.incentives import facade as incentives
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.matching import facade as matching
from chengxin.matching.contracts import Asked as AskedOfLists
from chengxin.matters.contracts import Asked, Kind, Matched, Opened
from chengxin.matters.rules import why_not_open
from chengxin.matters.shelf import kinds
from chengxin.measures import facade as measures
from chengxin.screening.contracts import Kind as Who
from chengxin.screening.contracts import Query

PURPOSE: Final = "case_handling"


def kinds_for(actor: Actor) -> list[Kind]:
    """Return the kinds of matters the actor's body handles."""
    fields = set(access.get_body(actor.body).fields_of_work)
    return [kind for kind in kinds().values() if kind.bodies & fields]


def open_matter(actor: Actor, asked: Asked, *, now: datetime) -> Opened:
    """Show an officer a matter. Matching is asked for its measures alone and writes its events; nothing is applied."""
    applicant = _applicant(actor, asked, now=now)
    offered = []
    if asked.kind.occasion is not None:
        offered = incentives.hints_for(actor, asked.uscc, now=now, occasion=asked.kind.occasion)[1]
    choices = incentives.choices_of(actor, applicant.subject_id, now=now)
    return Opened(
        asked=asked,
        applicant=applicant,
        facts=[line for line in applicant.lines if line.item_code in asked.kind.facts],
        matched=list(_match(actor, asked, applicant, now=now)),
        hints=offered,
        choices=[one for one in choices if one.matter == asked.number],
        proposed=measures.list_proposed_about(actor, applicant.subject_id),
        applied=measures.list_standing_about(actor, applicant.subject_id),
    )


def clear_hit(actor: Actor, asked: Asked, *, measure: str, entry_id: UUID, reasons: str, now: datetime) -> None:
    """Say of a hit of a matter that it is somebody else."""
    applicant = _applicant(actor, asked, now=now)
    matching.clear(actor, purpose=measure, query=_query(applicant), entry_id=entry_id, reasons=reasons, now=now)


def choose_hint(actor: Actor, asked: Asked, *, hint: str, reasons: str, now: datetime) -> None:
    """Keep what the officer did with a hint that was shown for the matter."""
    _applicant(actor, asked, now=now)
    kept = {"matter": asked.number, "hint": hint, "reasons": reasons}
    incentives.choose(actor, asked.uscc, now=now, occasion=asked.kind.occasion, **kept)


def _applicant(actor: Actor, asked: Asked, *, now: datetime) -> PublicSubject:
    """Return who applies, to an officer of a body that handles the matter."""
    resource = Resource(kind="matter", body=actor.body)
    access.require(actor, action="matter.open", resource=resource, purpose=PURPOSE, now=now)
    refuse_if(why_not_open(asked, body_fields=access.get_body(actor.body).fields_of_work))
    found = archives.find_public_subject(asked.uscc, actor=actor, now=now)
    if found is None:
        raise Refused(
            Refusal(
                code="MATTER-UNKNOWN",
                what="没有找到这个申请人。",
                why="平台没有登记这个统一社会信用代码；这不说明申请人有什么问题。",
                next_step="请核对号码；号码没有错的，请照常办理。",
                field="uscc",
            )
        )
    return found


def _match(actor: Actor, asked: Asked, applicant: PublicSubject, *, now: datetime) -> Iterator[Matched]:
    for measure in asked.kind.measures:
        of_lists = AskedOfLists(purpose=measure, queries=[_query(applicant)], lists=asked.kind.lists)
        (row,) = matching.screen(actor, of_lists, now=now).rows
        yield Matched(measure=measure, outcome=row.outcome, hits=row.hits, said=row.said)


def _query(applicant: PublicSubject) -> Query:
    return Query(id="1", kind=Who.ENTERPRISE.value, name=applicant.name, uscc=applicant.uscc)
