"""The arithmetic of periods (A1–A13): pure functions that write down each step of the count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from chengxin.law.contracts import Due, Step, Unit
from chengxin.law.statute_index import cites
from chengxin.law.workdays import day_kind

_DAY = timedelta(days=1)
_UNIT_ZH = {Unit.DAY: "日", Unit.MONTH: "个月", Unit.YEAR: "年", Unit.WORKDAY: "个工作日"}


@dataclass(frozen=True, kw_only=True)
class Count:
    """A counted last day, its steps, and the days beyond the last holiday notice it rests on."""

    last_day: date
    steps: tuple[Step, ...]
    provisional_days: tuple[date, ...] = ()

    @property
    def ends_on(self) -> date:
        """Return the first day on which the period no longer holds (A5)."""
        return self.last_day + _DAY


@cites("CC/201", "CC/202", "CC/203¶2")
def count_forward(start: date, *, amount: int, unit: Unit) -> Count:
    """Count a period from its starting day, which itself is not counted (A1); months and years end on the
    corresponding day or the last day of the month (A2).
    """
    if amount < 0:
        raise ValueError("A period is not negative.")
    if unit is Unit.WORKDAY:
        return _count_workdays(start, amount)
    steps = [Step(day=start, code="start", reason="起算事件发生之日，当日不计入")]
    if unit is Unit.DAY:
        last_day = start + _DAY * amount
        steps.append(Step(day=last_day, code="last_day", reason=f"自次日起第{amount}日，为最后一日"))
    elif unit in {Unit.MONTH, Unit.YEAR}:
        last_day = start + relativedelta(**{f"{unit.value}s": amount})  # type: ignore[arg-type]
        exact = last_day.day == start.day
        why = "到期月的对应日" if exact else "到期月没有对应日，取月末日"
        steps.append(Step(day=last_day, code="last_day", reason=f"{amount}{_UNIT_ZH[unit]}后，{why}，为最后一日"))
    else:
        raise ValueError(f"A period cannot be counted in '{unit}'.")
    return Count(last_day=last_day, steps=tuple(steps))


@cites("WTR/7", "HOL/6", "APL/85", "XF/88")
def _count_workdays(start: date, amount: int) -> Count:
    """Count working days; rest days are passed over, make-up workdays count (A7–A9)."""
    start_step = Step(day=start, code="start", reason="起算事件发生之日，当日不计入")
    after, steps, provisional = _walk_workdays(start + _DAY, amount, by=_DAY, word="第{}个工作日")
    return Count(last_day=after - _DAY, steps=(start_step, *steps), provisional_days=provisional)


def _walk_workdays(
    first: date, amount: int, *, by: timedelta, word: str
) -> tuple[date, tuple[Step, ...], tuple[date, ...]]:
    """Walk from a day until so many working days are counted: the day after the last of them, steps, provisional days.

    `by` is one day forward or back, `word` says the number of a working day.
    """
    steps, provisional = [], []
    day, counted = first, 0
    while counted < amount:
        kind = day_kind(day)
        if kind.provisional:
            provisional.append(day)
        if kind.works:
            counted += 1
            steps.append(Step(day=day, code="counted", reason=f"{word.format(counted)}（{kind.reason}）"))
        else:
            steps.append(Step(day=day, code="skipped", reason=f"{kind.reason}，不计入"))
        day += by
    return day, tuple(steps), tuple(provisional)


@cites("CC/203¶1", "XF/88")
def roll_over_rest_days(count: Count) -> Count:
    """Move a last day that is a rest day to the first working day after it (A3): for deadlines of acting only."""
    day, steps, provisional = count.last_day, list(count.steps), list(count.provisional_days)
    kind = day_kind(day)
    if kind.provisional and day not in provisional:
        provisional.append(day)
    while not kind.works:
        steps.append(Step(day=day, code="rolled", reason=f"{kind.reason}，最后一日顺延"))
        day += _DAY
        kind = day_kind(day)
        if kind.provisional:
            provisional.append(day)
    if day != count.last_day:
        steps.append(Step(day=day, code="last_day", reason=f"休息日结束后的第一日（{kind.reason}），为最后一日"))
    return Count(last_day=day, steps=tuple(steps), provisional_days=tuple(provisional))


@cites("D/status-never-rolls")
def end_of_status(count: Count) -> Count:
    """Keep the last day of a status where it falls, even on a rest day (A4)."""
    step = Step(day=count.ends_on, code="ends", reason="状态期间不顺延；自该日零时起不再有效")
    return replace(count, steps=(*count.steps, step))


@cites("EC/16", "EC/34", "APL/64", "APL/85", "D/notice-days")
def latest_notice(effective_on: date, *, days: int, unit: Unit = Unit.DAY) -> Count:
    """Return the last day on which a notice of so many days before an effect is still in time (A12).

    Working days are counted back from the effect, which is the last of them: counted forward from the notice, the
    effect falls on or after the last day.
    """
    start = Step(day=effective_on, code="start", reason="生效之日")
    steps: tuple[Step, ...] = ()
    provisional: tuple[date, ...] = ()
    if unit is Unit.DAY:
        last_day = effective_on - _DAY * days
    elif unit is Unit.WORKDAY:
        last_day, steps, provisional = _walk_workdays(effective_on, days, by=-_DAY, word="倒数第{}个工作日")
    else:
        raise ValueError(f"A notice cannot be counted in '{unit}'.")
    last = Step(day=last_day, code="last_day", reason=f"至少提前{days}{_UNIT_ZH[unit]}，为最晚通知日")
    return Count(last_day=last_day, steps=(start, *steps, last), provisional_days=provisional)


@cites("D/calendar-year")
def calendar_year(on: date) -> tuple[date, date]:
    """Return the half-open calendar year that "每年" means on a day (A13)."""
    return date(on.year, 1, 1), date(on.year + 1, 1, 1)


@cites("CC/17", "CC/1259", "JUV06/2", "D/adult-day-after")
def adult_from(birth_date: date, *, years: int) -> date:
    """Return the first day on which a person counts as adult: the day after the birthday (A11).

    A person born on 29 February has the birthday of a common year on 28 February (A2).
    """
    return birth_date + relativedelta(years=years) + _DAY


@cites("CC/1259")
def reaches(amount: int, *, limit: int, inclusive: bool) -> bool:
    """Compare as the law does (A6): 以上, 以下, 以内 and 届满 include the number, 超过 and 不满 do not."""
    return amount >= limit if inclusive else amount > limit


@cites("D/provisional-workdays")
def settle(provisional: Due, *, final: Due, binds_person: bool) -> Due:
    """Choose between a provisional date and its recount after the notice, never to the person's loss.

    Whoever must act keeps the later day when it is the person, the earlier when it is the authority.
    """
    later, earlier = sorted((provisional, final), key=lambda due: due.last_day, reverse=True)
    chosen = later if binds_person else earlier
    return replace(chosen, provisional_days=final.provisional_days)
