"""No log → no key → no value: what the key service opens, what it refuses, and what stands when it is gone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import OperationalError
from tests.key_service import TestKeyService

from chengxin.audit import facade as audit
from chengxin.audit.actions import record_apart
from chengxin.audit.commitment import commitment
from chengxin.audit.contracts import Event, Kind, Sealed
from chengxin.audit.keyservice import Uncovered, open_covered, value_of
from chengxin.crypto import facade as crypto
from chengxin.crypto.contracts import Aad, Covered, KeyServiceAway, KeyServiceRefuses, Open
from chengxin.crypto.keys import create_missing
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting, ask
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.ids import new_id

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PERSON, OTHER = UUID(int=0xA1), UUID(int=0xB2)
READER = Actor(key="account:lan", roles=frozenset({Role.CITIZEN}), subject_id=PERSON)
TOLD = {"actor": READER, "purpose": "own_archive", "channel": "self", "now": NOW}


def sealed_for(owner: UUID, *texts: str, table: str = "records_version") -> list[Sealed]:
    """Seal texts for a subject with a data key of its own."""
    (made,) = crypto.new_keys([owner.bytes])
    places = [Aad(table=table, column="sealed", row=uuid4()) for _ in texts]
    return [
        Sealed(
            subject_id=owner,
            wrapped_key=made.wrapped,
            aad=aad,
            ciphertext=crypto.seal(made.sealing, text.encode(), aad=aad),
        )
        for aad, text in zip(places, texts, strict=True)
    ]


def event_for(sealed: list[Sealed], *, subject: UUID | None = PERSON) -> Event:
    values = [value_of(one) for one in sealed]
    return Event(
        kind=Kind.DISCLOSE,
        actor=READER,
        at=NOW,
        purpose="own_archive",
        channel="self",
        subject_id=subject,
        opens=commitment(values),
    )


def ask_for(event_id: UUID, sealed: list[Sealed]) -> list[bytes]:
    """Ask the service itself, as code that goes past `disclose` would."""
    (values,) = open_covered([Covered(event_id.bytes, [value_of(one) for one in sealed])])
    return values


def committed(event: Event) -> UUID:
    """Write an event that is on record, and opens nothing by itself."""
    return record_apart([event])[0].event_id


@pytest.fixture
def reader(db: None) -> Iterator[None]:
    with acting(Context.of(READER, channel=Channel.SELF, purpose="own_archive")):
        yield


@pytest.fixture
def refuses(key_service: TestKeyService, reader: None) -> Iterator[list[str]]:
    """Collect why the service refused while the test ran; nothing was opened meanwhile."""
    before, opened = len(key_service.refused()), key_service.opened()
    why: list[str] = []
    yield why
    assert [reason for _event, reason in key_service.refused()[before:]] == why
    assert key_service.opened() == opened


def test_a_disclosure_opens_what_its_event_covers_in_the_order_given(reader: None, key_service: TestKeyService) -> None:
    mine, others = sealed_for(PERSON, "一", "二"), sealed_for(OTHER, "三")
    assert audit.disclose([mine[0], others[0], mine[1]], **TOLD) == ["一".encode(), "三".encode(), "二".encode()]
    told = [look.event_id for look in audit.list_looks(PERSON)]
    assert told[0] in key_service.opened()[-2:]


def test_an_erased_subject_comes_back_empty(reader: None) -> None:
    (one,) = sealed_for(PERSON, "一")
    assert audit.disclose([replace(one, wrapped_key=b"")], **TOLD) == [b""]


def test_redline_07_an_event_that_is_not_committed_opens_nothing(refuses: list[str]) -> None:
    sealed = sealed_for(PERSON, "一")
    receipt = audit.record_event(event_for(sealed))
    with pytest.raises(Uncovered, match="NO_EVENT"):
        ask_for(receipt.event_id, sealed)
    with pytest.raises(Uncovered, match="NO_EVENT"):
        ask_for(new_id(NOW), sealed)
    refuses += ["NO_EVENT", "NO_EVENT"]


def test_an_event_opens_no_other_rows_than_it_told_of(refuses: list[str]) -> None:
    told = sealed_for(PERSON, "一", "二")
    more = sealed_for(PERSON, "三")
    other_calls = [
        told[:1],
        [*told, *more],
        more,
        told[::-1],
        [told[0], replace(told[1], ciphertext=more[0].ciphertext)],
        [told[0], replace(told[1], aad=more[0].aad)],
        [told[0], replace(told[1], subject_id=OTHER)],
        [told[0], replace(told[1], wrapped_key=more[0].wrapped_key)],
        [],
    ]
    event_id = committed(event_for(told))
    for sealed in other_calls:
        with pytest.raises(Uncovered, match="OTHER_ROWS"):
            ask_for(event_id, sealed)
        refuses.append("OTHER_ROWS")


def test_an_event_about_one_subject_opens_nothing_of_another(refuses: list[str]) -> None:
    others = sealed_for(OTHER, "三")
    for subject in (PERSON, None):
        with pytest.raises(Uncovered, match="OTHER_SUBJECT"):
            ask_for(committed(event_for(others, subject=subject)), others)
        refuses.append("OTHER_SUBJECT")


def test_an_event_opens_once(reader: None, key_service: TestKeyService) -> None:
    sealed = sealed_for(PERSON, "一")
    event_id = committed(event_for(sealed))
    assert ask_for(event_id, sealed) == ["一".encode()]
    for _ in range(3):
        with pytest.raises(Uncovered, match="USED"):
            ask_for(event_id, sealed)
    both = Covered(event_id.bytes, [value_of(sealed[0])])
    with pytest.raises(KeyServiceRefuses, match="USED"):
        crypto.ask(Open([both, both]))
    assert key_service.opened().count(event_id) == 1


def test_a_new_service_opens_nothing_of_an_event_from_before_it(reader: None, key_service: TestKeyService) -> None:
    sealed = sealed_for(PERSON, "一")
    event_id = committed(event_for(sealed))
    key_service.kill()
    key_service.start()
    with pytest.raises(Uncovered, match="STALE"):
        ask_for(event_id, sealed)
    assert audit.disclose(sealed, **TOLD) == ["一".encode()]


def test_without_the_service_nothing_opens_nothing_is_sealed_and_no_look_is_told(
    reader: None, key_service: TestKeyService
) -> None:
    sealed = sealed_for(PERSON, "一")
    before = audit.count_looks(PERSON)
    key_service.kill()
    try:
        with pytest.raises(KeyServiceAway):
            audit.disclose(sealed, **TOLD)
        with pytest.raises(KeyServiceAway):
            crypto.new_keys([PERSON.bytes])
        assert audit.count_looks(PERSON) == before
    finally:
        key_service.start()
    assert audit.disclose(sealed, **TOLD) == ["一".encode()]


def looks_then(mishap: str, sealed: list[Sealed]) -> None:
    """Look, and then let the transaction come to its end: well, by an error of ours, or by the database's patience."""
    with acting(Context.of(READER, channel=Channel.SELF, purpose="own_archive")):
        audit.disclose(sealed, **TOLD)
        if mishap == "error":
            raise ValueError(mishap)
        if mishap == "timeout":
            ask("set local statement_timeout = '5ms'", [])
            ask("select pg_sleep(1)", [])


def test_redline_07_what_is_opened_is_on_record_whatever_becomes_of_the_transaction(
    db: None, key_service: TestKeyService
) -> None:
    before = len(key_service.opened())
    fine = sealed_for(PERSON, "一")
    damaged = [replace(fine[0], ciphertext=fine[0].ciphertext[:-1] + b"?")]
    for _ in range(15):
        looks_then("nothing", fine)
        with pytest.raises(ValueError, match="error"):
            looks_then("error", fine)
        with pytest.raises(OperationalError, match="statement timeout"):
            looks_then("timeout", fine)
        with pytest.raises(Uncovered, match="CANNOT_OPEN"):
            looks_then("nothing", damaged)
    opened = key_service.opened()[before:]
    assert len(opened) == len(set(opened)) == 45
    assert list_ids(opened) == set(opened)


def list_ids(wanted: list[UUID]) -> set[UUID]:
    with acting(Context.of(READER, channel=Channel.SELF, purpose="own_archive")):
        return {look.event_id for look in audit.list_looks(PERSON, limit=1000)} & set(wanted)


def test_its_login_sees_of_the_log_only_what_an_event_opens(
    reader: None, django_db_setup, owner: psycopg.Connection
) -> None:
    event_id = committed(event_for(sealed_for(PERSON, "一")))
    plain = committed(replace(event_for([]), opens=None))
    with psycopg.connect(django_db_setup.conninfo("chengxin_keys"), autocommit=True) as keys:
        seen = keys.execute("select id from audit_event where id = any(%s)", [[event_id, plain]]).fetchall()
        assert seen == [(event_id,)]
        for statement in (
            "select actor_key from audit_event",
            "select * from subjects_subject_key",
            "insert into audit_event (id) values (gen_random_uuid())",
            "create temp table t (x int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                keys.execute(statement)


def test_only_its_own_user_reaches_the_socket(key_service: TestKeyService) -> None:
    assert stat.S_IMODE(key_service.socket.stat().st_mode) == 0o600


def test_what_is_no_message_ends_the_connection_and_nothing_else(reader: None, key_service: TestKeyService) -> None:
    import socket

    for noise in (b"\xff\xff\xff\xff", b"\0\0\0\3abc"):
        with socket.socket(socket.AF_UNIX) as stream:
            stream.settimeout(5)
            stream.connect(str(key_service.socket))
            stream.sendall(noise)
            assert stream.recv(1) == b""
    assert audit.disclose(sealed_for(PERSON, "一"), **TOLD) == ["一".encode()]


def test_it_opens_no_more_than_its_own_limit(reader: None, django_db_setup) -> None:
    with TestKeyService(django_db_setup.url, CHENGXIN_KEYS_PER_SECOND="0.3") as slow:
        sealed = sealed_for(PERSON, "一")
        for _ in range(3):
            audit.disclose(sealed, **TOLD)
        with pytest.raises(KeyServiceAway, match="BUSY"):
            audit.disclose(sealed, **TOLD)
        assert [why for _event, why in slow.refused()] == ["BUSY"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_reads_no_key_file_and_reaches_no_socket(key_service: TestKeyService) -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name, "keys")
        create_missing(folder)
        script = f"""
import os, socket
os.setgid(65534)
os.setuid(65534)
for try_it in (
    lambda: open({str(folder / "kek-0001.key")!r}),
    lambda: open({str(folder / "blind.key")!r}),
    lambda: socket.socket(socket.AF_UNIX).connect({str(key_service.socket)!r}),
):
    try:
        try_it()
    except PermissionError:
        print("closed")
"""
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["closed"] * 3
