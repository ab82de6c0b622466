"""Snapshots and changes that anybody can check, messages with receipts, and the proof that an entry left."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

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
from chengxin.lists import facade, statements
from chengxin.lists.tests.conftest import FIRM, entry_of, listed, record_of, settle
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind
from chengxin_subscriber.following import Forged, opened
from chengxin_verify import main as verifier
from chengxin_verify.lists import read_list_key, verify_lists

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
    assert opened(content, key=key.hex()) == [line]  # A follower's own program reads the same.
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


def signed_file(folder: Path, name: str, address: str) -> Path:
    file = folder / name
    file.write_bytes(Client().get(address).content)
    return file


def told(capsys: pytest.CaptureFixture[str], keys_file: Path, *files: Path, at: datetime) -> tuple[int, dict[str, Any]]:
    asked = ["--keys", str(keys_file), "--json", "list", *map(str, files), "--at", str(at.timestamp())]
    status = verifier.main(asked)
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.clause("P5.2d")
def test_chengxin_verify_follows_a_list_from_files_alone(
    market: Office, firm: Actor, slip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = signed_file(tmp_path, "key.json", "/api/v1/lists/key")
    listed(market, slip)
    with simulated(SERVED):
        first = signed_file(tmp_path, "first.ndjson", "/api/v1/lists/market/snapshot")
    assert "chengxin-verify --keys key.json list" in Client().get("/lists/market").content.decode()
    whole = {"whole": True, "broken": [], "attention": []}
    assert told(capsys, key, first, at=SERVED) == (0, {**whole, "counts": {"files": 1, "place": 1, "standing": 1}})
    status, old = told(capsys, key, first, at=LATER)
    assert (status, old["attention"]) == (
        3,
        ["It was good until 2026-12-05T00:00:00+08:00: what has ended may be in it."],
    )
    status, early = told(capsys, key, first, at=SERVED - timedelta(minutes=2))
    assert (status, early["broken"]) == (1, ["It was signed for a later moment than this one."])
    take_off(market, firm)
    settle(LATER)
    with simulated(LATER):
        change = signed_file(tmp_path, "change.ndjson", "/api/v1/lists/market/changes?since=1")
        last = signed_file(tmp_path, "last.ndjson", "/api/v1/lists/market/snapshot")
    status, found = told(capsys, key, first, change, at=LATER)
    assert (status, found["counts"]) == (3, {"files": 2, "place": 2, "standing": 0})
    assert told(capsys, key, first, change, last, at=LATER)[0] == 0
    status, found = told(capsys, key, last, first, at=LATER)
    assert (status, found["broken"]) == (1, ["What was signed at 2026-12-04T02:00:00+00:00 goes back behind place 2."])


@pytest.mark.clause("P5.2d")
def test_a_list_that_was_changed_or_signed_by_another_is_broken(
    market: Office, firm: Actor, slip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = signed_file(tmp_path, "key.json", "/api/v1/lists/key")
    listed(market, slip)
    with simulated(SERVED):
        file = signed_file(tmp_path, "first.ndjson", "/api/v1/lists/market/snapshot")
    content = file.read_bytes()
    named = json.loads(key.read_text("utf-8"))
    for forged in (
        content.replace("禾木".encode(), "木禾".encode()),
        content + content.splitlines(keepends=True)[1],
        content.partition(b"\n")[0] + b"\n",
        content[10:],
    ):
        file.write_bytes(forged)
        assert told(capsys, key, file, at=SERVED)[0] == 1
    file.write_bytes(content)
    key.write_text(json.dumps({**named, "public_key": bytes(32).hex()}), "utf-8")
    assert told(capsys, key, file, at=SERVED)[1]["broken"] == ["The key does not have the name or the kind it claims."]
    key.write_text(json.dumps({**named, "key_id": "66687aadf862bd77", "public_key": bytes(32).hex()}), "utf-8")
    assert told(capsys, key, file, at=SERVED)[1]["broken"] == ["Its signature is not that of a known key."]


ENTRY: Final = {
    "entry": "e1",
    "name": "云停禾木商行",
    "uscc": FIRM,
    "document_no": "云市监列〔2026〕1号",
    "reason": "",
    "legal_basis": "",
    "body": "市场监督管理局",
    "listed_on": "2026-12-01",
    "ends_on": "2029-12-01",
    "has_objection": False,
}


def said(lines: Sequence[Mapping[str, object]], *, place: int, since: int = 0, is_whole: bool = True) -> bytes:
    until = {"good_until": SERVED + timedelta(hours=14)} if is_whole else {}
    return statements.signed({"kind": "market", "at": SERVED, "place": place, "since": since, **until}, lines)


ENDED: Final = {"place": 2, "entry": "e1", "at": SERVED.isoformat(), "change": "ended", "because": "repaired"}


@pytest.mark.parametrize(
    ("files", "broken"),
    [
        (lambda: [said([ENTRY], place=1)], []),
        (lambda: [said([{**ENTRY, "id_no": "39"}], place=1)], ["e1 says more, or less, than a public list may."]),
        (
            lambda: [said([{**ENTRY, "ends_on": "2026-12-04"}], place=1)],
            ["e1 ended on 2026-12-04 and was given out after it."],
        ),
        (lambda: [said([ENTRY, ENTRY], place=1)], ["e1 stands twice."]),
        (
            lambda: [said([ENTRY], place=1), said([{**ENDED, "place": 4}], place=4, since=3, is_whole=False)],
            ["The changes 2 to 3 are missing."],
        ),
        (
            lambda: [
                said([ENTRY], place=1),
                said([ENDED], place=2, since=1, is_whole=False),
                said([ENTRY], place=2),
            ],
            ["e1 had left for good and is back."],
        ),
        (
            lambda: [said([{**ENDED, "name": "云停禾木商行"}], place=2, since=1, is_whole=False)],
            ["e1 says more, or less, than a public list may."],
        ),
    ],
)
def test_a_signature_does_not_make_a_list_right_that_breaks_its_own_rules(
    files: Callable[[], list[bytes]], broken: list[str]
) -> None:
    """Against whoever signs: what has ended may not come back, nobody may be left out, no line may say too much."""
    signer = crypto.statement_signer()
    named = {"algorithm": signer.algorithm, "key_id": signer.key_id, "public_key": signer.public_key.hex()}
    verdict = verify_lists(files(), read_list_key(json.dumps(named)), now=SERVED)
    assert verdict.broken == broken
