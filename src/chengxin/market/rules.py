"""What may be filed about a shop, what the register says of it, what covers its goods, what a badge answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number
from chengxin.kernel.refusal import Refusal
from chengxin.kernel.text import fold
from chengxin.law import facade as law
from chengxin.law.facade import Due, cites
from chengxin.market.contracts import (
    BadgeState,
    Category,
    Cover,
    Exemption,
    Filing,
    Licence,
    OnPlatform,
    Promptness,
    Seller,
    Shop,
    Standing,
)

LAW = law.beside(__file__)
STEPS: Final = ("first", "second", "last")
_MINUTE: Final = timedelta(minutes=1)
_HOST: Final = re.compile(r"(?=.{4,120}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_NUMBER: Final = re.compile(r"[A-Za-z0-9._-]{1,40}")
_LONG_DIGITS: Final = re.compile(r"\d{11,}")


def host_of(address: str) -> str:
    """Return the host of an address in lower case, or "" where it is none we take."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host if parts.scheme in {"", "http", "https"} and _HOST.fullmatch(host) else ""


def lies_under(host: str, other: str) -> bool:
    """Tell whether a host is another or below it."""
    return bool(host) and (host == other or host.endswith(f".{other}"))


def stands_under(address: str, host: str) -> bool:
    """Tell whether an address stands on a platform's host or below it."""
    return lies_under(host_of(address), host)


@cites("EC/27", "EC/10", "EC/15")
def why_not_file(filing: Filing, *, host: str, categories: Collection[str], today: date) -> Refusal | None:
    """Return why a platform's filing about a shop is not taken, or None."""
    return (
        _why_not_number(filing)
        or _why_not_sold(filing, categories)
        or (_why_not_operator(filing) if filing.seller is Seller.OPERATOR else _why_not_individual(filing))
        or _why_not_at(filing, host)
        or _why_not_dated(filing, today)
    )


def _why_not_number(filing: Filing) -> Refusal | None:
    if _NUMBER.fullmatch(filing.number) and not _LONG_DIGITS.search(filing.number):
        return None
    return Refusal(
        code="MK-NUMBER",
        what="店铺编号不对。",
        why="编号用字母、数字和 . _ -，最多40位；连续11位以上的数字可能是电话或者证件号码，不收。",
        next_step="请用平台自己的店铺编号。",
        field="number",
    )


def _why_not_sold(filing: Filing, categories: Collection[str]) -> Refusal | None:
    unknown = sorted(set(filing.categories) - set(categories))
    if filing.categories and not unknown:
        return None
    return Refusal(
        code="MK-CATEGORY",
        what="经营类别没有填，或者不在类别表里。",
        why="要什么许可由类别决定。",
        next_step="请从类别表选择：{known}。",
        field="categories",
        values={"known": "、".join(categories)},
    )


def _why_not_operator(filing: Filing) -> Refusal | None:
    fault = check_number(filing.uscc, kind=IdentifierKind.USCC)
    if fault is not NumberFault.NONE:
        return Refusal(
            code=fault.code,
            what="统一社会信用代码不对：{fault}。",
            next_step="请对照营业执照核对。",
            field="uscc",
            values={"fault": fault.message},
        )
    missing = next((field for field, said in (("name", filing.name), ("title", filing.title)) if not said.strip()), "")
    if missing or filing.exemption:
        return Refusal(
            code="MK-OPERATOR",
            what="经营者的名称、店铺名称都要填，免于登记的情形不填。",
            why="办理了登记的经营者按登记信息公示。",
            next_step="请补充以后再报。",
            basis=("EC/15",),
            field=missing or "exemption",
        )
    return None


def _why_not_individual(filing: Filing) -> Refusal | None:
    given = next(
        (
            field
            for field, said in (("uscc", filing.uscc), ("name", filing.name), ("title", filing.title))
            if said.strip()
        ),
        "",
    )
    if given:
        return Refusal(
            code="MK-INDIVIDUAL",
            what="个人卖家不报姓名、店铺名称和号码。",
            why="个人卖家在这里只显示标识，平台不留他的身份；身份由您核验、保存。",
            next_step="请删去这一栏，只报店铺编号、类别和免于登记的情形。",
            basis=("PIPL/6", "EC/10"),
            field=given,
        )
    if filing.exemption in {one.value for one in Exemption}:
        return None
    return Refusal(
        code="MK-EXEMPTION",
        what="没有写明个人卖家为什么不用登记。",
        why="只有自产农副产品、家庭手工业产品、便民劳务和零星小额交易可以不登记。",
        next_step="请填 farm、craft、service 或者 small；都不是的，请提示卖家办理登记。",
        basis=("EC/10", "EC/28"),
        field="exemption",
    )


def _why_not_at(filing: Filing, host: str) -> Refusal | None:
    address = filing.address
    # What identifies an individual may stand in an address too, so of one only the host is kept.
    is_whole = filing.seller is Seller.OPERATOR or host_of(address) == address
    if lies_under(host_of(address), host) and is_whole and len(address) <= 200:
        return None
    return Refusal(
        code="MK-ADDRESS",
        what="店铺的网址不在平台登记的域名下。",
        why="标识只在这个网址上有效；个人卖家只报域名，不报后面的部分。",
        next_step="请填 {host} 或者它下面的网址。",
        field="address",
        values={"host": host},
    )


def _why_not_dated(filing: Filing, today: date) -> Refusal | None:
    days = (("verified_on", filing.verified_on), ("opened_on", filing.opened_on), ("closed_on", filing.closed_on))
    late = next((field for field, on in days if on is not None and on > today), "")
    if not late and (filing.closed_on is None or filing.closed_on >= filing.opened_on):
        return None
    return Refusal(
        code="MK-DAY",
        what="日期不对。",
        why="核验、开店、关店的日期不能晚于今天，关店不能早于开店。",
        next_step="请核对日期。",
        field=late or "closed_on",
    )


@cites("EC/27", "MSD/36")
def standing_of(name: str, *, registered: Sequence[str] | None, is_ceased: bool = False) -> Standing:
    """Say what the register answers to a claimed name; `registered` are the present and former names, None: unknown."""
    if registered is None:
        return Standing.UNKNOWN
    if fold(name) not in {fold(one) for one in registered}:
        return Standing.OTHER_NAME
    return Standing.CEASED if is_ceased else Standing.AGREES


@cites("EC/27", "ZJEC/9")
def verified_until(verified_on: date) -> Due:
    """Count until when a platform must have verified again."""
    return LAW.due("market.reverify", start=verified_on, on=verified_on)


@cites("EC/12", "EC/15")
def cover_of(category: Category, licences: Sequence[Licence], *, on: date) -> Cover:
    """Return what covers a category on a day: of the licences that hold, the one that holds longest."""
    if not category.licences:
        return Cover(category=category.code, is_needed=False)
    holding = [
        one
        for one in licences
        if one.title in category.licences
        and category.content in one.content
        and (one.valid_until is None or on <= one.valid_until)
    ]
    longest = max(holding, key=lambda one: (one.valid_until or date.max, str(one.record_id)), default=None)
    return Cover(category=category.code, is_needed=True, licence=longest)


def reminder_of(valid_until: date | None, *, on: date) -> str:
    """Return which reminder is due (first, second, last), or "": the last one reached, and none after the end."""
    if valid_until is None or on > valid_until:
        return ""
    left = (valid_until - on).days
    days = {step: LAW.value("market.remind", on=on, step=step).number for step in STEPS}
    return min((step for step in STEPS if left <= days[step]), key=lambda step: days[step], default="")


def days_before(step: str, *, on: date) -> int:
    """Return how many days before the end a reminder is due."""
    return LAW.value("market.remind", on=on, step=step).number


@cites("EC/12", "EC/15")
def badge_of(
    shop: Shop, site: str, *, is_covered: bool, is_warned: bool, is_impersonating: bool, on: date
) -> BadgeState:
    """Say what a badge answers to the site that shows it; an unknown site is not taken for the right one.

    `is_covered`: whether every category has the licence it takes; renewed in time, the badge stays as it was.
    `is_warned`: whether a consumer warning about its operator stands.
    `is_impersonating`: whether it was decided that it trades under another's name; a report changes nothing.
    """
    if shop.closed_on is not None and shop.closed_on <= on:
        return BadgeState.CLOSED
    if site and host_of(site) != host_of(shop.address):
        return BadgeState.FOREIGN
    wrong = (
        (is_impersonating, BadgeState.IMPERSONATING),
        (shop.standing not in {Standing.AGREES, Standing.VOUCHED}, BadgeState.UNVERIFIED),
        (is_warned, BadgeState.WARNED),
        (not is_covered, BadgeState.UNCOVERED),
        (shop.is_overdue(on), BadgeState.OVERDUE),
    )
    right = BadgeState.MATCHES if site else BadgeState.UNSAID
    return next((state for is_so, state in wrong if is_so), right)


@cites("SEED2/4.4", "D/market-warning")
def is_lift_late(one: OnPlatform, *, at: datetime) -> bool:
    """Tell whether a platform took, or is taking, longer to lift a warning than it may."""
    if one.ended_at is None:
        return False
    longest = timedelta(hours=LAW.value("market.warning_lift", on=legal_day(one.ended_at)).number)
    return (one.lifted_at or at) - one.ended_at > longest


def promptness_of(platform: str, found: Sequence[OnPlatform], *, at: datetime) -> Promptness:
    """Count how a platform shows warnings and lifts them; medians in whole minutes, of what it answered."""
    standing = [one for one in found if one.ended_at is None]
    ended = [one for one in found if one.ended_at is not None]
    return Promptness(
        platform=platform,
        standing=len(standing),
        shown=sum(one.shown_at is not None for one in standing),
        minutes_to_show=_median_minutes([(one.pushed_at, one.shown_at) for one in found]),
        ended=len(ended),
        lifted=sum(one.lifted_at is not None for one in ended),
        minutes_to_lift=_median_minutes([(one.ended_at, one.lifted_at) for one in found]),
        late=sum(is_lift_late(one, at=at) for one in ended),
    )


def _median_minutes(spans: Sequence[tuple[datetime | None, datetime | None]]) -> int | None:
    """Return the lower median of the spans that have both ends, in whole minutes, or None of none."""
    found = sorted((end - start) // _MINUTE for start, end in spans if start is not None and end is not None)
    return found[(len(found) - 1) // 2] if found else None


def missing_of(covers: Sequence[Cover]) -> tuple[str, ...]:
    """Return the categories that lack a licence."""
    return tuple(one.category for one in covers if one.is_missing)
