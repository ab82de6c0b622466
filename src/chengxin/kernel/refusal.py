"""A refusal is an answer: what happened, why, what to do next, and a code that never changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from chengxin.kernel.clock import in_chinese


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Say no in a way that helps.

    `code` is stable and English (`UNDER_18`); the other texts are Chinese, written for the person who reads them,
    and are translated where they are shown. `basis` holds citations (`PIPL/28`) and `retry_on` the first day on
    which the same request could succeed, if there is one. A day among `values` is written as its reader writes days.
    """

    code: str
    what: str
    why: str = ""
    next_step: str = ""
    basis: tuple[str, ...] = ()
    retry_on: date | None = None
    field: str = ""
    values: Mapping[str, str | date] = dataclasses.field(default_factory=dict)

    def text(self) -> str:
        """Return one readable line in Chinese: what, why, what to do, code."""
        return self.filled(f"{self.what}{self.why}{self.next_step}（{self.code}）")

    def filled(self, text: str, *, written: Callable[[date], str] | None = None) -> str:
        """Return one of its texts, or a translation of it, with the values in their places; days are `written`."""
        for name, value in self.values.items():
            said = (written or in_chinese)(value) if isinstance(value, date) else value
            text = text.replace("{" + name + "}", said)
        return text


class Refused(Exception):
    """Carry a `Refusal` out of an action; the door it passes through turns it into a page or a reply."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.code}: {refusal.what}")
        self.refusal = refusal


def refuse_if(refusal: Refusal | None) -> None:
    """Raise `Refused` when a rule gave a reason why not."""
    if refusal is not None:
        raise Refused(refusal)
