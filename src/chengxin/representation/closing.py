"""Close the registrations that hold no longer, as the platform."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import legal_day
from chengxin.representation import models
from chengxin.representation.applying import PROCEDURE
from chengxin.representation.effects import status_of
from chengxin.representation.handling import HANDLING
from chengxin.representation.queries import mandate_of
from chengxin.representation.rules import is_over

KEEPER: Final = platform("representation")


def close_over(*, now: datetime) -> int:
    """Close the case of each registration that is past its day or whose person is not as its ground asks."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=HANDLING):
        standing = {UUID(case.ref.id): case.id for case in casework.list_open(PROCEDURE)}
        laid = models.Mandate.objects.filter(id__in=standing).order_by("id")
        over = [
            standing[row.id]
            for row in laid
            if is_over(mandate_of(row), status=status_of(row.subject_id), on=legal_day(now))
        ]
    for case_id in over:
        casework.carry_out(case_id, verb="lapse", actor=KEEPER, now=now)
    return len(over)
