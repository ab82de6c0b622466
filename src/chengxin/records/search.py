"""Find what is public: by a fragment of a document number, or item by item. The index nominates; `usable` decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from chengxin.kernel.grams import gram_codes
from chengxin.kernel.text import fold
from chengxin.records.contracts import Channel, Record
from chengxin.records.queries import list_by_ids
from chengxin.records.rules import usable

_BY_DOCUMENT = """
    select subject_id, record_id from records_publication
    where ended_at is null and document_grams @> %s::int[] and document_key like %s escape '!'
    order by determined_on desc nulls last, record_id desc limit %s
"""
_BY_ITEM = """
    select subject_id, record_id from records_publication
    where ended_at is null and item_code = %s
    order by determined_on desc nulls last, record_id desc limit %s offset %s
"""
_COUNT = "select item_code, count(*) from records_publication where ended_at is null group by item_code order by 1"
_ON_DAY = """
    select count(*) filter (where published_at >= %(from)s and published_at < %(to)s),
           count(*) filter (where ended_at >= %(from)s and ended_at < %(to)s)
    from records_publication
"""


def search_documents(text: str, *, now: datetime, limit: int = 20) -> list[Record]:
    """Return public records whose document number holds a fragment of at least two characters, newest first."""
    folded = fold(text)
    if len(folded) < 2:
        return []
    pattern = "%" + folded.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    return _public(_keys(_BY_DOCUMENT, [gram_codes(folded), pattern, limit]), now=now)


def list_public(item_code: str, *, now: datetime, limit: int, offset: int = 0) -> list[Record]:
    """Return the public records of an item, newest first."""
    return _public(_keys(_BY_ITEM, [item_code, limit, offset]), now=now)


def count_public() -> dict[str, int]:
    """Return how many records are public by item; what expired since midnight is still among them until the sweep."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        return dict(cursor.fetchall())


def count_moves(*, since: datetime, until: datetime) -> tuple[int, int]:
    """Return how many publications began and how many ended in [since, until)."""
    with connection.cursor() as cursor:
        cursor.execute(_ON_DAY, {"from": since, "to": until})
        began, ended = cursor.fetchone()
        return began, ended


def _keys(statement: str, parameters: list[Any]) -> list[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _public(keys: list[tuple[UUID, UUID]], *, now: datetime) -> list[Record]:
    return [record for record in list_by_ids(keys) if usable(record, channel=Channel.PUBLIC, at=now)]
