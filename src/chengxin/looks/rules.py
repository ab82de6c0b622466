"""May a person challenge this look? May a body have one withheld, and for how long?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from chengxin.audit.contracts import Kind, Look
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites
from chengxin.looks.contracts import RestrictionGround, Withholding

LOOKING: Final = frozenset({Kind.DISCLOSE, Kind.SEARCH, Kind.VERIFY, Kind.REPORT, Kind.CANDIDATE, Kind.EMERGENCY})
"""Kinds by which somebody learns something of a person; all others are acts with a remedy of their own."""
TAKEN_BACK: Final = "taken_back"


@cites("PIPL/44", "PIPL/50")
def why_not_challenge(look: Look, *, states: Collection[str] = ()) -> Refusal | None:
    """Return why a look cannot be challenged, or None; `states` are those of its challenges so far."""
    if look.is_own:
        return Refusal(
            code="LOOK-OWN",
            what="这是您本人的查看。",
            next_step="如果不是您本人操作的，请立即修改密码，并拨打平台电话。",
        )
    if look.kind not in LOOKING:
        return Refusal(
            code="LOOK-ACT",
            what="这是一次办理，不是查询。",
            next_step="对内容有异议的，请在“我的信用”里对那一条提出异议。",
        )
    if not look.body:
        return Refusal(
            code="LOOK-NOBODY",
            what="这次查看不是哪个单位作出的，没有单位可以说明。",
            next_step="请拨打平台电话，由平台运行单位答复您。",
        )
    if set(states) - {TAKEN_BACK}:
        return Refusal(
            code="LOOK-ALREADY",
            what="您已经对这次查询提出过。",
            next_step="进展和结果就在这次查询的页面上。",
        )
    return None


@cites("PIPL/18", "PIPL/35", "D/look-restriction")
def why_not_withhold(
    asked: Withholding, *, ground: RestrictionGround | None, longest: int, is_organ: bool, on: date
) -> Refusal | None:
    """Return why a look may not be withheld, or None; `longest` is the cap of the ground in days."""
    if not is_organ:
        return Refusal(
            code="LOOK-HIDE-ORGAN",
            what="只有履行法定职责的机关可以登记暂不显示。",
            why="按授权查询的机构，每次查看都要让本人看到。",
            basis=("PIPL/35",),
        )
    if ground is None:
        return Refusal(
            code="LOOK-HIDE-GROUND",
            what="请选择法定理由。",
            why="没有法定理由的，每次查看都要让本人看到。",
            field="ground",
            basis=("PIPL/18", "PIPL/35"),
        )
    if ground.needs_article and not asked.article.strip():
        return Refusal(
            code="LOOK-HIDE-ARTICLE",
            what="请写明哪部法律、行政法规的哪一条规定应当保密或者不需要告知。",
            field="article",
            basis=ground.basis,
        )
    if not asked.reference.strip():
        return Refusal(code="LOOK-HIDE-CASE", what="请填写案件编号，和查看时登记的一致。", field="reference")
    if not on < asked.ends_on <= on + timedelta(days=longest):
        return Refusal(
            code="LOOK-HIDE-END",
            what="截止日要在明天以后，最长{longest}日。",
            why="每次暂不显示都要有期限，期满自动显示，不能延长。",
            next_step="请改截止日。",
            field="ends_on",
            values={"longest": str(longest)},
        )
    return None


def may_be_withheld(look: Look) -> bool:
    """Tell whether a look can be withheld at all: one of staff, of which the person was not told by another way.

    A query by consent or statute stands among the person's authorisations, so keeping its line back would hide nothing.
    """
    return look.kind in LOOKING and not look.is_own and look.channel != "query"
