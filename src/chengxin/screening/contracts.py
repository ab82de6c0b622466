"""What screening takes and gives: queries, hits, tiers, actions, families of keys."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

from chengxin.screening.explaining import explained, unanswered_text

COLUMNS: Final = ("id", "kind", "name", "alias", "id_no", "uscc", "birth_date", "region")
HIT_COLUMNS: Final = ("query_id", "entry_id", "score", "tier", "action", "rule", "explanation")
# The rules, their scores and the tables they read; a hit names it so that it can be replayed.
RULES_VERSION: Final = "2026-12.1"


class Kind(StrEnum):
    """Whom a row is about."""

    PERSON = "person"
    ENTERPRISE = "enterprise"


class Tier(StrEnum):
    """How strongly the values of two sides agree."""

    IDENTIFIER = "identifier"
    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"
    UNANSWERED = "unanswered"


class Action(StrEnum):
    """What may follow: only an identifier proposes a block, and a person's name alone only informs."""

    BLOCK_PROPOSED = "block_proposed"
    REVIEW = "review"
    INFORMATION = "information"
    NONE = "none"


class Family(IntEnum):
    """Families of keys; the number salts them, so that none is found by another's."""

    FULL = 1
    BASE = 2
    CORE = 3
    BAG = 5
    FEWER = 6
    SPOKEN = 7
    PAIR = 8
    PERSON = 9
    PERSON_BORN = 10
    PERSON_FEWER_BORN = 11
    ROMAN = 12
    ROMAN_BORN = 13
    ROMAN_LATIN = 14
    DIALECT = 15
    DIALECT_LATIN = 16
    LATIN = 17
    LATIN_FEWER = 18
    LATIN_PAIR = 19
    NUMBER = 20


class Query(NamedTuple):
    """Whom somebody asks about; an entry of a list has the same shape."""

    id: str
    kind: str
    name: str = ""
    alias: str = ""
    id_no: str = ""
    uscc: str = ""
    birth_date: str = ""
    region: str = ""


class Hit(NamedTuple):
    """One entry of a list that a query may be about, with everything an officer needs to judge it."""

    query_id: str
    entry_id: str
    score: float
    tier: Tier
    action: Action
    rule: str
    query_value: str = ""
    entry_value: str = ""
    alignment: str = ""
    would_change: str = ""
    notes: tuple[str, ...] = ()

    @property
    def explanation(self) -> str:
        """Return one line in Chinese: the rule, both values, where they differ, what would change the outcome."""
        return unanswered_text(self.notes) if self.tier is Tier.UNANSWERED else explained(self)
