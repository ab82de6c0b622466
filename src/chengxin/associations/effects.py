"""What the verbs of an act bring about: heard before decided, and a third person looks at an appeal."""

from __future__ import annotations

from uuid import UUID

from chengxin.associations import models
from chengxin.associations.rules import why_not_third
from chengxin.casework.contracts import Taken
from chengxin.determinations import facade as determinations
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import refuse_if

EXPULSION = "expulsion"


def decide(taken: Taken) -> None:
    """Decide an act once its member had the time to be heard; an expulsion ends the membership."""
    row, on = _locked(taken), legal_day(taken.at)
    determinations.require_heard_since(legal_day(taken.case.opened_at), taken)
    row.decided_on, row.decided_by = on, taken.actor.key
    row.save(update_fields=["decided_on", "decided_by"])
    if row.kind == EXPULSION:
        models.Member.objects.filter(id=row.member_id, left_on__isnull=True).update(left_on=on)


def lift(taken: Taken) -> None:
    """Lift an act from today on; who was expelled joins anew."""
    row = _third_hand(taken)
    row.lifted_on = legal_day(taken.at)
    row.save(update_fields=["lifted_on"])


def require_third(taken: Taken) -> None:
    """Refuse that whoever proposed or decided looks at the appeal."""
    _third_hand(taken)


def _third_hand(taken: Taken) -> models.Act:
    row = _locked(taken)
    refuse_if(why_not_third(taken.actor.key, proposed_by=row.proposed_by, decided_by=row.decided_by))
    return row


def _locked(taken: Taken) -> models.Act:
    return models.Act.objects.select_for_update().get(id=UUID(taken.case.ref.id))
