"""May a person show this, and may a code still be opened?"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites
from chengxin.presentations.claims import reasons
from chengxin.presentations.contracts import Presentation, Standing, Wanted

LONGEST: Final = 40
_NUMBER: Final = re.compile(r"\d{7,}")

NOT_OPEN: Final = Refusal(
    code="SHOW-OVER",
    what="这个出示码打不开。",
    why="可能输错了，也可能已经到期、用完或者被本人收回；平台不说明是哪一种。",
    next_step="请向出示的人要一个新的码。",
)


@cites("PIPL/45", "D/presentation-caps")
def why_not_make(
    wanted: Wanted, *, holding: Collection[str], own: Collection[UUID], most_days: int, most_uses: int
) -> Refusal | None:
    """Return why a presentation cannot be made, or None; `holding` are the claims that hold now, `own` the lines."""
    return (
        _why_not_told(wanted)
        or _why_not_chosen(wanted, holding=holding, own=own)
        or _why_not_within(wanted, most_days=most_days, most_uses=most_uses)
    )


def _why_not_told(wanted: Wanted) -> Refusal | None:
    if wanted.reason not in reasons():
        return Refusal(code="SHOW-REASON", what="请选择用途。", field="reason")
    if len(wanted.recipient) > LONGEST or _NUMBER.search(wanted.recipient):
        return Refusal(
            code="SHOW-RECIPIENT",
            what="出示给谁，最多 {most} 个字，不要写号码。",
            field="recipient",
            values={"most": str(LONGEST)},
        )
    return None


def _why_not_chosen(wanted: Wanted, *, holding: Collection[str], own: Collection[UUID]) -> Refusal | None:
    if not (wanted.claims or wanted.record_ids or wanted.is_whole):
        return Refusal(code="SHOW-NOTHING", what="请至少选一项要出示的内容。", field="claims")
    if set(wanted.claims) - set(holding):
        return Refusal(
            code="SHOW-NOT-TRUE",
            what="这一项现在不能证明，不能出示。",
            why="平台只证明此刻成立的内容。",
            field="claims",
        )
    if set(wanted.record_ids) - set(own):
        return Refusal(code="SHOW-ABSENT", what="所选的信息里有一条已经不能出示。", field="record_ids")
    return None


def _why_not_within(wanted: Wanted, *, most_days: int, most_uses: int) -> Refusal | None:
    if not 1 <= wanted.days <= most_days:
        return Refusal(code="SHOW-DAYS", what="有效期最长 {most} 日。", field="days", values={"most": str(most_days)})
    if not 1 <= wanted.uses <= most_uses:
        return Refusal(code="SHOW-USES", what="最多打开 {most} 次。", field="uses", values={"most": str(most_uses)})
    return None


def why_not_open(found: Presentation | None, *, at: datetime) -> Refusal | None:
    """Return why a code opens nothing, or None: unknown and over are answered alike."""
    return None if found is not None and found.standing(at) is Standing.OPEN else NOT_OPEN
