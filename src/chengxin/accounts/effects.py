"""What the verbs about accounts do beside moving their case."""

from __future__ import annotations

from uuid import UUID

from chengxin.access import facade as access
from chengxin.accounts.telling import tell_holder
from chengxin.casework.contracts import Taken
from chengxin.kernel.refusal import Refusal, Refused


def reset(taken: Taken) -> None:
    """Take the second factors of an account away, confirmed by a second person who is not its holder."""
    account_id = UUID(taken.case.ref.id)
    access.require_fresh_proof(taken.actor)
    if taken.actor.key == access.account_key(account_id):
        raise Refused(
            Refusal(
                code="AC-OWN-ACCOUNT",
                what="不能确认重置自己的账户。",
                why="重置要由账户持有人以外的两个人先后核对。",
                next_step="请由另一位管理员办理。",
            )
        )
    access.reset_factors(
        account_id,
        proposed_by=taken.case.proposed_by,
        actor=taken.actor,
        now=taken.at,
        case_number=taken.case.number,
    )
    tell_holder(account_id, text="factor_reset_done", number=taken.case.number, actor=taken.actor, now=taken.at)


def lift(taken: Taken) -> None:
    """Lift what limits the account of whoever appealed."""
    access.lift_restrictions(UUID(taken.case.ref.id), actor=taken.actor, now=taken.at)
