"""Compare names of persons, and names in letters, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from chengxin.screening.companions import pinyin_syllables
from chengxin.screening.persons import LatinName, particles, sound

_MOST_SLIPS: Final = 2
_MANY_WORDS: Final = 3
_SHORT_WORD: Final = 5


class Agreement(StrEnum):
    """How two names in letters agree, the closest first."""

    SAME = "latin_name"
    SPELLING = "latin_spelling"
    SOUND = "latin_sound"
    SLIP = "latin_typing_error"
    PART = "latin_part"
    PART_SLIP = "latin_part_slip"
    NEIGHBOUR = "latin_neighbour"
    SHORT_SLIP = "latin_short_slip"
    OTHER_WORD = "latin_other_word"
    NONE = ""


@dataclass(frozen=True)
class Aligned:
    """The agreement of two names, their words side by side, and how many were paired."""

    agreement: Agreement
    alignment: str
    words: int


NOTHING: Final = Aligned(Agreement.NONE, "", 0)


def is_one_sound(one: str, other: str) -> bool:
    """Tell whether two words sound alike and look it."""
    return sound(one) == sound(other) and min(len(one), len(other)) >= 3 and JaroWinkler.similarity(one, other) > 0.8


def slip_likeness(one: str, other: str) -> float:
    """Return how alike two words are that differ by slips: 0.9 for one slip, 0 for different words."""
    shorter = min(len(one), len(other))
    if shorter == 1:
        return 0.7 if one[0] == other[0] else 0.0
    if max(len(one), len(other)) - shorter > 2:
        return 0.0
    slips = OSA.distance(one, other, score_cutoff=2)
    if slips > 2:
        return 0.0
    return next((likeness for most, least, likeness in _SLIPS if slips <= most and shorter >= least), 0.0)


# So many slips in a word of at least so many letters make it so alike.
_SLIPS: Final = ((1, 4, 0.9), (1, 3, 0.8), (2, 7, 0.82))


def align(one: LatinName, other: LatinName) -> Aligned:
    """Pair the words of two names, equal ones first, and say how they agree."""
    if one.joined == other.joined:
        return _aligned(Agreement.SAME, [(token, token) for token in one.tokens], one, other)
    left, right = list(one.tokens), list(other.tokens)
    words = [(token, token) for token in one.tokens if token in other.tokens]
    for token, _ in words:
        if token in left and token in right:
            left.remove(token)
            right.remove(token)
    likeness = _pair_alike(words, left, right) if left and right else []
    return _judged((one, other), words, likeness, (left, right))


def _pair_alike(words: list[tuple[str, str]], left: list[str], right: list[str]) -> list[float]:
    """Pair words that sound alike, then those a slip apart, the closest first; return how close they are."""
    found = []
    for a in list(left):
        b = next((token for token in right if is_one_sound(a, token)), None)
        if b is not None:
            left.remove(a)
            right.remove(b)
            words.append((a, b))
            found.append(0.95)
    # Names that share less cannot agree any more.
    if not left or not right or min(len(left), len(right)) > _MOST_SLIPS:
        return found
    for unlike, a, b in sorted((-slip_likeness(a, b), a, b) for a in left for b in right):
        if unlike < 0 and a in left and b in right:
            left.remove(a)
            right.remove(b)
            words.append((a, b))
            found.append(-unlike)
    return found


def _judged(
    names: tuple[LatinName, LatinName],
    words: list[tuple[str, str]],
    likeness: list[float],
    rest: tuple[list[str], list[str]],
) -> Aligned:
    if not all(rest):
        # Le Pen, Marine and Marine Le Pen: what one side alone has, and may be a particle, is nothing missing.
        rest = (_counting(rest[0]), _counting(rest[1]))
    missing = len(rest[0]) + len(rest[1])
    slips = sum(near < 0.95 for near in likeness)
    agreement = Agreement.NONE
    if missing == 0 and not likeness:
        agreement = Agreement.SAME
    elif missing == 0 and slips <= 1 and _are_pinyin_both(names, words):
        agreement = Agreement.NEIGHBOUR
    elif missing == 0 and slips == 0:
        agreement = Agreement.SPELLING if _is_spelling(words) else Agreement.SOUND
    elif missing == 0 and slips <= (2 if len(words) >= 4 else 1):
        agreement = _slip(names, words)
    elif (near := _joined(*names)).agreement is not Agreement.NONE:
        return near
    elif missing and _is_part(len(words), len(words) - slips, min(likeness, default=1.0), rest):
        whole = Agreement.OTHER_WORD if all(rest) else Agreement.PART
        agreement = Agreement.PART_SLIP if likeness else whole
    return _aligned(agreement, words, *names) if agreement is not Agreement.NONE else NOTHING


def _is_spelling(words: list[tuple[str, str]]) -> bool:
    """Tell whether words that sound alike are one name spelled otherwise: three agree, or one letter is another."""
    return len(words) >= _MANY_WORDS or sum(OSA.distance(a, b) for a, b in words if a != b) <= 1


def _are_pinyin_both(names: tuple[LatinName, LatinName], words: list[tuple[str, str]]) -> bool:
    """Tell whether both names, where they differ too, are in proper pinyin: Lin Fang is no misspelled Lin Gang."""
    pinyin = {word: pinyin_syllables(word) for name in names for word in (*name.tokens, name.joined)}
    return all(pinyin[a] == pinyin[b] for a, b in words if a != b) and all(
        pinyin[word] for name in names for word in name.tokens
    )


def _counting(words: list[str]) -> list[str]:
    return [word for word in words if word not in particles()]


def _slip(names: tuple[LatinName, LatinName], words: list[tuple[str, str]]) -> Agreement:
    """Return the rule of a slip: where all words are short (Ri Hyon Hak, Rim Hyon Hak) it leads to another name.

    An initial is no slip.
    """
    are_short = all(len(word) <= _SHORT_WORD for name in names for word in name.tokens)
    has_initial = any(a != b and min(len(a), len(b)) == 1 for a, b in words)
    return Agreement.SHORT_SLIP if are_short and not has_initial else Agreement.SLIP


def _is_part(paired: int, whole: int, worst: float, rest: tuple[list[str], list[str]]) -> bool:
    """Tell whether one name lacks words of the other, or of many words one differs beyond recognition."""
    missing = len(rest[0]) + len(rest[1])
    if not rest[0] or not rest[1]:
        return paired >= 2 and whole >= 2 and worst >= 0.7 and missing <= max(1, paired - 1)
    return paired >= 3 and whole == paired and len(rest[0]) == len(rest[1]) == 1


def _joined(one: LatinName, other: LatinName) -> Aligned:
    """Compare the joined letters, for words torn apart or run together."""
    for a, b in zip((one.joined, one.whole, one.ordered), (other.joined, other.whole, other.ordered), strict=True):
        if min(len(a), len(b)) >= 6 and abs(len(a) - len(b)) <= 1 and OSA.distance(a, b, score_cutoff=1) <= 1:
            is_neighbour = _are_pinyin_both((one, other), [(one.joined, other.joined)])
            slip = Agreement.NEIGHBOUR if is_neighbour else _slip((one, other), [])
            return _aligned(Agreement.SAME if a == b else slip, [(a, b)], one, other)
    return NOTHING


def _aligned(agreement: Agreement, words: list[tuple[str, str]], one: LatinName, other: LatinName) -> Aligned:
    shown = " ".join(a if a == b else f"{a}≈{b}" for a, b in words)
    return Aligned(agreement, shown, len(words) if len(words) > 1 else min(len(one.tokens), len(other.tokens)))
