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

from chengxin.database.facade import copy_frame

_SQL = Path(__file__).with_name("sql")
INCOMING = (_SQL / "incoming.sql").read_text("utf-8")
SETTLE = (_SQL / "settle.sql").read_text("utf-8")
INSERT = (_SQL / "insert_versions.sql").read_text("utf-8")
COLUMNS = (
    "row_number",
    "subject_id",
    "record_id",
    "subject_kind",
    "row_key",
    "content_digest",
    "content",
    "sealed",
    "document_key",
    "document_grams",
    "severity",
    "provenance",
    "ended_act_on",
    "determined_on",
    "notified_on",
    "valid_until",
    "not_public_because",
    "publicity_starts_on",
    "publicity_ends_on",
    "earliest_repair_on",
    "query_ends_on",
    "use_ends_on",
    "retain_until",
)
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
        cursor.execute(INCOMING)
        for frame in frames:
            copy_frame(cursor, frame.select(COLUMNS), table="records_incoming")
            cursor.execute(INSERT, shared)
            written, closed = cursor.rowcount, 0
            if written < frame.height:
                cursor.execute(SETTLE, shared)
                (closed,) = cursor.fetchone()
            if closed:
                cursor.execute(INSERT, shared)
                written += cursor.rowcount
            cursor.execute("truncate records_incoming")
            added += written - closed
            corrected += closed
            repeated += frame.height - written
    return Written(added=added, corrected=corrected, repeated=repeated)
