"""What of an account may be published, when there is a rate, which sheets tell of the same, who answers for a place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from chengxin.casework.contracts import CARD
from chengxin.disputes.contracts import Offer, Promise
from chengxin.kernel.card_numbers import holds_card_number
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites

LONGEST: Final = 5000
LONGEST_PUBLIC: Final = 1000
MOST_FEN: Final = 1_000_000_000
KINDS: Final = frozenset({"deposit", "pay_out", "claim_back", "return"})
MASK: Final = "＊"
_PARCEL: Final = re.compile(r"[0-9A-Za-z-]{6,32}")
_GAP: Final = r"[\s.\-－—_·,，、/()（）]?"
_SIGN: Final = "0-9０-９〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖①-⑨"
# Seven signs and more, however they are set apart, widened or spelt: telephones, identity numbers, cards.
_NUMBER: Final = re.compile(rf"(?:[+＋]{_GAP})?(?:[{_SIGN}]{_GAP}){{6,}}[{_SIGN}XxＸｘ]")
_HANDLE: Final = re.compile(
    r"[A-Za-z0-9._+-]+[@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?:微信|QQ|qq|支付宝|抖音)号?[:：是为 ]{0,3}[A-Za-z0-9_-]{5,}"
)
_COUNT: Final = r"[0-9０-９〇零一二三四五六七八九十百A-Za-z甲乙丙丁]{1,5}(?:[-－—][0-9０-９]{1,5}){0,3}"
_PLACES: Final = (
    "省|自治区|自治州|地区|市|区|县|旗|镇|乡|街道|社区|村|屯|路|街|大道|巷|弄|胡同|"
    "小区|花园|家园|公寓|大厦|广场|苑|新村"
)
_AREA: Final = rf"[一-龥]{{1,8}}?(?:{_PLACES})"
_UNIT: Final = rf"(?:{_AREA}|{_COUNT}(?:号楼|号院|号|栋|幢|座|单元|层|楼|室|户|组|弄))"
# Two parts of an address one after the other; one alone (a supermarket, a day) says where nobody lives.
_ADDRESS: Final = re.compile(rf"{_UNIT}(?:[\s,，、-]?{_UNIT})+(?:[\s,，、-]?{_COUNT})?")


@cites("PIPL/25", "TS/34")
def scrub(text: str, *, longest: int = LONGEST_PUBLIC) -> str:
    """Return words without numbers of people, handles and addresses; rather too much goes than too little."""
    for pattern in (_HANDLE, _ADDRESS, _NUMBER):
        text = pattern.sub(MASK * 3, text)
    return text.strip()[:longest]


def rate(complaints: int, orders: int, *, floor: int) -> int | None:
    """Return complaints per 10,000 orders, rounded half up; None below the floor of orders (资料不足)."""
    return (complaints * 20_000 + orders) // (2 * orders) if orders >= max(floor, 1) else None


def share(part: int, whole: int, *, floor: int) -> float | None:
    """Return a share, or None below the floor (资料不足)."""
    return part / whole if whole >= max(floor, 1) else None


def median(values: Sequence[int]) -> int | None:
    """Return the lower median of whole days, or None of nothing."""
    return sorted(values)[(len(values) - 1) // 2] if values else None


def why_not_said(text: str) -> Refusal | None:
    """Return why what a consumer wrote is not taken, or None."""
    if holds_card_number(text):
        return CARD
    if 2 <= len(text.strip()) <= LONGEST:
        return None
    return Refusal(
        code="DSP-TEXT",
        what="请写明发生了什么，2到5000字。",
        next_step="买了什么，什么时候，哪里不对，和店铺说过没有，知道多少写多少。",
        field="text",
    )


def why_not_parcel(number: str) -> Refusal | None:
    """Return why the number of a parcel is not taken, or None: without it a courier company finds nothing."""
    if _PARCEL.fullmatch(number.strip()):
        return None
    return Refusal(
        code="DSP-PARCEL",
        what="请写明运单号。",
        why="寄递企业凭运单号才能查到这一件。",
        next_step="运单号在面单上，是6到32位的数字和字母。",
        field="parcel",
    )


def why_not_known(matter: str, asked: str, *, matters: Collection[str], asks: Collection[str]) -> Refusal | None:
    """Return why a matter or what is asked is not taken, or None."""
    if matter in matters and asked in asks:
        return None
    return Refusal(
        code="DSP-MATTER", what="请选择发生了什么、想要什么。", next_step="请从列表里各选一项。", field="matter"
    )


def why_not_offered(offer: Offer, *, stage: str, today: date, asks: Collection[str]) -> Refusal | None:
    """Return why terms are not taken, or None: an amount that is none, a day that is still to come."""
    if (offer.what and offer.what not in asks) or not 0 <= offer.fen <= MOST_FEN or (offer.fen and not offer.what):
        return Refusal(
            code="DSP-TERMS",
            what="处理办法或者金额不对。",
            next_step="请选择怎样处理；写金额的，写不小于0、不大于1000万元的数。",
            field="what",
        )
    if stage != "offered" and not offer.what:
        return Refusal(
            code="DSP-NO-OFFER",
            what="还没有处理办法，谈不上同意。",
            why="店铺的答复里没有提出怎样处理。",
            next_step="可以转市场监管部门调解，或者撤回投诉。",
            field="what",
        )
    if stage == "paid" and (offer.done_on is None or offer.done_on > today):
        return Refusal(
            code="DSP-PAID-ON",
            what="请写明哪一天付的或者办的，不能晚于今天。",
            next_step="还没有付的，付了以后再来写。",
            field="done_on",
        )
    return None


@cites("TS/12")
def nearest(areas: dict[str, str], place: str) -> str:
    """Return the body whose area holds a place, the nearest one first, or ""."""
    over = [(len(whole), code) for code, area in areas.items() if (whole := _whole(area)) and place.startswith(whole)]
    return max(over)[1] if over else ""


def _whole(area: str) -> str:
    """Return an area code without the zeros that stand for all of it."""
    while area.endswith("00"):
        area = area[:-2]
    return area


def mean(values: Sequence[int]) -> int | None:
    """Return the mean in whole days, rounded half up, or None of nothing."""
    return (2 * sum(values) + len(values)) // (2 * len(values)) if values else None


@cites("CPL/25")
def why_not_promised(given: Promise, *, exceptions: Collection[str], least_days: int) -> Refusal | None:
    """Return why a promise is not taken, or None: a post is no person, a return no shorter than the law's."""
    if not given.post.strip() or re.search(r"\d{5,}|先生|女士|小姐", given.post):
        return Refusal(
            code="DSP-POST",
            what="请写首问负责岗位的名称，不写人的姓名、电话。",
            why="公开的是岗位，不是某个人。",
            next_step="例如“售后客服岗”；联系办法写在另一栏。",
            field="post",
        )
    if given.return_days < least_days:
        return Refusal(
            code="DSP-RETURN",
            what="无理由退货不能少于法律规定的天数。",
            why="网络销售的商品，消费者自收到之日起七日内可以无理由退货。",
            next_step="请写{days}或者更多；不适用的商品，在法律规定的例外里选择。",
            basis=("CPL/25",),
            values={"days": str(least_days)},
            field="return_days",
        )
    if set(given.exceptions) - set(exceptions) or not 0 <= given.pays_first_fen <= MOST_FEN:
        return Refusal(
            code="DSP-EXCEPTION",
            what="不适用的商品只能从法律规定的例外里选择，金额要是不小于0的数。",
            next_step="请核对以后再提交。",
            basis=("CPL/25",),
            field="exceptions",
        )
    return None


@cites("EC/58", "CPL/44")
def why_not_booked(
    kind: str, fen: int, *, balance: int, owed: int, has_dispute: bool, on: date, today: date
) -> Refusal | None:
    """Return why a line is not booked, or None. `owed`: paid out for the complaint and not claimed back."""
    if kind not in KINDS or not 0 < fen <= MOST_FEN or on > today or has_dispute != (kind in {"pay_out", "claim_back"}):
        return Refusal(
            code="DSP-FUND-LINE",
            what="这一笔记不上。",
            why="金额要大于0，日期不晚于今天；赔付和追偿要写明是哪一件投诉。",
            next_step="请核对以后再记。",
            field="fen",
        )
    if kind in {"pay_out", "return"} and fen > balance:
        return Refusal(
            code="DSP-FUND-SHORT",
            what="保证金余额不够。",
            why="余额不能小于0。",
            next_step="请店铺先补足，或者平台另行垫付。",
            field="fen",
        )
    if kind == "claim_back" and fen > owed:
        return Refusal(
            code="DSP-FUND-OWED",
            what="追偿的金额多于赔付的。",
            why="只能追偿为这一件投诉赔付了、还没有收回的部分。",
            next_step="请核对金额。",
            basis=("CPL/44",),
            field="fen",
        )
    return None
