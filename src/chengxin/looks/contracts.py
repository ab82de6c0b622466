"""Looks as other packages see them: frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chengxin.audit.contracts import Look, LookDay, LookFilter
from chengxin.casework.contracts import Case, Step


@dataclass(frozen=True, kw_only=True)
class OwnLooks:
    """A page of one's own looks: what was asked for, the lines, their number, and when each body looked.

    `since` and `until` bound what `days` counts; `challenges` are the newest by event.
    """

    chosen: LookFilter
    lines: Sequence[Look]
    total: int
    days: Sequence[LookDay]
    since: date
    until: date
    challenges: Mapping[UUID, Case]


@dataclass(frozen=True, kw_only=True)
class OwnLook:
    """One look at oneself, its newest challenge with its course, if there is one."""

    look: Look
    challenge: Case | None
    steps: Sequence[Step]
