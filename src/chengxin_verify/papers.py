"""Check the papers a person or a program holds: the proof of one event, a receipt, the content behind a log."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from chengxin_verify.ed25519 import verify
from chengxin_verify.entries import Entry, commitment, commitment_of, read_entry, receipt_message, split
from chengxin_verify.hashes import Hash, hash_named
from chengxin_verify.log import Tree, Verdict
from chengxin_verify.merkle import is_consistent, is_included, leaf_hash
from chengxin_verify.notes import Checkpoint, Key, Unproven, read_checkpoint


def check_proof(paper: Mapping[str, Any], keys: Mapping[str, Key]) -> tuple[Checkpoint, Entry]:
    """Return the checkpoint and the entry that a proof shows to belong together; raise `Unproven` otherwise."""
    try:
        checkpoint = read_checkpoint(paper["checkpoint"], keys)
        data = b64decode(paper["entry"], validate=True)
        path = [b64decode(part, validate=True) for part in paper["path"]]
        index, body, salt = int(paper["index"]), str(paper["body"]).encode(), bytes.fromhex(paper["body_salt"])
        event = UUID(paper["event"]).bytes
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        raise Unproven("This is no proof of an event.") from None
    new, entry = hash_named(checkpoint.hash_name), read_entry(data)
    if entry.id != event:
        raise Unproven("The proof is that of another event.")
    leaf = leaf_hash(data, new)
    if not is_included(leaf, index=index, size=checkpoint.size, path=path, root=checkpoint.root, new=new):
        raise Unproven("The path does not lead from the entry to the signed root.")
    if body and commitment(body, salt=salt, new=new) != entry.digest:
        raise Unproven("The content is not what the entry commits to.")
    return checkpoint, entry


def check_consistency(paper: Mapping[str, Any], keys: Mapping[str, Key]) -> tuple[Checkpoint, Checkpoint]:
    """Return two checkpoints of which the second only added to the first; raise `Unproven` otherwise."""
    try:
        older, newer = read_checkpoint(paper["older"], keys), read_checkpoint(paper["newer"], keys)
        path = [b64decode(part, validate=True) for part in paper["path"]]
    except (KeyError, TypeError, binascii.Error):
        raise Unproven("This is no proof of consistency.") from None
    require_growth(older, newer, path)
    return older, newer


def require_growth(older: Checkpoint, newer: Checkpoint, path: list[bytes]) -> None:
    """Raise `Unproven` unless the newer checkpoint is of the same log and only added to the older one."""
    if (older.origin, older.hash_name) != (newer.origin, newer.hash_name):
        raise Unproven("The checkpoints are of different logs.")
    if newer.size < older.size:
        raise Unproven(f"{newer.origin} has shrunk from {older.size} leaves to {newer.size}.")
    new = hash_named(older.hash_name)
    empty_before = older.size == 0 and older.root == new(b"") and (newer.size > 0 or newer.root == older.root)
    if not empty_before and not is_consistent(
        first=older.size,
        first_root=older.root,
        second=newer.size,
        second_root=newer.root,
        path=path,
        new=new,
    ):
        raise Unproven(f"{newer.origin} of {newer.size} leaves does not continue that of {older.size}.")


def check_receipt(paper: Mapping[str, Any], keys: Mapping[str, Key]) -> tuple[bytes, bytes, int, bytes]:
    """Return event, writer, counter and leaf hash of a receipt; raise `Unproven` unless the platform signed it."""
    try:
        event, writer = UUID(paper["event"]).bytes, UUID(paper["writer"]).bytes
        counter, leaf = int(paper["counter"]), bytes.fromhex(paper["leaf"])
        signature, key = bytes.fromhex(paper["signature"]), keys[paper["key"]]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unproven("This is no receipt, or it is signed by a key that was not given.") from None
    if not verify(key.public_key, receipt_message(event, writer, counter, leaf), signature):
        raise Unproven("The receipt is not signed by the platform.")
    return event, writer, counter, leaf


def find_receipts(
    papers: Iterable[Mapping[str, Any]], trees: Mapping[str, Tree], keys: Mapping[str, Key], verdict: Verdict
) -> None:
    """Look for what receipts promise among the leaves of a verified log."""
    leaves = {
        (writer, counter): leaf
        for tree in trees.values()
        for chunk in tree.chunks
        for writer, counter, leaf in chunk.events()
    }
    for paper in papers:
        try:
            event, writer, counter, leaf = check_receipt(paper, keys)
        except Unproven as error:
            verdict.broken.append(f"receipt: {error}")
            continue
        found = leaves.get((writer, counter))
        if found != leaf:
            what = "is not in the log" if found is None else "promises another leaf than the log has"
            verdict.broken.append(f"receipt: that of event {UUID(bytes=event)} {what}.")


def check_content(file: Path, folder: Path, trees: Mapping[str, Tree], verdict: Verdict) -> None:
    """Compare the content kept beside a log with what its leaves commit to, one line of JSON for each event."""
    kept: dict[bytes, tuple[Entry, Hash]] = {}
    for name, tree in trees.items():
        for part in sorted((folder / name / "entries").iterdir()):
            for data in split(part.read_bytes()):
                entry = read_entry(data)
                kept[entry.id] = entry, tree.new
    seen: set[bytes] = set()
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            identity = UUID(told["id"]).bytes
            found = kept.get(identity)
            seen.add(identity)
            if found is None:
                verdict.broken.append(f"content: event {told['id']} is not in the log.")
            elif _differs(told, *found):
                verdict.broken.append(f"content: event {told['id']} is not what was logged.")
    gone = [entry for entry, _new in kept.values() if entry.kind != b"heartbeat" and entry.id not in seen]
    if gone:
        verdict.broken.append(f"content: {len(gone)} logged events are gone, the first is {UUID(bytes=gone[0].id)}.")


def _differs(told: Mapping[str, Any], entry: Entry, new: Hash) -> bool:
    if told.get("destroyed"):
        return False
    salt = bytes.fromhex(told["salt"])
    said = commitment_of(told["content"], actor=told["actor"], salt=salt, new=new)
    place = UUID(told["writer"]).bytes, told["counter"], told["micros"], told["kind"].encode()
    return said != entry.digest or place != (entry.writer, entry.counter, entry.micros, entry.kind)
