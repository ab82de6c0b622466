"""Decisions that a shop trades under another's name (冒用认定): a badge follows the decision, never a report."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.law.facade import cites
from chengxin.market import models
from chengxin.market.contracts import Impersonation
from chengxin.market.queries import VIEWING


@cites("SEED2/2.1", "D/impersonation")
def note_impersonation(case: Case, shop_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Publish what a case decided of a shop; inside the context of who decided, and refused where none did."""
    models.Impersonation.objects.create(
        id=new_id(now),
        shop_id=shop_id,
        case_id=case.id,
        number=case.number,
        body=actor.body,
        decided_on=legal_day(now),
        decided_by=actor.key,
    )


def end_impersonation(case_id: UUID, *, now: datetime) -> None:
    """Take a decision back; inside the context of the body that decided."""
    models.Impersonation.objects.filter(case_id=case_id, ended_on=None).update(ended_on=legal_day(now))


def find_impersonation(shop_id: UUID) -> Impersonation | None:
    """Return the decision that holds about a shop, or None."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        row = models.Impersonation.objects.filter(shop_id=shop_id, ended_on=None).order_by("id").first()
    if row is None:
        return None
    return Impersonation(id=row.id, number=row.number, shop_id=shop_id, body=row.body, decided_on=row.decided_on)
