"""`chengxin-verify`: files in, a verdict out. Exit status 0 whole, 1 broken, 2 not understood, 3 look into it."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chengxin_verify.credential import check_credential, read_jwks
from chengxin_verify.lists import read_list_key, verify_lists
from chengxin_verify.log import Verdict, check_earlier, stale, verify_log
from chengxin_verify.notes import Key, Unproven, read_checkpoint, read_keys
from chengxin_verify.papers import check_consistency, check_content, check_proof, check_receipt, find_receipts


def build_parser() -> argparse.ArgumentParser:
    """Return the parser."""
    parser = argparse.ArgumentParser(
        prog="chengxin-verify", description="Check what Chengxin signed: its log, lists, credentials."
    )
    parser.add_argument("--keys", type=Path, required=True, help="public keys, had from elsewhere than the log")
    parser.add_argument("--json", action="store_true", help="print one object")
    commands = parser.add_subparsers(dest="command", required=True)
    whole = commands.add_parser("log", help="a whole log, as `chengxin log export` writes it")
    whole.add_argument("folder", type=Path)
    whole.add_argument("--earlier", type=Path, action="append", default=[], help="a checkpoint had before")
    whole.add_argument("--receipt", type=Path, action="append", default=[], help="a receipt that must be in it")
    whole.add_argument("--content", type=Path, help="the content kept beside the log, one event a line")
    whole.add_argument("--replayed", action="store_true", help="acts may be older than their place, as in a demo")
    whole.add_argument("--within", type=float, help="seconds the checkpoint may be old")
    credential = commands.add_parser("credential", help="a credential (SD-JWT VC), as its holder handed it over")
    credential.add_argument("file", type=Path)
    credential.add_argument("--status", type=Path, help="the whole status list the credential names")
    credential.add_argument("--audience", default="", help="whom it must be bound for: you")
    credential.add_argument("--nonce", default="", help="the number you asked the holder to bind it with")
    credential.add_argument("--at", type=float, help="moment to check for, in seconds since 1970; now when left out")
    lists = commands.add_parser("list", help="signed lists: a snapshot or changes, then what came after, in order")
    lists.add_argument("files", type=Path, nargs="+")
    lists.add_argument("--at", type=float, help="moment to check for, in seconds since 1970; now when left out")
    for name, what in (
        ("proof", "the proof of one event"),
        ("receipt", "a receipt"),
        ("checkpoint", "a checkpoint"),
        ("consistency", "that a later checkpoint only added to an earlier one"),
    ):
        commands.add_parser(name, help=what).add_argument("file", type=Path)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    given = build_parser().parse_args(arguments)
    try:
        verdict = _check(given)
    except Unproven as error:
        verdict = Verdict(broken=[str(error)])
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        print(f"This could not be read: {error}", file=sys.stderr)
        return 2
    _tell(verdict, as_json=given.json)
    return 1 if verdict.broken else 3 if verdict.attention else 0


def _check(given: argparse.Namespace) -> Verdict:
    if given.command == "credential":
        return _credential(given)
    if given.command == "list":
        keys_of_list = read_list_key(given.keys.read_text("utf-8"))
        return verify_lists([file.read_bytes() for file in given.files], keys_of_list, now=_moment(given.at))
    keys = read_keys(given.keys.read_text("utf-8").splitlines())
    return _log(given, keys) if given.command == "log" else _paper(given.command, given.file, keys)


def _moment(seconds: float | None) -> datetime:
    return datetime.fromtimestamp(time.time() if seconds is None else seconds, UTC)


def _log(given: argparse.Namespace, keys: Mapping[str, Key]) -> Verdict:
    verdict, trees = verify_log(given.folder, keys, max_delay=None if given.replayed else 1800.0)
    by_origin = {tree.checkpoint.origin: tree for tree in trees.values()}
    for file in given.earlier:
        earlier = read_checkpoint(file.read_text("utf-8"), keys)
        if earlier.origin in by_origin:
            check_earlier(by_origin[earlier.origin], earlier, verdict)
        else:
            verdict.broken.append(f"{earlier.origin} was signed earlier and is not there.")
    find_receipts([_read(file) for file in given.receipt], trees, keys, verdict)
    if given.content:
        check_content(given.content, given.folder, trees, verdict)
    if given.within is not None:
        verdict.broken += [why for tree in trees.values() if (why := stale(tree.checkpoint, within=given.within))]
    return verdict


def _credential(given: argparse.Namespace) -> Verdict:
    """Check a credential; without a status list or an occasion the verdict says what was not looked at."""
    checked = check_credential(
        given.file.read_text("utf-8"),
        read_jwks(given.keys.read_text("utf-8")),
        now=_moment(given.at).timestamp(),
        audience=given.audience,
        nonce=given.nonce,
        status=given.status.read_text("utf-8") if given.status else None,
    )
    verdict = Verdict(counts={"claims": len(checked.claims)})
    if not given.status:
        verdict.attention.append(f"It was not asked whether it still holds: fetch {checked.status_uri}")
    if not checked.is_bound:
        verdict.attention.append("It was not asked whether its holder handed it over: give --audience and --nonce.")
    print(json.dumps({"issuer": checked.issuer, **checked.claims}, ensure_ascii=False), file=sys.stderr)
    return verdict


def _paper(command: str, file: Path, keys: Mapping[str, Key]) -> Verdict:
    """Check a single file; what does not hold raises `Unproven`."""
    if command == "checkpoint":
        return Verdict(counts={"leaves": read_checkpoint(file.read_text("utf-8"), keys).size})
    paper = _read(file)
    if command == "consistency":
        older, newer = check_consistency(paper, keys)
        return Verdict(counts={"older": older.size, "newer": newer.size})
    if command == "receipt":
        return Verdict(counts={"counter": check_receipt(paper, keys)[2]})
    checkpoint, entry = check_proof(paper, keys)
    at = datetime.fromtimestamp(entry.micros / 1e6, UTC)
    print(f"{entry.kind.decode()} at {at:%Y-%m-%d %H:%M:%S} UTC, in {checkpoint.origin}", file=sys.stderr)
    return Verdict(counts={"index": int(paper["index"]), "leaves": checkpoint.size})


def _read(file: Path) -> Mapping[str, Any]:
    paper = json.loads(file.read_text("utf-8"))
    if not isinstance(paper, dict):
        raise Unproven(f"{file} is no paper of a log.")
    return paper


def _tell(verdict: Verdict, *, as_json: bool) -> None:
    if as_json:
        found = {"whole": verdict.is_whole, "broken": verdict.broken, "attention": verdict.attention}
        print(json.dumps({**found, "counts": verdict.counts}))
        return
    for what in verdict.broken:
        print(f"BROKEN     {what}")
    for what in verdict.attention:
        print(f"attention  {what}")
    counts = ", ".join(f"{name} {count:,}" for name, count in verdict.counts.items())
    print(f"{'whole' if verdict.is_whole else 'BROKEN'}: {counts}")


def run() -> None:
    """Run as a program."""
    sys.exit(main())


if __name__ == "__main__":
    run()
