"""When a scene may be offered, to whom it is open, how points add up: pure rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from chengxin.incentives.contracts import Benefit, Condition, Deed, Draft, Earned, Family, Missing, PointRule
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites

# A token lives for minutes (product rule of P5.1d), and a scene for some years: it is looked at again, or it ends.
TOKEN_LASTS: Final = timedelta(minutes=5)
LONGEST_YEARS: Final = 5
_SHORTEST_NORMAL: Final = 8
# Words by which an offer would take from those it is not made to. A basic service is the same for everybody.
_LOWERS: Final = (
    "不予",
    "拒绝",
    "限制",
    "暂停",
    "停止",
    "延后",
    "排后",
    "排在后面",
    "加收",
    "提高押金",
    "降低标准",
    "取消资格",
    "除外",
)


@cites("SD/26", "SH/29")
def why_not_offer(draft: Draft, *, favourable: Collection[str], on: date) -> Refusal | None:
    """Return why a scene cannot be offered: it must be above the normal service, rest on good deeds, and end."""
    wrong = sorted(set(draft.condition.items) - set(favourable))
    if wrong or not draft.condition.items:
        return Refusal(
            code="INC-NOT-GOOD",
            what="条件里有不是守信记录的目录项：{items}。",
            why="激励只看做得好的，不看有没有失信；没有守信记录的人照常享受正常服务。",
            next_step="请只选择性质为“守信”的目录项。",
            field="items",
            values={"items": "、".join(wrong)},
        )
    if lowered := next((word for word in _LOWERS if word in draft.gives or word in draft.normal), None):
        return Refusal(
            code="INC-LOWERS",
            what="这段文字会降低其他人的正常服务：“{word}”。",
            why="激励只能在正常服务之上增加，不能减少任何人的正常服务。",
            next_step="请改写优惠内容和正常服务。",
            field="gives" if lowered in draft.gives else "normal",
            values={"word": lowered},
        )
    if len(draft.normal.strip()) < _SHORTEST_NORMAL:
        return Refusal(
            code="INC-NO-NORMAL",
            what="没有写明人人都有的正常服务。",
            why="只有写明正常服务，才看得出优惠在它之上。",
            next_step="请用一句话写明没有这项优惠的人得到什么。",
            field="normal",
        )
    if draft.benefit is Benefit.PRIORITY and draft.family is Family.EDUCATION_HEALTH:
        return Refusal(
            code="INC-QUEUE",
            what="教育医疗的场景不能用“优先”。",
            why="入学和看病的先后不能由信用决定，一个人排前，别人就排后。",
            next_step="请选择其他优惠方式。",
            field="benefit",
        )
    return _why_not_period(draft, on=on)


def _why_not_period(draft: Draft, *, on: date) -> Refusal | None:
    latest = _years_after(draft.starts_on, LONGEST_YEARS)
    if on <= draft.starts_on < draft.ends_on <= latest:
        return None
    return Refusal(
        code="INC-PERIOD",
        what="起止日期不对。",
        why="场景从今天或者以后开始，必须有结束日期，最长不超过五年；到期自动结束。",
        next_step="请改正日期。",
        field="ends_on",
    )


def missing_for(condition: Condition, deeds: Iterable[Deed], *, points: int, on: date) -> Missing | None:
    """Return what is still missing for a condition on a day, or None when it is met."""
    since = _years_after(on, -condition.years)
    counted = sum(one.item in condition.items and one.dated is not None and since <= one.dated <= on for one in deeds)
    lines, short = max(condition.least - counted, 0), max(condition.points - points, 0)
    return Missing(lines=lines, points=short) if lines or short else None


def earn(deeds: Sequence[Deed], rules: Iterable[PointRule]) -> tuple[Earned, ...]:
    """Return the points of each line by the published rules, the newest lines first, up to what each kind may add."""
    by_item = {rule.item: rule for rule in rules}
    left = {item: rule.most for item, rule in by_item.items()}
    earned = []
    for deed in sorted(deeds, key=lambda one: (one.dated or date.min, one.record_id), reverse=True):
        if (rule := by_item.get(deed.item)) is None:
            continue
        points = min(rule.points, left[deed.item])
        if points > 0:
            left[deed.item] -= points
            earned.append(Earned(record_id=deed.record_id, item=deed.item, points=points))
    return tuple(earned)


def _years_after(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on.replace(year=on.year + years, day=28)
