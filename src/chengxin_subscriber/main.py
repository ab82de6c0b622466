"""`chengxin-subscriber`: read, pull the feed or be called, and answer; its state is one file."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from pathlib import Path

from chengxin_subscriber.client import Platform, Refused
from chengxin_subscriber.following import Forged, follow
from chengxin_subscriber.listening import listen
from chengxin_subscriber.memory import remembering
from chengxin_subscriber.work import Damaged, pull, read
from chengxin_verify.ed25519 import public_key


def build_parser() -> argparse.ArgumentParser:
    """Return the parser."""
    parser = argparse.ArgumentParser(prog="chengxin-subscriber", description="Receive and carry out corrections.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("init", help="make the key that signs; print its public part").add_argument("key", type=Path)
    reading = commands.add_parser("read", help="ask a question and hold the facts of its answer")
    reading.add_argument("path", help="of the API, such as authorised-queries")
    reading.add_argument("body", help="JSON")
    pulling = commands.add_parser("pull", help="carry out what waits in the feed, and answer")
    following = commands.add_parser("follow", help="follow a list: hold what stands on it, be told of what changes")
    following.add_argument("list", help="code of the list, such as market")
    calling = commands.add_parser("call-me", help="set the address at which this program is called")
    calling.add_argument("url")
    listening = commands.add_parser("listen", help="be called, and carry out at once")
    listening.add_argument("--host", default="127.0.0.1")
    listening.add_argument("--port", type=int, default=0)
    listening.add_argument("--certificate", type=Path, required=True, help="PEM of certificate and key")
    listening.add_argument("--platform-key", required=True, help="whpk_…, as the platform tells it")
    for command in (reading, pulling, following, calling, listening):
        command.add_argument("--platform", required=True, help="https://…/api/v1")
        command.add_argument("--client", required=True, help="id of this program; its secret is in CHENGXIN_SECRET")
        command.add_argument("--key", type=Path, help="key that signs requests and receipts")
        command.add_argument("--state", type=Path, default=Path("subscriber.json"))
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status: 0 done, 1 refused, 2 damaged."""
    given = build_parser().parse_args(arguments)
    if given.command == "init":
        print(make_key(given.key))
        return 0
    seed = bytes.fromhex(given.key.read_text("utf-8")) if given.key else b""
    secret = os.environ.get("CHENGXIN_SECRET", "")
    platform = Platform(address=given.platform.rstrip("/"), client=given.client, secret=secret, seed=seed)
    try:
        _run(given, platform)
    except Refused as refused:
        print(f"The platform refused: {refused}", file=sys.stderr)
        return 1
    except Forged:
        print("The file of the list is not what its signature covers.", file=sys.stderr)
        return 2
    except Damaged as damaged:
        print(f"The message {damaged} is not what its digest says.", file=sys.stderr)
        return 2
    return 0


def _run(given: argparse.Namespace, platform: Platform) -> None:
    if given.command == "read":
        with remembering(given.state) as state:
            print(json.dumps({"held": read(platform, state, path=given.path, body=json.loads(given.body))}))
    elif given.command == "pull":
        print(json.dumps({"answered": pull(platform, given.state)}))
    elif given.command == "follow":
        with remembering(given.state) as state:
            print(json.dumps({"standing": follow(platform, state, given.list)}))
    elif given.command == "call-me":
        print(json.dumps(platform.put("outbox/webhook", {"url": given.url})))
    else:
        place = (given.host, given.port)
        listen(platform, given.state, address=place, certificate=given.certificate, public_key=given.platform_key)


def make_key(file: Path) -> str:
    """Make a key, readable by its owner only, and return its public part in hexadecimal."""
    seed = secrets.token_bytes(32)
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as target:
        target.write(f"{seed.hex()}\n")
    return public_key(seed).hex()


def run() -> None:
    """Run as a program."""
    sys.exit(main())


if __name__ == "__main__":
    run()
