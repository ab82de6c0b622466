"""May a person challenge this look, and to whom does it go?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from chengxin.audit.contracts import Kind, Look
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites

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
