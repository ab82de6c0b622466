"""May somebody be nominated, shown, honoured, and is the honour still one?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from chengxin.honours.contracts import Answer, Kind, Obstacle, Outcome, Standing
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites

LAW: Final = law.beside(__file__)
SHORTEST: Final = 10
LONGEST: Final = 2000
AGREED: Final = frozenset({Answer.NAMED, Answer.UNNAMED})

ABSENT: Final = Refusal(code="ABSENT", what="没有找到这项荣誉。", next_step="请核对编号。")


@cites("SD/14")
def why_not_nominate(kind: Kind, *, fields: Collection[str], items: Collection[str], story: str) -> Refusal | None:
    """Return why a body may not nominate for a kind of honour: it does not grant it, or the deeds are not told."""
    if kind.item not in items or not kind.bodies & set(fields):
        return Refusal(
            code="HON-BODY",
            what="本单位不能授予这一种荣誉。",
            why="每一种荣誉由规定的部门授予。",
            next_step="请在“诚信典型”页写提名建议，寄给授予单位。",
            basis=kind.basis,
        )
    if not SHORTEST <= len(story.strip()) <= LONGEST:
        return Refusal(
            code="HON-STORY",
            what="请用十个字以上、两千字以内写明事迹。",
            why="被提名人先看到事迹，再决定是否同意；公示时公众据此提意见。",
            next_step="写清楚做了什么，不写证件号码、住址和别人的姓名。",
            field="story",
        )
    return None


@cites("SZ/39¶2", "PIPL/14")
def why_not_check(answer: Answer) -> Refusal | None:
    """Return why nobody may look a nominee up yet: the nominee agrees first."""
    if answer in AGREED:
        return None
    return Refusal(
        code="HON-NOT-AGREED",
        what="被提名人还没有同意。",
        why="本人不同意的，不登记、不核查、不公示。",
        next_step="请等被提名人在“我的荣誉”里答复。",
        basis=("SZ/39", "PIPL/14"),
    )


@cites("SD/30", "D/honour-check")
def why_not_clear(checked_on: date | None, obstacles: Sequence[Obstacle], *, on: date) -> Refusal | None:
    """Return why the check does not let a nomination pass on a day: it is of another day, or something stands."""
    if checked_on != on:
        return Refusal(
            code="HON-CHECK-FIRST",
            what="今天还没有核查。",
            why="公示和授予以前，当天核查严重失信主体名单和正在办理的认定。",
            next_step="请先在提名页面点“核查”。",
            basis=("D/honour-check",),
        )
    if obstacles:
        return Refusal(
            code="HON-OBSTACLE",
            what="核查没有通过，现在不能公示和授予。",
            why="在严重失信主体名单上，或者有已经告知、没有办结的认定的，不参加评选。",
            next_step="请把结果告诉被提名人；情况有变的，可以再核查。",
            basis=("SD/30", "D/honour-check"),
        )
    return None


@cites("SEED2/6.3", "D/honour-visit")
def why_not_visited(kind: Kind, visited_on: date | None) -> Refusal | None:
    """Return why a nomination cannot be published yet: its kind asks for a check on site first."""
    if not kind.needs_visit or visited_on is not None:
        return None
    return Refusal(
        code="HON-VISIT-FIRST",
        what="还没有现场核查。",
        why="这一种荣誉在公示以前要到现场看过。",
        next_step="请先登记现场核查；不符合条件的，由负责人决定不授予。",
        basis=kind.basis,
    )


@cites("D/honour-notice")
def notice_until(from_on: date, *, pack: str = law.DEFAULT_PACK) -> date:
    """Return the last day on which everybody may object to a nomination (公示期)."""
    return LAW.due("honour.notice", start=from_on, on=from_on, pack=pack).last_day


@cites("D/honour-term")
def valid_until(kind: Kind, awarded_on: date, *, pack: str = law.DEFAULT_PACK) -> date:
    """Return the last day of an honour (有效期)."""
    return LAW.due("honour.term", start=awarded_on, on=awarded_on, pack=pack, kind=kind.code).last_day


@cites("D/honour-term")
def review_due(looked_on: date, *, pack: str = law.DEFAULT_PACK) -> date:
    """Return the day by which an honour is looked at again (年度复核)."""
    return LAW.due("honour.review", start=looked_on, on=looked_on, pack=pack).last_day


@cites("D/honour-notice")
def why_not_award(until: date | None, outcomes: Sequence[Outcome], *, on: date) -> Refusal | None:
    """Return why an honour cannot be proposed or awarded: the notice runs, or an objection is open or was upheld."""
    if until is None or on <= until:
        return Refusal(
            code="HON-NOTICE-RUNS",
            what="公示期还没有满。",
            why="公示期内任何人都可以提出异议。",
            next_step="请等到{day}以后。" if until else "请先公示。",
            basis=("D/honour-notice",),
            values={"day": until} if until else {},
        )
    if Outcome.WAITING in outcomes:
        return Refusal(
            code="HON-OBJECTION-OPEN",
            what="还有异议没有答复。",
            why="先查清异议，再决定是否授予。",
            next_step="请在提名页面逐件答复。",
            basis=("D/honour-notice",),
        )
    if Outcome.ADOPTED in outcomes:
        return Refusal(
            code="HON-OBJECTION-UPHELD",
            what="有一件异议成立，不能授予。",
            why="异议成立，说明事迹不实或者不符合条件。",
            next_step="请由负责人决定不授予，并写明理由。",
            basis=("D/honour-notice",),
        )
    return None


def standing_of(
    *,
    notice_from: date | None,
    is_entered: bool,
    valid_until: date | None,
    is_closed: bool,
    is_withdrawn: bool,
    is_usable: bool,
    on: date,
) -> Standing:
    """Say where a nomination or an honour stands on a day; what its record no longer carries is no honour."""
    if is_withdrawn:
        return Standing.WITHDRAWN
    if is_closed:
        return Standing.GIVEN_UP if is_entered else Standing.CLOSED
    if not is_entered:
        return Standing.PREPARED if notice_from is None else Standing.NOTICED
    if valid_until is not None and on > valid_until:
        return Standing.EXPIRED
    return Standing.AWARDED if is_usable else Standing.SUSPENDED
