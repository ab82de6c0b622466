"""What the verbs of a breach bring about; the course itself is that of every adverse decision."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from chengxin.casework.contracts import Taken
from chengxin.commitments.rules import rectify_by, why_not_break
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Determination
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import refuse_if


def propose(taken: Taken) -> None:
    """Refuse to propose a breach before the notice was served and heard, and the time to make it good is over."""
    determinations.require_heard(taken)
    found = determinations.draft_of(taken)
    assert found.noticed_on is not None  # Heard, so told.
    refuse_if(why_not_break(found.noticed_on, on=legal_day(taken.at), pack=settings.LAW_PACK))


def enter_broken(taken: Taken) -> None:
    """Enter the breach as a record, with the day by which it could have been made good."""
    determinations.enter(taken, also=_rectified_by)


def enter_rectified(taken: Taken) -> None:
    """Enter that the promise was made good in time (已整改): a record of what came of it, and no breach."""
    determinations.enter_settled(taken, also=lambda found: {**_rectified_by(found), "performance": "已整改"})


def _rectified_by(found: Determination) -> Mapping[str, str]:
    assert found.noticed_on is not None
    return {"rectified_by": rectify_by(found.noticed_on, pack=settings.LAW_PACK).isoformat()}
