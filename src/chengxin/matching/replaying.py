"""Answer a batch again (重放): from the index and the rules it was answered from, whatever the lists say today.

The log holds no name and no number, so whoever wants an answer made again brings the queries; each is known by its tag.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event
from chengxin.audit.contracts import Kind as EventKind
from chengxin.database.contracts import Channel
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lists import facade as lists
from chengxin.matching import models
from chengxin.matching.contracts import Replay, Same
from chengxin.matching.history import find_answer, rebuilt
from chengxin.matching.index import Index
from chengxin.matching.people import READER
from chengxin.matching.rules import PURPOSE
from chengxin.matching.tags import asked_tags, said_tags
from chengxin.screening.contracts import RULES_VERSION, Kind, Query
from chengxin.screening.facade import Screener, tidied

_TAG: Final = 16
_AT_ONCE: Final = 5000


def replay(answer_id: UUID, queries: Sequence[Query], *, now: datetime) -> Replay:
    """Answer some queries of a batch again and tell which come out the same; the replay itself is in the log.

    Raises `Refused` when the batch is unknown or destroyed, or was answered by other rules than these.
    """
    with access.acting_for(READER, channel=Channel.JOB, purpose=PURPOSE):
        found = find_answer(answer_id)
        if found is None or found.destroyed_at is not None:
            raise Refused(_gone())
        if found.rules != RULES_VERSION:
            raise Refused(_other_rules(found.rules))
        index = _index_of(found)
        audit.record_event(
            Event(
                kind=EventKind.SEARCH,
                actor=READER,
                at=now,
                purpose=PURPOSE,
                channel=Channel.JOB,
                reference=str(answer_id),
                reason="replay",
                count=len(queries),
            )
        )
    asked = [tidied(query) for query in queries]
    return Replay(at=found.at, index=index.version, rules=found.rules, rows=_compared(found, index, asked))


def _compared(found: models.Answer, index: Index, queries: Sequence[Query]) -> list[tuple[str, Same]]:
    places = {bytes(found.tags[at * _TAG : (at + 1) * _TAG]): at for at in range(len(found.outcomes))}
    known = [places.get(tag) for tag in asked_tags(queries)]
    rows: list[tuple[str, Same]] = []
    for query, place in zip(queries, known, strict=True):
        if place is None:
            rows.append((query.id, Same.UNKNOWN))
        elif query.kind == Kind.PERSON:
            rows.append((query.id, Same.BY_NUMBER))
        else:
            said = found.hits.get(str(place), [])
            rows.append((query.id, _again(index, query, said, lists_named=found.lists)))
    return rows


def _again(index: Index, query: Query, said: Sequence[Sequence[Any]], *, lists_named: Sequence[str]) -> Same:
    """Tell whether each hit that was said is nominated again, by the same rule, with the same score and the same words.

    What is nominated and was not said did not stand when it was read again; that is not kept.
    """
    (nominated,) = index.nominate([query], lists_named)
    tags = said_tags(hit.explanation for hit in nominated)
    again = {(hit.entry_id, hit.rule, hit.score, hit.tier.value, tag) for hit, tag in zip(nominated, tags, strict=True)}
    then = {(entry, rule, score, tier, tag) for entry, _version, rule, score, tier, _action, tag in said}
    return Same.SAME if then <= again else Same.DIFFERENT


def _index_of(found: models.Answer) -> Index:
    """Build the index of an answer again, and refuse one that does not come out byte for byte."""
    base, kinds = rebuilt(found.base_id)
    came, others = rebuilt(found.came_id, like=base) if found.came_id and base is not None else (None, {})
    if base is None or (found.came_id and came is None):
        raise Refused(_gone())
    if base.version != found.base_id or (came.version if came else None) != found.came_id:
        raise Refused(_altered())
    return Index(
        places=found.places,
        built_at=found.at,
        base=Screener(base),
        came=Screener(came) if came else None,
        fresh={},
        kinds={**kinds, **others},
        gone=_left(found.places),
    )


def _left(places: Mapping[str, int]) -> frozenset[str]:
    """Return the entries that had left their lists by some places."""
    listed: dict[UUID, bool] = {}
    for kind, last in places.items():
        after = 0
        while after < last:
            for change in lists.list_changes(kind, after=after, limit=min(_AT_ONCE, last - after)):
                listed[change.entry_id] = change.is_listed
                after = change.place
    return frozenset(str(entry_id) for entry_id, stands in listed.items() if not stands)


def _gone() -> Refusal:
    return Refusal(
        code="MATCH-GONE",
        what="没有这次比对的记录，或者它已经到期销毁。",
        next_step="请核对答复里的 screening 编号。",
    )


def _altered() -> Refusal:
    return Refusal(
        code="MATCH-ALTERED",
        what="按留痕重建的索引和当时的不一样。",
        why="留痕里的索引内容被改动过，不能用来证明当时的答复。",
        next_step="请联系系统管理员，用备份核对。",
    )


def _other_rules(version: str) -> Refusal:
    return Refusal(
        code="MATCH-RULES",
        what="这次比对用的是{version}版规则，本版本是{ours}版。",
        next_step="请用当时的版本重放。",
        values={"version": version, "ours": RULES_VERSION},
    )
