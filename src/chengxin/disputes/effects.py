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
