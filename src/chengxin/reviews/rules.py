"""What may be said of a trade, when it opens, what of it is masked."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites
from chengxin.reviews.contracts import About, Side, Written

LAW = law.beside(__file__)
LONGEST: Final = 1000
MOST_ANSWERS: Final = 3
MASK: Final = "＊"
_SCRIPT: Final = re.compile(
    r"<\s*[a-z!/?]|javascript\s*:|data\s*:\s*text/html|&#|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", re.IGNORECASE
)
# Eleven digits and more, however they are set apart or widened, are telephones, identity numbers, cards.
_DIGIT: Final = "0-9０-９"
_NUMBER: Final = re.compile(rf"(?<![{_DIGIT}])(?:[{_DIGIT}][ \t.\-－_·]?){{10,}}[{_DIGIT}XxＸｘ]")
_MAIL: Final = re.compile(r"[A-Za-z0-9._+-]+[@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@cites("EC/39")
def why_not_write(
    written: Written,
    *,
    completed_at: datetime,
    has_first: bool,
    is_open: bool,
    dimensions: Collection[str],
    now: datetime,
) -> Refusal | None:
    """Return why a review is not taken, or None. `has_first`: this side has rated; `is_open`: it may be read by all."""
    return (
        _why_not_said(written)
        or _why_not_marked(written, dimensions)
        or _why_not_in_turn(written, has_first=has_first, is_open=is_open)
        or _why_not_timely(written, completed_at, now)
    )


@cites("KD/8", "D/courier-voices")
def why_not_carried(written: Written, *, courier: str) -> Refusal | None:
    """Return why marks for who carried a parcel are not taken, or None. `courier`: who did, as the trade was filed."""
    if not courier:
        return Refusal(
            code="RV-NO-PARCEL",
            what="这笔交易没有报送运单号和寄递企业。",
            why="只收对得上包裹的评价，评的是运单上的企业。",
            next_step="请在报送交易时写明运单号和寄递企业。",
            field="order",
        )
    if written.text.strip() or written.is_followup:
        return Refusal(
            code="RV-PARCEL-WORDS",
            what="评价寄递企业只打分，不收文字。",
            why="文字里可能写出快递员。这里只评企业，不评任何一个人。",
            next_step="请去掉文字再报；要投诉的，请用寄递投诉。",
            basis=("D/courier-voices", "PIPL/6"),
            field="text",
        )
    return None


def _why_not_said(written: Written) -> Refusal | None:
    if len(written.text) > LONGEST or (written.is_followup and not written.text.strip()):
        return Refusal(
            code="RV-TEXT",
            what="评价的文字不对。",
            why="一条评价最多1000字；追评要有文字。",
            next_step="请改短，或者写上文字再报。",
            field="text",
        )
    if _SCRIPT.search(written.text):
        return Refusal(
            code="RV-SCRIPT",
            what="评价里有网页代码。",
            why="评价只收文字。代码可能在别人的浏览器里运行。",
            next_step="请只报送写评价的人写下的文字；尖括号请换成圆括号。",
            field="text",
        )
    return None


def _why_not_marked(written: Written, dimensions: Collection[str]) -> Refusal | None:
    if written.is_followup:
        if not written.marks:
            return None
        return Refusal(
            code="RV-FOLLOWUP",
            what="追评不再打分。",
            why="每笔交易每一方只有一次打分；追评补在后面，不改前面的。",
            next_step="请去掉分数，只报文字。",
            field="marks",
        )
    if set(written.marks) == set(dimensions) and all(1 <= mark <= 5 for mark in written.marks.values()):
        return None
    return Refusal(
        code="RV-MARKS",
        what="打分不完整，或者不在1到5分。",
        next_step="请报这几项，每项1到5分：{dimensions}。",
        field="marks",
        values={"dimensions": "、".join(dimensions)},
    )


def _why_not_in_turn(written: Written, *, has_first: bool, is_open: bool) -> Refusal | None:
    if written.is_followup and not has_first:
        return Refusal(
            code="RV-NO-FIRST",
            what="还没有第一次评价，不能追评。",
            next_step="请先报送这一方的第一次评价。",
            field="side",
        )
    # Whoever has read what the other side said does not rate any more. A consumer may always (EC 39).
    if not written.is_followup and not has_first and is_open and written.side is Side.SELLER:
        return Refusal(
            code="RV-LATE",
            what="买家的评价已经公开，卖家不能再打分。",
            why="两边都看不到对方的评价再下笔，才不会互相报复。",
            next_step="要说明情况的，请在自己的平台回复买家。",
            basis=("D/review-blind",),
            field="side",
        )
    return None


def _why_not_timely(written: Written, completed_at: datetime, now: datetime) -> Refusal | None:
    if completed_at <= written.written_at <= now:
        return None
    return Refusal(
        code="RV-TIME",
        what="评价的时间不对。",
        why="只有已经完成的交易可以评价，时间不能晚于现在。",
        next_step="请核对时间和时区。",
        field="written_at",
    )


def no_trade() -> Refusal:
    """Return the refusal of a review without a matched trade."""
    return Refusal(
        code="RV-NO-TRADE",
        what="没有找到这个订单的交易。",
        why="只收已经完成、平台报送过的交易的评价，这样刷出来的评价进不来。",
        next_step="请先报送交易，再报评价。",
        basis=("EC/17", "EC/39"),
        field="order",
    )


def other_words() -> Refusal:
    """Return the refusal of a second first review: what was said is not changed."""
    return Refusal(
        code="RV-TWICE",
        what="这一方已经评价过，内容和原来的不一样。",
        why="评价不能修改，也不能删除。",
        next_step="要补充的，请报为追评；重复报送同样的内容没有影响。",
        basis=("EC/39",),
        field="order",
    )


@cites("D/review-blind")
def blind_until(written_at: datetime) -> datetime:
    """Return when the first of two reviews opens by itself."""
    return written_at + timedelta(days=LAW.value("review.blind", on=legal_day(written_at)).number)


@cites("PIPL/6", "ZJEC/19")
def masked(text: str) -> tuple[str, int]:
    """Return a text with telephones, identity numbers, cards and mail addresses masked, and how many there were.

    Numbers written in words are not found; who reads one asks for the review to be hidden.
    """
    text, numbers = _NUMBER.subn(MASK * 4, text.strip())
    text, mails = _MAIL.subn(MASK * 4, text)
    return text, numbers + mails


@cites("D/courier-voices")
def least_raters(about: About, *, now: datetime) -> int:
    """Return how many raters a number needs; a shop has the floor of the formula alone."""
    return LAW.value("review.parcel_floor", on=legal_day(now)).number if about is About.PARCEL else 0


def window_days(now: datetime) -> int:
    """Return the days of reviews a reputation is computed from."""
    return LAW.value("review.window", on=legal_day(now)).number


@cites("EC/39")
def why_not_answer(text: str, *, answers: int) -> Refusal | None:
    """Return why a merchant's public answer is not taken, or None. `answers`: how many it wrote to this review."""
    if not 2 <= len(text.strip()) <= LONGEST or _SCRIPT.search(text):
        return Refusal(
            code="RV-ANSWER",
            what="回复的文字不对。",
            why="回复要2到1000字，只收文字，不收网页代码。",
            next_step="请说明事实和您怎样处理，不要写买家的姓名、电话和地址。",
            field="text",
        )
    if answers >= MOST_ANSWERS:
        return Refusal(
            code="RV-ANSWERS",
            what="这条评价已经回复了三次。",
            why="回复不能修改、删除；一条评价最多回复三次，免得淹没买家说的话。",
            next_step="要请平台处理的，请在下面请求复核。",
            field="text",
        )
    return None


@cites("EC/39", "ZJEC/19")
def why_not_contest(words: str, *, is_ground: bool, is_hidden: bool, is_asked: bool) -> Refusal | None:
    """Return why a merchant's request to check a review is not taken, or None."""
    if is_hidden or is_asked:
        return Refusal(
            code="RV-ASKED",
            what="这条评价的文字已经屏蔽，或者您的请求还在处理。",
            why="同一条评价一次只有一件复核。",
            next_step="请等平台答复；答复里写明怎样再反映。",
        )
    if not is_ground:
        return Refusal(
            code="RV-GROUND",
            what="这不是可以屏蔽评价的依据。",
            why="差评不是依据。评价不得删除，只有列出的几种情形可以屏蔽文字。",
            next_step="请从列出的依据里选择；都不符合的，可以公开回复。",
            basis=("EC/39", "ZJEC/19"),
            field="ground",
        )
    if not 2 <= len(words.strip()) <= 500:
        return Refusal(
            code="RV-REASONS",
            what="请写明理由，2到500字。",
            why="平台要知道是哪一句、为什么。",
            next_step="写出是哪一句、属于哪一种情形。",
            field="words",
        )
    return None
