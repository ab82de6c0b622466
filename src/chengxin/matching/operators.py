"""Enterprises on public lists: nominated by the index, read again as the public may read them, then said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chengxin.lists import facade as lists
from chengxin.lists.contracts import Shown
from chengxin.matching.contracts import Hit, Side
from chengxin.matching.index import Index
from chengxin.matching.rules import action_for
from chengxin.matching.tags import entry_tags, query_tags
from chengxin.screening.contracts import Hit as Nominated
from chengxin.screening.contracts import Query
from chengxin.screening.facade import change_text


def match_operators(index: Index, queries: Sequence[Query], kinds: Sequence[str], *, at: datetime) -> list[list[Hit]]:
    """Return the hits of each query; what ended, was repaired, frozen, withdrawn or is not public is none."""
    nominated = index.nominate(queries, kinds) if queries else []
    wanted = sorted({hit.entry_id for found in nominated for hit in found if hit.entry_id})
    found_again = lists.list_shown(list(map(UUID, wanted)), at=at) if wanted else {}
    shown = {str(one.id): one for one in found_again.values()}
    said = [
        (place, hit, shown[hit.entry_id])
        for place, found in enumerate(nominated)
        for hit in found
        if hit.entry_id in shown
    ]
    with_hits = sorted({place for place, *_rest in said})
    asked = dict(zip(with_hits, query_tags([queries[place] for place in with_hits]), strict=True))
    entries = entry_tags([_values(hit, one) for _place, hit, one in said])
    answers: list[list[Hit]] = [[] for _ in queries]
    version = index.version
    for (place, found, one), entry_tag in zip(said, entries, strict=True):
        answers[place].append(_hit(found, one, index=version, query_tag=asked[place], entry_tag=entry_tag))
    return answers


def _values(found: Nominated, shown: Shown) -> tuple[object, ...]:
    """Return what an entry says: when any of it changes, a clearance of it holds no more."""
    said = (shown.document_no, shown.reason, shown.ends_on, shown.has_objection)
    return (shown.id, shown.version, shown.name, shown.uscc, found.entry_value, *said)


def _hit(found: Nominated, shown: Shown, *, index: str, query_tag: bytes, entry_tag: bytes) -> Hit:
    return Hit(
        entry_id=shown.id,
        list=shown.kind,
        subject_id=shown.subject_id,
        record_id=shown.record_id,
        version=shown.version,
        score=found.score,
        tier=found.tier,
        action=action_for(found.action, has_objection=shown.has_objection, is_cleared=False),
        rule=found.rule,
        values=Side(found.query_value, found.entry_value),
        alignment=found.alignment,
        explanation=found.explanation,
        would_change=change_text(found),
        document_no=shown.document_no,
        reason=shown.reason,
        legal_basis=shown.legal_basis,
        body=shown.body,
        listed_on=shown.listed_on,
        ends_on=shown.ends_on,
        has_objection=shown.has_objection,
        query_tag=query_tag,
        entry_tag=entry_tag,
        index=index,
    )
