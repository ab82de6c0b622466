"""Procedures, cases and steps as other packages see them: frozen values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.refusal import Refusal

CARD: Final = Refusal(
    code="TIP-CARD",
    what="您写的内容里有银行卡号，没有收下。",
    why="办理这件事用不到卡号；本平台不收、不存银行卡号和账号。",
    next_step="请删去卡号，写清楚哪一天、多少钱、付给谁就可以。",
    basis=("PIPL/6",),
    field="text",
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str


class Need(StrEnum):
    """What a verb asks of who takes it."""

    REASONS = "reasons"
    EVIDENCE = "evidence"
    OPENED_EVIDENCE = "opened_evidence"
    OWN_REASONS = "own_reasons"


class FourEyes(StrEnum):
    """Whom a verb keeps away: who opened the case, who made the proposal, whoever took the step before."""

    OPENER = "opener"
    PROPOSER = "proposer"
    LAST_ACTOR = "last_actor"


@dataclass(frozen=True, kw_only=True)
class State:
    """A state of a procedure; a final one closes the case. `tone` is the tone of the ui.

    `overturns` marks a result of a review that sets aside what was decided before; `gives_up` one that nobody decided.
    A case that `rests` stands open and waits for nobody: it is kept beside the inbox.
    """

    code: str
    title: Words
    tone: str
    is_final: bool
    overturns: bool = False
    gives_up: bool = False
    rests: bool = False


@dataclass(frozen=True, kw_only=True)
class VerbNotice:
    """A notice a verb serves: to the subject, the opener's body or the handling body, by text code."""

    to: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Verb:
    """What may be done in a case: from which states, by whom, with what, to which state, with what effect.

    `relation` is a relation of `access` (own_body, party, own_subject). `proposes` makes its actor the proposer of
    what is decided next. `effect` is a dotted name called in the same transaction, through `channel` where the verb
    names one of its own. Without `to_state` the case stays where it is. A verb taken `once` is not taken again in a
    case; `sends_back` returns a proposal. `hands_to` names the fact that holds the body which handles it next.
    `remedies` are codes of `remedies.yaml`: what whom it hurts can do against it. What a verb on an `own_page` says
    more than reasons and papers; the page of the case offers no button for it and takes none. `applies` as of a clock.
    """

    code: str
    title: Words
    from_states: frozenset[str]
    to_state: str
    roles: frozenset[Role]
    relation: str
    four_eyes: frozenset[FourEyes]
    needs: frozenset[Need]
    is_adverse: bool
    proposes: bool
    notices: tuple[VerbNotice, ...]
    effect: str
    channel: Channel | None = None
    once: bool = False
    sends_back: bool = False
    hands_to: str = ""
    remedies: tuple[str, ...] = ()
    own_page: bool = False
    applies: str = ""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A legal clock of a procedure: key of law, what it counts from, the states that stop it or pause it.

    `starts` is `opened`, `state:` with a state the case entered, or the name of a fact that holds a day; `applies`
    names a fact that must be true, or after `not ` one that must not be, if any. `once` are states of which the case
    must have seen one, `never_after` states of which it may have seen none. `first:` with a state counts from its first
    entry, so that coming back to it starts nothing anew. `lapses` is the verb the platform takes when the last day has
    passed; without one the case is brought before the supervisor.
    """

    key: str
    starts: str
    stops: frozenset[str]
    pauses: frozenset[str]
    applies: str
    once: frozenset[str] = frozenset()
    never_after: frozenset[str] = frozenset()
    lapses: str = ""


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """A declared procedure (办理程序).

    `page` is the name of the page that shows what a case is about, if any. Its verbs are taken through `channel` for
    `purpose`, whichever page or command they are taken from. `is_service` has its figures on the public page of
    service; `reviews` names the procedure whose decisions it reviews; `alike` the facts that make two cases alike;
    `panel` what a package adds to its case pages.
    """

    code: str
    version: int
    title: Words
    summary: Words
    number_prefix: str
    ref_kind: str
    page: str
    initial: str
    channel: Channel
    purpose: str
    states: Mapping[str, State]
    verbs: Mapping[str, Verb]
    clocks: tuple[Clock, ...]
    is_service: bool = False
    reviews: str = ""
    alike: tuple[str, ...] = ()
    panel: str = ""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What came to a body on one day and how it was answered: on which day, by which last day, how many times."""

    body: str
    arrived_on: date
    answered_on: date | None
    answer_by: date | None
    times: int


@dataclass(frozen=True, kw_only=True)
class Affair:
    """Something bodies owe that is no case, counted on the public page of service like one.

    `list_turns(since_on=, today=)` runs in the platform's context and returns what arrived or was answered since a day,
    and what is not answered yet.
    """

    code: str
    title: Words
    list_turns: Callable[..., Iterable[Turn]]


@dataclass(frozen=True, kw_only=True)
class Ref:
    """What a case is about: a thing of another package by kind and identifier, and the credit subject if one."""

    kind: str
    id: str
    subject_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """One matter under a procedure (案件)."""

    id: UUID
    number: str
    procedure: str
    procedure_version: int
    state: str
    is_closed: bool
    ref: Ref
    body: str
    parties: frozenset[str]
    facts: Mapping[str, object]
    opened_by: str
    opened_at: datetime
    proposed_by: str
    due_on: date | None
    due_key: str
    due_provisional: bool
    assigned_to: str
    closed_at: datetime | None
    step_count: int
    closed_due_on: date | None = None
    escalated_at: datetime | None = None

    def is_overdue(self, on: date) -> bool:
        """Tell whether the last day has passed and the case is still open."""
        return not self.is_closed and self.due_on is not None and on > self.due_on


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A verb somebody began to take and whose end is not known: it runs at this moment, or it was cut off.

    Cut off means that nothing of it stands (the process or the database ended); it can be taken again.
    """

    verb: str
    at: datetime
    is_running: bool


@dataclass(frozen=True, kw_only=True)
class Step:
    """One act in a case; `note` is empty for whoever is not of a handling body, `hall` unless filled in at one."""

    place: int
    verb: str
    actor_key: str
    actor_body: str
    at: datetime
    from_state: str
    to_state: str
    reasons: str
    evidence: tuple[str, ...]
    note: str
    is_adverse: bool
    is_by_representative: bool = False
    hall: str = ""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What an effect is told: the case as it now stands, the verb, who took it, when, why and with what papers."""

    case: Case
    verb: str
    actor: Actor
    at: datetime
    reasons: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What the package of a procedure adds to a case page: a template with its values."""

    template: str
    context: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """The last day of a clock, how sure it is, and what it was counted from; `paused` days did not count.

    `stopped_on` is the day the clock stopped, None while it runs; `days` are the days it counted, where it counts days.
    """

    key: str
    last_day: date
    is_provisional: bool
    starts_on: date
    paused: int
    cites: tuple[str, ...]
    stopped_on: date | None = None
    days: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How many like cases a body ended in one state."""

    alike: tuple[str, ...]
    body: str
    state: str
    cases: int
