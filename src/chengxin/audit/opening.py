"""When the key service opens: pure rules over what the database says of an event, and a limit on how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.crypto.contracts import Value

# An event opens for the request that wrote it: soon after it was committed, and once.
FRESH_SECONDS: Final = 60.0
# What has no subject: a kept upload and the cells corrected in it. Each place is sealed into its value.
WITHOUT_SUBJECT: Final = (b"chengxin|files|", b"chengxin|intake_fix|")


@dataclass(frozen=True, kw_only=True)
class Durable:
    """An event as the key service sees it with its own login: committed, or it would not see it."""

    event_id: UUID
    subject_id: UUID | None
    opens: bytes
    written_at: datetime
    age: float


def why_not_open(
    event: Durable | None, values: Sequence[Value], *, digest: bytes, is_used: bool, since: datetime
) -> str | None:
    """Return in one word why an event opens nothing, or None.

    `digest` is the commitment of the values handed in, `since` the database's time when the service began: what was
    written before could have been used by its predecessor.
    """
    if event is None:
        return "NO_EVENT"
    if is_used:
        return "USED"
    if event.written_at < since or not 0 <= event.age <= FRESH_SECONDS:
        return "STALE"
    if event.opens != digest:
        return "OTHER_ROWS"
    if event.subject_id is None:
        return None if all(value.place.startswith(WITHOUT_SUBJECT) for value in values) else "OTHER_SUBJECT"
    return None if all(value.owner == event.subject_id.bytes for value in values) else "OTHER_SUBJECT"


class Bucket:
    """A limit on events opened: so many a second, and ten seconds' worth at once."""

    def __init__(self, per_second: float, *, at: float) -> None:
        self._per_second = per_second
        self._most = self._left = 10 * per_second
        self._at = at

    def take(self, count: int, *, at: float) -> bool:
        """Take so many, or none when fewer are left."""
        self._left = min(self._most, self._left + (at - self._at) * self._per_second)
        self._at = at
        if count > self._left:
            return False
        self._left -= count
        return True
