"""What clearances and the log of answers remember: keyed digests, so that nobody is kept by name or number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from chengxin.crypto import facade as crypto
from chengxin.kernel.identifiers import compact, upgrade_id_no
from chengxin.kernel.text import fold
from chengxin.screening.contracts import Query

_QUERY: Final = "matching.query"
_ENTRY: Final = "matching.entry"
_BETWEEN: Final = "\x1f"
_ASKED: Final = "matching.asked"
_SAID: Final = "matching.said"


def query_tag(query: Query) -> bytes:
    """Return the tag of whom somebody asked about, however it was written."""
    return query_tags([query])[0]


def query_tags(queries: Sequence[Query]) -> list[bytes]:
    """Return the tag of each query."""
    return crypto.blind_many(_QUERY, [_meant(query) for query in queries])


def _meant(query: Query) -> str:
    names = sorted({fold(name) for name in (query.name, *query.alias.split("|")) if name.strip()})
    numbers = sorted({upgrade_id_no(compact(number)) for number in (query.id_no, query.uscc) if number.strip()})
    return _BETWEEN.join((query.kind, *names, "", *numbers, "", query.birth_date.strip()))


def subject_tag(subject_id: UUID) -> bytes:
    """Return the tag of a person who is known by their place on file, whose number nobody kept."""
    return crypto.blind(_QUERY, _BETWEEN.join(("subject", str(subject_id))))


def asked_tags(queries: Sequence[Query]) -> list[bytes]:
    """Return the tag of each query exactly as it was asked, but for the name its asker gave it."""
    return crypto.blind_many(_ASKED, [_BETWEEN.join(query[1:]) for query in queries])


def said_tags(explanations: Iterable[str]) -> list[str]:
    """Return the tag of each explanation."""
    return [tag[:8].hex() for tag in crypto.blind_many(_SAID, explanations)]


def entry_tag(*values: object) -> bytes:
    """Return the tag of what an entry says at a moment."""
    return entry_tags([values])[0]


def entry_tags(entries: Sequence[Sequence[object]]) -> list[bytes]:
    """Return the tag of each entry."""
    return crypto.blind_many(_ENTRY, [_BETWEEN.join(map(str, values)) for values in entries])
