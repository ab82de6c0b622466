"""What the answer to an appeal, and a step of a notice, do beside moving the case."""

from __future__ import annotations

from uuid import UUID

from chengxin.casework.contracts import Taken
from chengxin.casework.facade import get_procedure
from chengxin.duties import models
from chengxin.duties.ip_notices import add_step
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused


def lift(taken: Taken) -> None:
    """Lift a measure from today on."""
    row = _other_hand(taken)
    row.lifted_on = legal_day(taken.at)
    row.save(update_fields=["lifted_on"])


def require_another(taken: Taken) -> None:
    """Refuse that whoever decided looks at the appeal."""
    _other_hand(taken)


def note_step(taken: Taken) -> None:
    """Publish the state a notice of an infringed right comes to (EC 44)."""
    state = get_procedure(taken.case.procedure).verbs[taken.verb].to_state
    add_step(UUID(taken.case.ref.id), state, on=legal_day(taken.at), now=taken.at)


def require_addressee(taken: Taken) -> None:
    """Refuse that anybody but the platform that was asked answers."""
    _require_body(taken, "addressee")


def require_asker(taken: Taken) -> None:
    """Refuse that anybody but the authority that asked goes on with what it asked."""
    _require_body(taken, "asker")


def _require_body(taken: Taken, fact: str) -> None:
    if not taken.actor.body or taken.case.facts.get(fact) != taken.actor.body:
        raise Refused(
            Refusal(
                code="DU-OTHER-SIDE",
                what="这一步由对方办理。",
                why="提出要求的一方和被要求的一方各办各的。",
                next_step="请等对方办理，或者办理您这一方的步骤。",
            )
        )


def _other_hand(taken: Taken) -> models.PlatformAction:
    row = models.PlatformAction.objects.select_for_update().get(id=UUID(taken.case.ref.id))
    if row.decided_by == taken.actor.key:
        raise Refused(
            Refusal(
                code="DU-SAME-HAND",
                what="这项措施是您决定的，不能由您审查申诉。",
                why="申诉由没有参与决定的人审查，商家才信得过。",
                next_step="请交给同事办理。",
                basis=("D/platform-appeal",),
            )
        )
    return row
