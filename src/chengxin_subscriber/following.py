"""Follow a list: hold what stands on it, take on what comes, delete what leaves; its files are checked by signature."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode
from typing import Any, Final

from chengxin_subscriber.client import Platform
from chengxin_subscriber.memory import State
from chengxin_verify.ed25519 import verify

TYPE: Final = "list+jws"


class Forged(Exception):
    """A file of a list is not what its signature covers."""


def follow(platform: Platform, state: State, kind: str) -> int:
    """Follow a list from now on and hold what stands on it; return how many entries that is."""
    key = platform.get("lists/key")["public_key"]
    platform.put(f"lists/{kind}/follow", {})
    _head, lines = opened(platform.fetch(f"lists/{kind}/snapshot"), key=key)
    state.setdefault("lists", {})[kind] = {"key": key}
    for line in lines:
        _hold(state, kind, line)
    return len(lines)


def carry_out_change(platform: Platform, state: State, told: dict[str, Any]) -> str:
    """Do what a change of a list asks; return what was done."""
    if told["change"] == "ended":
        return "deleted" if state["held"].pop(told["entry"], None) else "not_held"
    followed = state.get("lists", {}).get(told["list"])
    if followed is None:
        return "not_held"
    path = f"lists/{told['list']}/changes?since={told['place'] - 1}&limit=1"
    _head, lines = opened(platform.fetch(path), key=followed["key"])
    standing = [line for line in lines if line["entry"] == told["entry"] and "has_left" not in line]
    for line in standing:
        _hold(state, told["list"], line)
    return "replaced" if standing else "not_held"


def opened(content: bytes, *, key: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return head and lines of a signed file, or raise `Forged`."""
    first, _newline, rest = content.partition(b"\n")
    try:
        head, said, signature = first.split(b".")
        kind = json.loads(_plain(head))
        is_signed = verify(bytes.fromhex(key), head + b"." + said, _plain(signature))
        told: dict[str, Any] = json.loads(_plain(said))
    except ValueError:
        raise Forged from None
    lines = rest.splitlines()
    is_whole = told.get("sha256") == hashlib.sha256(rest).hexdigest() and told.get("lines") == len(lines)
    if not (is_signed and is_whole and kind.get("typ") == TYPE and kind.get("alg") == "EdDSA"):
        raise Forged
    return told, [json.loads(line) for line in lines]


def _hold(state: State, kind: str, line: dict[str, Any]) -> None:
    state["held"][line["entry"]] = {"list": kind, "fields": line, "status": "in_use", "body": {}}


def _plain(part: bytes) -> bytes:
    return urlsafe_b64decode(part + b"=" * (-len(part) % 4))
