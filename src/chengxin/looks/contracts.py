"""Looks as other packages see them: frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chengxin.audit.contracts import Look, LookDay, LookFilter


@dataclass(frozen=True, kw_only=True)
class OwnLooks:
    """A page of one's own looks: what was asked for, the lines, their number, and when each body looked.

    `since` and `until` bound what `days` counts.
    """

    chosen: LookFilter
    lines: Sequence[Look]
    total: int
    days: Sequence[LookDay]
    since: date
    until: date
