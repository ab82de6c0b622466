"""The log end to end: events commit, the sequencer signs, proofs verify by the stand-alone verifier."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from chengxin.audit import facade as audit
from chengxin.audit.contracts import Kind, Tree
from chengxin.audit.log import state, writing
from chengxin.audit.tests.conftest import CLERK, as_sequencer, event, record, record_beside
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.refusal import Refused
from chengxin_verify import main as verifier

AUDITOR = Actor(key="account:9", roles=frozenset({Role.AUDIT_ADMIN}))


def verified(*words: object) -> int:
    return verifier.main([str(word) for word in words])


def test_committed_events_become_leaves_of_their_tree_and_everything_verifies(
    sequence: Callable[[], int], keys: Path, tmp_path: Path
) -> None:
    for count in (1, 3, 300):
        record(*(event() for _ in range(count)))
        assert sequence() == count
    record(event(kind=Kind.PUBLISH))
    audit.beat(now=datetime.now(UTC))
    assert sequence() == 2
    assert [audit.newest_checkpoint(tree).size for tree in Tree] == [305, 1]
    sizes = audit.export_for_audit(tmp_path / "log", content=True, actor=AUDITOR, now=datetime.now(UTC))
    assert sizes == {"rights": 305, "lists": 1}
    content = tmp_path / "log" / "content.jsonl"
    assert len(content.read_text().splitlines()) == 305
    assert verified("--keys", keys, "log", tmp_path / "log", "--content", content) == 0


def test_a_transaction_that_is_rolled_back_leaves_no_entry_and_no_gap(
    sequence: Callable[[], int], keys: Path, tmp_path: Path
) -> None:
    record(event())
    with transaction.atomic():
        record(event(), event())
        transaction.set_rollback(True)
    (receipt,) = record(event())
    assert receipt.counter == 2
    audit.beat(now=datetime.now(UTC))
    assert sequence() == 3
    audit.export_for_audit(tmp_path / "log", content=False, actor=CLERK, now=datetime.now(UTC))
    assert verified("--keys", keys, "log", tmp_path / "log") == 0


def test_a_person_proves_their_own_look_and_nobody_elses(
    sequence: Callable[[], int], keys: Path, tmp_path: Path
) -> None:
    own, other = uuid4(), uuid4()
    (mine, theirs) = record(replace(event(own), opens=b"\x07" * 32), event(other))
    person = Actor(key="account:1", roles=frozenset({Role.CITIZEN}), subject_id=own)
    with pytest.raises(Refused, match="NOT_YET_IN_LOG"):
        audit.prove_event(mine.event_id, actor=person, now=datetime.now(UTC))
    sequence()
    paper = audit.prove_event(mine.event_id, actor=person, now=datetime.now(UTC))
    (tmp_path / "proof.json").write_text(json.dumps(paper), "utf-8")
    assert verified("--keys", keys, "proof", tmp_path / "proof.json") == 0
    assert CLERK.key not in json.dumps(paper)
    body = json.loads(paper["body"])
    assert (body["subject"], body["opens"]) == (str(own), "07" * 32)
    changed = paper["body"].replace("07" * 32, "08" * 32)
    (tmp_path / "changed.json").write_text(json.dumps({**paper, "body": changed}), "utf-8")
    assert verified("--keys", keys, "proof", tmp_path / "changed.json") == 1
    for actor, wanted in ((person, theirs), (CLERK, mine)):
        with pytest.raises(Refused, match="ABSENT"):
            audit.prove_event(wanted.event_id, actor=actor, now=datetime.now(UTC))


def test_a_look_of_the_audit_is_an_event_too(sequence: Callable[[], int], owner: psycopg.Connection) -> None:
    (receipt,) = record(event())
    sequence()
    audit.prove_event(receipt.event_id, actor=AUDITOR, now=datetime.now(UTC))
    assert sequence() == 1


def test_the_proof_holds_when_the_content_and_its_salt_are_destroyed(
    sequence: Callable[[], int], keys: Path, tmp_path: Path, django_db_setup: object
) -> None:
    own = uuid4()
    (receipt,) = record(event(own))
    sequence()
    person = Actor(key="account:1", roles=frozenset({Role.CITIZEN}), subject_id=own)
    paper = audit.prove_event(receipt.event_id, actor=person, now=datetime.now(UTC))
    with psycopg.connect(django_db_setup.conninfo("postgres"), autocommit=True) as admin:
        admin.execute("delete from audit_event where id = %s", [receipt.event_id])
        assert admin.execute("select count(*) from audit_leaf").fetchone() == (1,)
    (tmp_path / "proof.json").write_text(json.dumps({**paper, "body": "", "body_salt": ""}), "utf-8")
    assert verified("--keys", keys, "proof", tmp_path / "proof.json") == 0
    (tmp_path / "guess.json").write_text(json.dumps({**paper, "body_salt": "00" * 32}), "utf-8")
    assert verified("--keys", keys, "proof", tmp_path / "guess.json") == 1


def test_the_sequencer_sees_nothing_about_anybody(transactional_db: None) -> None:
    record(event())
    with as_sequencer(), connection.cursor() as cursor:
        for table in ("audit_event", "audit_writer", "access_account", "records_version"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                cursor.execute(f"select * from {table}")


def test_disclosure_stops_when_the_log_stands_still_and_goes_on_with_it(
    sequence: Callable[[], int], django_db_setup: object
) -> None:
    record(event())
    sequence()
    record(event())
    with psycopg.connect(django_db_setup.conninfo("postgres"), autocommit=True) as admin:
        admin.execute("update audit_queue set queued_at = queued_at - interval '301 s'")
        admin.execute("update audit_checkpoint set at = at - interval '301 s'")
    state._well_until.clear()
    with pytest.raises(Refused, match="LOG_STOPPED"):
        record(event())
    with pytest.raises(Refused, match="LOG_STOPPED"):
        record_beside(event())
    assert audit.log_state().lag > 300
    record(event(kind=Kind.FILE))
    # Reading a kept upload gives nothing away, so filing goes on.
    record_beside(event(kind=Kind.READ_UPLOAD))
    sequence()
    record(event())
    assert audit.log_state().lag < 60


def test_a_tree_that_was_tampered_with_is_not_signed_on(sequence: Callable[[], int], django_db_setup: object) -> None:
    record(event(), event(), event())
    sequence()
    with psycopg.connect(django_db_setup.conninfo("postgres"), autocommit=True) as admin:
        admin.execute("update audit_tile set hashes = overlay(hashes placing '\\x00' from 1 for 1)")
    record(event())
    with pytest.raises(Exception, match="do not give the root"):
        sequence()


def test_receipts_are_signed_by_the_writer_and_found_in_the_log(
    sequence: Callable[[], int], keys: Path, tmp_path: Path
) -> None:
    (receipt,) = record(event())
    paper = {
        "event": str(receipt.event_id),
        "writer": str(receipt.writer_id),
        "counter": receipt.counter,
        "leaf": receipt.leaf.hex(),
        "signature": audit.sign_receipt(receipt).hex(),
        "key": "chengxin.local/writer",
    }
    (tmp_path / "receipt.json").write_text(json.dumps(paper), "utf-8")
    assert verified("--keys", keys, "receipt", tmp_path / "receipt.json") == 0
    audit.beat(now=datetime.now(UTC))
    sequence()
    audit.export_for_audit(tmp_path / "log", content=False, actor=CLERK, now=datetime.now(UTC))
    assert verified("--keys", keys, "log", tmp_path / "log", "--receipt", tmp_path / "receipt.json") == 0
    (tmp_path / "receipt.json").write_text(json.dumps({**paper, "counter": 2}), "utf-8")
    assert verified("--keys", keys, "receipt", tmp_path / "receipt.json") == 1


def test_a_heartbeat_is_written_once_for_what_is_new(transactional_db: None) -> None:
    writing._unsigned.clear()
    record(event())
    assert audit.beat(now=datetime.now(UTC)) == 1
    assert audit.beat(now=datetime.now(UTC)) == 0
