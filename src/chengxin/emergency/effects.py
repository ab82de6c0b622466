"""What the verbs of an emergency do beside moving the case."""

from __future__ import annotations

from datetime import timedelta

from chengxin.access import facade as access
from chengxin.casework.contracts import Taken
from chengxin.emergency import models
from chengxin.emergency.rules import LAW
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites


@cites("PIPL/13", "PIPL/18", "D/emergency")
def confirm(taken: Taken) -> None:
    """Let the access begin, for as long as the law's value says and no longer."""
    access.require_fresh_proof(taken.actor)
    minutes = int(LAW.value("emergency.lasts", on=legal_day(taken.at)).number)
    _decide(taken, confirmed_by=taken.actor.key, confirmed_at=taken.at, ends_at=taken.at + timedelta(minutes=minutes))


def refuse(taken: Taken) -> None:
    """Let the access never begin."""
    _decide(taken, refused_at=taken.at)


def _decide(taken: Taken, **said: object) -> None:
    """Write the decision where it may still be made by this officer; else nothing of the step stands."""
    if models.Access.objects.filter(id=taken.case.ref.id).update(**said) != 1:
        raise Refused(Refusal(code="ABSENT", what="没有找到，或者您无权查看。", next_step="请核对编号。"))
