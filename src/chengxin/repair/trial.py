"""The calculator of the guide: the same rule asked about a line that does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chengxin.catalogue.contracts import Nature
from chengxin.kernel.refusal import Refusal
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.records import facade as records
from chengxin.records.facade import ClockFacts
from chengxin.repair.gates import why_not_repair
from chengxin.repair.rules import Advice, Paper, RepairFacts, advise, papers_needed


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What a visitor filled in."""

    determined_on: date
    severity: str
    penalty_kinds: frozenset[str]
    subject_kind: SubjectKind
    is_market_penalty: bool
    is_special_field: bool
    pack: str


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What would hold for such a line on a day."""

    facts: RepairFacts
    advice: Advice
    refusal: Refusal | None
    papers: tuple[Paper, ...]


def try_repair(given: Tried, *, on: date) -> Trial:
    """Compute the clocks of an imagined line, then ask the rule of repair; refuse what no text covers."""
    is_person = given.subject_kind is SubjectKind.NATURAL_PERSON
    clocks = records.compute_clocks(
        ClockFacts(
            publicity="publicity.market_penalty" if given.is_market_penalty else "publicity.by_severity",
            query="query.adverse",
            use="use.adverse",
            retention="retention.adverse",
            nature=Nature.ADVERSE,
            subject_kind=given.subject_kind,
            severity=given.severity,
            penalty_kinds=given.penalty_kinds,
            determined_on=given.determined_on,
        ),
        on=on,
        pack=given.pack,
    )
    facts = RepairFacts(
        determined_on=given.determined_on,
        severity=given.severity,
        subject_kind=given.subject_kind,
        penalty_kinds=given.penalty_kinds,
        is_market_penalty=given.is_market_penalty and bool(given.penalty_kinds),
        is_special_field=given.is_special_field,
        publicity_ends_on=None if is_person or clocks.not_public_because else clocks.publicity_ends_on,
        use_ends_on=clocks.use_ends_on,
    )
    return Trial(
        facts=facts,
        advice=advise(facts, on=on, pack=given.pack),
        refusal=why_not_repair(facts, on=on, pack=given.pack),
        papers=papers_needed(given.penalty_kinds),
    )
