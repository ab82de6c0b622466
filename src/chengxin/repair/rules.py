"""When a line may be repaired at the earliest, on what papers, and whether waiting for its end is better."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from chengxin.catalogue.contracts import PENALTY_KINDS, SEVERITIES
from chengxin.kernel.subject_kind import OPERATORS, SubjectKind
from chengxin.law import facade as law
from chengxin.law.facade import Bound, Due, cites

LAW = law.beside(__file__)
BY_SEVERITY = "publicity.by_severity"
_DAY = timedelta(days=1)
_PAYMENTS = frozenset({"fine", "confiscate_gains", "confiscate_goods"})


class Paper(StrEnum):
    """Papers that go with an application (材料)."""

    PERFORMANCE = "performance"
    CORRECTION = "correction"


@dataclass(frozen=True, kw_only=True)
class RepairFacts:
    """What decides whether one line may be repaired; hashable.

    `publicity_ends_on` and `use_ends_on` are the half-open ends its clocks give. `is_special_field` is food, drugs,
    special equipment, work safety or fire. The last three are what the applicant has done and declares.
    """

    determined_on: date
    severity: str = field(default="general", metadata={"choices": SEVERITIES})
    subject_kind: SubjectKind = SubjectKind.LEGAL_PERSON
    penalty_kinds: frozenset[str] = field(default=frozenset(), metadata={"choices": PENALTY_KINDS})
    is_market_penalty: bool = False
    is_special_field: bool = False
    is_bankruptcy_abuse: bool = False
    is_list_entry: bool = False
    is_on_serious_list: bool = False
    is_on_abnormal_list: bool = False
    is_repeated: bool = False
    published_on: date | None = None
    publicity_ends_on: date | None = None
    use_ends_on: date | None = None
    is_corrected: bool = True
    is_performed: bool = True
    is_promised: bool = True


@dataclass(frozen=True, kw_only=True)
class Earliest:
    """The first day on which repair may be asked for, and every count behind it, the deciding one first."""

    on: date
    counts: tuple[Due, ...]
    is_provisional: bool


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What a line's subject should know before applying.

    `answer_by` is the last day of the decision if one applies on the first possible day. `publicity_ends_first`:
    publicity ends by itself before that; `better_to_wait`: everything does, so nothing is gained by applying.
    """

    earliest: Earliest
    first_day: date
    answer_by: date
    publicity_ends_first: bool
    better_to_wait: bool


@cites("SZ/79", "SHYS/67", "GS45/14", "SZ/83", "O58", "O36", "D/shorter-publicity")
def earliest_repair(facts: RepairFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Earliest:
    """Return the day after the last of the minimum periods that apply (最短公示期届满).

    The minimum is that of the text in force at the determination; a later text in force on `on` that is shorter goes
    first, though never from before its own first day (trap 11).
    """
    counts = [_minimum(facts, on=on, pack=pack), *_more(facts, on=on, pack=pack)]
    counts.sort(key=lambda due: due.ends_on, reverse=True)
    return Earliest(
        on=counts[0].ends_on, counts=tuple(counts), is_provisional=any(count.provisional for count in counts)
    )


def _minimum(facts: RepairFacts, *, on: date, pack: str) -> Due:
    first_known = law.change_days([BY_SEVERITY], pack=pack)[0]

    def counted(day: date) -> Due:
        return law.due(
            BY_SEVERITY,
            start=facts.determined_on,
            on=max(day, first_known),
            pack=pack,
            bound=Bound.MINIMUM,
            severity=facts.severity,
        )

    old, new = counted(facts.determined_on), counted(on)
    return new if new.ends_on < old.ends_on else old


def _more(facts: RepairFacts, *, on: date, pack: str) -> list[Due]:
    """Count the longer minimum periods of some fields; a text that says nothing more counts nothing."""
    asked: list[tuple[str, dict[str, str]]] = []
    if facts.is_market_penalty:
        asked.append(("repair.market_minimum", {"field": "special" if facts.is_special_field else "ordinary"}))
    if facts.is_special_field and facts.subject_kind in OPERATORS:
        asked.append(("repair.special_minimum", {}))
    if facts.is_bankruptcy_abuse:
        asked.append(("repair.bankruptcy_abuse", {}))
    counts = []
    for key, inputs in asked:
        value = LAW.find(key, on=on, pack=pack, **inputs)
        if value is not None and value.number > 0:
            dates = {"published_on": facts.published_on, "determined_on": facts.determined_on}
            counts.append(law.due(key, dates=dates, on=on, pack=pack, **inputs))  # type: ignore[arg-type]
    return counts


@cites("SZ/82", "O36/3", "D/shorter-publicity")
def advise(facts: RepairFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Advice:
    """Compare the first day of a repair with the ends that come by themselves."""
    earliest = earliest_repair(facts, on=on, pack=pack)
    first_day = max(earliest.on, on)
    answer_by = LAW.due("repair.decision", start=first_day, on=on, pack=pack).last_day
    is_over = [end is not None and end <= answer_by for end in (facts.publicity_ends_on, facts.use_ends_on)]
    return Advice(
        earliest=earliest,
        first_day=first_day,
        answer_by=answer_by,
        publicity_ends_first=is_over[0],
        better_to_wait=is_over[1],
    )


@cites("GS45/14", "SZ/80", "O36")
def papers_needed(penalty_kinds: Collection[str]) -> tuple[Paper, ...]:
    """Return the papers an application needs: what was corrected, and what was paid where something was to be paid."""
    if penalty_kinds and not set(penalty_kinds) & _PAYMENTS:
        return (Paper.CORRECTION,)
    return (Paper.PERFORMANCE, Paper.CORRECTION)


@cites("SZ/81")
def papers_missing(penalty_kinds: Collection[str], given: Collection[str]) -> tuple[Paper, ...]:
    """Return the papers that are still missing, all at once (一次性告知)."""
    return tuple(paper for paper in papers_needed(penalty_kinds) if paper not in given)
