"""May this be granted, and may it be accepted?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact, upgrade_id_no
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites
from chengxin.representation.contracts import Wanted

LONGEST_NAME: Final = 60
MOST: Final = 5
"""Mandates that may stand at once: who needs more has somebody collect them."""

ENDED: Final = Refusal(
    code="REP-ENDED",
    what="代办已经结束，您不能再代对方办理。",
    why="对方收回了委托，或者委托到期。从结束的那一刻起，什么都看不到、办不了。",
    next_step="您现在是以自己的身份登录。需要继续代办的，请对方重新委托。",
    basis=("CC/173",),
)
ABSENT: Final = Refusal(code="ABSENT", what="没有找到这项委托。", next_step="请从“代办”里打开。")


def read_number(number: str) -> str:
    """Return an identity number as it is compared."""
    return upgrade_id_no(compact(number))


@cites("CC/165", "D/representation-longest")
def why_not_grant(
    wanted: Wanted, *, known: Collection[str], longest: int, is_self: bool, standing: int
) -> Refusal | None:
    """Return why a mandate cannot be given so, or None: to one named adult, for chosen things, until a day."""
    return _why_not_to(wanted, is_self=is_self) or _why_not_for(wanted, known=known, longest=longest, standing=standing)


def _why_not_to(wanted: Wanted, *, is_self: bool) -> Refusal | None:
    fault = check_number(read_number(wanted.number), kind=IdentifierKind.ID_NO)
    if not 0 < len(wanted.name.strip()) <= LONGEST_NAME:
        return Refusal(code="REP-NAME", what="请写代理人的姓名。", next_step="写身份证上的姓名。", field="name")
    if fault is not NumberFault.NONE:
        return Refusal(code=fault.code, what="{fault}。", field="number", values={"fault": fault.message})
    if is_self:
        return Refusal(code="REP-SELF", what="这是您自己的号码。", next_step="请填代理人的身份证号码。", field="number")
    return None


def _why_not_for(wanted: Wanted, *, known: Collection[str], longest: int, standing: int) -> Refusal | None:
    if not wanted.scopes or set(wanted.scopes) - set(known):
        return Refusal(code="REP-SCOPE", what="请选择委托的事项。", field="scopes")
    if not 1 <= wanted.days <= longest:
        return Refusal(
            code="REP-DAYS",
            what="委托最长{longest}天。",
            why="委托要有期限，到期自动结束。",
            next_step="请填1到{longest}之间的天数。",
            field="days",
            values={"longest": str(longest)},
            basis=("CC/165",),
        )
    if standing >= MOST:
        return Refusal(
            code="REP-MOST",
            what="同时有效的委托最多{most}项。",
            next_step="请先收回不再需要的。",
            values={"most": str(MOST)},
        )
    return None


def end_day(days: int, *, on: date) -> date:
    """Return the first legal day on which a mandate of so many days no longer holds."""
    return on + timedelta(days=days)
