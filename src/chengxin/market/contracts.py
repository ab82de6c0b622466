"""Platforms, shops and licences as other packages see them: frozen values, no tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from chengxin.casework.contracts import Words
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refusal
from chengxin.lists.contracts import Shown

FILING: Final = "market_filing"
"""The purpose for which platforms file, and are read at what they filed."""


class Seller(StrEnum):
    """Who sells (卖家): a registered operator, or an individual who need not register (EC 10)."""

    OPERATOR = "operator"
    INDIVIDUAL = "individual"


class Exemption(StrEnum):
    """Why an individual need not register (免于登记的情形, EC 10)."""

    FARM = "farm"
    CRAFT = "craft"
    SERVICE = "service"
    SMALL = "small"


class Standing(StrEnum):
    """What the register says of who is behind a shop (核验结果).

    Of an individual the platform alone knows who it is: it vouches, and that is what is said.
    """

    AGREES = "agrees"
    OTHER_NAME = "other_name"
    UNKNOWN = "unknown"
    CEASED = "ceased"
    VOUCHED = "vouched"


class BadgeState(StrEnum):
    """What a badge answers to the site it stands on (标识状态)."""

    MATCHES = "matches"
    FOREIGN = "foreign"
    UNSAID = "unsaid"
    IMPERSONATING = "impersonating"
    WARNED = "warned"
    OVERDUE = "overdue"
    UNCOVERED = "uncovered"
    UNVERIFIED = "unverified"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Category:
    """What a shop may sell (经营类别), and the certificates of which one covers it; none needs registration alone."""

    code: str
    title: Words
    licences: frozenset[str]
    content: str
    basis: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A registered platform (平台): a body, and the host under which its shops stand."""

    body: str
    host: str
    registered_at: datetime


@dataclass(frozen=True, kw_only=True)
class Shop:
    """One shop (店铺) as its platform filed it and the registers answered.

    Of an individual seller nothing is kept that names them: no name, no number, no name of the shop.
    """

    id: UUID
    platform: str
    number: str
    seller: Seller
    subject_id: UUID | None
    uscc: str
    claimed_name: str
    title: str
    address: str
    exemption: str
    categories: tuple[str, ...]
    standing: Standing
    verified_on: date
    due_on: date
    opened_on: date
    closed_on: date | None

    def is_overdue(self, on: date) -> bool:
        """Tell whether the platform should have verified again."""
        return self.closed_on is None and on > self.due_on


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What a platform files about one of its shops; filed again under the same number it replaces what was."""

    number: str
    seller: Seller
    address: str
    categories: tuple[str, ...]
    verified_on: date
    opened_on: date
    uscc: str = ""
    name: str = ""
    title: str = ""
    exemption: str = ""
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What became of one filing: the shop as it now stands, or why it was not taken."""

    number: str
    shop: Shop | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, kw_only=True)
class Licence:
    """One public licence of an operator, as its record says it."""

    record_id: UUID
    title: str
    content: str
    number: str
    body_name: str
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class Cover:
    """Whether what a shop sells is covered (许可覆盖): by which licence, or that none is needed or none was found."""

    category: str
    is_needed: bool
    licence: Licence | None = None

    @property
    def is_missing(self) -> bool:
        """Tell whether a licence is needed and none was found."""
        return self.is_needed and self.licence is None


@dataclass(frozen=True, kw_only=True)
class ShopFacts:
    """A shop with the name its operator is registered under and what covers what it sells."""

    shop: Shop
    registered_name: str
    covers: tuple[Cover, ...]


@dataclass(frozen=True, kw_only=True)
class Warned:
    """One consumer warning (消费警示): an entry of a serious list as it stands, and the open shops it is about."""

    entry: Shown
    shops: tuple[Shop, ...]


@dataclass(frozen=True, kw_only=True)
class OnPlatform:
    """One warning on one platform: when it was told and showed it, when it was told to take it off and did."""

    id: UUID
    entry_id: UUID
    platform: str
    pushed_at: datetime
    shown_at: datetime | None
    ended_at: datetime | None
    lifted_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Impersonation:
    """A decision that a shop trades under another's name or licence (冒用认定): of which case, by whom, since when."""

    id: UUID
    number: str
    shop_id: UUID
    body: str
    decided_on: date


@dataclass(frozen=True, kw_only=True)
class Promptness:
    """How fast a platform shows warnings and takes them off (平台落实): counts, medians, and what took too long."""

    platform: str
    standing: int
    shown: int
    minutes_to_show: int | None
    ended: int
    lifted: int
    minutes_to_lift: int | None
    late: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many shops of a platform stand how."""

    shops: int
    individuals: int
    overdue: int
    by_standing: Mapping[Standing, int]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a merchant's page: what it is, how it stands, and where it is read."""

    name: str
    value: str
    hint: str = ""
    url: str = ""
    is_wrong: bool = False


@dataclass(frozen=True, kw_only=True)
class Todo:
    """What a merchant should put right (待办): what, why, by when if there is a day, and where."""

    what: str
    why: str
    url: str
    by: date | None = None


@dataclass(frozen=True, kw_only=True)
class OwnPart:
    """What one package says on a merchant's page of one shop; a package adds its part by `MERCHANT_PARTS`."""

    buyers: tuple[Line, ...] = ()
    regulators: tuple[Line, ...] = ()
    todo: tuple[Todo, ...] = ()
    contest: tuple[Line, ...] = ()


class NodeKind(StrEnum):
    """What stands on the way of a trade (交易各环节)."""

    PLATFORM = "platform"
    SHOP = "shop"
    OPERATOR = "operator"
    PRODUCT = "product"
    PARCEL = "parcel"
    COMPLAINT = "complaint"


@dataclass(frozen=True, kw_only=True)
class Node:
    """One of them as somebody may see it: its own page, and the key its neighbours are found by, if it has any."""

    kind: NodeKind
    title: str
    url: str
    key: str = ""
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Relation:
    """From one kind of node to its neighbours of another: only those that the one who asks may open."""

    of: NodeKind
    to: NodeKind
    find: Callable[[Actor, str, datetime], Sequence[Node]]


@dataclass(frozen=True, kw_only=True)
class GraphPart:
    """What one package knows of the way of a trade; a package adds its part by `TRADE_GRAPH` (settings)."""

    relations: tuple[Relation, ...]
    nodes: Mapping[NodeKind, Callable[[Actor, str, datetime], Node | None]] = field(default_factory=dict)
