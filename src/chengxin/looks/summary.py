"""The yearly summary (年度小结): counted when it is read, never kept; once a year a message says that it is there."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Kind, LookFilter, Side
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day, start_of
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.looks import models
from chengxin.looks.contracts import Counted, YearSummary
from chengxin.looks.queries import PURPOSE, own_side
from chengxin.looks.withheld import count_withheld
from chengxin.notices import facade as notices
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind, Record

TELLING: Final = "own_summary"
TELLER: Final = platform("looks")
ACTS: Final = (Kind.CORRECT, Kind.WITHDRAW, Kind.ERASE, Kind.MARK, Kind.CONSENT, Kind.REVOKE)
_FIRST_YEAR: Final = 2021
_ENDING: Final = frozenset({MarkKind.WITHDRAWN, MarkKind.REPAIRED})
_MOST_CASES: Final = 500
_PART: Final = 1000


def own_summary(actor: Actor, year: int, *, now: datetime) -> YearSummary:
    """Return a year of the subject who asks: what is held, who looked, what was corrected, what ended."""
    me, subject_id = own_side(actor, now=now)
    if not _FIRST_YEAR <= year <= legal_day(now).year:
        raise Refused(Refusal(code="LOOKS-YEAR", what="没有这一年的小结。", next_step="请选择今年或者以前的年份。"))
    starts, ends = date(year, 1, 1), date(year + 1, 1, 1)
    in_year = LookFilter(since=start_of(starts), until=start_of(ends))
    others = LookFilter(since=in_year.since, until=in_year.until, side=Side.OTHERS)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        kinds = audit.count_kinds(subject_id, chosen=in_year)
        cases = casework.list_cases_about(subject_id, limit=_MOST_CASES)
        choice = models.Summary.objects.filter(subject_id=subject_id).first()
        return YearSummary(
            year=year,
            as_of=now,
            lines=_counted(records.list_of_subject(subject_id), starts=starts, ends=ends),
            days=audit.list_look_days(subject_id, chosen=others),
            near_misses=kinds.get(Kind.CANDIDATE, 0),
            withheld=sum(looks for month, looks in count_withheld() if starts <= month < ends),
            acts={kind: kinds[kind] for kind in ACTS if kinds.get(kind)},
            cases=[one for one in cases if one.closed_at and starts <= legal_day(one.closed_at) < ends],
            is_wanted=choice is None or choice.is_wanted,
        )


def choose_message(actor: Actor, *, is_wanted: bool, now: datetime) -> None:
    """Switch the yearly message on or off; the summary is there all the same."""
    me, subject_id = own_side(actor, now=now)
    with access.acting_for(me, channel=Channel.SELF, purpose=PURPOSE):
        models.Summary.objects.update_or_create(subject_id=subject_id, defaults={"is_wanted": is_wanted})


def tell_summaries(*, now: datetime) -> int:
    """Tell in January everybody with an account, who did not switch it off, that last year's summary is there; once."""
    on = legal_day(now)
    if on.month != 1:
        return 0
    told, after = 0, None
    with access.acting_for(TELLER, channel=Channel.JOB, purpose=TELLING):
        while part := access.list_account_subjects(after=after, limit=_PART):
            after = part[-1]
            told += sum(_tell(subject_id, year=on.year - 1, now=now) for subject_id in _waiting(part, on.year - 1))
    return told


def _waiting(part: list[UUID], year: int) -> list[UUID]:
    rows = models.Summary.objects.filter(subject_id__in=part)
    known = {row.subject_id: row for row in rows}
    return [one for one in part if one not in known or (known[one].is_wanted and known[one].told_year < year)]


def _tell(subject_id: UUID, *, year: int, now: datetime) -> int:
    models.Summary.objects.update_or_create(subject_id=subject_id, defaults={"told_year": year})
    notices.serve(
        kind="looks.summary",
        text="summary_ready",
        parameters={"day": str(year)},
        reference=str(year),
        to_subject=subject_id,
        actor=TELLER,
        now=now,
    )
    return 1


def _counted(found: list[Record], *, starts: date, ends: date) -> list[Counted]:
    """Count lines by item: held before the year ended and not over before it began, and over within it."""
    held: Counter[str] = Counter()
    over: Counter[str] = Counter()
    for record in found:
        ended_on = _ended_on(record)
        if legal_day(record.lineage.accepted_at) >= ends or (ended_on is not None and ended_on < starts):
            continue
        held[record.item_code] += 1
        over[record.item_code] += ended_on is not None and ended_on < ends
    return [Counted(item_code=code, held=count, ended=over[code]) for code, count in sorted(held.items())]


def _ended_on(record: Record) -> date | None:
    """Return the first day on which a line is over: repaired or withdrawn, or its query or use period at an end."""
    marked = [legal_day(mark.set_at) for mark in record.marks if mark.kind in _ENDING]
    return min([*marked, *(day for day in (record.query_ends_on, record.use_ends_on) if day is not None)], default=None)
