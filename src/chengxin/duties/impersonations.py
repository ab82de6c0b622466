"""Findings that a shop impersonates (冒用认定): proposed on a document, explained, decided by a second officer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Taken
from chengxin.database.contracts import Channel
from chengxin.duties.contracts import Referral
from chengxin.duties.effects import require_asker
from chengxin.duties.sheets import HANDLING
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites
from chengxin.market import facade as market

REFERRAL: Final = "impersonation"
COUNTED: Final = ("received", "answered", "decided", "lifted", "cleared", "closed")
_COUNTER: Final = platform("referrals")


def propose(taken: Taken) -> None:
    """Refuse a finding about no shop of a platform: there is no badge that could answer."""
    require_asker(taken)
    if "shop" not in taken.case.facts:
        raise Refused(
            Refusal(
                code="DU-NO-SHOP",
                what="这件移送不是关于平台上的店铺，不能在这里认定。",
                why="标识只跟着登记的店铺走；其他网站由负责的部门处理。",
                next_step="请等负责的部门答复。",
            )
        )


@cites("EC/27", "D/impersonation")
def confirm(taken: Taken) -> None:
    """Publish the finding, once the shop explained or had the days to."""
    require_asker(taken)
    until = casework.heard_until(taken, key="duty.impersonation_reply", state="proposed")
    if until is not None:
        raise Refused(
            Refusal(
                code="DU-NOT-HEARD",
                what="店铺说明的期限还没有过。",
                why="认定以前先听当事人说明。",
                next_step="请在店铺说明以后，或者{until}以后再认定。",
                basis=("D/impersonation",),
                retry_on=until,
                values={"until": until},
            )
        )
    market.note_impersonation(taken.case, UUID(str(taken.case.facts["shop"])), actor=taken.actor, now=taken.at)


def lift(taken: Taken) -> None:
    """Take the finding back; page and badge are as before."""
    require_asker(taken)
    market.end_impersonation(taken.case.id, now=taken.at)


def referrals_of(source: str) -> list[Referral]:
    """Return what was referred on the ground of one thing, such as a tip; the platform asks, for who told it."""
    with access.acting_for(_COUNTER, channel=Channel.JOB, purpose=HANDLING):
        return [_referral(case) for case in casework.list_about(REFERRAL, ref_id=source)]


def count_referrals() -> Mapping[str, int]:
    """Return how many impersonations were referred, and how many stand where: numbers only, for everybody."""
    with access.acting_for(_COUNTER, channel=Channel.JOB, purpose=HANDLING):
        return Counter(casework.count_states(REFERRAL))


def _referral(case: Case) -> Referral:
    steps = casework.timeline(case.id, actor=_COUNTER)
    received = next((legal_day(step.at) for step in steps if step.verb == "receive"), None)
    return Referral(
        number=case.number,
        addressee=str(case.facts["addressee"]),
        state=case.state,
        sent_on=legal_day(steps[0].at),
        received_on=received,
    )
