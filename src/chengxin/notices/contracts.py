"""Notices as other packages see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One served notice (告知)."""

    id: UUID
    to_subject: UUID | None
    to_body: str
    sender_body: str
    kind: str
    text: str
    parameters: Mapping[str, str]
    reference: str
    channel: str
    served_at: datetime
    proof: str
    read_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Text:
    """A notice as a person reads it."""

    title: str
    body: str
