"""May this be granted, and may it be accepted?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact, upgrade_id_no
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites
from chengxin.representation.contracts import BY_LAW, Claim, Ground, Mandate, Standing, Wanted
from chengxin.subjects.contracts import SubjectStatus

LONGEST_NAME: Final = 60
MOST: Final = 5
"""Mandates that may stand at once: who needs more has somebody collect them."""

ENDED: Final = Refusal(
    code="REP-ENDED",
    what="代办已经结束，您不能再代对方办理。",
    why="委托被收回或者到期，或者登记的监护、近亲属代办已经结束、暂停。从那一刻起，什么都看不到、办不了。",
    next_step="您现在是以自己的身份登录。需要继续代办的，请对方重新委托，或者凭文书重新申请。",
    basis=("CC/173",),
)
ABSENT: Final = Refusal(code="ABSENT", what="没有找到这项委托。", next_step="请从“代办”里打开。")
RESTING: Final = Refusal(
    code="REP-RESTING",
    what="这项代办暂停，您现在不能代对方办理。",
    why="对方本人表示情况不实。信用办的两位工作人员核实以前，什么都看不到、办不了。",
    next_step="请等信用办的结果；有能说明情况的文书，请直接交给信用办。",
    basis=("PIPL/44",),
)
STANDS: Final = Refusal(
    code="REP-STANDS",
    what="这项登记仍然有效，还不能这样办理。",
    why="先要由两位工作人员结束或者撤销登记。",
    next_step="请打开登记的案件，点“拟结束登记”，附上材料，由另一人决定；这件案件随之办结。",
    basis=("PIPL/44",),
)

NEEDED: Final = {Ground.GUARDIAN: SubjectStatus.GUARDIANSHIP, Ground.NEXT_OF_KIN: SubjectStatus.DECEASED}
"""What must have become of a person before somebody may act for them by law."""
_MAY_BEGIN: Final = {
    SubjectStatus.ACTIVE: BY_LAW,
    SubjectStatus.GUARDIANSHIP: BY_LAW,
    SubjectStatus.DECEASED: (Ground.NEXT_OF_KIN,),
}


def read_number(number: str) -> str:
    """Return an identity number as it is compared."""
    return upgrade_id_no(compact(number))


@cites("CC/165", "D/representation-longest")
def why_not_grant(
    wanted: Wanted, *, known: Collection[str], longest: int, is_self: bool, standing: int
) -> Refusal | None:
    """Return why a mandate cannot be given so, or None: to one named adult, for chosen things, until a day."""
    return _why_not_to(wanted.name, wanted.number, is_self=is_self) or _why_not_for(
        wanted, known=known, longest=longest, standing=standing
    )


def _why_not_to(name: str, number: str, *, is_self: bool) -> Refusal | None:
    fault = check_number(read_number(number), kind=IdentifierKind.ID_NO)
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        return Refusal(code="REP-NAME", what="请写对方的姓名。", next_step="写身份证上的姓名。", field="name")
    if fault is not NumberFault.NONE:
        return Refusal(code=fault.code, what="{fault}。", field="number", values={"fault": fault.message})
    if is_self:
        return Refusal(code="REP-SELF", what="这是您自己的号码。", next_step="请填对方的身份证号码。", field="number")
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


@cites("CC/173", "CC/36", "CC/39")
def why_not_end(ground: Ground, *, is_holder: bool) -> Refusal | None:
    """Return why one side cannot end it by itself, or None: what the law gave, the represented does not take back."""
    if is_holder or ground not in BY_LAW:
        return None
    return Refusal(
        code="REP-BY-LAW",
        what="监护人、近亲属的代办不能由您自己收回。",
        why="它依据的是法院判决或者法律规定，不是您的委托。",
        next_step="监护已经终止或者撤销的，请带判决书联系登记它的信用办。",
        basis=("CC/36", "CC/39"),
    )


@cites("CC/39", "PIPL/49")
def is_over(mandate: Mandate, *, status: SubjectStatus, on: date) -> bool:
    """Tell whether what the law gave holds no longer: ended, past its day, or the person is not as it asks."""
    is_ended = mandate.standing(on) in {Standing.ENDED, Standing.LAPSED}
    return is_ended or status is not NEEDED.get(mandate.ground)


def end_day(days: int, *, on: date) -> date:
    """Return the first legal day on which a mandate of so many days no longer holds."""
    return on + timedelta(days=days)


@cites("PIPL/49", "CC/23", "CC/28")
def why_not_apply(claim: Claim, *, offices: Collection[str], is_self: bool, standing: int) -> Refusal | None:
    """Return why nobody may ask so to act by law, or None: for one other person, with a reason, few at a time."""
    if claim.ground not in BY_LAW:
        return Refusal(code="REP-GROUND", what="请选择您是监护人还是近亲属。", field="ground")
    return _why_not_to(claim.name, claim.number, is_self=is_self) or _why_not_claim(
        claim, offices=offices, standing=standing
    )


def _why_not_claim(claim: Claim, *, offices: Collection[str], standing: int) -> Refusal | None:
    if not claim.interest.strip():
        return Refusal(
            code="REP-INTEREST",
            what="请写明为什么要代办。",
            why="近亲属只能为了自身的合法、正当利益代办；监护人要写明为被监护人办什么事。",
            field="interest",
            basis=("PIPL/49",),
        )
    if claim.body not in offices:
        return Refusal(code="REP-OFFICE", what="请选择由哪里核对。", field="body")
    if standing >= MOST:
        return Refusal(
            code="REP-MOST-OPEN",
            what="同时在办的代办申请最多{most}件。",
            next_step="请等前面的办完，或者撤回不需要的。",
            values={"most": str(MOST)},
        )
    return None


@cites("PIPL/44", "PIPL/49", "CC/39", "D/representation-by-law")
def why_not_register(
    ground: Ground,
    *,
    status: SubjectStatus,
    is_arranged: bool,
    is_contested: bool,
    is_own: bool,
    opens_on: date,
    on: date,
) -> Refusal | None:
    """Return why an officer may not let somebody act by law, or None.

    `is_arranged` tells that the deceased wanted nobody to; `is_contested` that whom it is about says that it is not so
    and nobody heard them since; `opens_on` is the first day after the days they have to speak up.
    """
    if is_own:
        return Refusal(code="REP-OWN", what="这件申请与您本人有关，不能由您办理。", next_step="请转给同事。")
    is_fit = ground in _MAY_BEGIN.get(status, ())
    return _why_not_of(ground, is_fit=is_fit, is_arranged=is_arranged) or _why_not_yet(
        is_contested=is_contested, opens_on=opens_on, on=on
    )


def _why_not_of(ground: Ground, *, is_fit: bool, is_arranged: bool) -> Refusal | None:
    if not is_fit:
        return Refusal(
            code="REP-STATUS",
            what="登记的状态与申请的理由不符，不能登记。",
            why="人去世以后监护关系终止，只有近亲属能代办；信息已经删除的，没有可以代办的。",
            next_step="请告诉申请人按实际情况重新申请。",
            basis=("CC/39", "PIPL/49"),
        )
    if is_arranged and ground is Ground.NEXT_OF_KIN:
        return Refusal(
            code="REP-ARRANGED",
            what="对方生前另有安排：不让近亲属查看、办理自己的档案。",
            why="死者生前另有安排的，按安排办理。",
            next_step="请写明这一点，不同意登记。",
            basis=("PIPL/49",),
        )
    return None


def _why_not_yet(*, is_contested: bool, opens_on: date, on: date) -> Refusal | None:
    if on < opens_on:
        return Refusal(
            code="REP-EARLY",
            what="还不能登记，最早{day}。",
            why="要留时间给可能被代办的人说明情况。",
            next_step="请到那一天以后再决定。",
            values={"day": opens_on.isoformat()},
            basis=("PIPL/44",),
        )
    if is_contested:
        return Refusal(
            code="REP-CONTESTED",
            what="可能被代办的人表示情况不实，还没有听取他的意见。",
            why="没有听取本人意见，不能决定谁替他办事。",
            next_step="请先联系本人，再点“记下已听取本人的意见”；情况确实不实的，不同意登记。",
            basis=("PIPL/44",),
        )
    return None


def last_day_after(days: int, *, on: date, until: date | None) -> date:
    """Return the first day on which what the law allows no longer holds: after so many days, or the papers' last."""
    own = end_day(days, on=on)
    return own if until is None else min(own, until + timedelta(days=1))
