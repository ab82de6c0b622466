"""What the law answers with: values, due dates with the steps of their count, decisions, and its refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chengxin.kernel.refusal import Refusal, Refused

DEFAULT_PACK = "jiangsu"
NATIONAL = "national"
UNLIMITED = "unlimited"


class Kind(StrEnum):
    """What a legal value is for; only a deadline rolls over rest days (A3, A4)."""

    DEADLINE = "deadline"
    STATUS = "status"
    NOTICE = "notice"
    VALUE = "value"
    GATE = "gate"


class Unit(StrEnum):
    """Units of legal values; a day word that means working days by A8 or A9 is stored as `workday`."""

    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"
    COUNT = "count"
    FEN = "fen"
    TEXT = "text"
    BOOL = "bool"


PERIOD_UNITS = frozenset({Unit.DAY, Unit.WORKDAY, Unit.MONTH, Unit.YEAR})


class Standing(StrEnum):
    """How firm a value is: read in the text in force, or a dated default (暂定)."""

    BINDING = "binding"
    PROVISIONAL = "provisional"


class Level(StrEnum):
    """The rank of a text (位阶): what may rest on it; a policy or a choice of ours carries no measure by itself."""

    LAW = "law"
    REGULATION = "regulation"
    COURT = "court"
    LOCAL = "local"
    RULE = "rule"
    POLICY = "policy"
    DESIGN = "design"


class Bound(StrEnum):
    """Which of the three numbers of a period is counted: what applies, the least or the most the text allows."""

    APPLIED = "applied"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"


Scalar = int | str | bool


@dataclass(frozen=True, kw_only=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Value:
    """One legal value in force on a day in a pack, with where it comes from.

    `value` is `unlimited` where the text sets no end. `minimum` and `maximum` are set where the text has both.
    """

    key: str
    pack: str
    valid_from: date
    kind: Kind
    unit: Unit
    value: Scalar
    minimum: int | None
    maximum: int | None
    count_from: tuple[str, ...]
    cites: tuple[str, ...]
    standing: Standing
    source: str
    note: str
    at_expiry: tuple[str, ...]

    @property
    def provisional(self) -> bool:
        """Tell whether the value must be shown as 暂定."""
        return self.standing is Standing.PROVISIONAL

    @property
    def unlimited(self) -> bool:
        """Tell whether the text sets no end."""
        return self.value == UNLIMITED

    @property
    def number(self) -> int:
        """Return the value as a whole number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise TypeError(f"{self.key} is no number: {self.value!r}.")
        return self.value

    def amount(self, bound: Bound) -> int | None:
        """Return the number of a bound; without a minimum or maximum of its own, None."""
        if bound is Bound.APPLIED:
            return None if self.unlimited else self.number
        return self.minimum if bound is Bound.MINIMUM else self.maximum


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a count, so that a person can follow it."""

    day: date
    code: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Due:
    """The end of a period: its last day, the day it no longer holds, and how it was counted.

    `ends_on` is `last_day` + 1 at 00:00 (half-open). `provisional_days` lies beyond the last holiday notice; while
    it is not empty the date is 暂定.
    """

    last_day: date
    ends_on: date
    steps: tuple[Step, ...]
    cites: tuple[str, ...]
    standing: Standing
    provisional_days: tuple[date, ...] = ()
    key: str = ""
    pack: str = ""
    starts_on: date | None = None
    counted_from: str = ""
    note: str = ""

    @property
    def provisional(self) -> bool:
        """Tell whether the date must be shown as 暂定."""
        return self.standing is Standing.PROVISIONAL or bool(self.provisional_days)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The answer of a gate: open or not, why, what to do, and on which articles."""

    key: str
    answer: bool
    code: str
    reasons: tuple[str, ...]
    next_step: str
    cites: tuple[str, ...]
    retry_on: date | None = None
    assumed: Mapping[str, object] = field(default_factory=dict)
    """What was taken for facts that a plain mapping did not give."""


@dataclass(frozen=True, kw_only=True)
class DatedValue:
    """A value of an entry from a day on, for one pack, before its inputs are known."""

    valid_from: date
    value: Scalar | Mapping[str, Scalar]
    minimum: int | Mapping[str, int] | None
    maximum: int | Mapping[str, int] | None
    unit: Unit
    count_from: tuple[str, ...]
    cites: tuple[str, ...]
    standing: Standing
    source: str
    note: str
    at_expiry: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """All we know of one key of law: what it is and its dated values per pack, oldest first."""

    key: str
    package: str
    title: Words
    kind: Kind
    unit: Unit
    count_from: tuple[str, ...]
    inputs: Mapping[str, tuple[str, ...]]
    checked_on: date
    packs: Mapping[str, tuple[DatedValue, ...]]


@dataclass(frozen=True, kw_only=True)
class FactEntry:
    """One fact a gate wants: `kind` is date, bool, number, text or list; `default` is taken where it is not given."""

    name: str
    kind: str
    needed: bool
    default: object
    choices: tuple[str, ...]
    example: object


@dataclass(frozen=True, kw_only=True)
class GateEntry:
    """A gate the command line can ask: its key, title, articles, the function that decides and the facts it wants.

    `about` says in English what the facts mean; `example` is a facts file it can answer.
    """

    key: str
    title: Words
    cites: tuple[str, ...]
    rule: str
    facts: tuple[FactEntry, ...]
    example: Mapping[str, object]
    about: str


@dataclass(frozen=True, kw_only=True)
class Statute:
    """One text of the index: `held` (we have read it whole), `cited` (known through others) or `design` (ours)."""

    code: str
    title: Words
    status: str
    source: str = ""
    adopted_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    repeals: tuple[str, ...] = ()
    repealed_by: str = ""
    policy: bool = False
    level: Level = Level.DESIGN
    last_article: int = 0
    articles: Mapping[str, str] = field(default_factory=dict)
    from_memory: frozenset[str] = frozenset()
    """The articles that are cited from memory although others of the text were read."""
    note: str = ""

    def state(self, *, on: date) -> str:
        """Return where the text stands on a day: not_yet, in_force, expired or repealed."""
        if self.effective_on is not None and on < self.effective_on:
            return "not_yet"
        if self.expires_on is not None and on > self.expires_on:
            return "repealed" if self.repealed_by else "expired"
        return "in_force"


@dataclass(frozen=True, kw_only=True)
class Use:
    """One place where the platform cites texts: a `value` of law, a `gate` or a `rule`; a rule's title is its name."""

    kind: str
    key: str
    title: Words
    cites: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A set of values for one jurisdiction (规则包); what it does not say it inherits."""

    code: str
    title: Words
    parent: str
    standing: Standing
    effective_from: date | None = None
    expires_on: date | None = None
    repeals: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something a lawyer must look at."""

    key: str
    code: str
    text: str


class LawNotCovered(Refused):
    """We hold no text in force on that date, so the request is refused."""


class PackExpired(LawNotCovered):
    """The pack is a policy whose time is over; nothing new may cite it."""


class MissingFact(Refused):
    """A date or an input that the period depends on is not given."""


class NoEnd(Refused):
    """The text sets no end, so there is no last day to count."""


class UnknownKey(LookupError):
    """No such key of law; `nearest` holds the keys most like it."""

    def __init__(self, key: str, nearest: tuple[str, ...]) -> None:
        super().__init__(f"No law key '{key}'. Nearest: {', '.join(nearest) or 'none'}.")
        self.key = key
        self.nearest = nearest


class UnknownArticle(LookupError):
    """A citation names a text or an article that the statute index does not hold."""


class BadLaw(ValueError):
    """A law file says something it may not say; the message names file, key and what to mend."""


def refusal(code: str, *, what: str, why: str = "", next_step: str = "", basis: tuple[str, ...] = ()) -> Refusal:
    """Return a refusal of this package in its usual shape."""
    return Refusal(code=code, what=what, why=why, next_step=next_step, basis=basis)
