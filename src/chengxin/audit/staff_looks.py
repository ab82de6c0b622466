"""Looks of members of staff at people, for the detection of misuse and nobody else (row security says so too)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from chengxin.database.facade import ask

COLUMNS: Final = (
    "event_id", "at", "kind", "subject_id", "actor_key", "body", "area", "purpose", "reference", "count",
    "categories",
)  # fmt: skip
# With candidates: who tries numbers or names until one fits is what the detection is for.
_LOOKS: Final = """
    select id, at, kind, subject_id, actor_key, body, area, purpose, reference, count, categories from audit_event
     where at >= %s and at < %s and subject_id is not null and body <> '' and actor_key like 'account:%%'
       and kind in ('disclose', 'search', 'verify', 'report', 'candidate')
     order by at, id
"""


def list_staff_looks(*, since: datetime, until: datetime) -> list[tuple[Any, ...]]:
    """Return the looks of staff in [since, until) as rows of `COLUMNS`, oldest first."""
    return ask(_LOOKS, [since, until])
