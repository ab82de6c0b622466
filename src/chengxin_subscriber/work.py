"""Read, hear, carry out, answer: what is held follows what the platform says of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from chengxin_subscriber.client import Json, Platform, Refused, statement
from chengxin_subscriber.following import carry_out_change
from chengxin_subscriber.memory import State, keep, remembering

FACTS: Final = ("record", "version", "item", "mark", "fields")
AT_ONCE: Final = 100


class Damaged(Exception):
    """A message is not what its digest says."""


def read(platform: Platform, state: State, *, path: str, body: Json) -> list[str]:
    """Ask a question whose answer holds facts, and hold them, with the question to ask again; return their records."""
    answer = platform.post(path, body)
    facts = _facts(answer)
    for fact in facts:
        kept = {name: fact.get(name) for name in FACTS}
        state["held"][fact["record"]] = {**kept, "status": "in_use", "path": path, "body": body}
    return [fact["record"] for fact in facts]


def _facts(answer: Json) -> list[dict[str, Any]]:
    """Return the facts of an answer: of one query, of several, or the hits of a match."""
    if isinstance(answer, list):
        return [fact for one in answer for fact in one["facts"]]
    if "results" in answer:
        return [{**hit, "fields": hit} for row in answer["results"] for hit in row["hits"]]
    return list(answer["facts"])


def pull(platform: Platform, file: Path) -> int:
    """Carry out what waits in the feed and answer it, oldest first; return how many messages there were."""
    done = 0
    with remembering(file) as state:
        while waiting := platform.get(f"outbox?limit={AT_ONCE}"):
            for message in waiting:
                if hashlib.sha256(message["text"].encode()).hexdigest() != message["digest"]:
                    raise Damaged(message["id"])
                answer(platform, state, message["id"], message["text"])
                keep(file, state)  # Before the next: what was answered is never carried out again.
                done += 1
    return done


def answer(platform: Platform, state: State, message: str, text: str) -> None:
    """Carry out one message, unless that was done before a crash, and give its receipt."""
    known = state["answered"].get(message)
    done = known["done"] if known else carry_out(platform, state, json.loads(text))
    said = {"done": done, "message": message, "payload": hashlib.sha256(text.encode()).hexdigest()}
    receipt: dict[str, str] = {"done": done}
    if platform.seed:
        receipt["statement"] = statement(said, seed=platform.seed)
    given = platform.post(f"outbox/{message}/receipt", receipt)
    state["answered"][message] = {**said, "at": given["at"], "receipt": given["receipt"]}


def carry_out(platform: Platform, state: State, told: dict[str, Any]) -> str:
    """Do what a message asks with what is held; return what was done."""
    if "list" in told:
        return carry_out_change(platform, state, told)
    if "consent" in told:
        return _delete_by_consent(state, told["consent"])
    held = state["held"].get(told["record"])
    if held is None:
        return "not_held"
    if told["do"] == "mark":
        held["status"] = "marked"
        return "marked"
    if told["do"] == "stop":
        held["status"] = "stopped"
        return "stopped"
    return _replace(platform, state, told["record"]) if told["do"] == "replace" else _delete(state, told["record"])


def _replace(platform: Platform, state: State, record: str) -> str:
    """Ask again what the record was read by; what the answer no longer holds, or refuses, is deleted."""
    held = state["held"].pop(record)
    try:
        found = read(platform, state, path=held["path"], body=held["body"])
    except Refused:
        found = []
    return "replaced" if record in found else "deleted"


def _delete(state: State, record: str) -> str:
    del state["held"][record]
    return "deleted"


def _delete_by_consent(state: State, consent: str) -> str:
    records = [name for name, held in state["held"].items() if held["body"].get("consent") == consent]
    for record in records:
        del state["held"][record]
    return "deleted" if records else "not_held"
