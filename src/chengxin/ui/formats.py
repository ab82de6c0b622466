"""How dates, money, numbers and sizes are written for people, in Chinese and in English (pure functions)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils.translation import get_language, gettext

from chengxin.kernel.clock import BEIJING, in_chinese

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
FEN_PER_YUAN = 100


_chosen: ContextVar[bool | None] = ContextVar("chosen_english", default=None)


def reads_english() -> bool:
    """Tell whether the reader chose English."""
    chosen = _chosen.get()
    return (get_language() or "").startswith("en") if chosen is None else chosen


@contextmanager
def one_language() -> Iterator[None]:
    """Ask for the reader's language once for all the words of the block: a long page asks hundreds of times."""
    token = _chosen.set(reads_english())
    try:
        yield
    finally:
        _chosen.reset(token)


def in_language(chinese: str, english: str = "") -> str:
    """Return a text in the reader's language; what has no English is said in Chinese."""
    return english if english and reads_english() else chinese


def sentences(parts: Iterable[str]) -> str:
    """Set whole sentences one after another: with a space between them in English, without one in Chinese."""
    return (" " if reads_english() else "").join(part.strip() for part in parts if part)


def series(parts: Iterable[str]) -> str:
    """Set clauses one after another without a stop at the end: 甲；乙, or A; b."""
    return ("; " if reads_english() else "；").join(part for part in parts if part)


def clauses(parts: Iterable[str]) -> str:
    """Make one sentence of clauses that end in no stop: 甲；乙。, or A; b."""
    return series(parts) + ("." if reads_english() else "。")


def labelled(name: str, value: str) -> str:
    """Set a value behind what it is the value of: 甲：乙, or a: b."""
    return f"{name}: {value}" if reads_english() else f"{name}：{value}"


def aside(text: str) -> str:
    """Set a remark behind a text in brackets: （甲）, or (a) after a space."""
    return f" ({text})" if reads_english() else f"（{text}）"


def day(value: date | datetime | None) -> str:
    """Write a legal day: 2026年11月23日, or 23 November 2026; a moment counts by its day in Beijing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(BEIJING).date()
    return day_in(value, english=reads_english())


def day_in(value: date, *, english: bool) -> str:
    """Write a day in one language, whoever reads."""
    if english:
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return in_chinese(value)


def moment(value: datetime | None) -> str:
    """Write a moment in Beijing time to the minute."""
    if value is None:
        return ""
    local = value.astimezone(BEIJING)
    return f"{day(local)} {local:%H:%M}"


def period(starts_on: date, ends_on: date | None) -> str:
    """Write a half-open period by its first and its last day, both included."""
    if ends_on is None:
        return gettext("%(first)s 起") % {"first": day(starts_on)}
    return gettext("%(first)s 至 %(last)s") % {"first": day(starts_on), "last": day(ends_on - timedelta(days=1))}


def count(value: float | None) -> str:
    """Write a number with separators: 1,234,567."""
    if value is None:
        return ""
    return f"{value:,}"


def yuan(fen: int | None) -> str:
    """Write money held in fen as yuan: 1,234.50 元, or CNY 1,234.50."""
    if fen is None:
        return ""
    sign, fen = ("-" if fen < 0 else ""), abs(fen)
    amount = f"{sign}{fen // FEN_PER_YUAN:,}.{fen % FEN_PER_YUAN:02d}"
    return f"CNY {amount}" if reads_english() else f"{amount} 元"


def share(value: float, out_of: float) -> str:
    """Write a share in per cent with one decimal; out of nothing there is no share."""
    if not out_of:
        return "—"
    return f"{100 * value / out_of:.1f}%"


def file_size(octets: int) -> str:
    """Write a file size in the largest fitting unit (1 KB = 1024 bytes)."""
    if octets < 1024:
        return f"{octets} B"
    if octets < 1024**2:
        return f"{octets / 1024:.0f} KB"
    return f"{octets / 1024**2:.1f} MB"
