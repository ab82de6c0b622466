"""Read commitments under row security, with the present name of an operator beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.commitments import models
from chengxin.commitments.contracts import Commitment, Content, Maker, Outcome, Sentence
from chengxin.commitments.rules import ABSENT
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Way
from chengxin.records.contracts import MarkKind, Record
from chengxin.subjects import facade as subjects

PURPOSE: Final = "commitment"
ITEM: Final = "commitment_fulfilment"
VIEWING: Final = "public_viewing"
_MOST: Final = 50


def find(number: str) -> Commitment | None:
    """Return a version by its number, or None; whoever has the number of a person's commitment may read it."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING, case_ref=number):
        row = models.Commitment.objects.filter(number=number).first()
        return commitments_of([row])[0] if row else None


def get_sentence(sentence_id: str) -> tuple[Commitment, Sentence]:
    """Return a promised sentence by its id with the version it stands in, or refuse."""
    found = find(sentence_id.rpartition("-")[0])
    sentence = next((one for one in found.sentences if one.id == sentence_id), None) if found else None
    if found is None or sentence is None:
        raise Refused(ABSENT)
    return found, sentence


def list_public(*, maker: str, tag: str, limit: int, offset: int) -> list[Commitment]:
    """Return what operators promise now, the newest first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return commitments_of(_standing(maker, tag).order_by("-signed_at", "-id")[offset : offset + limit])


def count_public(*, maker: str, tag: str) -> int:
    """Return how many commitments of operators stand."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return _standing(maker, tag).count()


def outcomes_of(commitment: Commitment, *, at: datetime) -> dict[str, list[Outcome]]:
    """Return what came of each sentence of an operator's version by its id; of a person's promise nothing is told."""
    if commitment.maker is Maker.INDIVIDUAL:
        return {}
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        found = [one for one in public_fulfilments(commitment.subject_id, at=at) if _is_of(one, commitment)]
    return {
        sentence.id: [_outcome(one) for one in found if one.content.get("sentence") == sentence.zh]
        for sentence in commitment.sentences
    }


def public_fulfilments(subject_id: UUID, *, at: datetime) -> list[Record]:
    """Return the records of what came of an operator's promises that may be public at a moment, the newest first."""
    found = records.list_of_subject(subject_id)
    return [one for one in found if one.item_code == ITEM and records.usable(one, channel=Way.PUBLIC, at=at)]


def _is_of(record: Record, commitment: Commitment) -> bool:
    return record.content.get("commitment_no") == commitment.number


def _outcome(record: Record) -> Outcome:
    by = record.content.get("rectified_by")
    return Outcome(
        result=str(record.content.get("performance", "")),
        found_on=record.determined_on,
        document=str(record.content.get("finding_document") or ""),
        rectified_by=date.fromisoformat(str(by)) if by else None,
        has_objection=any(mark.kind is MarkKind.OBJECTION for mark in record.marks),
    )


def list_versions(commitment: Commitment) -> list[Commitment]:
    """Return all versions of an operator's commitment, the newest first; of a person's only the one at hand."""
    if commitment.maker is Maker.INDIVIDUAL:
        return [commitment]
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Commitment.objects.filter(subject_id=commitment.subject_id, maker=commitment.maker.value)
        return commitments_of(rows.order_by("-version")[:_MOST])


def list_own(actor: Actor, *, now: datetime) -> list[Commitment]:
    """Return what the subject who asks promises now, and what it withdrew last."""
    subject_id = own_subject(actor, now=now, action="commitment.read_own")
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        rows = models.Commitment.objects.filter(subject_id=subject_id, replaced_at__isnull=True)
        return commitments_of(rows.order_by("maker"))


def makers_of(actor: Actor, *, now: datetime) -> list[Maker]:
    """Return as whom the subject who asks may promise: a natural person as an individual seller alone."""
    subject_id = own_subject(actor, now=now, action="commitment.read_own")
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        found = subjects.find_subject(subject_id)
    is_person = found is not None and found.kind is SubjectKind.NATURAL_PERSON
    return [one for one in Maker if (one is Maker.INDIVIDUAL) is is_person]


def own_subject(actor: Actor, *, now: datetime, action: str) -> UUID:
    """Return the subject who asks, or refuse."""
    if actor.subject_id is None:
        raise Refused(
            Refusal(
                code="SIGN_IN_REQUIRED", what="请先登录，再作出承诺。", next_step="请用经营主体或者您本人的账户登录。"
            )
        )
    resource = Resource(kind=PURPOSE, subject_id=actor.subject_id)
    access.require(actor, action=action, resource=resource, purpose=PURPOSE, now=now)
    return actor.subject_id


def commitments_of(rows: Sequence[models.Commitment] | QuerySet[models.Commitment]) -> list[Commitment]:
    """Return rows as others see them."""
    rows = list(rows)
    operators = subjects.operators_of([row.subject_id for row in rows if not row.is_person])
    return [
        Commitment(
            id=row.id,
            number=row.number,
            maker=Maker(row.maker),
            subject_id=row.subject_id,
            name=operators[row.subject_id].name if row.subject_id in operators else "",
            uscc=operators[row.subject_id].uscc or "" if row.subject_id in operators else "",
            version=row.version,
            sentences=tuple(_sentence(one) for one in row.sentences),
            statement=row.statement,
            signed_at=row.signed_at,
            replaced_at=row.replaced_at,
        )
        for row in rows
    ]


def told(sentence: Sentence) -> dict[str, Any]:
    """Return a sentence as it is kept and signed."""
    return {
        "id": sentence.id,
        "content": sentence.content.value,
        "tags": list(sentence.tags),
        "values": dict(sentence.values),
        "zh": sentence.zh,
        "en": sentence.en,
    }


def _sentence(kept: dict[str, Any]) -> Sentence:
    return Sentence(**{**kept, "content": Content(kept["content"]), "tags": tuple(kept["tags"])})


def _standing(maker: str, tag: str) -> QuerySet[models.Commitment]:
    rows = models.Commitment.objects.filter(is_person=False, replaced_at__isnull=True).exclude(sentences=[])
    rows = rows.filter(maker=maker) if maker else rows
    return rows.filter(tags__contains=[tag]) if tag else rows


def standing_row(subject_id: UUID, maker: Maker) -> models.Commitment | None:
    """Return the version that holds now, locked."""
    rows = models.Commitment.objects.select_for_update()
    return rows.filter(subject_id=subject_id, maker=maker.value, replaced_at__isnull=True).first()
