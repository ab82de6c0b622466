"""Decide on a batch as the second person: the one door of page, command and demonstration."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.queries import get_batch
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refusal, Refused

PURPOSE = "filing_review"


def decide(batch_id: UUID, *, approves: bool, actor: Actor, now: datetime, reasons: str = "") -> Batch:
    """Approve a batch (通过并入库) or return it with reasons (退回修改), and answer with what became of it.

    Call it outside of `acting_for`. Raises `Refused`: for whom the batch is not there, who handed it in, a batch that
    is not to be decided. After a crash nothing stands and the same call can be made again.
    """
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=PURPOSE):
        case_id = get_batch(batch_id).case_id
    if case_id is None:
        raise Refused(
            Refusal(
                code="B-NOT-SUBMITTED", what="这个批次还没有提交审批。", next_step="请先由经办人在批次页面提交审批。"
            )
        )
    verb = "approve" if approves else "return"
    casework.carry_out(case_id, verb=verb, actor=actor, now=now, reasons=reasons)
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=PURPOSE):
        return get_batch(batch_id)
