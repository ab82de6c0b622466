"""The ladder (判定阶梯): from what agrees on two sides to score, tier and action. Pure, and versioned as a whole."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from chengxin.screening.contracts import Action, Kind, Tier
from chengxin.screening.numbers import Relation

STRONG: Final = 0.90
MEDIUM: Final = 0.70
LEAST: Final = 0.60


class Dates(StrEnum):
    """How the dates of birth of two sides stand to each other."""

    SAME = "same"
    NEAR = "near"
    CONFLICT = "conflict"
    NONE = "none"


def compare_dates(query: tuple[int, ...], entry: tuple[int, ...]) -> Dates:
    """Return the closest relation of any two dates; years alone agree when equal."""
    if not query or not entry:
        return Dates.NONE
    found = {_dates(one, other) for one in query for other in entry}
    return next(relation for relation in (Dates.SAME, Dates.NEAR, Dates.CONFLICT) if relation in found)


def _dates(one: int, other: int) -> Dates:
    if one == other:
        return Dates.SAME
    (y1, m1, d1), (y2, m2, d2) = _parts(one), _parts(other)
    if 0 in {m1, d1, m2, d2}:
        coarse = y1 == y2 and (m1 == m2 or 0 in {m1, m2})
        return Dates.SAME if coarse else Dates.NEAR if abs(y1 - y2) <= 1 else Dates.CONFLICT
    same = (y1 == y2) + (m1 == m2) + (d1 == d2)
    swapped = y1 == y2 and (m1, d1) == (d2, m2)
    digits = sum(a != b for a, b in zip(f"{one:08}", f"{other:08}", strict=True))
    return Dates.NEAR if same == 2 or swapped or digits == 1 else Dates.CONFLICT


def _parts(date: int) -> tuple[int, int, int]:
    return date // 10000, date // 100 % 100, date % 100


# Rules of a person's name: score with the same date of birth, with one a slip away, with none, with another.
# 0 is no hit. A name alone never reaches a review, however rare it is.
PERSON_RULES: Final[dict[str, tuple[float, float, float, float]]] = {
    "person_name": (0.95, 0.85, 0.68, 0.40),
    "person_typing_error": (0.84, 0.0, 0.0, 0.0),
    "person_homophone": (0.82, 0.0, 0.0, 0.0),
    "person_pinyin": (0.92, 0.82, 0.64, 0.36),
    "person_dialect": (0.90, 0.80, 0.61, 0.0),
    "latin_name": (0.97, 0.92, 0.91, 0.45),
    "latin_spelling": (0.96, 0.91, 0.90, 0.43),
    "latin_sound": (0.96, 0.91, 0.74, 0.0),
    "latin_typing_error": (0.94, 0.90, 0.90, 0.41),
    "latin_part": (0.90, 0.84, 0.66, 0.0),
    "latin_part_slip": (0.86, 0.70, 0.0, 0.0),
    "latin_neighbour": (0.94, 0.84, 0.72, 0.0),
    "latin_short_slip": (0.94, 0.90, 0.72, 0.0),
    "latin_other_word": (0.90, 0.84, 0.66, 0.0),
}


# The same name with a number that is one slip away, or masked and possible.
NUMBER_SCORES: Final = {Relation.NEAR: 0.93, Relation.MASKED: 0.92}
# An enterprise's name in letters has no date of birth to lean on.
LATIN_SCORES: Final = {
    "latin_name": 0.95,
    "latin_spelling": 0.86,
    "latin_sound": 0.86,
    "latin_typing_error": 0.82,
    "latin_neighbour": 0.82,
    "latin_short_slip": 0.82,
    "latin_part": 0.62,
    "latin_other_word": 0.62,
}


_MANY_WORDS: Final = 3


def person_score(rule: str, dates: Dates, words: int) -> float:
    """Return the score of a person's name with what the dates of birth say; `words` of a name in letters agree.

    Another date of birth leaves a namesake: two words that merely resemble each other are not even that.
    """
    same, near, none, conflict = PERSON_RULES[rule]
    if 0 < words < _MANY_WORDS and rule != "latin_name":
        conflict = 0.0
    if words >= _MANY_WORDS and rule == "latin_part":
        none = STRONG
    return {Dates.SAME: same, Dates.NEAR: near, Dates.NONE: none, Dates.CONFLICT: conflict}[dates]


def tier_of(score: float) -> Tier:
    """Return the tier of a score."""
    return Tier.STRONG if score >= STRONG else Tier.MEDIUM if score >= MEDIUM else Tier.WEAK


def action_of(kind: Kind, relation: Relation, dates: Dates) -> Action:
    """Return what may follow a hit: names alone never block, a person's name alone only informs."""
    if relation is Relation.SAME:
        return Action.BLOCK_PROPOSED
    if kind is Kind.PERSON and relation not in {Relation.NEAR, Relation.MASKED}:
        return Action.REVIEW if dates in {Dates.SAME, Dates.NEAR} else Action.INFORMATION
    return Action.REVIEW
