"""The same ladder in reverse (反向比对): whom a body watches, as they are on file, against the lists as they stand.

Nobody is asked about here whom the caller may not ask about, and nothing is told: the caller has a basis, and tells.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.matching.contracts import Hit
from chengxin.matching.index import KEEPER
from chengxin.matching.operators import match_operators
from chengxin.matching.people import READER, standing_of
from chengxin.matching.rules import PURPOSE
from chengxin.matching.tags import subject_tag
from chengxin.screening.contracts import Kind, Query
from chengxin.subjects import facade as subjects
from chengxin.subjects.contracts import Operator


def match_known(known: Mapping[UUID, SubjectKind], kinds: Sequence[str], *, at: datetime) -> dict[UUID, list[Hit]]:
    """Return what `screen` would answer about each subject: a person by number alone, an operator by code and names."""
    persons = [one for one, kind in known.items() if kind is SubjectKind.NATURAL_PERSON]
    return _operators(known.keys() - set(persons), kinds, at=at) | _persons(persons, kinds, at=at)


def query_of(operator: Operator) -> Query:
    """Return what is known of an operator as somebody would ask about it."""
    return Query(
        id=str(operator.id),
        kind=Kind.ENTERPRISE.value,
        name=operator.name,
        alias="|".join(operator.former_names),
        uscc=operator.uscc,
    )


def _operators(wanted: Collection[UUID], kinds: Sequence[str], *, at: datetime) -> dict[UUID, list[Hit]]:
    found = subjects.operators_of(sorted(wanted)) if wanted else {}
    queries = [query_of(one) for one in found.values()]
    return dict(zip(found, match_operators(KEEPER.current(at=at), queries, kinds, at=at), strict=True))


def _persons(wanted: Sequence[UUID], kinds: Sequence[str], *, at: datetime) -> dict[UUID, list[Hit]]:
    if not wanted:
        return {}
    with access.acting_for(READER, channel=Channel.JOB, purpose=PURPOSE):
        return {one: standing_of(one, kinds, tag=subject_tag(one), agrees=None, at=at) for one in wanted}
