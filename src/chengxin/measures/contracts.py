"""Measures as other packages see them: frozen values, no tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.kernel.refusal import Refusal
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law.contracts import Level, Words

WITH_ENTRY = "entry"


class Tier(StrEnum):
    """What a measure needs: an entry of a serious or mirror list, or any determined record (M10, M11)."""

    LIST = "list"
    ORDINARY = "ordinary"


class Role(StrEnum):
    """Who answers for an entity's act (责任人员): the closed list of M8; nobody else is ever touched."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    PRINCIPAL = "principal"
    CONTROLLER = "controller"
    DIRECTLY_LIABLE = "directly_liable"


class Because(StrEnum):
    """Why a measure ended (解除原因)."""

    TERM = "term"
    BASIS_ENDED = "basis_ended"
    LIFTED = "lifted"
    ROLE_ENDED = "role_ended"
    REPAIRED = "repaired"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One row of the measures list (惩戒措施清单): M2 says what it must name.

    `persons` are the roles of responsible persons its text names; `like` are texts of other places that say the same
    and carry nothing here; it is provisional while an article of its basis has not been read. Where `is_announced`, it
    is asked about only the persons of an announced procedure (SH/17), by a statutory query.
    """

    code: str
    title: Words
    objects: frozenset[SubjectKind]
    acts: tuple[str, ...]
    bodies: frozenset[str]
    basis: tuple[str, ...]
    levels: frozenset[Level]
    period: str
    relevance: Words
    tier: Tier = Tier.LIST
    reduces_rights: bool = True
    persons: frozenset[Role] = frozenset()
    like: tuple[str, ...] = ()
    is_provisional: bool = False
    is_court_order: bool = False
    is_announced: bool = False
    penalty_kinds: frozenset[str] = frozenset()
    says: tuple[str, ...] = ()

    @property
    def touches_persons(self) -> bool:
        """Tell whether its text names responsible persons besides the subject."""
        return bool(self.persons)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a measure would rest on: a record of a subject, an entry of a list where it is one.

    It is the first when its body may see no earlier one of the same act: what has ended or was repaired is none.
    `person_role` is the role in which its document names somebody, empty when it says none, and None in an item
    version that does not ask; `role_ended_on` is the first day that person no longer holds it.
    """

    subject_id: UUID
    subject_kind: SubjectKind
    record_id: UUID
    act: str
    source_body: str
    decided_on: date
    ends_on: date | None
    is_usable: bool
    has_objection: bool
    penalty_kinds: frozenset[str] = frozenset()
    is_slight_corrected: bool = False
    is_first: bool = False
    entry_id: UUID | None = None
    text: str = ""
    person_role: str | None = None
    role_ended_on: date | None = None

    def names(self, role: Role) -> bool:
        """Tell whether its document may name somebody in a role; an old version leaves the role to the officer."""
        return self.person_role is None or self.person_role == role.value


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a measure may be proposed on a ground on a day: why, or why not; the end it would have."""

    measure: Measure
    refusal: Refusal | None
    ends_on: date | None = None
    is_provisional: bool = False

    @property
    def may_be_proposed(self) -> bool:
        """Tell whether nothing stands against it."""
        return self.refusal is None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What an officer, or a match that an officer confirmed, proposes: a measure on an entry or record, with why.

    `not_spared` says of a first act why it is not spared (可以不予). `person` names the role of a responsible person
    whom the document of the record names; else the subject itself.
    `matter` is the number of the matter (办件) in which it was proposed, if one.
    """

    measure: str
    subject_id: UUID
    record_id: UUID
    decision_no: str
    reasons: str
    proportionality: str
    not_spared: str = ""
    person: Role | None = None
    matter: str = ""


@dataclass(frozen=True, kw_only=True)
class Applied:
    """One applied measure with its days: what, on what, by whom, until when, and what became of it."""

    id: UUID
    number: str
    measure: str
    subject_id: UUID
    body: str
    record_id: UUID
    entry_id: UUID | None
    person_role: str
    served_on: date
    starts_on: date
    ends_on: date | None
    ended_at: datetime | None
    ended_because: str
    result: str
    result_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What an officer sees of an operator: each ground with the verdict on every measure."""

    ground: Ground
    title: str
    verdicts: Sequence[Verdict]
