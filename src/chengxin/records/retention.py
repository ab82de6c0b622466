"""What ends of a record: its contents, in every version whose retention is over; the row that it was there stays."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from chengxin.retention.contracts import Due, Gone

# Every version goes with its own clock; a version that has no end, or whose subject still has a restriction, stays.
_EMPTY = """
    update records_version set content = '{}', sealed = null, document_key = '', document_grams = '{}'
     where (subject_id, record_id, version) in (
           select subject_id, record_id, version from records_version
            where retain_until <= %(on)s and (sealed is not null or content <> '{}')
            order by retain_until, subject_id, record_id, version limit %(limit)s for update skip locked)
    returning subject_id, record_id, version
"""


def sweep(due: Due) -> Iterator[Gone]:
    """Empty the versions whose retention ended; nothing of them leaves anywhere since that day already."""
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY, {"on": due.on, "limit": due.limit})
        for subject_id, record_id, version in sorted(cursor.fetchall()):
            yield Gone(reference=f"{record_id}/{version}", subject_id=subject_id)
