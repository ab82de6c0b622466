"""Check signed lists (名单快照 and their changes): files in, a verdict out; several files must follow each other."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from chengxin_verify.jws import Jwk, encode, open_jws, read_json
from chengxin_verify.log import Verdict
from chengxin_verify.notes import Unproven

TYPE: Final = "list+jws"
LEEWAY: Final = 60
"""Seconds that the clock of whoever checks may be behind that of whoever signed."""
_ENTRY: Final = frozenset(
    "entry name uscc document_no reason legal_basis body listed_on ends_on has_objection".split()  # noqa: SIM905
)
_CHANGE: Final = frozenset({"place", "entry", "at", "change"})
_LEFT: Final = _CHANGE | {"because"}
_AWAY: Final = _CHANGE | {"has_left"}


@dataclass(frozen=True)
class SignedList:
    """What one signed file says: which list, read when, good until when (a snapshot), and its lines."""

    kind: str
    at: datetime
    good_until: datetime | None
    place: int
    since: int
    lines: Sequence[Mapping[str, Any]]


@dataclass
class _Course:
    """Where a row of files has come to: the place reached, who stands, and who has ended for good."""

    before: SignedList | None = None
    standing: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)


def read_list_key(text: str) -> Mapping[str, Jwk]:
    """Return the key of a file as `GET /api/v1/lists/key` gives it; its name must be its own."""
    found = read_json(text.encode())
    try:
        raw = bytes.fromhex(found["public_key"])
        named, algorithm = found["key_id"], found["algorithm"]
    except (KeyError, TypeError, ValueError):
        raise Unproven("This is no key of a list.") from None
    if algorithm != "EdDSA" or len(raw) != 32 or hashlib.sha256(raw).hexdigest()[:16] != named:
        raise Unproven("The key does not have the name or the kind it claims.")
    return {str(named): {"kty": "OKP", "crv": "Ed25519", "x": encode(raw)}}


def read_list(content: bytes, keys: Mapping[str, Jwk]) -> SignedList:
    """Return what a signed file says, or raise `Unproven` unless every byte of it is covered by the signature."""
    first, newline, rest = content.partition(b"\n")
    said = open_jws(first.decode("ascii", "replace"), keys, kind=TYPE)
    lines = rest.splitlines(keepends=True)
    if not newline or said.get("sha256") != hashlib.sha256(rest).hexdigest() or said.get("lines") != len(lines):
        raise Unproven("The lines are not those that were signed.")
    found = [read_json(line) for line in lines]
    try:
        until = said.get("good_until")
        read = SignedList(
            kind=str(said["kind"]),
            at=datetime.fromisoformat(said["at"]),
            good_until=None if until is None else datetime.fromisoformat(until),
            place=int(said["place"]),
            since=int(said["since"]),
            lines=found,
        )
    except (KeyError, TypeError, ValueError):
        raise Unproven("What was signed is no list.") from None
    if read.at.utcoffset() is None or (read.good_until is not None and read.good_until.utcoffset() is None):
        raise Unproven("What was signed is no list: a moment is without its offset.")
    return read


def verify_lists(contents: Sequence[bytes], keys: Mapping[str, Jwk], *, now: datetime) -> Verdict:
    """Check files in their order: a snapshot or changes, then what came after; the last one must be good at `now`.

    An entry that has ended for good may not come back, nothing may be left out between two files, and no line may
    say more than what everybody may read of an operator.
    """
    verdict, course = Verdict(), _Course()
    for content in contents:
        read = read_list(content, keys)
        _follow(course, read, verdict)
        for line in read.lines:
            _check_line(read, line, course, verdict)
        course.before = read
    last = course.before
    if last is None:
        raise Unproven("There is no file to check.")
    _in_time(last, now=now, verdict=verdict)
    verdict.counts = {"files": len(contents), "place": last.place, "standing": len(course.standing)}
    return verdict


def _follow(course: _Course, read: SignedList, verdict: Verdict) -> None:
    """Check that a file goes on where the one before it ended; a snapshot begins again, and never further back."""
    before = course.before
    if before is not None:
        if read.kind != before.kind:
            raise Unproven(f"{read.kind} is another list than {before.kind}.")
        if read.at < before.at or read.place < before.place:
            verdict.broken.append(f"What was signed at {read.at.isoformat()} goes back behind place {before.place}.")
        if read.good_until is None and read.since > before.place:
            verdict.broken.append(f"The changes {before.place + 1} to {read.since} are missing.")
    if read.good_until is not None:
        course.standing.clear()


def _check_line(read: SignedList, line: object, course: _Course, verdict: Verdict) -> None:
    if not isinstance(line, dict) or not isinstance(line.get("entry"), str):
        raise Unproven("A line is no entry of a list.")
    entry = line["entry"]
    if not _is_public(read, line):
        verdict.broken.append(f"{entry} says more, or less, than a public list may.")
    elif "ends_on" in line and line["ends_on"] is not None and _is_over(line["ends_on"], read.at):
        verdict.broken.append(f"{entry} ended on {line['ends_on']} and was given out after it.")
    if line.get("change") == "ended":
        course.standing.discard(entry)
        course.ended.add(entry)
    elif entry in course.ended:
        verdict.broken.append(f"{entry} had left for good and is back.")
    elif read.good_until is not None and entry in course.standing:
        verdict.broken.append(f"{entry} stands twice.")
    elif "has_left" not in line:
        course.standing.add(entry)


def _is_public(read: SignedList, line: Mapping[str, Any]) -> bool:
    """Tell whether a line has the names a public entry or change has, no other and none fewer."""
    names = frozenset(line)
    if read.good_until is not None:
        return names == _ENTRY
    if not isinstance(line.get("place"), int) or not read.since < line["place"] <= read.place:
        return False
    if line.get("change") == "ended":
        return names == _LEFT
    return line.get("change") == "listed" and names in {_AWAY, _CHANGE | _ENTRY}


def _is_over(ends_on: object, at: datetime) -> bool:
    """Tell whether a half-open period had ended at a moment; its day is that of the offset it was signed with."""
    try:
        return date.fromisoformat(str(ends_on)) <= at.date()
    except ValueError:
        raise Unproven("A line says an end that is no day.") from None


def _in_time(last: SignedList, *, now: datetime, verdict: Verdict) -> None:
    if (last.at - now).total_seconds() > LEEWAY:
        raise Unproven("It was signed for a later moment than this one.")
    if last.good_until is None:
        verdict.attention.append("These are changes: whether all stand now, only a snapshot says.")
    elif now >= last.good_until:
        verdict.attention.append(f"It was good until {last.good_until.isoformat()}: what has ended may be in it.")
