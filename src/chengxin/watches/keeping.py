"""Keep watches (关注维护): end what has lost its ground, ask the engine in reverse, warn of what came, lift what left.

It looks at what stands, never at what it did, so it may run twice, and after days away. A hit is a case for a person
with its evidence; nothing is ever applied here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.database.contracts import Channel
from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Draft
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.lists import facade as lists
from chengxin.matching import facade as matching
from chengxin.matching.contracts import Hit
from chengxin.records.contracts import Duty
from chengxin.screening.contracts import RULES_VERSION
from chengxin.watches import models
from chengxin.watches.bases import OWN_PROCEDURE, living
from chengxin.watches.contracts import Settled, Watch
from chengxin.watches.queries import WATCHER, watch_of
from chengxin.watches.rules import PURPOSE, key_of, to_raise, why_over

SLACK: Final = timedelta(minutes=15)
"""A signed context lasts this long: what was written in the run before may have been committed since."""
AT_ONCE: Final = 500
_LOCK: Final = "select pg_advisory_xact_lock(hashtext('chengxin.watches'))"
_REMEMBERED: Final = timedelta(days=400)
"""Longer than a watch can last: an officer's word on a hit is remembered as long as the watch."""


def settle(*, now: datetime, since: datetime | None, whole: bool = False) -> Settled:
    """Bring every watch to what stands at a moment; with `whole`, those whose lists did not move as well.

    A person stands only on entries of their own, so only persons whose entries moved are looked at again. A firm may
    bear a name like another's, so every change is asked of every firm.
    """
    earliest = since - SLACK if since else datetime.min.replace(tzinfo=UTC)
    with _keeping():
        ended = _end(_open_watches(), now=now)
        moved = lists.list_moved(since=earliest)
        standing = _open_watches()
    if not (ended or moved or whole):
        return Settled()
    looked = [one for one in standing if whole or not _is_person(one) or one.subject_id in moved]
    raised, lifted = _bring_on(looked, passed_over=_ids(standing) - _ids(looked), now=now)
    return Settled(ended=ended, raised=raised, lifted=lifted)


def check_now(watch: Watch, *, now: datetime) -> None:
    """Bring one watch to what stands, as soon as it is set or taken back."""
    _bring_on([watch] if watch.ended_at is None else [], of=str(watch.id), now=now)


def record(watch: Watch, *, actor: Actor, reason: str, channel: Channel, now: datetime) -> None:
    """Write an event of a watch for whom it is about: that it began, with basis and end, or that it is over."""
    audit.record_event(_event(watch, actor=actor, reason=reason, channel=channel, now=now))


def look_again(watch: Watch, *, at: datetime) -> list[Hit]:
    """Return what the lists say of a watched subject at this moment."""
    return list(_hits_of([watch], at=at)[watch.id])


def tell(watch: Watch, hits: Sequence[Hit], *, actor: Actor, channel: Channel, now: datetime) -> None:
    """Write what was handed over about a watched subject: for it, for whoever else was hit, into the ledger."""
    event = _event(watch, actor=actor, reason="hit", channel=channel, now=now, count=len(hits))
    matching.tell_hits(event, hits, is_person=_is_person(watch))


@contextmanager
def _keeping() -> Iterator[None]:
    """Keep as the platform, one keeper at a time, in one transaction."""
    with access.acting_for(WATCHER, channel=Channel.JOB, purpose=PURPOSE), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_LOCK)
        yield


def _open_watches() -> list[Watch]:
    return [watch_of(row) for row in models.Watch.objects.filter(ended_at__isnull=True).order_by("id")]


def _end(watches: Sequence[Watch], *, now: datetime) -> int:
    """End the watches that are over: their term has passed, or what they rested on lives no more."""
    ended = 0
    for some in _parts(watches):
        lives = living(some, at=now)
        for one in some:
            because = why_over(one, lives=one.id in lives, on=legal_day(now))
            if because is None:
                continue
            models.Watch.objects.filter(id=one.id).update(ended_at=now, ended_because=because.value)
            record(one, actor=_for(one), reason=f"ended:{because.value}", channel=Channel.JOB, now=now)
            ended += 1
    return ended


def _bring_on(
    looked: Sequence[Watch], *, now: datetime, passed_over: Collection[str] = (), of: str = ""
) -> tuple[int, int]:
    """Warn of what came and lift what left; return how many of each.

    The engine is asked first, then what it said is written, as the platform: a change in between is met a minute later.
    Warnings of watches that were `passed_over` stay as they are; `of` names the one watch that is looked at, if any.
    """
    hits = _hits_of(looked, at=now)
    standing = {(str(one.id), key_of(hit)) for one in looked for hit in hits[one.id]}
    with _keeping():
        warned = [case for case in casework.list_open(OWN_PROCEDURE) if of in {"", case.ref.id}]
        gone = [case for case in warned if case.ref.id not in passed_over and _key(case) not in standing]
        for case in gone:
            _lift(case, now=now)
        known = _known(warned, now=now)
        raised = sum(_raise(one, to_raise(hits[one.id], known[str(one.id)]), now=now) for one in looked)
    return raised, len(gone)


def _hits_of(watches: Sequence[Watch], *, at: datetime) -> Mapping[UUID, list[Hit]]:
    """Ask the engine in reverse: what `screen` would answer about each, on the lists of its own matter."""
    by_lists: dict[tuple[str, ...], list[Watch]] = defaultdict(list)
    for one in watches:
        by_lists[one.lists].append(one)
    found: dict[UUID, list[Hit]] = {}
    for kinds, those in by_lists.items():
        for some in _parts(those):
            hits = matching.match_known({one.subject_id: one.subject_kind for one in some}, kinds, at=at)
            found |= {one.id: hits.get(one.subject_id, []) for one in some}
    return found


def _known(open_ones: Sequence[Case], *, now: datetime) -> Mapping[str, set[str]]:
    """Return by watch the hits somebody is warned of already, or said to be somebody else's."""
    cleared = casework.list_ended(OWN_PROCEDURE, state="cleared", since=now - _REMEMBERED)
    known: dict[str, set[str]] = defaultdict(set)
    for case in (*open_ones, *cleared):
        known[case.ref.id].add(str(case.facts["key"]))
    return known


def _raise(watch: Watch, hits: Sequence[Hit], *, now: datetime) -> int:
    """Open a case for each hit, write what was handed over, and put one message each, in this transaction."""
    if not hits:
        return 0
    actor = _for(watch)
    tell(watch, hits, actor=actor, channel=Channel.JOB, now=now)
    for hit in hits:
        case = casework.open_case(
            OWN_PROCEDURE,
            ref=Ref(kind="watch", id=str(watch.id), subject_id=watch.subject_id),
            body=watch.body,
            opened_by=actor,
            facts=_facts(watch, hit),
            now=now,
        )
        _put(case, topic="watch.raised", change="raised", now=now)
    return len(hits)


def _lift(case: Case, *, now: datetime) -> None:
    """Close a warning whose hit stands no more, and tell whoever was warned."""
    casework.take(case.id, verb="lift", actor=replace(WATCHER, body=case.body), now=now)
    _put(case, topic="watch.lifted", change="lifted", now=now)


def _put(case: Case, *, topic: str, change: str, now: datetime) -> None:
    facts = case.facts
    draft = Draft(
        topic=topic,
        recipient=f"body:{case.body}",
        key=f"watch:{case.id}:{change}",
        subject_id=case.ref.subject_id,
        reference=case.ref.id,
        payload={
            "action": str(facts["action"]) if change == "raised" else "none",
            "at": now.isoformat(),
            "case": case.number,
            "change": change,
            "do": (Duty.REPLACE if change == "raised" else Duty.DELETE).value,
            "entry": str(facts["entry"]),
            "list": str(facts["list"]),
            "record": str(facts["record"]),
            "rule": str(facts["rule"]),
            "watch": str(facts["watch"]),
        },
    )
    jobs.put([draft], actor=WATCHER, now=now)


def _facts(watch: Watch, hit: Hit) -> dict[str, object]:
    """Return what a warning keeps: which entry, by which rule, and what it followed from; nothing of a person."""
    return {
        "action": hit.action.value,
        "entry": str(hit.entry_id),
        "index": hit.index,
        "key": key_of(hit),
        "list": hit.list,
        "purpose": watch.purpose,
        "record": str(hit.record_id),
        "rule": hit.rule,
        "rules": RULES_VERSION,
        "tier": hit.tier.value,
        "version": hit.version,
        "watch": watch.number,
    }


def _event(watch: Watch, *, actor: Actor, reason: str, channel: Channel, now: datetime, count: int = 0) -> Event:
    return Event(
        kind=Kind.SEARCH,
        actor=actor,
        at=now,
        purpose=PURPOSE,
        channel=channel,
        subject_id=watch.subject_id,
        basis=watch.basis,
        categories=matching.held([lists.get_kind(code) for code in watch.lists]),
        reference=watch.number,
        reason=reason,
        count=count,
    )


def _for(watch: Watch) -> Actor:
    """Return the platform acting for the body that watches: it is the body that looks, and that is told."""
    return replace(WATCHER, body=watch.body)


def _ids(watches: Sequence[Watch]) -> set[str]:
    return {str(one.id) for one in watches}


def _parts(watches: Sequence[Watch]) -> Iterator[Sequence[Watch]]:
    for start in range(0, len(watches), AT_ONCE):
        yield watches[start : start + AT_ONCE]


def _key(case: Case) -> tuple[str, str]:
    return case.ref.id, str(case.facts["key"])


def _is_person(watch: Watch) -> bool:
    return watch.subject_kind is SubjectKind.NATURAL_PERSON
