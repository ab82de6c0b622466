"""How shops are drawn so that anybody can draw them again, what a plan has to say, and who may inspect."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Final

from chengxin.access.contracts import Body
from chengxin.inspections.contracts import Planned, Purchase, Report
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites

LAW: Final = law.beside(__file__)
MOST: Final = 200
_LINE: Final = "\n"


def population_digest(members: Sequence[str]) -> str:
    """Return the SHA-256 of the shops that could be drawn, one a line, each line ended."""
    return hashlib.sha256("".join(member + _LINE for member in members).encode()).hexdigest()


def seed_digest(seed: str) -> str:
    """Return the SHA-256 of a seed, which binds the draw before the seed is shown."""
    return hashlib.sha256(seed.encode()).hexdigest()


@cites("PQL/15", "D/inspection-draw")
def draw(members: Sequence[str], *, seed: str, size: int) -> list[str]:
    """Return the shops with the smallest SHA-256 of `seed member`, smallest first: no other tool is needed."""
    return sorted(members, key=lambda member: (hashlib.sha256(f"{seed} {member}".encode()).hexdigest(), member))[:size]


@cites("PQL/15")
def why_not_regulator(body: Body) -> Refusal | None:
    """Refuse a body that is no market regulator."""
    if "market" in body.fields_of_work:
        return None
    return Refusal(
        code="IN-NOT-COMPETENT",
        what="您的单位不能组织监督抽查。",
        why="县级以上市场监督管理部门在本行政区域内组织监督抽查。",
        next_step="请由市场监督管理部门办理。",
        basis=("PQL/15",),
    )


def why_not_plan(planned: Planned, *, known: bool, population: int) -> Refusal | None:
    """Refuse a plan without its goods or standard, or that draws more than there are."""
    if not (2 <= len(planned.title.strip()) <= 120 and 2 <= len(planned.standard.strip()) <= 200 and known):
        return _refusal("IN-PLAN", "抽检方案没有写全。", "写明商品、经营类别和检验依据的标准。", "title")
    if bool(planned.shop) and not 2 <= len(planned.reported.strip()) <= 80:
        return _refusal("IN-WHY-SHOP", "指定店铺要有反映。", "写明反映、线索的编号；没有的，请抽签。", "reported")
    if not 1 <= planned.size <= min(MOST, population):
        return Refusal(
            code="IN-SIZE",
            what="样品数不对。",
            why="可以抽的店铺有{population}家，每次最多{most}件。",
            next_step="请减少样品数，或者换一个经营类别。",
            values={"population": str(population), "most": str(MOST)},
            field="size",
        )
    return None


def why_not_bought(purchase: Purchase, *, today: date) -> Refusal | None:
    """Refuse a purchase that is not documented, or of a day that is still to come."""
    is_whole = len(purchase.goods.strip()) >= 2 and bool(purchase.order.strip()) and purchase.paid_fen > 0
    if is_whole and purchase.bought_on <= today:
        return None
    return _refusal("IN-PURCHASE", "买样没有写全。", "写明商品和批次、订单号、付了多少钱、哪一天买的。", "goods")


def why_not_reported(report: Report, *, first: str = "") -> Refusal | None:
    """Refuse a report without its laboratory, with a finding where all was met or none where it was not.

    A re-test is done by another laboratory than the first.
    """
    if len(report.laboratory.strip()) < 2 or report.passed is bool(report.finding.strip()):
        return _refusal("IN-REPORT", "检验报告没有写全。", "写明检验机构；不合格的写明哪一项、要求和实测。", "finding")
    if first and report.laboratory.strip() == first:
        return Refusal(
            code="IN-SAME-LABORATORY",
            what="复检不能由初检的机构做。",
            why="由没有做过初检的机构复检，商家才信得过。",
            next_step="请另选一家检验机构。",
            basis=("D/inspection-retest",),
            field="laboratory",
        )
    return None


@cites("PQL/15")
def retest_until(received_on: date) -> date:
    """Return the last day on which a merchant may ask for a re-test."""
    return LAW.due("inspection.retest", start=received_on, on=received_on).last_day


@cites("PQL/15", "D/inspection-kept")
def reserve_until(received_on: date) -> date:
    """Return the last day on which the sealed rest of a sample is kept; longer while a re-test is not concluded."""
    return LAW.due("inspection.sample_kept", start=received_on, on=received_on).last_day


@cites("CPL/33", "D/inspection-publicity")
def public_until(published_on: date) -> date:
    """Return the last day a result is public."""
    return LAW.due("inspection.publicity", start=published_on, on=published_on).last_day


def _refusal(code: str, what: str, next_step: str, field: str) -> Refusal:
    return Refusal(code=code, what=what, next_step=next_step, field=field)
