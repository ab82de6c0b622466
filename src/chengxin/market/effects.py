"""What the verbs of a gap do beside moving it."""

from __future__ import annotations

from uuid import UUID

from chengxin.casework.contracts import Taken
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.market import models
from chengxin.market.queries import facts_of, shop_of
from chengxin.market.rules import missing_of


def stop_selling(taken: Taken) -> None:
    """Take the categories that lack a licence out of a shop; a shop that sells nothing else is closed."""
    row = _shop(taken)
    # What the case was opened for: a platform's staff sees no record of an operator, so it could not look again.
    lacking = taken.case.facts["categories"]
    assert isinstance(lacking, list)
    kept = [code for code in row.categories if code not in lacking]
    if kept:
        row.categories = kept
    else:
        row.closed_on = max(legal_day(taken.at), row.opened_on)
    row.save(update_fields=["categories", "closed_on"])


def require_covered(taken: Taken) -> None:
    """Refuse to end a gap as covered while no licence is there."""
    if missing_of(facts_of(shop_of(_shop(taken)), now=taken.at).covers):
        raise Refused(
            Refusal(
                code="MK-STILL-MISSING",
                what="还没有查到有效的许可。",
                why="许可由发证机关报送；报送以后这里会自动办结。",
                next_step="请等发证机关报送，或者停止销售这一类商品。",
                basis=("EC/12",),
            )
        )


def _shop(taken: Taken) -> models.Shop:
    return models.Shop.objects.select_for_update().get(id=UUID(taken.case.ref.id))
