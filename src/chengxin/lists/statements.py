"""Lists to take away (名单快照): signed lines that anybody can check offline, whole or as changes since a place.

The first line is a compact JWS (`typ` list+jws, Ed25519) over kind, moment, place, count and the SHA-256 of all lines
after it; a snapshot is good until the end of its legal day, because an entry may end at midnight.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import orjson

from chengxin.crypto import facade as crypto
from chengxin.kernel.clock import legal_day, start_of
from chengxin.lists import queries
from chengxin.lists.contracts import Change, Shown

TYPE: Final = "list+jws"
MOST: Final = 100_000
"""So many entries one snapshot holds at most; a longer list is read by its changes."""
AT_ONCE: Final = 500
_DAY: Final = timedelta(days=1)


def snapshot(kind: str, *, at: datetime) -> bytes:
    """Return a whole list as the public may read it at a moment, signed."""
    place = queries.last_place(kind)  # Read first: what comes meanwhile is then told again by the changes.
    lines = [entry_cells(one) for one in walk_public(kind, at=at)]
    return signed({"kind": kind, "at": at, "good_until": good_until(at), "place": place, "since": 0}, lines)


def walk_public(kind: str, *, at: datetime) -> Iterator[Shown]:
    """Yield the entries of a list that the public may read at a moment, the newest first, at most `MOST`."""
    for offset in range(0, MOST, AT_ONCE):
        found = queries.list_public(kind, at=at, limit=AT_ONCE, offset=offset)
        yield from found
        if not found:
            return


def good_until(at: datetime) -> datetime:
    """Return until when what was read at a moment may be used: the end of its legal day."""
    return start_of(legal_day(at) + _DAY)


def changes(kind: str, *, since: int, limit: int, at: datetime) -> bytes:
    """Return what came onto and left a list after a place, signed; of what has left only that it did, and why."""
    found = queries.list_changes(kind, after=since, limit=limit)
    standing = queries.list_shown([one.entry_id for one in found if one.is_listed], at=at)
    lines = [_change(one, standing.get(one.entry_id)) for one in found]
    place = found[-1].place if found else since
    return signed({"kind": kind, "at": at, "place": place, "since": since}, lines)


def read_signed(content: bytes, *, public_key: bytes) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    """Return head and lines of a signed file, or raise `crypto.NotSigned`."""
    first, _newline, rest = content.partition(b"\n")
    head: Mapping[str, Any] = orjson.loads(crypto.open_by(public_key, first.decode("ascii", "replace"), kind=TYPE))
    lines = rest.splitlines()
    if head["sha256"] != hashlib.sha256(rest).hexdigest() or head["lines"] != len(lines):
        raise crypto.NotSigned
    return head, [orjson.loads(line) for line in lines]


def signed(head: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a signed file: the statement over its head and the digest of its lines, then the lines."""
    rest = b"".join(orjson.dumps(line) + b"\n" for line in lines)
    said = {**head, "lines": len(lines), "sha256": hashlib.sha256(rest).hexdigest()}
    statement = crypto.statement_signer().sign(orjson.dumps(said, option=orjson.OPT_SORT_KEYS), kind=TYPE)
    return statement.encode() + b"\n" + rest


def entry_cells(one: Shown) -> dict[str, Any]:
    """Return an entry as a line of a signed file says it."""
    return {
        "entry": one.id,
        "name": one.name,
        "uscc": one.uscc,
        "document_no": one.document_no,
        "reason": one.reason,
        "legal_basis": one.legal_basis,
        "body": one.body,
        "listed_on": one.listed_on,
        "ends_on": one.ends_on,
        "has_objection": one.has_objection,
    }


def _change(one: Change, standing: Shown | None) -> dict[str, Any]:
    said: dict[str, Any] = {"place": one.place, "entry": one.entry_id, "at": one.at}
    if not one.is_listed:
        return {**said, "change": "ended", "because": one.because}
    return {**said, "change": "listed", **(entry_cells(standing) if standing else {"has_left": True})}
