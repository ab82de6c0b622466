"""Who enters a courier company, what of it is asked, what an inspection's words say."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from typing import Final

from chengxin.couriers.contracts import Branch, Checks, Entry, Fact, Outcome
from chengxin.couriers.standards import classes, regulator
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites

LAW = law.beside(__file__)
Z_80: Final = 1.2815515655446004
LONGEST: Final = 80

NO_AUTHORITY_OF_PAYMENT: Final = Refusal(
    code="CO-AUTHORITY",
    what="支付机构由人民银行的分支机构登记和公布。",
    why="电子支付服务提供者由国家规定的部门监督管理，别的单位不登记。",
    next_step="请所在地的人民银行分支机构办理。",
    basis=("EC/53",),
)
NO_AUTHORITY: Final = Refusal(
    code="CO-AUTHORITY",
    what="寄递企业由邮政管理部门登记和公布。",
    why="取得快递业务经营许可的企业名单，由邮政管理部门向社会公布并及时更新。",
    next_step="请所在地的邮政管理部门办理。",
    basis=("KD/17",),
)
UNKNOWN: Final = Refusal(
    code="CO-UNKNOWN",
    what="登记信息里没有这个统一社会信用代码。",
    why="寄递企业要对得上登记的市场主体。",
    next_step="请核对代码；登记部门还没有报送的，等报送以后再登记。",
    field="uscc",
)
ABSENT: Final = Refusal(code="ABSENT", what="没有找到这家寄递企业。", next_step="请核对网址，或者从寄递企业名单进入。")


def why_not_authority(kind: str, *, fields: Iterable[str]) -> Refusal | None:
    """Return why a body does not enter companies of a class, or None: another authority keeps them."""
    if classes()[kind].field in set(fields):
        return None
    return NO_AUTHORITY if kind == "courier" else NO_AUTHORITY_OF_PAYMENT


@cites("KD/17")
def why_not_enter(entry: Entry, *, taken: Iterable[str]) -> Refusal | None:
    """Return why a company is not entered, or None. `taken`: names on waybills that other companies have."""
    names = [name.strip() for name in entry.names]
    if not names or not all(1 <= len(name) <= LONGEST for name in names):
        return Refusal(
            code="CO-NAMES",
            what="要写明企业在运单上的名称，每个最多80字。",
            why="平台报送的运单和评价，靠这个名称对上企业。",
            next_step="请照运单上的写法填写，可以写几个。",
            field="names",
        )
    if set(names) & set(taken):
        return Refusal(
            code="CO-NAME-TAKEN",
            what="这个运单名称已经属于另一家企业。",
            why="一个名称只能对上一家企业，否则评价和时效会算错。",
            next_step="共用商标、字号的，请用运单上能够分开的写法。",
            basis=("KD/19",),
            field="names",
        )
    return None


@cites("KD/18", "CC/203¶1")
def is_late(branch: Branch) -> bool:
    """Tell whether a branch was filed after its last day, which rolls over rest days; what no text covers is not."""
    if LAW.find("courier.branch", on=branch.filed_on) is None:
        return False
    return branch.filed_on > LAW.due("courier.branch", start=branch.opened_on, on=branch.filed_on).last_day


def outcome_of(words: str) -> Outcome:
    """Return what the words of an inspection say, or that they say neither; unknown is not failed."""
    known = regulator()
    # "未发现问题" holds the words of its contrary, so what is clean is taken out first.
    rest = words
    for clean in sorted(known.clean, key=len, reverse=True):
        if clean in words and not any(found.endswith(clean) and found in words for found in known.found):
            rest = rest.replace(clean, "")
    if any(found in rest for found in known.found):
        return Outcome.FOUND
    return Outcome.CLEAN if rest != words else Outcome.UNSAID


def is_marking(fact: Fact) -> bool:
    """Tell whether a fact marks a company: a penalty, a listing; of inspections only one that found something."""
    if fact.item == "licence":
        return False
    return fact.item != "inspection_result" or fact.outcome is Outcome.FOUND


@cites("KD/8", "D/courier-voices")
def checks_of(outcomes: Iterable[Outcome]) -> Checks:
    """Return how many inspections found something; the share, with a Wilson interval of 80 %, above the floor."""
    every = list(outcomes)
    clean, found = every.count(Outcome.CLEAN), every.count(Outcome.FOUND)
    plain = Checks(clean=clean, found=found, unsaid=every.count(Outcome.UNSAID))
    n = clean + found
    if n < regulator().floor:
        return plain
    share, square = found / n, Z_80 * Z_80
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z_80 * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return Checks(clean=clean, found=found, unsaid=plain.unsaid, share=share, low=middle - half, high=middle + half)
