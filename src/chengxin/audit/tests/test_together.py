"""Looks of one moment share a commit and a journey to the key service, and nothing else."""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError, connection
from tests.key_service import TestKeyService

from chengxin.audit import apart, keyservice
from chengxin.audit import facade as audit
from chengxin.audit.actions import record_apart
from chengxin.audit.contracts import Event, Kind, Receipt, Sealed
from chengxin.audit.keyservice import Uncovered
from chengxin.audit.tests.test_key_service import sealed_for
from chengxin.audit.together import Together
from chengxin.crypto.contracts import KeyServiceAway
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting, second_session, write_apart
from chengxin.kernel.actor import Actor, Role

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WRITTEN = "select actor_key, subject_id, writer_id, counter, written_at from audit_event order by writer_id, counter"


def person(number: int) -> Actor:
    return Actor(key=f"account:{number}", roles=frozenset({Role.CITIZEN}), subject_id=UUID(int=number))


def event_of(actor: Actor) -> Event:
    return Event(
        kind=Kind.DISCLOSE,
        actor=actor,
        at=NOW,
        purpose="own_archive",
        channel="self",
        subject_id=actor.subject_id,
        count=1,
    )


def tell(actor: Actor, *events: Event) -> list[Receipt]:
    with acting(Context.of(actor, channel=Channel.SELF, purpose="own_archive")):
        return record_apart(events or [event_of(actor)])


def disclose(actor: Actor, sealed: list[Sealed]) -> list[bytes]:
    with acting(Context.of(actor, channel=Channel.SELF, purpose="own_archive")):
        return audit.disclose(sealed, actor=actor, purpose="own_archive", channel="self", now=NOW)


@contextmanager
def held(together: Together[Any, Any], *, until: int) -> Iterator[None]:
    """Keep a group waiting until so many are in it, or have not come for ten seconds."""
    together._under_way.acquire()
    try:
        yield
        end = time.monotonic() + 10
        while len(together._queue) < until and time.monotonic() < end:
            time.sleep(0.001)
    finally:
        together._under_way.release()


def at_once(together: Together[Any, Any], *acts: Callable[[], Any]) -> list[Any]:
    """Do something in as many threads, as one group of `together`; return what each returned or raised."""
    found: list[Any] = [None] * len(acts)

    def one(place: int) -> None:
        try:
            found[place] = acts[place]()
        except Exception as error:  # noqa: BLE001 - it is what is asked for
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(acts))]
    with held(together, until=len(acts)):
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    return found


def written(owner: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    """Read what stands, past row security."""
    owner.execute("alter table audit_event no force row level security")
    rows = owner.execute(WRITTEN).fetchall()
    owner.rollback()
    return rows


def test_acts_of_one_moment_stand_in_one_commit_each_in_its_own_name(
    transactional_db: None, owner: psycopg.Connection[Any]
) -> None:
    people = [person(number) for number in range(1, 6)]
    told = at_once(apart._together, *[lambda actor=actor: tell(actor) for actor in people])
    rows = written(owner)
    assert sorted(row[0] for row in rows) == [actor.key for actor in people]
    assert all(row[0] == f"account:{row[1].int}" for row in rows)
    assert [row[3] for row in rows] == [1, 2, 3, 4, 5]
    assert len({row[4] for row in rows}) == 1
    assert {
        (actor.key, receipt.writer_id, receipt.counter) for actor, (receipt,) in zip(people, told, strict=True)
    } == {(row[0], row[2], row[3]) for row in rows}


def test_an_act_in_the_name_of_another_is_refused_and_holds_up_no_other(
    transactional_db: None, owner: psycopg.Connection[Any]
) -> None:
    ann, bob, eve = person(1), person(2), person(3)
    told = at_once(
        apart._together,
        lambda: tell(ann),
        lambda: tell(eve, event_of(eve), event_of(ann)),
        lambda: tell(bob),
        lambda: tell(eve, event_of(bob)),
    )
    assert [type(one) for one in told] == [list, ProgrammingError, list, ProgrammingError]
    assert "row-level security" in str(told[1])
    rows = written(owner)
    assert sorted(row[0] for row in rows) == ["account:1", "account:2"]
    assert [row[3] for row in rows] == [1, 2]


@pytest.mark.parametrize("which", ["signature", "context", "neither"])
def test_a_forged_context_writes_nothing_beside_true_ones(
    transactional_db: None, owner: psycopg.Connection[Any], which: str
) -> None:
    ann, eve = person(1), person(3)
    with acting(Context.of(eve, channel=Channel.SELF, purpose="own_archive")):
        session = second_session()
        acts = [
            apart._signed(
                session, apart._Act(Context.of(one, channel=Channel.SELF, purpose="own_archive"), apart.draft([event]))
            )
            for one, event in ((eve, event_of(eve)), (eve, event_of(ann)))
        ]
        if which == "signature":
            acts[1]["signature"] = "0" * 64
        if which == "context":
            acts[1]["context"] = acts[1]["context"].replace("account:3", "account:1")
        words = apart.orjson.dumps(acts).decode()
        ((answers,),) = write_apart(session, apart._TELL, [uuid4(), "web", 0, NOW, words])
    assert session is second_session()
    assert [answer[:5] for answer in answers] == ["", "42501"]
    assert [row[0] for row in written(owner)] == ["account:3"]


def test_a_session_lost_between_signature_and_writing_is_told_as_lost_and_not_as_forged(
    transactional_db: None, owner: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, sign = person(1), apart._signed
    tell(person(9))

    def lost_once_signed(*given: Any) -> dict[str, Any]:
        done = sign(*given)
        session = second_session()
        with psycopg.connect(session.info.dsn, password="") as beside:
            beside.execute("select pg_terminate_backend(%s)", [session.info.backend_pid])
        select.select([session.fileno()], [], [], 5)
        return done

    with monkeypatch.context() as patch:
        patch.setattr(apart, "_signed", lost_once_signed)
        with pytest.raises(OperationalError):
            tell(ann)
    assert [row[0] for row in written(owner)] == ["account:9"]
    tell(ann)
    assert sorted(row[0] for row in written(owner)) == ["account:1", "account:9"]


def test_when_a_group_is_rolled_back_none_of_it_stands_and_each_is_told(
    transactional_db: None, owner: psycopg.Connection[Any], key_service: TestKeyService
) -> None:
    tell(person(9))
    second_session().execute("set statement_timeout = '300ms'")
    before = key_service.opened()
    owner.execute("lock table audit_queue in exclusive mode")
    people = [person(number) for number in range(1, 4)]
    told = at_once(
        apart._together,
        *[lambda actor=actor: disclose(actor, sealed_for(actor.subject_id, "一")) for actor in people],
    )
    owner.rollback()
    assert [type(one) for one in told] == [OperationalError] * 3
    assert [row[0] for row in written(owner)] == ["account:9"]
    assert key_service.opened() == before
    assert disclose(people[0], sealed_for(people[0].subject_id, "一")) == ["一".encode()]


def test_what_is_opened_together_is_opened_or_refused_each_by_itself(
    transactional_db: None, key_service: TestKeyService
) -> None:
    people = [person(number) for number in range(1, 5)]
    sealed = [sealed_for(actor.subject_id, f"{actor.key} 的") for actor in people]
    sealed[1] = [replace(sealed[1][0], ciphertext=sealed[1][0].ciphertext[:-1] + b"?")]
    before = len(key_service.opened())
    told = at_once(
        keyservice._together,
        *[lambda pair=pair: disclose(*pair) for pair in zip(people, sealed, strict=True)],
    )
    assert isinstance(told[1], Uncovered)
    assert [told[place] for place in (0, 2, 3)] == [[f"account:{place} 的".encode()] for place in (1, 3, 4)]
    assert len(key_service.opened()) == before + 3


def test_one_alone_waits_for_nobody_and_a_group_is_no_larger_than_it_may_be() -> None:
    groups: list[list[int]] = []

    def fulfil(wishes: Sequence[int]) -> list[int | BaseException]:
        groups.append(list(wishes))
        return [KeyServiceAway() if wish == 3 else wish * 10 for wish in wishes]

    together: Together[int, int] = Together(fulfil, most=2)
    assert together(1) == 10
    assert groups == [[1]]
    found = at_once(together, *[lambda wish=wish: together(wish) for wish in range(2, 7)])
    assert [type(one) if isinstance(one, Exception) else one for one in found] == [20, KeyServiceAway, 40, 50, 60]
    assert [len(group) for group in groups] == [1, 2, 2, 1]


def test_what_fails_as_a_whole_fails_for_all_who_waited() -> None:
    def fulfil(wishes: Sequence[int]) -> list[int | BaseException]:
        raise DatabaseError("away")

    together: Together[int, int] = Together(fulfil, most=8)
    found = at_once(together, *[lambda wish=wish: together(wish) for wish in range(3)])
    assert [type(one) for one in found] == [DatabaseError] * 3
