"""What a pair of rows comes to once identifiers and dates of birth are looked at, and the order of hits."""

from __future__ import annotations

from typing import Final, NamedTuple

from chengxin.screening.contracts import Action, Hit, Kind, Query, Tier
from chengxin.screening.keys import numbers_of
from chengxin.screening.numbers import Number, NumberKind, Relation
from chengxin.screening.numbers import compare as compare_numbers
from chengxin.screening.reading import ASIDE, read_dates
from chengxin.screening.rules import (
    NUMBER_SCORES,
    STRONG,
    Dates,
    action_of,
    compare_dates,
    person_score,
    tier_of,
)
from chengxin.screening.tables import CELLS, QUOTES

_MOST_HITS: Final = 20
_UNTOLD: Final = frozenset({CELLS, QUOTES})
_KINDS: Final = {kind.value: kind for kind in Kind}


class Facts(NamedTuple):
    """A row with its identifiers and dates of birth."""

    row: Query
    numbers: tuple[Number, ...]
    dates: tuple[int, ...]


class Found(NamedTuple):
    """A rule one pair of rows falls under; `words` of a name in letters agree."""

    query: int
    entry: int
    rule: str
    score: float
    query_value: str
    entry_value: str
    alignment: str = ""
    words: int = 0


def hit_of(query: Facts, entry: Facts, found: Found) -> Hit | None:
    """Return what one pair comes to: another's valid identifier ends it, the same one lifts it to the top."""
    kind, rule, score = _KINDS[query.row.kind], found.rule, found.score
    relation, dates, same = Relation.NONE, Dates.NONE, None
    if query.numbers and entry.numbers:
        relation, same, _ = compare_numbers(query.numbers, entry.numbers)
    if relation is Relation.OTHER or (rule == "identifier" and relation is not Relation.SAME):
        return None
    if kind is Kind.PERSON:
        dates = compare_dates(query.dates, entry.dates)
    if relation is Relation.SAME and same:
        rule, score = f"identifier_{same.kind}", 1.0
    elif kind is Kind.PERSON:
        score = person_score(rule, dates, found.words)
    if relation in {Relation.NEAR, Relation.MASKED} and found.score >= STRONG:
        rule, score = f"name_and_{relation}_number", max(score, NUMBER_SCORES[relation])
    if score <= 0:
        return None
    return Hit(
        query.row.id,
        entry.row.id,
        round(score, 4),
        Tier.IDENTIFIER if relation is Relation.SAME else tier_of(score),
        action_of(kind, relation, dates),
        rule,
        found.query_value or query.row.name,
        found.entry_value or entry.row.name,
        found.alignment,
        _would_change(kind, relation, dates),
        _notes(query, dates),
    )


def hit_by_name(query: Query, entry: tuple[str, str], found: Found) -> Hit:
    """Return what `hit_of` returns where an enterprise is asked about without a number: nothing but names speaks."""
    return Hit(
        query.id,
        entry[0],
        round(found.score, 4),
        tier_of(found.score),
        Action.REVIEW,
        found.rule,
        found.query_value or query.name,
        found.entry_value or entry[1],
        found.alignment,
        "number",
    )


def ranked(known: dict[int, Hit]) -> list[Hit]:
    """Return the hits of one row, the strongest first, without those by dialect where pinyin found somebody."""
    if len(known) == 1:
        return list(known.values())
    ordered = [hit for _, hit in sorted(known.items(), key=lambda pair: (-pair[1].score, pair[0]))]
    if any(hit.rule == "person_pinyin" for hit in ordered):
        ordered = [hit for hit in ordered if hit.rule != "person_dialect"]
    return ordered[:_MOST_HITS]


def unanswered(row_id: str, code: str, *, line: int = 0) -> Hit:
    """Return the answer to a row that could not be read; its id may be no id where its cells are not told apart."""
    return Hit(
        query_id=row_id,
        entry_id="",
        score=0.0,
        tier=Tier.UNANSWERED,
        action=Action.NONE,
        rule=code,
        notes=(f"第 {line} 行：{ASIDE[code]}" if code in _UNTOLD else ASIDE[code],),
    )


def facts_of(row: Query) -> Facts:
    """Return a row with its identifiers and dates of birth; a resident number holds one."""
    numbers = tuple(numbers_of(row))
    dates = read_dates(row.birth_date) if row.birth_date else ()
    if not dates:
        dates = tuple(int(number.text[6:14]) for number in numbers if number.kind is NumberKind.RESIDENT)
    return Facts(row, numbers, dates)


def _would_change(kind: Kind, relation: Relation, dates: Dates) -> str:
    if relation is Relation.SAME:
        return "number_wrong"
    if kind is Kind.PERSON and dates in {Dates.NONE, Dates.CONFLICT}:
        return "number_or_birth"
    return "number"


def _notes(query: Facts, dates: Dates) -> tuple[str, ...]:
    malformed = any(number.kind is NumberKind.MALFORMED for number in query.numbers)
    return (("malformed_number",) if malformed else ()) + (() if dates is Dates.NONE else (f"birth_{dates}",))
