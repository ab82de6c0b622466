"""What is shown, as other packages and pages see it: frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chengxin.archives.contracts import Line


class Standing(StrEnum):
    """Whether a presentation can be opened at a moment."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    USED_UP = "used_up"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A claim (断言): it holds while none of the lines is of this nature and, where named, of these severities."""

    code: str
    zh: str
    en: str
    nature: str
    severities: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Reason:
    """What something is shown for, in plain words."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a person wants to show: claims, lines or the whole, with or without the name, to whom and how often."""

    reason: str
    recipient: str
    claims: tuple[str, ...]
    record_ids: tuple[UUID, ...]
    is_whole: bool
    shows_name: bool
    days: int
    uses: int


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """One presentation (本人出示) as its person sees it."""

    id: UUID
    reason: str
    recipient: str
    claims: Sequence[str]
    lines: int
    is_whole: bool
    shows_name: bool
    made_at: datetime
    ends_at: datetime
    uses_most: int
    uses: int
    withdrawn_at: datetime | None

    def standing(self, at: datetime) -> Standing:
        """Return whether it can be opened at a moment."""
        if self.withdrawn_at is not None:
            return Standing.WITHDRAWN
        if at >= self.ends_at:
            return Standing.ENDED
        return Standing.USED_UP if self.uses >= self.uses_most else Standing.OPEN


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a recipient sees at a moment: each claim as it is now, the lines that may still be shown, no verdict.

    `gone` counts the chosen lines that may be shown no more; what became of them is not told.
    """

    presentation: Presentation
    name: str
    claims: Sequence[tuple[str, bool]]
    lines: Sequence[Line]
    gone: int
    as_of: datetime


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a person can show now: each claim and whether it holds, and the lines, opened for themselves."""

    claims: Sequence[tuple[str, bool]]
    lines: Sequence[Line]
    days: int
    uses: int
