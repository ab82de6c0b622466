"""When a filing is owed, and why one is not taken."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from chengxin.duties.contracts import FilingDuty, FilingField, Owed, Report, Rhythm
from chengxin.duties.rules import LAW
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites

LONGEST_ANSWER: Final = 500
STEPS: Final = ("first", "second", "last")
_NO_DUTY: Final = Refusal(code="DU-FILING", what="没有这项报送。", next_step="请从“平台报送”里选择。", field="duty")
_NO_WINDOW: Final = Refusal(
    code="DU-FILING-PERIOD",
    what="这个月份不用报，或者还没有开始。",
    why="每项报送有规定的月份，平台登记以后开始的才要报。",
    next_step="请从应报的月份里选择。",
    field="period",
)
_NO_DAY: Final = Refusal(
    code="DU-FILING-DAY",
    what="请填发生的日期，不能晚于今天。",
    why="期限从发生的那一天起算。",
    next_step="请核对日期。",
    field="happened_on",
)


def windows(duty: FilingDuty, *, since: date, today: date, pack: str) -> Iterator[Owed]:
    """Yield the windows of a duty that opened between two days, the oldest first."""
    for year in range(since.year, today.year + 1):
        for window in duty.windows:
            month = int(LAW.value(duty.key, on=date(year, 1, 1), pack=pack, window=window).number)
            opens, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
            if since <= opens <= today:
                yield Owed(duty=duty.code, period=f"{year}-{month:02}", opens_on=opens, due_on=last)


@cites("EC/28", "D/filing-months")
def owed(
    duties: Collection[FilingDuty], done: Collection[tuple[str, str]], *, since: date, today: date, pack: str
) -> list[Owed]:
    """Return what a platform that was registered on `since` has not filed, the nearest last day first.

    `done` is what it has filed: duties, each with the period.
    """
    found = [
        one
        for duty in duties
        for one in _all_owed(duty, since=since, today=today, pack=pack)
        if (one.duty, one.period) not in done
    ]
    return sorted(found, key=lambda one: (one.due_on, one.duty))


@cites("EC/28", "D/filing-remind")
def reminder_of(due_on: date, *, on: date) -> str:
    """Return which reminder of a filing is due (first, second, last), or "": the last reached, none after the day."""
    if on > due_on:
        return ""
    days = {step: LAW.value("duty.filing_remind", on=on, step=step).number for step in STEPS}
    return min((step for step in STEPS if (due_on - on).days <= days[step]), key=lambda step: days[step], default="")


def due_of(duty: FilingDuty, report: Report, *, since: date, today: date, pack: str) -> date | Refusal:
    """Return the last day of a report, or why none can be filed for this month or day."""
    if duty.rhythm is Rhythm.MONTHS:
        found = (
            one.due_on for one in windows(duty, since=since, today=today, pack=pack) if one.period == report.period
        )
        return next(found, _NO_WINDOW)
    day = report.happened_on or (since if duty.from_start else None)
    if day is None or day > today or report.period:
        return _NO_DAY
    return LAW.due(duty.key, start=day, on=day, pack=pack).last_day


def why_not_answer(duty: FilingDuty | None, report: Report) -> Refusal | None:
    """Return why the answers of a report are not taken, or None: every field is answered, and no other."""
    return _NO_DUTY if duty is None else why_not_said(duty.fields, report.answers)


def why_not_said(fields: Sequence[FilingField], answers: Mapping[str, str]) -> Refusal | None:
    """Return why the answers to some fields are not taken, or None: each is answered as its type is, and no other."""
    if strange := set(answers) - {field.name for field in fields}:
        return _wrong(min(strange))
    for field in fields:
        said = answers.get(field.name, "").strip()
        is_right = {
            "count": said.isascii() and said.isdigit() and len(said) <= 9,
            "choice": said in field.options,
            "date": _is_day(said),
            "uscc": check_number(said, kind=IdentifierKind.USCC) is NumberFault.NONE,
        }.get(field.type, 2 <= len(said) <= LONGEST_ANSWER)
        if not is_right:
            return _wrong(field.name)
    return None


def _all_owed(duty: FilingDuty, *, since: date, today: date, pack: str) -> Iterator[Owed]:
    if duty.rhythm is Rhythm.MONTHS:
        yield from windows(duty, since=since, today=today, pack=pack)
    elif duty.from_start:
        last = LAW.due(duty.key, start=since, on=since, pack=pack).last_day
        yield Owed(duty=duty.code, period="", opens_on=since, due_on=last)


def _is_day(said: str) -> bool:
    try:
        return bool(date.fromisoformat(said))
    except ValueError:
        return False


def _wrong(name: str) -> Refusal:
    return Refusal(
        code="DU-FILING-ANSWER",
        what="有一项没有填，或者填得不对。",
        why="报送的内容是公开的：数字填整数，文字二到五百字。",
        next_step="请按表格补充，不要写人的姓名和号码。",
        field=name,
    )
