"""Read measures: what may be done on a day, what one's body applies, what is applied to oneself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lists import facade as lists
from chengxin.measures import models
from chengxin.measures.contracts import Applied, Looked
from chengxin.measures.grounding import grounds_of
from chengxin.measures.rules import judge
from chengxin.measures.shelf import measures
from chengxin.ui.facade import in_language

PURPOSE = "determination"
PROCEDURE = "measure"


def look(actor: Actor, subject_id: UUID, *, now: datetime) -> list[Looked]:
    """Return each ground about a subject the officer may see, with the verdict on every measure on this day."""
    resource = Resource(kind="measure", body=actor.body, subject_id=subject_id)
    access.require(actor, action="measure.propose", resource=resource, purpose=PURPOSE, now=now)
    fields = access.get_body(actor.body).fields_of_work
    on = legal_day(now)
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=PURPOSE):
        grounds = grounds_of(subject_id, body=actor.body, at=now)
    found = []
    for ground in grounds:
        verdicts = [
            judge(measure, ground, body_fields=fields, is_public_body=bool(fields), on=on, pack=settings.LAW_PACK)
            for measure in measures().values()
            if ground.act in measure.acts
        ]
        found.append(Looked(ground=ground, title=_title(ground.act, now=now), verdicts=verdicts))
    return found


def list_of_body(actor: Actor, *, limit: int, offset: int = 0) -> list[Applied]:
    """Return the measures the actor's body applies or applied, newest first."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        rows = models.Applied.objects.filter(body=actor.body).order_by("-pk")[offset : offset + limit]
        return [applied_of(row) for row in rows]


def count_of_body(actor: Actor) -> int:
    """Return how many measures the actor's body has applied."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        return models.Applied.objects.filter(body=actor.body).count()


def get_of_body(actor: Actor, measure_id: UUID) -> Applied:
    """Return one measure of the actor's body, or refuse as if there were none."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        row = models.Applied.objects.filter(pk=measure_id, body=actor.body).first()
    if row is None:
        raise Refused(Refusal(code="ABSENT", what="没有找到这项措施。", next_step="请从列表重新选择。"))
    return applied_of(row)


def list_own(actor: Actor) -> list[Applied]:
    """Return the measures applied to the subject who asks, ended ones too, newest first."""
    assert actor.subject_id is not None
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        rows = models.Applied.objects.filter(subject_id=actor.subject_id).order_by("-pk")
        return [applied_of(row) for row in rows]


def list_standing_about(actor: Actor, subject_id: UUID) -> list[Applied]:
    """Return the measures the actor's body applies to a subject at present, newest first."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        rows = models.Applied.objects.filter(body=actor.body, subject_id=subject_id, ended_at__isnull=True)
        return [applied_of(row) for row in rows.order_by("-pk")]


def list_proposed_about(actor: Actor, subject_id: UUID) -> list[Case]:
    """Return the cases in which the actor's body proposes a measure about a subject and has not ended, newest first."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        found = casework.list_cases_about(subject_id)
    return [one for one in found if one.procedure == PROCEDURE and one.body == actor.body and not one.is_closed]


def applied_of(row: models.Applied) -> Applied:
    """Return a row as a value."""
    return Applied(
        id=row.pk,
        number=row.number,
        measure=row.measure,
        subject_id=row.subject_id,
        body=row.body,
        record_id=row.record_id,
        entry_id=row.entry_id,
        person_role=row.person_role,
        served_on=row.served_on,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        ended_at=row.ended_at,
        ended_because=row.ended_because,
        result=row.result,
        result_at=row.result_at,
    )


def _title(act: str, *, now: datetime) -> str:
    kind = lists.kinds().get(act)
    if kind is not None:
        return in_language(kind.title.zh, kind.title.en)
    item = catalogue.find_item(act, on=legal_day(now))
    return in_language(item.title.zh, item.title.en) if item else act
