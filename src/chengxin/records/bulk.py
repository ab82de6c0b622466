"""Write the rows of one accepted batch: COPY into a session table, INSERT … SELECT, settle what stands already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection

from chengxin.database.facade import Landing, ask, change, copy_frames

_SQL = Path(__file__).with_name("sql")
SETTLE = (_SQL / "settle.sql").read_text("utf-8")
INSERT = (_SQL / "insert_versions.sql").read_text("utf-8")
_INCOMING = Landing(
    "records_incoming",
    {
        "row_number": "integer",
        "subject_id": "uuid",
        "record_id": "uuid",
        "subject_kind": "text",
        "row_key": "bytea",
        "content_digest": "bytea",
        "content": "jsonb",
        "sealed": "bytea",
        "document_key": "text",
        "document_grams": "integer[]",
        "severity": "text",
        "provenance": "text",
        "ended_act_on": "date",
        "determined_on": "date",
        "notified_on": "date",
        "valid_until": "date",
        "not_public_because": "text",
        "publicity_starts_on": "date",
        "publicity_ends_on": "date",
        "earliest_repair_on": "date",
        "query_ends_on": "date",
        "use_ends_on": "date",
        "retain_until": "date",
        "version": "smallint default 1",
        "reason": "text default ''",
    },
)
COLUMNS = tuple(name for name in _INCOMING.columns if name not in {"version", "reason"})
MASS_TABLES = ("records_version", "records_publication")


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What all rows of a batch share."""

    batch_id: UUID
    item_id: int
    item_code: str
    body: str
    nature: str
    reason: str
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Written:
    """How many rows became records, corrected one, or stood already."""

    added: int
    corrected: int
    repeated: int


def write_versions(frames: Iterable[pl.DataFrame], *, filing: Filing) -> Written:
    """Write frames with the columns `COLUMNS` in the running transaction.

    Ids, `row_key`, `content_digest` and `sealed` are hexadecimal strings, `content` is JSON without nulls.
    A row whose key stands with the same content is a repeat; with other content it becomes the next version.
    """
    added = corrected = repeated = 0
    shared: dict[str, Any] = {
        "batch_id": filing.batch_id,
        "item_id": filing.item_id,
        "item_code": filing.item_code,
        "body": filing.body,
        "nature": filing.nature,
        "reason": filing.reason,
        "now": filing.now,
    }
    with connection.cursor() as cursor:
        for rows in copy_frames(cursor, (frame.select(COLUMNS) for frame in frames), into=_INCOMING):
            written, closed = change(INSERT, shared), 0
            if written < rows:
                ((closed,),) = ask(SETTLE, shared)
            if closed:
                written += change(INSERT, shared)
            added += written - closed
            corrected += closed
            repeated += rows - written
    return Written(added=added, corrected=corrected, repeated=repeated)
