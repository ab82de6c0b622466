"""What ends of a record: its contents, in every version whose retention is over; the row that it was there stays.

When the last version ends, what its subject said about it ends as well.
"""

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
_END_WORDS = """
    update records_statement s set sealed = null, text = '', ended_at = %(now)s
     where s.ended_at is null
       and exists (select from records_version v where v.subject_id = s.subject_id and v.record_id = s.record_id
                      and v.retain_until <= %(on)s)
       and not exists (select from records_version v where v.subject_id = s.subject_id and v.record_id = s.record_id
                          and (v.sealed is not null or v.content <> '{}'))
"""


def sweep(due: Due) -> Iterator[Gone]:
    """Empty the versions whose retention ended; nothing of them leaves anywhere since that day already."""
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY, {"on": due.on, "limit": due.limit})
        emptied = sorted(cursor.fetchall())
        cursor.execute(_END_WORDS, {"on": due.on, "now": due.now})
    for subject_id, record_id, version in emptied:
        yield Gone(reference=f"{record_id}/{version}", subject_id=subject_id)
