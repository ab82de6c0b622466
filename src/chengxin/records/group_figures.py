"""Counts over the archives of one key group (重点人群): how many are in it, and how complete their archives are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db import connection

from chengxin.records.contracts import PartFigures

_FIGURES: Final = (Path(__file__).parent / "sql" / "group_figures.sql").read_text("utf-8")


def group_figures(body: str, items: Sequence[str], *, member: str, on: date) -> list[PartFigures]:
    """Return the figures of each item a body filed of a group; `member` is the item whose records make a member."""
    values: dict[str, Any] = {"items": list(items), "body": body, "member": member, "today": on}
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, values)
        return [
            PartFigures(item=item, records=records, members=members, left=left, strangers=strangers, last_at=last_at)
            for item, records, members, left, strangers, last_at in cursor.fetchall()
        ]
