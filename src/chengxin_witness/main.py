"""`chengxin-witness`: see that a log only grows, and sign what was seen. Run it outside the platform's reach."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import secrets
import stat
import sys
import time
import urllib.request
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from chengxin_verify.ed25519 import public_key, sign
from chengxin_verify.notes import COSIGNATURE, Checkpoint, Key, Unproven, read_checkpoint, read_keys
from chengxin_verify.papers import require_growth
from chengxin_witness.memory import Memory

TREES: Final = ("rights", "lists")
LARGEST_ANSWER: Final = 1 << 20
PATIENCE_SECONDS: Final = 30


def build_parser() -> argparse.ArgumentParser:
    """Return the parser."""
    parser = argparse.ArgumentParser(prog="chengxin-witness", description="Witness the verifiable log of Chengxin.")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("init", help="make a key of your own and print its public part")
    make.add_argument("name", help="the name you sign as, such as court.example/witness")
    make.add_argument("--key", type=Path, required=True)
    watch = commands.add_parser("watch", help="look at a log and sign what only grew")
    watch.add_argument("source", help="https://…/api/v1/log, or a folder with rights.json and lists.json")
    watch.add_argument("--key", type=Path, required=True, help="your key, made by init")
    watch.add_argument("--keys", type=Path, required=True, help="public keys of the log, had from elsewhere")
    watch.add_argument("--memory", type=Path, required=True, help="the file of all you have seen; only grows")
    watch.add_argument("--out", type=Path, help="folder for the checkpoints with your signature")
    watch.add_argument("--every", type=float, help="look again after so many seconds, until stopped")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command: 0 all is well, 1 a log must not be believed, 2 it could not be reached or read."""
    given = build_parser().parse_args(arguments)
    if given.command == "init":
        print(make_key(given.key, given.name))
        return 0
    while True:
        status = max(look(tree, given) for tree in TREES)
        if given.every is None or status == 1:
            return status
        time.sleep(given.every)


def look(tree: str, given: argparse.Namespace) -> int:
    """Look once at one tree and say what was found."""
    try:
        keys = read_keys(given.keys.read_text("utf-8").splitlines())
        name, seed = read_key_file(given.key)
        memory = Memory(given.memory, keys)
        with memory.held():
            note, seen = witness(tree, source=given.source, keys=keys, memory=memory, name=name, seed=seed)
    except Unproven as error:
        print(f"REFUSED  {tree}: {error}", file=sys.stderr, flush=True)
        return 1
    except (OSError, ValueError) as error:
        print(f"away     {tree}: {error}", file=sys.stderr, flush=True)
        return 2
    if given.out:
        _write(given.out / f"{tree}.note", note)
    print(f"signed   {seen.origin} {seen.size} {b64encode(seen.root).decode()}", flush=True)
    return 0


def witness(
    tree: str, *, source: str, keys: Mapping[str, Key], memory: Memory, name: str, seed: bytes
) -> tuple[str, Checkpoint]:
    """Return the newest checkpoint of a tree with our signature; raise `Unproven` when it is not to be believed.

    It is kept on the disk before the signature leaves; a tree that is smaller, or that does not begin with all that
    was signed before, is refused, and what was seen stays.
    """
    origins = [key for key in keys if key.rpartition("/")[2] == tree]
    if len(origins) != 1:
        raise Unproven(f"The keys name {len(origins)} logs of that tree; there must be one.")
    before = memory.newest(origins[0])
    note, path = fetch(source, tree, since=before.size if before else 0)
    seen = read_checkpoint(note, keys)
    if seen.origin != origins[0]:
        raise Unproven(f"This is a checkpoint of {seen.origin}.")
    if before is not None:
        if seen.at < before.at:
            raise Unproven("The checkpoint is older than the one seen before.")
        require_growth(before, seen, path)
    cosignature = cosign(seen, name=name, seed=seed, second=int(time.time()))
    memory.keep(seen, note, cosignature)
    return note + cosignature, seen


def fetch(source: str, tree: str, *, since: int) -> tuple[str, list[bytes]]:
    """Return the newest checkpoint of a tree and the path from the size seen before."""
    if source.startswith(("https://", "http://")):
        address = f"{source.rstrip('/')}/{tree}/growth?since={since}"
        with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - http or https only
            data = answer.read(LARGEST_ANSWER)
    else:
        data = (Path(source) / f"{tree}.json").read_bytes()
    told = json.loads(data)
    try:
        return str(told["checkpoint"]), [b64decode(part, validate=True) for part in told["path"]]
    except (KeyError, TypeError, NotBase64):
        raise Unproven("The answer is no checkpoint with its path.") from None


def cosign(seen: Checkpoint, *, name: str, seed: bytes, second: int) -> str:
    """Return our line under a checkpoint (C2SP tlog-cosignature, cosignature/v1)."""
    key = bytes([COSIGNATURE]) + public_key(seed)
    key_id = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    signature = sign(seed, f"cosignature/v1\ntime {second}\n".encode() + seen.text.encode())
    return f"— {name} {b64encode(key_id + second.to_bytes(8, 'big') + signature).decode()}\n"


def make_key(file: Path, name: str) -> str:
    """Make a key, readable by its owner only, and return its public part."""
    if not name or set(name) & set("+ \t\n"):
        raise SystemExit("A name has no space and no plus.")
    seed = secrets.token_bytes(32)
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as target:
        target.write(f"{name}\n{seed.hex()}\n")
        target.flush()
        os.fsync(target.fileno())
    key = bytes([COSIGNATURE]) + public_key(seed)
    key_id = hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8]
    return f"{name}+{key_id}+{b64encode(key).decode()}"


def read_key_file(file: Path) -> tuple[str, bytes]:
    """Return the name and the seed of our key."""
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise OSError(f"{file} can be read by others than its owner.")
    name, seed = file.read_text("utf-8").split("\n")[:2]
    return name, bytes.fromhex(seed)


def _write(file: Path, note: str) -> None:
    """Replace a file whole, so that nobody reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.draft")
    draft.write_text(note, "utf-8")
    draft.replace(file)


def run() -> None:
    """Run as a program."""
    sys.exit(main())


if __name__ == "__main__":
    run()
