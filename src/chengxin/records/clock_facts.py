"""What the clocks of a record depend on, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chengxin.catalogue.contracts import Nature
from chengxin.kernel.subject_kind import SubjectKind


@dataclass(frozen=True, kw_only=True)
class ClockFacts:
    """What the clocks of one record depend on; hashable, so that equal rows are computed once.

    The first four are the law keys of its catalogue item. An empty `severity` is derived from the penalty.
    """

    publicity: str
    query: str
    use: str
    retention: str
    nature: Nature
    subject_kind: SubjectKind
    severity: str = ""
    procedure: str = ""
    penalty_kinds: frozenset[str] = frozenset()
    is_lower_fine: bool = False
    ended_act_on: date | None = None
    sentence_ended_on: date | None = None
    determined_on: date | None = None
    published_on: date | None = None
    valid_until: date | None = None
    restriction_until: date | None = None
    continuing_certified_on: date | None = None
    declared_publicity_until: date | None = None

    def dates(self) -> Mapping[str, date | None]:
        """Return the dates a period may be counted from, under the names the law uses."""
        return {
            "ended_act_on": self.ended_act_on,
            "sentence_ended_on": self.sentence_ended_on,
            "determined_on": self.determined_on,
            "published_on": self.published_on,
        }


@dataclass(frozen=True, kw_only=True)
class ClockDates:
    """The clocks of one record; None means no end, and `not_public_because` says why it never is public.

    `earliest_repair_on` is the first day after the minimum publicity. `choices` says in words which of several
    texts or dates was taken.
    """

    severity: str
    publicity_starts_on: date | None
    publicity_ends_on: date | None
    earliest_repair_on: date | None
    query_ends_on: date | None
    use_ends_on: date | None
    retain_until: date | None
    not_public_because: str
    is_provisional: bool
    cites: tuple[str, ...]
    choices: tuple[str, ...]
