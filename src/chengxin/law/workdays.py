"""Working days (A7): the yearly notices where they reach, beyond them a provisional answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

import chinese_calendar

from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.contracts import LawNotCovered, refusal

_DAY = timedelta(days=1)
_LUNAR = {"tomb_sweeping": "清明节", "dragon_boat": "端午节", "mid_autumn": "中秋节"}
_HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


@dataclass(frozen=True, kw_only=True)
class DayKind:
    """What a day is: worked or not, why, and whether that is only provisional."""

    works: bool
    reason: str
    provisional: bool


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """From and up to which day the calendar follows notices, and up to which day it can be estimated."""

    starts_on: date
    notice_through: date
    estimate_through: date


@cache
def coverage() -> Coverage:
    """Return the days the calendar answers for."""
    table = _table()
    return Coverage(
        starts_on=table["covered"]["from"],
        notice_through=table["covered"]["through"],
        estimate_through=table["statutory"]["through"],
    )


@lru_cache(maxsize=16384)
def day_kind(day: date) -> DayKind:
    """Return what a day is; refuse a day no table reaches."""
    covered = coverage()
    if not covered.starts_on <= day <= covered.estimate_through:
        raise LawNotCovered(
            refusal(
                "LAW_CALENDAR_NOT_COVERED",
                what=f"没有{day.isoformat()}的工作日数据。",
                why=f"节假日数据只覆盖{covered.starts_on}至{covered.estimate_through}。",
                next_step="请先补充 law/calendar.yaml，再计算。",
            )
        )
    if day <= covered.notice_through:
        return _noticed(day)
    name = _statutory_days().get(day, "周末" if day.weekday() >= 5 else "")
    return DayKind(works=not name, reason=f"{name or '工作日'}（暂定：放假通知尚未公布）", provisional=True)


def _noticed(day: date) -> DayKind:
    rests, name = chinese_calendar.get_holiday_detail(day)
    if rests:
        return DayKind(works=False, reason=_HOLIDAYS.get(name, name) if name else "周末", provisional=False)
    if day.weekday() >= 5:
        return DayKind(works=True, reason="调休上班", provisional=False)
    return DayKind(works=True, reason="工作日", provisional=False)


def next_workday(day: date) -> date:
    """Return the first working day after a day."""
    day += _DAY
    while not day_kind(day).works:
        day += _DAY
    return day


def count_workdays(start: date, end: date) -> int:
    """Return how many working days lie after `start`, up to `end` inclusive."""
    days = (start + _DAY * n for n in range(1, (end - start).days + 1))
    return sum(day_kind(day).works for day in days)


@cache
def _table() -> dict:  # type: ignore[type-arg]
    table = read_yaml(Path(__file__).with_name("calendar.yaml").read_text("utf-8"))
    if not isinstance(table, dict):
        raise TypeError("law/calendar.yaml is no table.")
    return table


@cache
def _statutory_days() -> dict[date, str]:
    statutory = _table()["statutory"]
    found: dict[date, str] = {}
    for year in range(coverage().notice_through.year + 1, statutory["through"].year + 1):
        for month_day, name in statutory["fixed"].items():
            found[date.fromisoformat(f"{year}-{month_day}")] = name
    for key, name in _LUNAR.items():
        found |= dict.fromkeys(statutory[key], name)
    for first in statutory["spring_festival"]:
        found |= {first + _DAY * offset: "春节" for offset in range(-1, 3)}
    return found
