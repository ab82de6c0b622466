"""Identifiers of a query or an entry: brought to one form, judged, and compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from chengxin.kernel.identifiers import (
    NumberFault,
    check_id_no,
    check_org_code,
    check_reg_no,
    check_uscc,
    compact,
    upgrade_id_no,
)

_MASKED: Final = re.compile(r"[0-9A-Z]*[*＊?×●•]{2,}[0-9A-Z*＊?×●•]*")
_MASKS: Final = str.maketrans("＊?×●•", "*****")
_USCC_READ: Final = str.maketrans("OIZSV", "01252")
_LONGEST: Final = 40
_SHORTEST: Final = 5


class NumberKind(StrEnum):
    """What an identifier proves to be."""

    RESIDENT = "id_no"
    CREDIT_CODE = "uscc"
    ORGANISATION = "org_code"
    REGISTRATION = "reg_no"
    MASKED = "masked"
    DOCUMENT = "document"
    MALFORMED = "malformed"


@dataclass(frozen=True)
class Number:
    """An identifier in its one form."""

    kind: NumberKind
    text: str

    @property
    def is_valid(self) -> bool:
        """Tell whether its check digit holds, so that another valid one names somebody else."""
        return self.kind in _PROVEN


_PROVEN: Final = frozenset(
    {NumberKind.RESIDENT, NumberKind.CREDIT_CODE, NumberKind.ORGANISATION, NumberKind.REGISTRATION}
)


@lru_cache(maxsize=65536)
def read_number(written: str) -> Number | None:
    """Return an identifier in its one form; None for nothing.

    A resident number of 15 digits becomes the one of 18; a malformed number is kept, because it may be one slip away.
    """
    text = compact(written.strip())
    if not text:
        return None
    if _MASKED.fullmatch(text):
        return Number(NumberKind.MASKED, text.translate(_MASKS))
    longer = upgrade_id_no(text)
    for kind, check, form in (*_CHECKS, (NumberKind.ORGANISATION, check_org_code, _of_tax_number)):
        tried = form(longer if kind is NumberKind.RESIDENT else text)
        if check(tried) is NumberFault.NONE:
            return Number(kind, tried)
    is_odd = len(text) in {15, 17, 18, 19} or len(text) > _LONGEST or not text.isalnum()
    return Number(NumberKind.MALFORMED if is_odd else NumberKind.DOCUMENT, text[:_LONGEST])


def _as_it_is(text: str) -> str:
    return text


def _of_tax_number(text: str) -> str:
    """Return the organisation code in a tax number of before 2015, after the six digits of its region."""
    return text[6:] if len(text) == 15 else ""


_CHECKS: Final = (
    (NumberKind.RESIDENT, check_id_no, _as_it_is),
    (NumberKind.CREDIT_CODE, check_uscc, _as_it_is),
    (NumberKind.ORGANISATION, check_org_code, _as_it_is),
    (NumberKind.REGISTRATION, check_reg_no, _as_it_is),
)


def keys_of(number: Number) -> tuple[str, ...]:
    """Return the texts an identifier is found by; a credit code is also found by the organisation code in it.

    A number that breaks its rules is found by itself: a warning goes with it, and it is no reason to look away.
    """
    if number.kind is NumberKind.MASKED or len(number.text) < _SHORTEST:
        return ()
    if number.kind is NumberKind.CREDIT_CODE:
        return (f"uscc:{number.text}", f"org:{number.text[8:17]}")
    if number.kind is NumberKind.ORGANISATION:
        return (f"org:{number.text}",)
    return (f"{number.kind}:{number.text}",)


class Relation(StrEnum):
    """How the identifiers of two sides stand to each other."""

    SAME = "same"
    NEAR = "near"
    MASKED = "masked"
    OTHER = "other"
    NONE = "none"


def compare(query: tuple[Number, ...], entry: tuple[Number, ...]) -> tuple[Relation, Number | None, Number | None]:
    """Return the strongest relation of the identifiers of two sides, and the pair it rests on."""
    found: tuple[Relation, Number | None, Number | None] = (Relation.NONE, None, None)
    for one in query:
        for other in entry:
            relation = _relation(one, other)
            if _ORDER.index(relation) < _ORDER.index(found[0]):
                found = (relation, one, other)
    return found


_ORDER: Final = (Relation.SAME, Relation.NEAR, Relation.MASKED, Relation.OTHER, Relation.NONE)


def _relation(one: Number, other: Number) -> Relation:
    if set(keys_of(one)) & set(keys_of(other)):
        return Relation.SAME
    if NumberKind.MASKED in {one.kind, other.kind}:
        return _masked(one.text, other.text)
    if one.is_valid and other.is_valid:
        codes = {NumberKind.CREDIT_CODE, NumberKind.ORGANISATION}
        comparable = one.kind == other.kind or {one.kind, other.kind} <= codes
        return Relation.OTHER if comparable else Relation.NONE
    if one.is_valid or other.is_valid or NumberKind.MALFORMED in {one.kind, other.kind}:
        return Relation.NEAR if is_one_slip(one.text, other.text) else Relation.NONE
    shape = _shape(one.text) == _shape(other.text)
    return Relation.OTHER if shape else Relation.NONE


def _shape(text: str) -> str:
    return re.sub("[0-9]", "0", re.sub("[A-Z]", "A", text))


def _masked(one: str, other: str) -> Relation:
    """Return whether a masked number can be the other; one that cannot be is another's."""
    if len(one) != len(other):
        return Relation.NONE
    shown = [(a, b) for a, b in zip(one, other, strict=True) if "*" not in {a, b}]
    if len(shown) < 4:
        return Relation.NONE
    return Relation.MASKED if all(a == b for a, b in shown) else Relation.OTHER


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether one character was changed, dropped, added, or swapped with its neighbour."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 6:
        return False
    if one.translate(_USCC_READ) == other.translate(_USCC_READ):
        return True
    head = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        rest_one, rest_other = one[head:], other[head:]
        swapped = rest_one[:2] == rest_other[1::-1] and rest_one[2:] == rest_other[2:]
        return rest_one[1:] == rest_other[1:] or swapped
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[head + 1 :] == shorter[head:]
