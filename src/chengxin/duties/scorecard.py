"""What is public of a platform's duties (责任清单): facts with their days in three lines, each figure with its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from chengxin.casework.contracts import Words
from chengxin.duties import filings, ip_notices, queries
from chengxin.duties.contracts import IpNotice, Owed, PlatformFiling
from chengxin.duties.rules import is_announced
from chengxin.kernel.clock import legal_day
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.facade import check_citation
from chengxin.market import facade as market
from chengxin.market.contracts import Platform

_MOST: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A figure: how many, of how many, and the newest day among them."""

    value: int
    out_of: int
    newest_on: date | None


@dataclass(frozen=True, kw_only=True)
class ScoreFigure:
    """One figure of a line as it is declared, with what was counted; `page` and `place` lead to its rows."""

    code: str
    title: Words
    basis: tuple[str, ...]
    page: str
    place: str
    counted: Counted


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """One of the three lines."""

    code: str
    title: Words
    figures: tuple[ScoreFigure, ...]


class _Facts:
    """What the figures of a platform are counted from at a moment, each asked for once."""

    def __init__(self, platform: Platform, now: datetime) -> None:
        self.body, self.now, self.today = platform.body, now, legal_day(now)
        self._platform = platform

    @cached_property
    def notices(self) -> list[IpNotice]:
        """The notices of infringed rights it received."""
        return ip_notices.list_ip_notices(self.body, limit=_MOST)

    @cached_property
    def filed(self) -> list[PlatformFiling]:
        """What it filed."""
        return filings.list_filings(self.body, limit=_MOST)

    @cached_property
    def owing(self) -> list[Owed]:
        """What it owes and has not filed."""
        return filings.list_owed(self._platform, now=self.now)

    @property
    def first_filings(self) -> int:
        """How many of its filings supplement no other."""
        return sum(not one.is_supplement for one in self.filed)


def scorecard(platform: Platform, *, now: datetime) -> list[ScoreLine]:
    """Return the three lines of a platform at a moment; nothing adds them up."""
    facts = _Facts(platform, now)
    return [
        ScoreLine(
            code=code,
            title=Words(**said["title"]),
            figures=tuple(
                ScoreFigure(
                    code=name,
                    title=Words(zh=one["zh"], en=one["en"]),
                    basis=tuple(one["basis"]),
                    page=one["rows"].partition(":")[0],
                    place=one["rows"].partition(":")[2],
                    counted=COUNTS[one["count"]](facts),
                )
                for name, one in said["figures"].items()
            ),
        )
        for code, said in _declared().items()
    ]


@cache
def _declared() -> dict[str, dict]:  # type: ignore[type-arg] # the file as it is read
    found: dict[str, dict] = read_yaml(Path(__file__).with_name("scorecard.yaml").read_text("utf-8"))  # type: ignore[type-arg]
    for line in found.values():
        for figure in line["figures"].values():
            for citation in figure["basis"]:
                check_citation(citation)
    return found


def _counted(days: Iterable[date], *, out_of: int) -> Counted:
    held = sorted(days)
    return Counted(value=len(held), out_of=out_of, newest_on=held[-1] if held else None)


def _overdue_verifications(facts: _Facts) -> Counted:
    counts = market.count_shops(facts.body, now=facts.now)
    shops = market.list_shops(facts.body, now=facts.now, overdue=True, limit=_MOST)
    newest = max((one.due_on for one in shops), default=None)
    return Counted(value=counts.overdue, out_of=counts.shops, newest_on=newest)


def _standing_measures(facts: _Facts) -> Counted:
    found = queries.list_public_actions(facts.body, limit=_MOST)
    return _counted((one.decided_on for one in found if one.holds(facts.today)), out_of=len(found))


def _ip_notices(facts: _Facts) -> Counted:
    return _counted((one.claim.received_on for one in facts.notices), out_of=len(facts.notices))


def _overdue_endings(facts: _Facts) -> Counted:
    late = (one.end_by for one in facts.notices if ip_notices.is_due_to_end(one, at=facts.now))
    return _counted((day for day in late if day), out_of=len(facts.notices))


def _unannounced_rules(facts: _Facts) -> Counted:
    found = queries.list_rules(facts.body)
    late = (one.text.effective_on for one in found if not is_announced(one.text, version=one.version))
    return _counted(late, out_of=len(found))


def _overdue_filings(facts: _Facts) -> Counted:
    overdue = (one.due_on for one in facts.owing if one.is_overdue(facts.today))
    return _counted(overdue, out_of=len(facts.owing) + facts.first_filings)


def _late_filings(facts: _Facts) -> Counted:
    return _counted((one.filed_on for one in facts.filed if one.is_late), out_of=facts.first_filings)


COUNTS: Final[dict[str, Callable[[_Facts], Counted]]] = {
    "overdue_verifications": _overdue_verifications,
    "standing_measures": _standing_measures,
    "ip_notices": _ip_notices,
    "overdue_endings": _overdue_endings,
    "unannounced_rules": _unannounced_rules,
    "overdue_filings": _overdue_filings,
    "late_filings": _late_filings,
}
