"""May this be opened, said, hidden, sent for decision? Pure answers with their articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from chengxin.amendments.contracts import Amendment, Comment, Look
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites

LAW: Final = law.beside(__file__)
LONGEST: Final = 2000
# An identity number, a mobile number, an address of a mailbox: what nobody should publish about somebody.
_PERSONAL: Final = re.compile(r"(?<!\d)(\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?!\d)|[\w.+-]+@[\w-]+\.[\w.]+")


@cites("SH/10", "SD/10", "ZJ/12", "D/catalogue-comment")
def last_day_of_comment(opened_on: date, *, pack: str) -> date:
    """Return the last day on which everybody may comment on what is opened on a day."""
    return LAW.due("amendment.comment", start=opened_on, on=opened_on, pack=pack).last_day


@cites("SH/10", "ZJ/12", "D/catalogue-lead")
def earliest_first_day(published_on: date, *, pack: str) -> date:
    """Return the first day a version published on a day may take effect."""
    return published_on + timedelta(days=int(LAW.value("amendment.lead", on=published_on, pack=pack).number))


def why_not_in_time(effective_on: date, *, published_on: date, pack: str) -> Refusal | None:
    """Return why a version cannot take effect on its day if it is published on another, or None."""
    earliest = earliest_first_day(published_on, pack=pack)
    if effective_on >= earliest:
        return None
    return Refusal(
        code="AMEND-TOO-SOON",
        what="生效日期太早：最早是{earliest}。",
        why="新版本公布以后要留出时间，各单位才来得及更换模板，公众才来得及知道。",
        next_step="请把生效日期改晚；还没有征求意见的，请撤回后重新起草。",
        basis=("SH/10", "ZJ/12"),
        field="effective_on",
        values={"earliest": earliest},
    )


def why_not_said(text: str, name: str) -> Refusal | None:
    """Return why a comment is not taken as it stands, or None; agreeing or not is never a reason."""
    if not 2 <= len(text.strip()) <= LONGEST:
        return Refusal(
            code="COMMENT-EMPTY",
            what="请写下您的意见，2到2000字。",
            next_step="写清楚您同意什么、不同意什么、建议怎样改。",
            field="text",
        )
    if _PERSONAL.search(f"{text} {name}"):
        return Refusal(
            code="COMMENT-PERSONAL",
            what="意见里好像有证件号码、手机号码或者邮箱。",
            why="意见会公开，请不要写任何人的号码，也包括您自己的。",
            next_step="删去号码再提交，您写的文字还在。",
            basis=("PIPL/25",),
            field="text",
        )
    return None


@cites("SH/10", "SD/10", "HN/11", "PIPL/55", "PIPL/56")
def why_not_propose(amendment: Amendment, comments: Sequence[Comment], *, on: date) -> Refusal | None:
    """Return what is missing before an amendment may be decided, or None when everybody was heard and answered."""
    if amendment.closes_on is None or on <= amendment.closes_on:
        return _missing("AMEND-STILL-OPEN", "征求意见还没有结束。", "请在最后一天过后再送批准。")
    if waiting := sum(one.look is Look.WAITING for one in comments):
        return _missing("AMEND-UNREAD", "还有{count}条意见没有看过。", "请逐条决定公布或者写明理由不公布。", waiting)
    if unanswered := sum(one.look is Look.SHOWN and not one.reply for one in comments):
        return _missing(
            "AMEND-UNANSWERED", "还有{count}条公布的意见没有答复。", "请逐条写明是否采纳和理由。", unanswered
        )
    if amendment.assessment is None:
        return _missing("AMEND-UNASSESSED", "还没有影响评估和专家意见。", "请先填写评估，再送批准。")
    return None


def _missing(code: str, what: str, next_step: str, count: int = 0) -> Refusal:
    return Refusal(
        code=code,
        what=what,
        why="目录修订要公开征求意见、组织评估，并且逐条答复。",
        next_step=next_step,
        basis=("SH/10", "SD/10", "PIPL/55"),
        values={"count": str(count)},
    )
