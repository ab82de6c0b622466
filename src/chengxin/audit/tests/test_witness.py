"""The witness: it signs what only grew, refuses what did not, and remembers across crashes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chengxin.audit import facade as audit
from chengxin.audit.contracts import Tree
from chengxin.audit.log.notes import checkpoint_text, sign_note
from chengxin.audit.tests.conftest import event, record
from chengxin.crypto.facade import hash_named, signer
from chengxin_verify import main as verifier
from chengxin_verify.notes import Unproven, read_checkpoint, read_keys
from chengxin_witness import main as witness
from chengxin_witness.memory import Memory


@pytest.fixture
def watch(tmp_path: Path, keys: Path) -> Callable[..., int]:
    """Lay the answers of the log into a folder and let the witness look."""
    source = tmp_path / "source"
    source.mkdir()
    witness.make_key(tmp_path / "own.key", "court.example/witness")

    def look(answers: dict[str, dict] | None = None) -> int:
        memory = Memory(tmp_path / "seen", read_keys(keys.read_text().splitlines()))
        for tree in Tree:
            before = memory.newest(f"chengxin.local/{tree}")
            answer = (answers or {}).get(tree) or audit.growth(tree, since=before.size if before else 0)
            (source / f"{tree}.json").write_text(json.dumps(answer))
        words = ["--key", tmp_path / "own.key", "--keys", keys, "--memory", tmp_path / "seen"]
        return witness.main([str(word) for word in ("watch", source, *words, "--out", tmp_path / "out")])

    return look


def lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def test_it_signs_each_growth_and_its_signature_is_checked_with_the_logs(
    sequence: Callable[[], int], watch: Callable[..., int], keys: Path, tmp_path: Path
) -> None:
    for count in (1, 2, 300):
        record(*(event() for _ in range(count)))
        sequence()
        assert watch() == 0
    assert len(lines(tmp_path / "seen")) == 6
    own = witness.read_key_file(tmp_path / "own.key")
    assert own[0] == "court.example/witness"
    note = (tmp_path / "out" / "rights.note").read_text("utf-8")
    public = keys.read_text() + _public(own)
    seen = read_checkpoint(note, read_keys(public.splitlines()))
    assert (seen.size, list(seen.cosigned_by)) == (303, ["court.example/witness"])
    last = note.rstrip("\n").rpartition(" ")[2]
    with pytest.raises(Unproven):
        read_checkpoint(
            note.replace(last, last[:20] + ("A" if last[20] != "A" else "B") + last[21:]),
            read_keys(public.splitlines()),
        )


def _public(own: tuple[str, bytes]) -> str:
    import base64
    import hashlib

    from chengxin_verify import ed25519

    key = b"\x04" + ed25519.public_key(own[1])
    key_id = hashlib.sha256(own[0].encode() + b"\n" + key).hexdigest()[:8]
    return f"{own[0]}+{key_id}+{base64.b64encode(key).decode()}\n"


def test_it_refuses_a_smaller_tree_an_older_checkpoint_and_another_history(
    sequence: Callable[[], int], watch: Callable[..., int], tmp_path: Path
) -> None:
    record(*(event() for _ in range(5)))
    sequence()
    old = audit.growth(Tree.RIGHTS, since=0)
    assert watch() == 0
    record(*(event() for _ in range(5)))
    sequence()
    assert watch() == 0
    kept = (tmp_path / "seen").read_bytes()
    assert watch({"rights": old}) == 1
    grown = audit.growth(Tree.RIGHTS, since=5)
    assert watch({"rights": {**grown, "path": grown["path"][::-1] + grown["path"]}}) == 1
    now = {**audit.growth(Tree.RIGHTS, since=10)}
    assert watch({"rights": {**now, "checkpoint": now["checkpoint"].replace("\n10\n", "\n11\n")}}) == 1
    rights = [line for line in (tmp_path / "seen").read_bytes()[len(kept) :].splitlines() if b"/rights" in line]
    assert rights == []


def test_it_refuses_a_smaller_tree_that_is_signed_anew(sequence: Callable[[], int], watch: Callable[..., int]) -> None:
    record(*(event() for _ in range(5)))
    sequence()
    assert watch() == 0
    name, empty = "chengxin.local/rights", hash_named("sha256")(b"").digest()
    for size, root in ((3, empty), (0, empty), (5, empty)):
        text = checkpoint_text(origin=name, size=size, root=root, hash_name="sha256", at=datetime.now(UTC))
        note = sign_note(text, name=name, signer=signer("log"))
        assert watch({"rights": {"checkpoint": note, "path": []}}) == 1
    assert watch() == 0


def test_a_line_a_crash_left_half_written_is_passed_over_and_a_damaged_memory_signs_nothing(
    sequence: Callable[[], int], watch: Callable[..., int], tmp_path: Path
) -> None:
    record(event())
    sequence()
    assert watch() == 0
    with (tmp_path / "seen").open("a") as memory:
        memory.write('{"origin": "chengxin.local/rights", "si')
    assert watch() == 0
    assert watch() == 0
    whole = (tmp_path / "seen").read_text()
    (tmp_path / "seen").write_text("x" + whole)
    with pytest.raises(Unproven, match="without memory"):
        watch()


def test_it_does_not_use_a_key_others_can_read(
    sequence: Callable[[], int], watch: Callable[..., int], tmp_path: Path
) -> None:
    record(event())
    sequence()
    (tmp_path / "own.key").chmod(0o644)
    assert watch() == 2
    assert not (tmp_path / "seen").exists() or (tmp_path / "seen").read_text() == ""


def test_over_http_it_reads_what_the_site_answers(
    sequence: Callable[[], int], watch: Callable[..., int], keys: Path, tmp_path: Path, live_server: object
) -> None:
    record(*(event() for _ in range(3)))
    sequence()
    words = ["--key", tmp_path / "own.key", "--keys", keys, "--memory", tmp_path / "seen", "--out", tmp_path / "out"]
    source = f"{live_server.url}/api/v1/log"
    assert witness.main([str(word) for word in ("watch", source, *words)]) == 0
    record(event())
    sequence()
    assert witness.main([str(word) for word in ("watch", source, *words)]) == 0
    assert verifier.main(["--keys", str(keys), "checkpoint", str(tmp_path / "out" / "rights.note")]) == 0
