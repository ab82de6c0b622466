"""What a clearance remembers of both sides: keyed digests, so that any change ends it and nobody is kept by name."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from chengxin.crypto import facade as crypto
from chengxin.kernel.identifiers import compact, upgrade_id_no
from chengxin.kernel.text import fold
from chengxin.screening.contracts import Query

_QUERY: Final = "matching.query"
_ENTRY: Final = "matching.entry"


def query_tag(query: Query) -> bytes:
    """Return the tag of whom somebody asked about, however it was written."""
    names = sorted({fold(name) for name in (query.name, *query.alias.split("|")) if name.strip()})
    numbers = sorted({upgrade_id_no(compact(number)) for number in (query.id_no, query.uscc) if number.strip()})
    return _tag(_QUERY, query.kind, *names, "", *numbers, "", query.birth_date.strip())


def subject_tag(subject_id: UUID) -> bytes:
    """Return the tag of a person who is known by their place on file, whose number nobody kept."""
    return _tag(_QUERY, "subject", str(subject_id))


def entry_tag(*values: object) -> bytes:
    """Return the tag of what an entry says at a moment."""
    return _tag(_ENTRY, *map(str, values))


def _tag(column: str, *parts: str) -> bytes:
    return crypto.blind(column, "\x1f".join(parts))
