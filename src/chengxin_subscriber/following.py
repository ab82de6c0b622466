"""Follow a list: hold what stands on it, take on what comes, delete what leaves; its files are checked by signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chengxin_subscriber.client import Platform
from chengxin_subscriber.memory import State
from chengxin_verify.jws import encode
from chengxin_verify.lists import read_list
from chengxin_verify.notes import Unproven


class Forged(Exception):
    """A file of a list is not what its signature covers."""


def follow(platform: Platform, state: State, kind: str) -> int:
    """Follow a list from now on and hold what stands on it; return how many entries that is."""
    key = platform.get("lists/key")["public_key"]
    platform.put(f"lists/{kind}/follow", {})
    lines = opened(platform.fetch(f"lists/{kind}/snapshot"), key=key)
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
    lines = opened(platform.fetch(path), key=followed["key"])
    standing = [line for line in lines if line["entry"] == told["entry"] and "has_left" not in line]
    for line in standing:
        _hold(state, told["list"], line)
    return "replaced" if standing else "not_held"


def opened(content: bytes, *, key: str) -> Sequence[Mapping[str, Any]]:
    """Return the lines of a signed file, or raise `Forged`."""
    try:
        public = encode(bytes.fromhex(key))
        return read_list(content, {"": {"kty": "OKP", "crv": "Ed25519", "x": public}}).lines
    except (Unproven, ValueError):
        raise Forged from None


def _hold(state: State, kind: str, line: Mapping[str, Any]) -> None:
    state["held"][line["entry"]] = {"list": kind, "fields": line, "status": "in_use", "body": {}}
