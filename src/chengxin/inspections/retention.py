"""What ends of samples: where the rest for a re-test is kept, and later what was written of purchase and test."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from chengxin.inspections import models
from chengxin.kernel.clock import legal_day
from chengxin.retention.contracts import Due, Gone


def sweep_reserves(due: Due) -> Iterator[Gone]:
    """End the keeping of rests whose last day is over and whose result is final: a re-test under way needs them."""
    over = Q(reserve_until__lt=due.on) & ~Q(result="") & ~Q(reserve="")
    yield from _empty(over, ("reserve",), due)


def sweep_words(due: Due) -> Iterator[Gone]:
    """Empty order and finding of results published long enough ago, and of purchases that never led to a result."""
    assert due.before is not None
    before = legal_day(due.before)
    over = Q(published_on__lt=before) | Q(told_on__isnull=True, bought_on__lt=before)
    yield from _empty(over & ~Q(order="", finding="", reserve=""), ("order", "finding", "reserve"), due)


def _empty(over: Q, columns: tuple[str, ...], due: Due) -> Iterator[Gone]:
    for row in models.Sample.objects.select_for_update().filter(over).order_by("id")[: due.limit]:
        for name in columns:
            setattr(row, name, "")
        row.save(update_fields=list(columns))
        yield Gone(reference=row.result_number or row.case_number)
