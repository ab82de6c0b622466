"""Open identity reviews (身份核查): a claimed name beside the known one, kept until a named person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from chengxin.access.facade import credit_office_of
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Sealed, Search
from chengxin.casework.contracts import Ref, Taken
from chengxin.casework.facade import open_case
from chengxin.crypto import facade as crypto
from chengxin.crypto.contracts import Aad
from chengxin.database.facade import present_context
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_ids
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.subjects import keyholder, models
from chengxin.subjects.contracts import ReviewReason
from chengxin.subjects.naming import name_tags

PROCEDURE = "identity_review"
REVIEW_TABLE, REVIEW_COLUMN = "subjects_review", "claimed_sealed"

# What was kept apart once stays apart: the same claim does not come back to the same desk.
_INSERT = """
    insert into subjects_review (id, reason, state, subject_id, tag, claimed_sealed, claimed_name, source,
                                 opened_at, opened_by, decided_by, decision_reasons)
    select %s, %s, 'open', %s::uuid, %s::bytea, %s, %s, %s, %s, %s, '', ''
    where not exists (
        select from subjects_review where subject_id = %s::uuid and tag = %s::bytea and state = 'kept_apart'
    )
    on conflict (subject_id, tag) where state = 'open' do nothing
"""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A name claimed for a number that is known under another; `subject_id` is hexadecimal text."""

    subject_id: str
    kind: SubjectKind
    name: str
    folded: str


def open_name_reviews(conflicts: Sequence[Conflict], *, now: datetime, actor: Actor, source: str) -> None:
    """Open a review for each claimed name that has none yet; a person's claimed name is sealed with the key at hand."""
    if not conflicts:
        return
    ids = new_ids(now, len(conflicts))
    subjects = [conflict.subject_id for conflict in conflicts]
    tags = name_tags(subjects, [conflict.folded for conflict in conflicts])
    keys = keyholder.sealing_keys(subjects)
    rows = []
    for review_id, conflict, tag in zip(ids, conflicts, tags, strict=True):
        is_person = conflict.kind is SubjectKind.NATURAL_PERSON
        place = Aad(table=REVIEW_TABLE, column=REVIEW_COLUMN, row=review_id)
        sealed = crypto.seal(keys[conflict.subject_id], conflict.name.encode(), aad=place) if is_person else None
        plain = None if is_person else conflict.name
        rows.append(
            (
                review_id,
                ReviewReason.SAME_NUMBER_TWO_NAMES.value,
                conflict.subject_id,
                tag,
                sealed,
                plain,
                source,
                now,
                actor.key,
                conflict.subject_id,
                tag,
            )
        )
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)
        cursor.execute("select id from subjects_review where id = any(%s) order by id", [ids])
        opened = [row[0] for row in cursor.fetchall()]
    _tell_candidates(conflicts, ids, opened, actor=actor, source=source, now=now)
    open_case_for(opened, actor=actor, now=now)


def _tell_candidates(
    conflicts: Sequence[Conflict],
    ids: Sequence[UUID],
    opened: Sequence[UUID],
    *,
    actor: Actor,
    source: str,
    now: datetime,
) -> None:
    """Write for each person whose number came under another name that nothing was put to their file by it."""
    context = present_context()
    fresh = set(opened)
    missed = audit.near_misses(
        [
            UUID(conflict.subject_id)
            for review_id, conflict in zip(ids, conflicts, strict=True)
            if review_id in fresh and conflict.kind is SubjectKind.NATURAL_PERSON
        ],
        by=Search.NUMBER,
        actor=actor,
        purpose=context.purpose if context else "filing",
        channel=context.channel if context else "",
        reference=source[:80],
        now=now,
    )
    audit.record_events(missed)


def open_case_for(review_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> None:
    """Put each review on the desk of the credit office (信用办); without an office it waits in the list."""
    office = credit_office_of(actor.area)
    if office is None:
        return
    for review in models.Review.objects.filter(id__in=review_ids).order_by("id"):
        case = open_case(
            PROCEDURE,
            ref=Ref(kind=PROCEDURE, id=str(review.id), subject_id=review.subject_id),
            body=office.code,
            opened_by=actor,
            now=now,
            facts={"reason": review.reason, "source": review.source},
        )
        models.Review.objects.filter(id=review.id).update(case_id=case.id)


def claimed_name(review: models.Review, *, taken: Taken) -> bytes:
    """Return the sealed name a review is about, to be sealed in its new place; the person sees that it was opened."""
    context = present_context()
    sealed = Sealed(
        subject_id=review.subject_id,
        wrapped_key=keyholder.wrapped_keys([review.subject_id]).get(review.subject_id, b""),
        aad=Aad(table=REVIEW_TABLE, column=REVIEW_COLUMN, row=review.id),
        ciphertext=bytes(review.claimed_sealed or b""),
    )
    (name,) = audit.disclose(
        [sealed],
        actor=taken.actor,
        purpose=context.purpose if context else PROCEDURE,
        channel=context.channel if context else "",
        now=taken.at,
        categories=(PROCEDURE,),
        reference=str(review.id),
    )
    return name
