"""Special campaigns (专项行动): targets by evidence, results counted for everybody, the cleared beside the decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Taken
from chengxin.database.contracts import Channel
from chengxin.duties.contracts import Campaign
from chengxin.duties.sheets import HANDLING
from chengxin.kernel.actor import platform
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites

_NUMBER: Final = re.compile(r"[^\s，。；、,;:：]{2,16}[〔\[（(]\d{4}[〕\]）)][^\s，。；、,;:：]{1,12}")
_COUNTER: Final = platform("campaigns")


@cites("SEED2/5.4", "D/campaign")
def require_document(taken: Taken) -> None:
    """Refuse a decision that is not the number of its document, and nothing else: that number is published."""
    if _NUMBER.fullmatch(taken.reasons.strip()):
        return
    raise Refused(
        Refusal(
            code="DU-NO-DECISION",
            what="理由一栏请只填决定文书的文号。",
            why="文号会公开，别的内容不公开；没有文书的决定不能登记。",
            next_step="例如 云市监罚〔2026〕12号。",
            basis=("SEED2/5.4",),
            field="reasons",
        )
    )


def list_campaigns() -> list[Campaign]:
    """Return the special campaigns with their counts, the newest first; the platform counts, for everybody."""
    with access.acting_for(_COUNTER, channel=Channel.JOB, purpose=HANDLING):
        found = casework.list_of("campaign", limit=50)
        return [_campaign(one, casework.list_about("campaign_target", ref_id=one.number)) for one in found]


def _campaign(case: Case, targets: list[Case]) -> Campaign:
    said = case.facts["answers"]
    assert isinstance(said, Mapping)
    return Campaign(
        number=case.number,
        body=str(case.facts["asker"]),
        title=str(said["name"]),
        document=str(said["document"]),
        first_day=date.fromisoformat(said["first_day"]),
        last_day=date.fromisoformat(said["last_day"]),
        counts=Counter(one.state for one in targets),
        documents=tuple(_document(one) for one in targets if one.state == "decided"),
    )


def _document(case: Case) -> str:
    steps = casework.timeline(case.id, actor=_COUNTER)
    return next(step.reasons for step in steps if step.verb == "decide")
