"""Carry out what a permission asks for: whoever forgets an obligation (义务) takes the whole act back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chengxin.access.contracts import Allow, Obligation


class Unhonoured(RuntimeError):
    """An act ended without one of the obligations of its permission; nothing of it may stand."""


class Duties:
    """The obligations of one permission, ticked off as they are carried out."""

    def __init__(self, owed: frozenset[Obligation]) -> None:
        self._owed = set(owed)

    def done(self, *obligations: Obligation) -> None:
        """Note that obligations were carried out; one that is not owed does no harm."""
        self._owed -= set(obligations)

    @property
    def owed(self) -> frozenset[Obligation]:
        """What is still to be done."""
        return frozenset(self._owed)


@contextmanager
def honouring(allow: Allow) -> Iterator[Duties]:
    """Give the duties of a permission inside its transaction, and raise at the end when one was forgotten."""
    duties = Duties(allow.obligations)
    yield duties
    if duties.owed:
        raise Unhonoured(f"The act owes {', '.join(sorted(duties.owed))}.")
