"""What the verbs of a complaint ask for beside moving it."""

from __future__ import annotations

from uuid import UUID

from chengxin.casework.contracts import Taken
from chengxin.disputes import models
from chengxin.kernel.refusal import Refusal, Refused


def require_terms(taken: Taken) -> None:
    """Refuse an answer, an agreement or a payment that does not say what, how much and when."""
    said = models.Terms.objects.filter(dispute_id=UUID(taken.case.ref.id), actor_key=taken.actor.key, at=taken.at)
    if not said.exists():
        raise Refused(
            Refusal(
                code="DSP-UNSAID",
                what="请在投诉自己的页面办理，写明怎样处理、多少钱、哪一天。",
                why="投诉人要看到同样的内容。",
                next_step="打开这件投诉，填写处理办法以后提交。",
                basis=("EC/59",),
            )
        )


def require_company(taken: Taken) -> None:
    """Refuse that the authority answers in the company's place; the company says what it did."""
    if taken.actor.body and taken.actor.body == taken.case.facts.get("authority"):
        raise Refused(
            Refusal(
                code="DSP-NOT-THE-COMPANY",
                what="这一步由寄递企业自己办理。",
                why="企业先处理并告知用户，邮政管理部门办理以后的申诉。",
                next_step="请等企业答复；到期没有告知的，自动转给您的单位。",
                basis=("KD/28",),
            )
        )
    require_terms(taken)
