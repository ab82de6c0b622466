"""What platforms owe, as other packages see it: frozen values, no tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from chengxin.casework.contracts import Case, Step, Words


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of measure (措施种类): whether law has it published, and its grades if it is a class."""

    code: str
    title: Words
    basis: tuple[str, ...]
    is_public: bool
    grades: Mapping[str, Words]


@dataclass(frozen=True, kw_only=True)
class RuleText:
    """One version of a rule as its platform files it (平台规则)."""

    code: str
    title: str
    text: str
    published_on: date
    effective_on: date
    comment_from: date | None = None
    comment_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One version of a rule of a platform; nobody changes it, the next one follows."""

    id: UUID
    platform: str
    version: int
    text: RuleText


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What a platform wants to do to one of its shops: the article of its own rule, why, and where to appeal."""

    shop: str
    kind: str
    rule_id: UUID
    article: str
    reasons: str
    appeal_url: str
    starts_on: date
    ends_on: date | None = None
    grade: str = ""


@dataclass(frozen=True, kw_only=True)
class Action:
    """One measure or class in the ledger of a platform (平台措施台账); never a public credit record."""

    id: UUID
    number: str
    platform: str
    shop_id: UUID
    rule: Rule
    measure: Measure
    is_public: bool
    decided_on: date
    lifted_on: date | None

    def holds(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        ends = [one for one in (self.lifted_on, self.measure.ends_on) if one is not None]
        return self.measure.starts_on <= on and all(on < one for one in ends)


class Right(StrEnum):
    """A right somebody says is infringed (知识产权)."""

    TRADEMARK = "trademark"
    PATENT = "patent"
    COPYRIGHT = "copyright"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a right holder says to a platform of one shop; a holder who is a natural person is not named."""

    shop: str
    right: Right
    right_number: str
    holder: str
    goods: str
    received_on: date


@dataclass(frozen=True, kw_only=True)
class IpNotice:
    """One notice, its declaration and its outcome, as law has them published (知识产权通知、声明及处理结果).

    `course` are the states it came to with their days, oldest first; `end_by` is the last day on which the platform
    ends its measures when the holder has not complained or sued, once the declaration reached the holder.
    """

    id: UUID
    number: str
    platform: str
    shop_id: UUID
    claim: Claim
    course: tuple[tuple[str, date], ...]
    end_by: date | None

    @property
    def state(self) -> str:
        """Return where it stands, as a state of its procedure."""
        return self.course[-1][0]


@dataclass(frozen=True, kw_only=True)
class OwnNotice:
    """A notice as the merchant sees it: with the steps of its case and the digests of its papers."""

    notice: IpNotice
    case: Case
    steps: tuple[Step, ...]
    papers: tuple[str, ...]


class Rhythm(StrEnum):
    """When a filing is owed: in months of the year, or within days of what happened."""

    MONTHS = "months"
    EVENT = "event"


@dataclass(frozen=True, kw_only=True)
class FilingField:
    """One answer a filing asks for (报送字段): its type, its words, and the options of a choice."""

    name: str
    type: str
    title: Words
    options: Mapping[str, Words]


@dataclass(frozen=True, kw_only=True)
class FilingDuty:
    """What a platform files and by when (报送义务); `key` is its law, `day` names the day it counts from."""

    code: str
    title: Words
    basis: tuple[str, ...]
    rhythm: Rhythm
    key: str
    windows: tuple[str, ...]
    from_start: bool
    day: Words | None
    fields: tuple[FilingField, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a platform files under one duty: for a month (`2027-01`), or of something that happened on a day."""

    duty: str
    answers: Mapping[str, str]
    period: str = ""
    happened_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PlatformFiling:
    """One filing as it stands for good (平台报送); filed after its last day it is late, and that is shown."""

    id: UUID
    number: str
    platform: str
    report: Report
    due_on: date
    filed_on: date
    is_supplement: bool

    @property
    def is_late(self) -> bool:
        """Tell whether it came after its last day; what supplements an earlier one is not judged again."""
        return not self.is_supplement and self.filed_on > self.due_on


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A filing that is owed (应报): from which day it can be filed, until when, and whether that day has passed."""

    duty: str
    period: str
    opens_on: date
    due_on: date

    def is_overdue(self, on: date) -> bool:
        """Tell whether its last day has passed."""
        return on > self.due_on


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A form by which an authority asks (办理表): its procedure, its fields, which of them are words of the course.

    `each` names the field for whose every option a case of its own is opened. `of_shops`: a shop is what it is about,
    and the platform answers; `to_bodies`: the body responsible may be asked as well, in a case of its own. `own` is
    what a merchant's page says to do where the merchant answers. `inside`: it goes to nobody and stays with the
    authority; what `follows` an open case of another form brings the papers it rests on.
    """

    code: str
    title: Words
    action: str
    page: str
    words: str
    each: str
    to_merchants: bool
    of_shops: bool
    to_bodies: bool
    own: Words | None
    inside: bool
    follows: str
    fields: tuple[FilingField, ...]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an authority asks by a form: of a platform, of the merchant of one of its shops, of another body (`to`).

    `source` is the number of what it follows from; whoever is asked does not see it. `papers` are digests.
    """

    sheet: str
    platform: str
    answers: Mapping[str, str]
    shop: str = ""
    to: str = ""
    source: str = ""
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OwnRequest:
    """A data request as the merchant sees it, with the steps of its case."""

    case: Case
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Referral:
    """Where a referral (移送) stands: to which body it went when, and when that body signed for it (签收)."""

    number: str
    addressee: str
    state: str
    sent_on: date
    received_on: date | None


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """A special campaign (专项整治) as everybody sees it: how many targets stand where, and what was decided.

    `documents` are the numbers of decision documents; who was looked into and cleared is counted and never named.
    """

    number: str
    body: str
    title: str
    document: str
    first_day: date
    last_day: date
    counts: Mapping[str, int]
    documents: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Probe:
    """What a test call to a channel of a platform found: how deep its menu was, whether and how soon it answered."""

    platform: str
    channel: str
    depth: int
    was_answered: bool
    seconds: int | None
    on: date
    body: str = ""
