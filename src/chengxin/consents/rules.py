"""May this be asked, given, used, posted back? Pure answers; no row of the purpose rules means no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from dateutil.relativedelta import relativedelta

from chengxin.consents.contracts import Grant, Held, Keep, Limits, Occurrence, PurposeRule, Result, State
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites

LAW: Final = law.beside(__file__)
LONGEST_RESULT: Final = 200


@cites("PIPL/19", "ZX/16", "D/consent-caps")
def limits_of(rule: PurposeRule, *, on: date) -> Limits:
    """Return what a rule is capped at on a day."""
    statutory = not rule.needs_consent
    lasts = "statutory.lasts" if statutory else f"consent.{rule.occurrence.value}_lasts"
    keeps = "consent.keep_view" if rule.keep is Keep.VIEW else "consent.keep_store"
    return Limits(
        lasts_days=_number(lasts, on),
        per_month=_number("consent.per_month", on),
        look_back_from=on - relativedelta(months=_number("consent.look_back", on)),
        keep_days=_number(keeps, on),
        delete_within_days=_number("consent.delete_within", on),
    )


@cites("PIPL/6", "SH/17", "ZX/18")
def why_not_asked(rule: PurposeRule | None, grant: Grant | None, items: Mapping[str, Sequence[str]]) -> Refusal | None:
    """Return why an institution may not ask for these items and fields under a rule, or None."""
    if rule is None or grant is None:
        return Refusal(
            code="Q-NO-RULE",
            what="没有允许这样查询的用途规则，或者本机构没有登记这项用途。",
            why="每一项查询都要有登记的机构、明确的用途和列明的信息。",
            next_step="请核对用途代码；需要新增用途的，请向信用办申请登记。",
            basis=("PIPL/6",),
            field="purpose",
        )
    if grant.suspended_at is not None:
        return suspended()
    extra = sorted(
        f"{item}.{name}"
        for item, names in items.items()
        for name in (names or ("*",))
        if item not in rule.item_fields or (names and name not in rule.item_fields[item])
    )
    if extra or not items:
        return Refusal(
            code="Q-OVER-ASKED",
            what="请求的信息超出了这项用途允许的范围。",
            why="只能查询用途规则列明的条目和字段。",
            next_step="请去掉多余的项目再试。",
            basis=("PIPL/6",),
            field="items",
            values={"extra": "、".join(extra)},
        )
    return None


def suspended() -> Refusal:
    """Return the refusal of an institution whose registration is suspended."""
    return Refusal(
        code="Q-SUSPENDED",
        what="本机构的查询资格已经暂停。",
        why="信用办暂停以后，任何查询都不再提供。",
        next_step="请联系登记您单位的信用办。",
    )


@cites("D/consent-plain", "PIPL/17")
def why_not_plain(text: str, *, on: date) -> Refusal | None:
    """Return why a text may not be shown to ask for a consent, or None."""
    most = _number("consent.text_longest", on)
    if len(text) <= most:
        return None
    return Refusal(
        code="CONSENT-LONG",
        what="授权文字超过了{most}个字。",
        why="授权要让人一眼看懂。",
        next_step="请联系信用办缩短机构名称或者授权文字。",
        values={"most": str(most)},
    )


@cites("PIPL/14", "PIPL/16")
def why_not_given(offered: Mapping[str, Sequence[str]], chosen: Sequence[str]) -> Refusal | None:
    """Return why a consent cannot be given as it was ticked, or None: something is chosen, and only what was asked."""
    if chosen and set(chosen) <= offered.keys():
        return None
    return Refusal(
        code="CONSENT-NOTHING",
        what="您还没有勾选任何信息。",
        why="平台不替您勾选。",
        next_step="请勾选您同意提供的信息；不想提供的，直接点“不同意”。",
        basis=("PIPL/14",),
        field="items",
    )


@cites("PIPL/15", "ZX/18", "D/consent-caps")
def why_not_used(held: Held | None, *, rule: PurposeRule | None, used: int, at: datetime, most: int) -> Refusal | None:
    """Return why an authorisation does not serve at a moment, or None; `used` counts its uses in thirty days.

    Whatever ended it, and whether there ever was one, the answer is the same: a withdrawal is nobody's business.
    """
    if held is None or rule is None or held.state is not State.ACTIVE or at >= held.ends_at:
        return not_live()
    if rule.is_watch:
        return Refusal(
            code="Q-WATCH-ONLY",
            what="这项授权只允许在名单变动时得到提示，不能用来查询。",
            why="只能做本人同意的事。",
            next_step="需要查询的，请另行取得本人授权。",
            basis=("PIPL/14",),
        )
    is_counted = rule.needs_consent and rule.occurrence is Occurrence.PERIODIC
    if is_counted and used >= most:
        return Refusal(
            code="Q-TOO-OFTEN",
            what="这项授权每三十日最多查询{most}次。",
            why="查询次数不超过本人同意的次数。",
            next_step="请在满三十日以后再查询。",
            values={"most": str(most)},
        )
    return None


def not_live() -> Refusal:
    """Return the refusal that tells neither why nor whether there ever was an authorisation."""
    return Refusal(
        code="Q-NO-LIVE-CONSENT",
        what="没有有效的授权，没有提供任何信息。",
        why="查询他人信息需要本人有效的授权；没有授权不说明本人有任何问题。",
        next_step="需要时请重新向本人请求授权。本人能看到这次未成功的查询。",
        basis=("PIPL/13", "ZX/18"),
    )


@cites("D/query-result", "ZX/20")
def why_not_owing(oldest_used_on: date | None, *, on: date, pack: str) -> Refusal | None:
    """Return why an institution that has not posted a result in time is served no more, or None."""
    if oldest_used_on is None:
        return None
    due = LAW.due("consent.result_within", dates={"used_on": oldest_used_on}, on=on, pack=pack)
    if due.last_day is None or on <= due.last_day:
        return None
    return Refusal(
        code="Q-RESULT-OWED",
        what="还有查询没有报回使用结果。",
        why="查询之后要在{last_day}以前报回用在了哪里。",
        next_step="请先报回使用结果，再发起新的查询。",
        basis=("ZX/20",),
        values={"last_day": due.last_day},
    )


@cites("PIPL/24", "ZX/20")
def why_not_posted(rule: PurposeRule, used: Sequence[str], outcome: Result) -> Refusal | None:
    """Return why a result may not stand, or None: essential supply only gets easier, people decide the adverse."""
    if not outcome.result.strip() or len(outcome.result) > LONGEST_RESULT:
        return Refusal(code="Q-RESULT", what="请写明使用结果，最多200个字。", field="result")
    if not outcome.is_adverse:
        return None
    if rule.is_only_easier:
        return Refusal(
            code="Q-ONLY-EASIER",
            what="这项用途只能给本人更方便的条件，不能作出不利的决定。",
            why="水、电、气等基本供应和免押服务，不因信用信息变差。",
            next_step="请恢复原来的条件，再报回结果。",
            basis=("PIPL/16",),
            field="is_adverse",
        )
    if not outcome.items_used or not set(outcome.items_used) <= set(used):
        return Refusal(
            code="Q-ITEMS-USED",
            what="不利的决定要写明用了哪些信息，而且只能是这次查到的。",
            why="本人会收到告知，可以提出异议。",
            next_step="请列出作出决定所用的条目。",
            basis=("PIPL/24",),
            field="items_used",
        )
    if rule.needs_human and not outcome.by_person:
        return Refusal(
            code="Q-NO-PERSON",
            what="不利的决定要由工作人员作出，不能只由程序作出。",
            next_step="请由工作人员复核以后再报回。",
            basis=("PIPL/24",),
            field="by_person",
        )
    return None


def state_of(*, ends_at: datetime, revoked_at: datetime | None, used_up_at: datetime | None, at: datetime) -> State:
    """Return the state of an authorisation at a moment."""
    if revoked_at is not None:
        return State.REVOKED
    if used_up_at is not None:
        return State.USED
    return State.EXPIRED if at >= ends_at else State.ACTIVE


def _number(key: str, on: date) -> int:
    return int(LAW.value(key, on=on).number)
