"""Events and sealed values as other packages see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.crypto.contracts import Aad
from chengxin.kernel.actor import Actor


class Tree(StrEnum):
    """The trees of the verifiable log (可验证日志): looks, acts and rights; and what came onto or left public lists."""

    RIGHTS = "rights"
    LISTS = "lists"


class Kind(StrEnum):
    """What happened (事件类型)."""

    DISCLOSE = "disclose"
    SEARCH = "search"
    VERIFY = "verify"
    FILE = "file"
    APPROVE = "approve"
    ACCEPT = "accept"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    MARK = "mark"
    REPORT = "report"
    DECIDE = "decide"
    SIGN_IN = "sign_in"
    RECEIPT = "receipt"
    ERASE = "erase"
    CONSENT = "consent"
    REVOKE = "revoke"
    RESULT = "result"
    ADMINISTER = "administer"
    READ_UPLOAD = "read_upload"
    CANDIDATE = "candidate"
    EMERGENCY = "emergency"
    LIST = "list"
    DELIST = "delist"

    @property
    def tree(self) -> Tree:
        """Return the tree of the log that events of this kind are leaves of."""
        return Tree.LISTS if self in _ON_LISTS else Tree.RIGHTS


_ON_LISTS = frozenset({Kind.PUBLISH, Kind.UNPUBLISH, Kind.LIST, Kind.DELIST})
DISCLOSING = frozenset({Kind.DISCLOSE, Kind.SEARCH, Kind.VERIFY, Kind.REPORT, Kind.CANDIDATE, Kind.EMERGENCY})
"""Kinds that give something away about a subject: they stop when the log stops. Of a candidate it is only that the
search went on, but who stops for one answer and not for the other tells which it was."""


class Search(StrEnum):
    """By what a candidate was fetched that turned out to be somebody else (未匹配)."""

    NAME = "name"
    NUMBER = "number"


class Outcome(StrEnum):
    """Whether the look or act went through."""

    DELIVERED = "delivered"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One look or act, told without naming anyone: ids, categories and field names, never a value of a person.

    `opens` is the digest of the sealed values the key service may open for it.
    """

    kind: Kind
    actor: Actor
    at: datetime
    purpose: str
    channel: str
    subject_id: UUID | None = None
    basis: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    outcome: Outcome = Outcome.DELIVERED
    reason: str = ""
    reference: str = ""
    count: int = 1
    opens: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The proof handed to whoever caused an event (回执): its id, its writer, the writer's counter, its leaf hash."""

    event_id: UUID
    writer_id: UUID
    counter: int
    leaf: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """One ciphertext with the wrapped key of its subject and the place it belongs to."""

    subject_id: UUID
    wrapped_key: bytes
    aad: Aad
    ciphertext: bytes


@dataclass(frozen=True, kw_only=True)
class Look:
    """One line of “谁看过我” as the person reads it: never the name of a member of staff.

    `representative` is the key of the account that acted for the person (代理人), whom they chose or were told of.
    """

    event_id: UUID
    at: datetime
    kind: str
    body: str
    role: str
    purpose: str
    basis: tuple[str, ...]
    categories: tuple[str, ...]
    outcome: str
    count: int
    reason: str = ""
    channel: str = ""
    reference: str = ""
    representative: str = ""

    @property
    def is_own(self) -> bool:
        """Tell whether the subject itself looked or acted, through its own door."""
        return self.channel == "self" or (not self.body and "citizen" in self.role.split(","))


class Side(StrEnum):
    """Whose looks are asked for: those of others, or one's own."""

    OTHERS = "others"
    OWN = "own"


@dataclass(frozen=True, kw_only=True)
class LookFilter:
    """Which looks are asked for; what is left empty leaves all. The time is half-open, [since, until).

    `apart` are purposes whose looks are left out.
    """

    since: datetime | None = None
    until: datetime | None = None
    body: str = ""
    purpose: str = ""
    outcome: str = ""
    side: str = ""
    reference: str = ""
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LookDay:
    """How often one body looked for one purpose with one outcome on one legal day."""

    day: date
    body: str
    purpose: str
    outcome: str
    is_own: bool
    count: int


@dataclass(frozen=True, kw_only=True)
class LogState:
    """How far the log is: entries that wait, and for how many seconds the oldest waits while nothing is sequenced."""

    waiting: int
    lag: float


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """A signed statement of a tree: so many leaves, this root."""

    tree: Tree
    size: int
    root: bytes
    hash_name: str
    note: str
    at: datetime
