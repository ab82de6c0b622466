"""Read records with their marks in one statement; outlets ask `usable` of what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion, Nature
from chengxin.database.facade import ask
from chengxin.kernel.clock import legal_day
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.records.contracts import Filed, Lineage, MarkKind, MarkSet, OwnStatement, Provenance, Record

_SELECT = """
    select v.subject_id, v.record_id, v.version, v.item_code, i.version as item_version, v.subject_kind, v.body,
           v.nature, v.provenance, v.severity, v.content::text as content, v.content_digest, v.sealed, v.document_key,
           v.ended_act_on, v.determined_on, v.notified_on, v.valid_until, v.not_public_because, v.publicity_starts_on,
           case when p.record_id is null then v.publicity_ends_on else p.ends_on end as publicity_ends_on,
           coalesce(p.earliest_repair_on, v.earliest_repair_on) as earliest_repair_on,
           v.query_ends_on, v.use_ends_on, v.retain_until,
           v.superseded_at, v.reason, v.batch_id, v.row_number, v.accepted_at,
           case when p.ended_at is null then p.published_at end as published_at,
           (select json_agg(json_build_array(m.kind, m.set_at, m.reason, m.reference) order by m.id)::text
              from records_mark m
             where m.subject_id = v.subject_id and m.record_id = v.record_id and m.lifted_at is null) as marks
      from records_version v
      join catalogue_item_version i on i.id = v.item_id
      left join records_publication p
        on p.subject_id = v.subject_id and p.record_id = v.record_id and p.version = v.version
"""
_NAMES = (
    *("subject_id", "record_id", "version", "item_code", "item_version", "subject_kind", "body", "nature"),
    *("provenance", "severity", "content", "content_digest", "sealed", "document_key", "ended_act_on", "determined_on"),
    *("notified_on", "valid_until", "not_public_because", "publicity_starts_on", "publicity_ends_on"),
    *("earliest_repair_on", "query_ends_on", "use_ends_on", "retain_until", "superseded_at", "reason", "batch_id"),
    *("row_number", "accepted_at", "published_at", "marks"),
)
_STATEMENTS = """
    select id, subject_id, record_id, sealed, text, written_at from records_statement
     where subject_id = %s and withdrawn_at is null and ended_at is null order by id
"""
_CHANGED = """
    select exists (
        select 1 from unnest(%(records)s::uuid[], %(versions)s::smallint[]) as k(record_id, version)
          left join records_version v
            on v.subject_id = %(subject_id)s and v.record_id = k.record_id and v.version = k.version
          left join records_publication p
            on p.subject_id = v.subject_id and p.record_id = v.record_id and p.version = v.version
         where v.record_id is null or v.superseded_at is not null
            or exists (select 1 from unnest(array[v.publicity_ends_on, p.ends_on, v.query_ends_on, v.use_ends_on,
                                                      v.retain_until, v.valid_until + 1]) as ends(ends_on)
                            where ends.ends_on > %(day)s and ends.ends_on <= %(today)s)
            or exists (select 1 from records_mark m
                        where m.subject_id = v.subject_id and m.record_id = v.record_id
                          and (m.set_at > %(since)s or m.lifted_at > %(since)s))
            or exists (select 1 from records_statement s
                        where s.subject_id = v.subject_id and s.record_id = v.record_id
                          and (s.written_at > %(since)s or s.withdrawn_at > %(since)s)))
"""
# The moment of acceptance is written with both and indexed; the batch alone would be looked for in every version.
_FILED = """
    select row_number, record_id, version, accepted_at, superseded_at from records_version
     where accepted_at = %s and batch_id = %s
"""
# What was accepted lately is found by its moment; marks are few.
_MOVED = """
    select subject_id, record_id from records_version
     where accepted_at >= %s::timestamptz and item_code = any(%s::text[]) and superseded_at is null
    union
    select subject_id, record_id from records_mark where set_at >= %s::timestamptz or lifted_at >= %s::timestamptz
"""
_ORDER = " order by v.determined_on desc nulls last, v.record_id desc, v.version desc"


def list_of_subject(subject_id: UUID) -> list[Record]:
    """Return the current versions of a subject's records, newest first."""
    return _fetch(f"{_SELECT} where v.subject_id = %s and v.superseded_at is null{_ORDER}", [subject_id])


def list_by_ids(keys: Sequence[tuple[UUID, UUID]]) -> list[Record]:
    """Return the current versions of records by (subject, record), in the order asked; absent ones are left out."""
    if not keys:
        return []
    subjects, records = zip(*keys, strict=True)
    found = _fetch(
        f"{_SELECT} where v.subject_id = any(%s::uuid[]) and v.record_id = any(%s::uuid[])"
        f" and v.superseded_at is null{_ORDER}",
        [list(set(subjects)), list(records)],
    )
    by_key = {(record.subject_id, record.record_id): record for record in found}
    return [by_key[key] for key in keys if key in by_key]


def list_filed(
    batch_id: UUID, *, accepted_at: datetime, row: int | None = None, limit: int = 20, offset: int = 0
) -> list[Filed]:
    """Return what the lines of a batch became, by line, or what one of them did; no content is read."""
    one = " and row_number = %s" if row is not None else ""
    rows = ask(
        f"{_FILED}{one} order by row_number, record_id limit %s offset %s",
        [accepted_at, batch_id, *([row] if row is not None else []), limit, offset],
    )
    return [
        Filed(row_number=line, record_id=record_id, version=version, accepted_at=at, superseded_at=ended)
        for line, record_id, version, at, ended in rows
    ]


def list_moved(items: Sequence[str], *, since: datetime) -> list[tuple[UUID, UUID]]:
    """Return (subject, record) of what was accepted or corrected of these items since, and of whatever was marked."""
    return [(subject_id, record_id) for subject_id, record_id in ask(_MOVED, [since, list(items), since, since])]


def find_by_id(subject_id: UUID, record_id: UUID) -> Record | None:
    """Return the current version of one record, or None."""
    return next(iter(list_by_ids([(subject_id, record_id)])), None)


def list_versions(subject_id: UUID, record_id: UUID) -> list[Record]:
    """Return all versions of a record, the newest first."""
    return _fetch(f"{_SELECT} where v.subject_id = %s and v.record_id = %s{_ORDER}", [subject_id, record_id])


def list_statements(subject_id: UUID) -> list[OwnStatement]:
    """Return what a subject says about its records, as far as the reader may see those records."""
    return [
        OwnStatement(
            statement_id=row[0],
            subject_id=row[1],
            record_id=row[2],
            sealed=bytes(row[3]) if row[3] is not None else None,
            text=row[4],
            written_at=row[5],
        )
        for row in ask(_STATEMENTS, [subject_id])
    ]


def has_changed(subject_id: UUID, versions: Sequence[tuple[UUID, int]], *, since: datetime, until: datetime) -> bool:
    """Tell whether a subject's records are no longer what they were: corrected, marked, ended, or stated upon."""
    keys = list(versions)
    with connection.cursor() as cursor:
        cursor.execute(
            _CHANGED,
            {
                "subject_id": subject_id,
                "records": [record_id for record_id, _version in keys],
                "versions": [version for _record_id, version in keys],
                "since": since,
                "day": legal_day(since),
                "today": legal_day(until),
            },
        )
        return bool(cursor.fetchone()[0])


def _fetch(statement: str, parameters: list[Any]) -> list[Record]:
    item_of = cache(catalogue.get_item_version)
    return [_record(dict(zip(_NAMES, row, strict=True)), item_of) for row in ask(statement, parameters)]


def _record(row: dict[str, Any], item_of: Callable[..., ItemVersion]) -> Record:
    item = item_of(row["item_code"], version=row.pop("item_version"))
    kind = SubjectKind(row.pop("subject_kind"))
    lineage = Lineage(
        batch_id=row.pop("batch_id"),
        row_number=row.pop("row_number"),
        body=row["body"],
        accepted_at=row.pop("accepted_at"),
    )
    sealed = row.pop("sealed")
    return Record(
        item_version=item.version,
        subject_kind=kind,
        nature=Nature(row.pop("nature")),
        provenance=Provenance(row.pop("provenance")),
        disclosure=item.disclosure[kind],
        content=orjson.loads(row.pop("content")),
        content_digest=bytes(row.pop("content_digest")),
        sealed=bytes(sealed) if sealed is not None else None,
        lineage=lineage,
        marks=tuple(_marks(orjson.loads(row.pop("marks") or "[]"))),
        **row,
    )


def _marks(found: Iterable[Sequence[str]]) -> Iterable[MarkSet]:
    for kind, set_at, reason, reference in found:
        yield MarkSet(kind=MarkKind(kind), set_at=datetime.fromisoformat(set_at), reason=reason, reference=reference)
