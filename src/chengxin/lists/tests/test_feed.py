"""Snapshots and changes that anybody can check, messages with receipts, and the proof that an entry left."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import sign_in
from chengxin.archives.tests.programs import Program
from chengxin.audit.tests.conftest import keys, sequence
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel
from chengxin.determinations.tests.conftest import SERVED
from chengxin.intake.tests.conftest import Office
from chengxin.jobs import facade as jobs
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.lists import facade
from chengxin.lists.tests.conftest import FIRM, entry_of, listed, record_of, settle
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind
from chengxin_subscriber.following import Forged, opened
from chengxin_verify import main as verifier

__all__ = ["keys", "sequence"]

LATER = SERVED + timedelta(days=2)


def put(program: Program, address: str) -> int:
    return Client().put(address, headers={"Authorization": program.header}).status_code


def take_off(market: Office, firm: Actor) -> None:
    subject_id, record_id = record_of(entry_of(firm))
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=subject_id,
            record_id=record_id,
            kind=MarkKind.REPAIRED,
            reason="已经改正",
            reference="YC1",
            actor=market.approver,
            now=LATER,
        )


@pytest.mark.clause("P5.2d")
def test_a_snapshot_is_signed_good_for_its_day_and_continued_by_changes(
    market: Office, firm: Actor, slip: Path
) -> None:
    listed(market, slip)
    key = bytes.fromhex(Client().get("/api/v1/lists/key").json()["public_key"])
    with simulated(SERVED):
        content = Client().get("/api/v1/lists/market/snapshot").content
    head, (line,) = facade.read_signed(content, public_key=key)
    assert (head["kind"], head["place"], head["lines"]) == ("market", 1, 1)
    assert head["good_until"] == "2026-12-05T00:00:00+08:00"
    assert (line["uscc"], line["document_no"], line["ends_on"]) == (FIRM, "云市监列〔2026〕1号", "2029-12-04")
    assert opened(content, key=key.hex()) == (head, [line])  # A follower's own program reads the same.
    with pytest.raises(Forged):
        opened(content.replace("禾木".encode(), "木禾".encode()), key=key.hex())
    with pytest.raises(Forged):
        opened(content, key=bytes(32).hex())
    with pytest.raises(crypto.NotSigned):
        facade.read_signed(content.replace("禾木".encode(), "木禾".encode()), public_key=key)
    take_off(market, firm)
    with simulated(LATER):  # Before any settling: what has ended does not leave, not even as a change.
        assert facade.read_signed(Client().get("/api/v1/lists/market/snapshot").content, public_key=key)[1] == []
        (change,) = facade.read_signed(Client().get("/api/v1/lists/market/changes").content, public_key=key)[1]
    assert change == {
        "place": 1,
        "entry": str(entry_of(firm).id),
        "at": SERVED.isoformat(),
        "change": "listed",
        "has_left": True,
    }
    settle(LATER)
    with simulated(LATER):
        content = Client().get("/api/v1/lists/market/changes?since=1").content
    head, (change,) = facade.read_signed(content, public_key=key)
    assert (head["since"], head["place"]) == (1, 2)
    assert (change["change"], change["because"]) == ("ended", "repaired")
    assert "name" not in change


@pytest.mark.clause("P5.2d")
@pytest.mark.django_db(transaction=True)
def test_a_follower_is_told_of_each_change_and_its_receipt_is_kept(
    market: Office, firm: Actor, slip: Path, follower: Program, stranger: Program
) -> None:
    assert put(follower, "/api/v1/lists/market/follow") == 200
    assert put(follower, "/api/v1/lists/market/follow") == 200
    assert put(stranger, "/api/v1/lists/market/follow") == 422
    assert put(follower, "/api/v1/lists/nothing/follow") == 404
    listed(market, slip)
    take_off(market, firm)
    assert settle(LATER).told == 1
    assert settle(LATER).told == 0
    with log_in_as_worker():
        jobs.deliver_due(now=LATER)
    listed_message, ended = follower.get("/api/v1/outbox").json()
    assert (listed_message["payload"]["change"], ended["payload"]["change"]) == ("listed", "ended")
    assert ended["payload"] == {
        "at": LATER.isoformat(),
        "because": "repaired",
        "change": "ended",
        "do": "delete",
        "entry": str(entry_of(firm).id),
        "item": "serious_list.market",
        "list": "market",
        "place": 2,
        "record": str(entry_of(firm).record_id),
        "source": "YTSJ",
    }
    assert FIRM not in orjson.dumps(ended).decode()
    assert follower.answer(ended["id"], "marked").status_code == 422
    assert follower.answer(ended["id"], "deleted").status_code == 200
    assert facade.list_told(firm, entry_of(firm).id) == [("SHOP", "listed", ""), ("SHOP", "ended", "deleted")]
    assert Client().delete("/api/v1/lists/market/follow", headers={"Authorization": follower.header}).status_code == 204


@pytest.mark.clause("P5.2d")
def test_the_subject_proves_from_files_alone_that_its_entry_left(
    market: Office, firm: Actor, slip: Path, sequence: Callable[[], int], tmp_path: Path
) -> None:
    listed(market, slip)
    take_off(market, firm)
    settle(LATER)
    entry = entry_of(firm)
    sequence()
    client = sign_in("firm")
    paper, known = tmp_path / "proof.json", tmp_path / "keys.txt"
    paper.write_bytes(client.get(f"/me/looks/{entry.ended_event}/proof").content)
    known.write_bytes(client.get("/openness/log-keys.txt").content)
    assert verifier.main(["--keys", str(known), "proof", str(paper)]) == 0
    said = json.loads(paper.read_bytes())
    assert said["checkpoint"].splitlines()[0].endswith("/lists")
    assert json.loads(said["body"])["reference"] == str(entry.id)
    assert "禾木" not in paper.read_text("utf-8")
    paper.write_text(paper.read_text("utf-8").replace("list_keeping", "list_keepinh"), "utf-8")
    assert verifier.main(["--keys", str(known), "proof", str(paper)]) != 0


@pytest.mark.clause("P5.2d")
def test_a_matcher_gets_every_standing_entry_and_none_that_ended(market: Office, firm: Actor, slip: Path) -> None:
    listed(market, slip)
    (entry,) = facade.list_entries(at=SERVED)
    assert (entry.kind, entry.names, entry.uscc) == ("market", ("云汀禾木商贸有限公司",), FIRM)
    assert (entry.sealed_names, entry.sealed_numbers) == ((), ())
    take_off(market, firm)
    assert list(facade.list_entries(at=LATER)) == []
