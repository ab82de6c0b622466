"""Versions of the shipped standard and invented figures."""

from __future__ import annotations

from decimal import Decimal

from chengxin.amendments.tests.conftest import files_alone, keepers
from chengxin.intake.tests.conftest import ground
from chengxin.market.tests.conftest import sold, today
from chengxin.reviews.tests.conftest import firm
from chengxin.standards.contracts import Figure, Mark

__all__ = ["files_alone", "firm", "ground", "keepers", "sold", "today"]
CODE = "standard.ecommerce_rating"
FIGURES = {
    "identity.verified": Figure(value=Decimal(100), sample=1),
    "licences.covered": Figure(value=Decimal(75), sample=4),
    "reviews.goods": Figure(value=Decimal("4.34"), sample=30),
    "reviews.service": Figure(value=Decimal(5), sample=29),
    "reviews.delivery": Figure(value=Decimal("4.11"), sample=120),
    "handover.late": Figure(value=Decimal(5), sample=400),
    "complaints.per_10000": Figure(value=Decimal(25), sample=1200),
    "complaints.settled": Figure(value=Decimal(83), sample=12),
    "complaints.answer_days": Figure(value=Decimal(30), sample=12),
}


def printed(marks: tuple[Mark, ...]) -> dict[str, tuple[str, str, int]]:
    """Return level, points and known weight of each dimension."""
    return {
        one.dimension.name: (one.level.title.zh if one.level else "", str(one.points or ""), one.known) for one in marks
    }
