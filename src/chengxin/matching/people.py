"""Natural persons on lists: by their own number alone, found blindly; no name is searched and nothing is opened.

Whoever could ask by name would learn who is listed. So a name only confirms a number, by its tag.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_noop

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import platform
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact, upgrade_id_no
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.lists import facade as lists
from chengxin.lists.contracts import Entry
from chengxin.matching.contracts import Hit, Side
from chengxin.matching.rules import PURPOSE, action_for
from chengxin.matching.tags import entry_tag, query_tag
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind, Record
from chengxin.screening.contracts import Action, Query, Tier
from chengxin.subjects import facade as subjects

READER: Final = platform("matching")
NUMBER: Final = "MATCH-NUMBER"
MOST_NAMES: Final = 50
MOST_COMPARED: Final = 5000
SAME: Final = gettext_noop("身份证号相同，姓名也相同；是不是同一人、是否采取措施，由经办人决定。")
SAME_NUMBER: Final = gettext_noop("身份证号相同，没有填写姓名；请核对证件。")
OTHER_NAME: Final = gettext_noop("身份证号相同，姓名不同：可能号码写错，或者姓名有变更；核对清楚以前不得当作同一人。")
NEEDS_NUMBER: Final = gettext_noop("自然人只凭身份证号比对；只有姓名，不能说明是不是同一人。请填写身份证号。")
CHANGE: Final = gettext_noop("若号码经核对属于他人，则不再命中")


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is known of one query about a person: whose number it is, if it is on file, and the entries that stand."""

    subject_id: UUID | None
    hits: Sequence[Hit] = ()


def fault_of(query: Query) -> tuple[str, str]:
    """Return code and words of why a person cannot be matched, or empty ones."""
    if not query.id_no.strip():
        return NUMBER, NEEDS_NUMBER
    fault = check_number(upgrade_id_no(compact(query.id_no)), kind=IdentifierKind.ID_NO)
    return ("", "") if fault is NumberFault.NONE else (fault.code, f"{fault.message}。")


def match_people(queries: Sequence[Query], kinds: Sequence[str], *, at: datetime) -> list[Person]:
    """Return what stands about each person on some lists, read again from the records at this moment."""
    if not queries:
        return []
    with access.acting_for(READER, channel=Channel.JOB, purpose=PURPOSE):
        return [_person(query, kinds, at=at) for query in queries]


def namesakes_of(queries: Sequence[Query], kinds: Sequence[str]) -> list[UUID]:
    """Return who on some lists bears a name that was asked about without a number; the asker hears nothing of it.

    They are told that somebody tried their name and that it matched nobody. On longer lists nobody is compared.
    """
    names = sorted({query.name for query in queries if query.name.strip()})[:MOST_NAMES]
    if not names:
        return []
    with access.acting_for(READER, channel=Channel.JOB, purpose=PURPOSE):
        listed = lists.list_persons_on(kinds, limit=MOST_COMPARED + 1)
        if len(listed) > MOST_COMPARED:
            return []
        return sorted({one for name in names for one in subjects.list_bearers(listed, name)})


def standing_of(subject_id: UUID, kinds: Sequence[str], *, tag: bytes, agrees: bool | None, at: datetime) -> list[Hit]:
    """Return the entries of one person that stand, inside the reader's context; `agrees` is what the name said."""
    standing = [one for one in lists.list_standing_of(subject_id) if one.kind in kinds and lists.stands(one, at=at)]
    found = {one.record_id: one for one in records.list_by_ids([(one.subject_id, one.record_id) for one in standing])}
    return [_hit(tag, one, found[one.record_id], agrees=agrees) for one in standing if one.record_id in found]


def _person(query: Query, kinds: Sequence[str], *, at: datetime) -> Person:
    subject = subjects.find_by_number(IdentifierKind.ID_NO, upgrade_id_no(compact(query.id_no)))
    if subject is None or subject.kind is not SubjectKind.NATURAL_PERSON:
        return Person(subject_id=None)
    agrees = subjects.has_name(subject.id, query.name) if query.name.strip() else None
    hits = standing_of(subject.id, kinds, tag=query_tag(query), agrees=agrees, at=at)
    return Person(subject_id=subject.id, hits=hits)


def _hit(tag: bytes, entry: Entry, record: Record, *, agrees: bool | None) -> Hit:
    disputed = any(mark.kind is MarkKind.OBJECTION for mark in record.marks)
    return Hit(
        entry_id=entry.id,
        list=entry.kind,
        subject_id=entry.subject_id,
        record_id=entry.record_id,
        version=record.version,
        score=1.0,
        tier=Tier.IDENTIFIER,
        action=action_for(
            Action.BLOCK_PROPOSED, has_objection=disputed, is_cleared=False, other_name=agrees is not True
        ),
        rule="number_with_other_name" if agrees is False else "identifier_id_no",
        values=Side("", ""),
        alignment="",
        explanation={True: SAME, False: OTHER_NAME, None: SAME_NUMBER}[agrees],
        would_change=CHANGE,
        document_no="",
        reason="",
        legal_basis="",
        body=entry.body,
        listed_on=entry.listed_on,
        ends_on=lists.ends_on(record),
        has_objection=disputed,
        query_tag=tag,
        entry_tag=entry_tag(entry.id, record.version, agrees, disputed),
    )
