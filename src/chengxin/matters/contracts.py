"""Matters as other packages see them: what may be seen for one, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chengxin.archives.contracts import Line, PublicSubject
from chengxin.casework.contracts import Case
from chengxin.incentives.contracts import Choice, Hint, Occasion
from chengxin.law.contracts import Words
from chengxin.matching.contracts import Hit, Outcome
from chengxin.measures.contracts import Applied


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of matter (办理事项): who handles it, on which law, and what has to do with it."""

    code: str
    title: Words
    bodies: frozenset[str]
    basis: tuple[str, ...]
    facts: frozenset[str]
    lists: tuple[str, ...]
    measures: tuple[str, ...]
    occasion: Occasion | None
    is_provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One matter that is being handled: its kind, its number at the body, and the credit code of the applicant."""

    kind: Kind
    number: str
    uscc: str


@dataclass(frozen=True, kw_only=True)
class Matched:
    """What the lists answered for one measure of the matter."""

    measure: str
    outcome: Outcome
    hits: Sequence[Hit]
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A matter as its officer sees it. Nothing here decides: no hit and no hint is not a reason for anything."""

    asked: Asked
    applicant: PublicSubject
    facts: Sequence[Line]
    matched: Sequence[Matched]
    hints: Sequence[Hint]
    choices: Sequence[Choice]
    proposed: Sequence[Case]
    applied: Sequence[Applied]
