"""Read amendments and comments: everybody what was opened and published, the office all of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from uuid import UUID

from chengxin.access import facade as access
from chengxin.amendments import models
from chengxin.amendments.contracts import Amendment, Assessment, Comment, Look, Version
from chengxin.amendments.kinds import kind_of
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.database.facade import present_context
from chengxin.kernel.actor import ANYONE, Actor, platform
from chengxin.kernel.refusal import Refusal, Refused

PURPOSE = "catalogue_change"
COUNTER = platform("amendments")
DECIDED = frozenset({"approved", "refused", "withdrawn"})


def count_public() -> int:
    """Return how many amendments were ever opened to comment."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=PURPOSE):
        return models.Amendment.objects.filter(opened_on__isnull=False).count()


def list_public(*, limit: int, offset: int = 0) -> list[Amendment]:
    """Return the amendments that were opened to comment, the newest first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=PURPOSE):
        opened = models.Amendment.objects.filter(opened_on__isnull=False).order_by("-opened_on", "-id")
        rows = list(opened[offset : offset + limit])
    return _amendments(rows)


def get_public(code: str, place: int) -> Amendment:
    """Return one opened amendment of an item by its place, or refuse."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=PURPOSE):
        row = models.Amendment.objects.filter(item_code=code, place=place, opened_on__isnull=False).first()
    if row is None:
        raise Refused(absent())
    return _amendments([row])[0]


def list_opened(code: str) -> list[Amendment]:
    """Return the amendments of one code that were opened to comment, the newest first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=PURPOSE):
        rows = list(models.Amendment.objects.filter(item_code=code, opened_on__isnull=False).order_by("-place"))
    return _amendments(rows)


def list_approved(code: str) -> list[Version]:
    """Return the versions of a code that amendments brought about, the oldest first; a draft is none.

    What was opened is read in every context, so it is asked in the running one where there is one.
    """
    with nullcontext() if present_context() else access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=PURPOSE):
        became = models.Amendment.objects.filter(item_code=code, item_version_id__isnull=False, opened_on__isnull=False)
        return [version_of(row) for row in became.order_by("version", "id")]


def list_of_office(actor: Actor) -> list[Amendment]:
    """Return the amendments of the actor's office, the newest first."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        rows = list(models.Amendment.objects.filter(body=actor.body).order_by("-id")[:200])
    return _amendments(rows)


def get_of_office(actor: Actor, amendment_id: UUID) -> Amendment:
    """Return one amendment of the actor's office, or refuse."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        row = models.Amendment.objects.filter(id=amendment_id, body=actor.body).first()
    if row is None:
        raise Refused(absent())
    return _amendments([row])[0]


def list_published_comments(amendment: Amendment) -> list[Comment]:
    """Return the published comments, oldest first; the replies come together with the decision."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=PURPOSE):
        rows = models.Comment.objects.filter(amendment_id=amendment.id, look=Look.SHOWN).order_by("id")
        found = [comment_of(row) for row in rows]
    if amendment.state in DECIDED:
        return found
    return [replace(one, reply="", verdict="") for one in found]


def count_hidden(amendment: Amendment) -> Mapping[str, int]:
    """Return how many comments were not published, by reason; what they said stays with the office."""
    with access.acting_for(COUNTER, channel=Channel.JOB, purpose=PURPOSE):
        hidden = models.Comment.objects.filter(amendment_id=amendment.id, look=Look.HIDDEN).order_by("id")
        return dict(sorted(Counter(hidden.values_list("hidden_because", flat=True)).items()))


def count_waiting(amendment: Amendment) -> int:
    """Return how many comments nobody has looked at yet."""
    with access.acting_for(COUNTER, channel=Channel.JOB, purpose=PURPOSE):
        return models.Comment.objects.filter(amendment_id=amendment.id, look=Look.WAITING).count()


def list_comments(actor: Actor, amendment: Amendment) -> list[Comment]:
    """Return all comments for the office, those nobody looked at first."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        rows = models.Comment.objects.filter(amendment_id=amendment.id).order_by("id")
        return sorted((comment_of(row) for row in rows), key=lambda one: one.look is not Look.WAITING)


def comment_of(row: models.Comment) -> Comment:
    """Return the value of a row."""
    return Comment(
        id=row.id,
        at=row.at,
        name=row.name,
        text=row.text,
        look=Look(row.look),
        hidden_because=row.hidden_because,
        hidden_reasons=row.hidden_reasons,
        verdict=row.verdict,
        reply=row.reply,
    )


def version_of(row: models.Amendment) -> Version:
    """Return the version a row describes, with the first day as drafted or put off."""
    described: Any = kind_of(row.item_code).value_of(row.definition)
    put_off: Version = replace(described, effective_on=row.effective_on)
    return put_off


def amendment_of(row: models.Amendment, *, state: str) -> Amendment:
    """Return the value of a row whose case stands in a state."""
    earlier = [one for one in kind_of(row.item_code).history(row.item_code) if one.version == row.version - 1]
    said = row.assessment
    return Amendment(
        id=row.id,
        number=row.number,
        place=row.place,
        item=version_of(row),
        earlier=earlier[0] if earlier else None,
        reasons=row.reasons,
        body=row.body,
        case_id=row.case_id,
        state=state,
        drafted_at=row.drafted_at,
        opened_on=row.opened_on,
        closes_on=row.closes_on,
        assessment=Assessment(**said, by=row.assessed_by, at=row.assessed_at) if said else None,
        decided_at=row.decided_at,
        decision_reasons=row.decision_reasons,
        written=row.written,
    )


def absent() -> Refusal:
    """Return the refusal that tells neither that an amendment exists nor that it does not."""
    return Refusal(code="ABSENT", what="没有找到这件目录修订。", next_step="请到“目录修订”页查看全部修订。")


def _amendments(rows: list[models.Amendment]) -> list[Amendment]:
    """Join the state of each case, which is public with its amendment."""
    with access.acting_for(COUNTER, channel=Channel.JOB, purpose=PURPOSE):
        cases = casework.find_cases_by_number([row.number for row in rows])
    return [amendment_of(row, state=cases[row.number].state) for row in rows]
