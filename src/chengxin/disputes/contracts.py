"""Consumer complaints as other packages see them: frozen values, no tables, no consumer by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from chengxin.casework.contracts import Case
from chengxin.kernel.refusal import Refusal

PROCEDURE: Final = "dispute"
COURIER: Final = "courier_complaint"
"""The two courses a complaint takes: about a shop, and about a courier company (KD 28)."""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who complains (投诉人), if they say so: the authority needs all three to accept (TS 9), the shop none."""

    name: str = ""
    phone: str = ""
    address: str = ""

    @property
    def is_given(self) -> bool:
        """Tell whether anything was given."""
        return bool(self.name or self.phone or self.address)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a consumer tells (投诉内容): of which shop and order, what happened, what is asked.

    `company` is the code of a courier company in place of a shop, `order` then the parcel; `institution` that of the
    payment institution that was paid through.
    """

    matter: str
    asks: str
    text: str
    shop_id: UUID | None = None
    company: str = ""
    asked_fen: int = 0
    order: str = ""
    institution: str = ""
    contact: Contact = Contact()
    shares_contact: bool = False
    may_publish: bool = False
    breach: str = ""


@dataclass(frozen=True, kw_only=True)
class Respondent:
    """Whom a complaint is about (被投诉方): its course, who answers, and the authority it goes up to."""

    procedure: str
    body: str
    authority: str
    number: str
    subject_id: UUID | None
    shop_id: UUID | None = None
    trade_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Received:
    """What the consumer takes away: number and code; of a breach of law that was told with it, those of the tip."""

    number: str
    code: str
    tip_number: str = ""
    tip_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the consumer wrote or handed in; it stays sealed until it is opened by its digest.

    `shown` is what of a paper others may see; empty: it is covered as a whole.
    """

    place: int
    at: datetime
    digest: str
    is_paper: bool
    shown: str


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What was offered, agreed or paid (处理办法): how much, on which day, whether the platform paid first."""

    stage: str
    what: str
    fen: int
    done_on: date | None
    from_fund: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Source:
    """One sheet of a hotline (热线工单)."""

    hotline: str
    sheet: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """One consumer complaint (消费投诉) with its case."""

    id: UUID
    number: str
    case: Case
    platform: str
    procedure: str
    shop_id: UUID | None
    subject_id: UUID | None
    is_matched: bool
    matter: str
    asks: str
    asked_fen: int
    has_contact: bool
    shares_contact: bool
    public_text: str
    public_reply: str
    joined_to: UUID | None
    received_at: datetime
    entries: tuple[Entry, ...] = ()
    terms: tuple[Terms, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What somebody offers or says was done: what, how much, on which day."""

    what: str = ""
    fen: int = 0
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet of a hotline as it is filed: whose call, about which shop, what was said."""

    hotline: str
    number: str
    platform: str
    shop: str
    phone: str
    text: str
    at: datetime
    matter: str = "other"
    asks: str = "refund"


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What became of a sheet: the complaint it made or joined, or why it was not taken."""

    sheet: str
    number: str = ""
    is_new: bool = False
    refusal: Refusal | None = None


@dataclass(frozen=True, kw_only=True)
class Reported:
    """One complaint that came by hotlines, for who filed its sheet: where it stands, which sheets tell of it."""

    number: str
    shop_id: UUID | None
    case: Case
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How a shop deals with complaints (投诉情况) within a window; no rate below the floor of orders."""

    days: int
    complaints: int
    orders: int
    per_10000: int | None
    closed: int
    settled: int
    median_days: int | None


@dataclass(frozen=True, kw_only=True)
class CourierFigures:
    """How a courier company deals with complaints in a window: answered within the days of the law, gone up."""

    days: int
    complaints: int
    due: int
    in_time: int
    went_up: int
    share: float | None


@dataclass(frozen=True, kw_only=True)
class PaymentFigures:
    """Complaints about payments in a window that name an institution, and how many name this one; how they ended."""

    days: int
    named: int
    of_this: int
    settled: int
    running: int
    share: float | None


@dataclass(frozen=True, kw_only=True)
class Account:
    """One complaint as its consumer lets it be read (公开的经过), with the shop's word beside it."""

    on: date
    matter: str
    text: str
    reply: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a shop promises its buyers (承诺卡)."""

    post: str
    reach: str = ""
    pays_first_fen: int = 0
    return_days: int = 7
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FundLine:
    """One line of a fund's ledger (保证金流水)."""

    place: int
    kind: str
    fen: int
    balance: int
    done_on: date
    waited_days: int | None


@dataclass(frozen=True, kw_only=True)
class Fund:
    """A shop's protection fund: balance, what was paid out and claimed back, how long a pay-out takes."""

    balance: int
    paid_out: int
    claimed_back: int
    mean_days: int | None
    lines: tuple[FundLine, ...]
