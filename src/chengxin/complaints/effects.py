"""What the verbs of a tip ask for beside moving it."""

from __future__ import annotations

from uuid import UUID

from chengxin.casework.contracts import Taken
from chengxin.complaints import models
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites


@cites("PIPL/65")
def require_told(taken: Taken) -> None:
    """Refuse a question or a result that says nothing to who reported."""
    told = models.Entry.objects.filter(tip_id=UUID(taken.case.ref.id), from_office=True, at=taken.at)
    if not told.exists():
        raise Refused(
            Refusal(
                code="TIP-UNTOLD",
                what="请在举报自己的页面办理，并写给举报人。",
                why="处理结果要告知举报人。",
                next_step="打开这件举报，写明答复，再选择办理结果。",
                basis=("PIPL/65",),
            )
        )
