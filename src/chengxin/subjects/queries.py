"""Read subjects: by id, by number, by what people type; nothing here opens a sealed value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from chengxin.audit.contracts import Sealed
from chengxin.crypto import facade as crypto
from chengxin.crypto.contracts import Aad
from chengxin.database.facade import ask
from chengxin.kernel.grams import gram_codes
from chengxin.kernel.identifiers import IdentifierKind, compact
from chengxin.kernel.ids import least_id
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.kernel.text import clean, fold
from chengxin.subjects import models
from chengxin.subjects.contracts import (
    Operator,
    Representation,
    RepresentationGround,
    Review,
    ReviewReason,
    ReviewState,
    SealedField,
    SealedName,
    Subject,
    SubjectStatus,
)
from chengxin.subjects.naming import name_tags, number_column

# Fragments are taken from so many candidates; ranking reads no more than these.
CANDIDATES: Final = 200
_FRAGMENT: Final = """
    select subject_id from subjects_operator
    where grams @> %s::integer[] and folded like %s escape '!' limit %s
"""
_EVERYWHERE: Final = """
    select subject_id from subjects_operator where grams @> %s::integer[] limit %s
"""
_OPERATORS: Final = """
    select o.subject_id, o.kind, coalesce(o.uscc, ''), o.name, o.area,
           array(select f.name from subjects_operator_former_name f
                  where f.subject_id = o.subject_id order by f.ended_on desc, f.id)
      from subjects_operator o where o.subject_id = any(%s::uuid[]) order by o.subject_id
"""
_RENAMED: Final = "select id, subject_id from subjects_operator_former_name where id >= %s::uuid"
_NAMES: Final = """
    select id, sealed, valid_from, valid_until from subjects_name where subject_id = %s and sealed is not null
    order by valid_until is not null, valid_from desc, id
"""
_CURRENT_NAME: Final = """
    select n.id, n.sealed, k.wrapped
      from subjects_name n left join subjects_subject_key k on k.subject_id = n.subject_id
     where n.subject_id = %s and n.valid_until is null and n.sealed is not null
     order by n.valid_from desc, n.id limit 1
"""


def renamed_since(moment: datetime) -> dict[UUID, UUID]:
    """Return which operators were found to have changed their name since a moment, by the row that tells of each."""
    return dict(ask(_RENAMED, [least_id(moment)]))


def find_subject(subject_id: UUID) -> Subject | None:
    """Return a subject that is in sight, or None."""
    return list_subjects([subject_id]).get(subject_id)


def list_subjects(subject_ids: Iterable[UUID]) -> dict[UUID, Subject]:
    """Return the subjects in sight by their ids."""
    wanted = list(subject_ids)
    operators = {row.subject_id: row for row in models.Operator.objects.filter(subject_id__in=wanted)}
    return {row.id: _subject(row, operators.get(row.id)) for row in models.Subject.objects.filter(id__in=wanted)}


def find_by_number(kind: IdentifierKind, number: str) -> Subject | None:
    """Return the subject a live number belongs to, after merges, or None; the number is looked up blindly."""
    blind = crypto.blind(number_column(kind), compact(number))
    found = models.Identifier.objects.filter(kind=kind, blind=blind, valid_until=None).values_list("subject_id").first()
    if found is None:
        return None
    subject = find_subject(found[0])
    return find_subject(subject.merged_into) if subject is not None and subject.merged_into else subject


def list_by_tags(kind: IdentifierKind, tags: Collection[bytes]) -> list[UUID]:
    """Return the subjects in sight whose live number has one of these tags, merged ones as who they now are."""
    found = models.Identifier.objects.filter(kind=kind, blind__in=list(tags), valid_until=None)
    known = list_subjects(found.values_list("subject_id", flat=True))
    return sorted({subject.merged_into or subject.id for subject in known.values()})


def number_tag(kind: IdentifierKind, number: str) -> bytes:
    """Return the blind tag (盲索引) of a number, by which it can be compared later without being kept."""
    return crypto.blind(number_column(kind), compact(number))


def has_number(subject_id: UUID, tag: bytes) -> bool:
    """Tell whether a live number of a subject has a tag; row security shows a subject its own only."""
    return models.Identifier.objects.filter(subject_id=subject_id, blind=tag, valid_until=None).exists()


def has_name(subject_id: UUID, name: str) -> bool:
    """Tell whether a name is the present name of a subject; nothing is opened, its tag is compared."""
    (tag,) = name_tags([subject_id.hex], [fold(clean(name).text)])
    return models.Name.objects.filter(subject_id=subject_id, tag=tag, valid_until=None).exists()


def list_bearers(subject_ids: Sequence[UUID], name: str) -> list[UUID]:
    """Return which of some subjects bear a name at present; nothing is opened, each one's own tag is compared."""
    tags = name_tags([one.hex for one in subject_ids], [fold(clean(name).text)] * len(subject_ids))
    found = models.Name.objects.filter(subject_id__in=subject_ids, tag__in=tags, valid_until=None)
    return sorted(set(found.values_list("subject_id", flat=True)))


def find_operator(uscc: str) -> Operator | None:
    """Return the operator with a unified social credit code, or None."""
    row = models.Operator.objects.filter(uscc=compact(uscc)).first()
    return None if row is None else _operators([row])[0]


def operators_of(subject_ids: Sequence[UUID]) -> dict[UUID, Operator]:
    """Return operators by their ids; who is none is left out."""
    return {
        subject_id: Operator(
            id=subject_id, kind=SubjectKind(kind), uscc=number, name=name, area=area, former_names=tuple(former)
        )
        for subject_id, kind, number, name, area, former in ask(_OPERATORS, [list(subject_ids)])
    }


def current_name(subject_id: UUID) -> Sealed | None:
    """Return the present name of a natural person as `audit.disclose` takes it; None for who has none."""
    for row, sealed, wrapped in ask(_CURRENT_NAME, [subject_id]):
        name = _sealed("subjects_name", row, sealed)
        return Sealed(
            subject_id=subject_id,
            wrapped_key=bytes(wrapped or b""),
            aad=Aad(table=name.table, column=name.column, row=name.row, version=name.version),
            ciphertext=name.ciphertext,
        )
    return None


def list_names(subject_id: UUID) -> list[SealedName]:
    """Return the sealed names of a natural person, the current one first."""
    return [
        SealedName(
            subject_id=subject_id,
            is_current=valid_until is None,
            starts_on=valid_from,
            ends_on=valid_until,
            value=_sealed("subjects_name", row, sealed),
        )
        for row, sealed, valid_from, valid_until in ask(_NAMES, [subject_id])
    ]


def list_numbers(subject_id: UUID) -> list[tuple[IdentifierKind, SealedField]]:
    """Return the live sealed numbers of a natural person with their kinds."""
    live = models.Identifier.objects.filter(subject_id=subject_id, valid_until=None, sealed__isnull=False)
    return [
        (IdentifierKind(row.kind), _sealed("subjects_identifier", row.id, row.sealed)) for row in live.order_by("id")
    ]


def search_operators(text: str, *, limit: int = 20) -> list[Operator]:
    """Return operators by code, name, or a fragment of at least two characters of a present or former name.

    Exact hits come first, then names that begin with the fragment, then others; width, case, punctuation and
    simplified or traditional characters make no difference.
    """
    number = compact(text)
    if len(number) == 18 and number.isascii():
        operator = find_operator(number)
        if operator is not None:
            return [operator]
    folded = fold(text)
    if len(folded) < 2:
        return []
    rows = list(models.Operator.objects.filter(folded=folded).order_by("subject_id")[:limit])
    if len(rows) < limit:
        rows += _by_fragment(folded, limit=limit, seen={row.subject_id for row in rows})
    return _operators(rows[:limit])


def _by_fragment(folded: str, *, limit: int, seen: set[UUID]) -> list[models.Operator]:
    codes = gram_codes(folded)
    pattern = "%" + folded.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    with connection.cursor() as cursor:
        cursor.execute(_FRAGMENT, [codes, pattern, CANDIDATES])
        ids = [row[0] for row in cursor.fetchall()]
        if len(ids) < limit:
            # A former name holds the pieces too; only its order cannot be told from them, so it is checked after.
            cursor.execute(_EVERYWHERE, [codes, CANDIDATES])
            ids += _formerly([row[0] for row in cursor.fetchall()], folded)
    rows = models.Operator.objects.filter(subject_id__in=set(ids) - seen)
    return sorted(
        rows, key=lambda row: (not row.folded.startswith(folded), len(row.folded), row.folded, row.subject_id)
    )


def _formerly(subject_ids: list[UUID], folded: str) -> list[UUID]:
    names = models.OperatorFormerName.objects.filter(subject_id__in=subject_ids).values_list("subject_id", "name")
    return [subject_id for subject_id, name in names if folded in fold(name)]


def list_open_reviews(*, limit: int = 100) -> list[Review]:
    """Return identity reviews that wait for a decision, oldest first."""
    rows = models.Review.objects.filter(state=ReviewState.OPEN.value).order_by("opened_at", "id")[:limit]
    return [review_of(row) for row in rows]


def get_review(review_id: UUID) -> Review:
    """Return one identity review; raises `Review.DoesNotExist` when it is not in sight."""
    return review_of(models.Review.objects.get(id=review_id))


def list_representations(representative_id: UUID, *, on: date) -> list[Representation]:
    """Return for whom an adult may act on a day."""
    rows = models.Representation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), representative_id=representative_id, starts_on__lte=on
    ).order_by("starts_on", "id")
    return [
        Representation(
            id=row.id,
            subject_id=row.subject_id,
            representative_id=row.representative_id,
            ground=RepresentationGround(row.ground),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
    ]


def review_of(row: models.Review) -> Review:
    """Return a review as others see it."""
    sealed = None if row.claimed_sealed is None else bytes(row.claimed_sealed)
    return Review(
        id=row.id,
        reason=ReviewReason(row.reason),
        state=ReviewState(row.state),
        subject_id=row.subject_id,
        other_subject_id=row.other_subject_id,
        source=row.source,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        decision_reasons=row.decision_reasons,
        claimed_name=row.claimed_name or "",
        claimed_name_sealed=None
        if sealed is None
        else SealedField(table="subjects_review", column="claimed_sealed", row=row.id, version=1, ciphertext=sealed),
        case_id=row.case_id,
    )


def _subject(row: models.Subject, operator: models.Operator | None) -> Subject:
    return Subject(
        id=row.id,
        kind=SubjectKind(row.kind),
        status=SubjectStatus(row.status),
        created_at=row.created_at,
        merged_into=row.merged_into_id,
        uscc=(operator.uscc or "") if operator else "",
        name=operator.name if operator else "",
        area=operator.area if operator else "",
    )


def _operators(rows: list[models.Operator]) -> list[Operator]:
    former: dict[UUID, list[str]] = {}
    ids = [row.subject_id for row in rows]
    names = models.OperatorFormerName.objects.filter(subject_id__in=ids).order_by("-ended_on", "id")
    for subject_id, name in names.values_list("subject_id", "name"):
        former.setdefault(subject_id, []).append(name)
    return [
        Operator(
            id=row.subject_id,
            kind=SubjectKind(row.kind),
            uscc=row.uscc or "",
            name=row.name,
            area=row.area,
            former_names=tuple(former.get(row.subject_id, ())),
        )
        for row in rows
    ]


def _sealed(table: str, row: UUID, sealed: bytes | memoryview[int] | None) -> SealedField:
    return SealedField(table=table, column="sealed", row=row, version=1, ciphertext=bytes(sealed or b""))
