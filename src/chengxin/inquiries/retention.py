"""What ends of a statutory query: the masked names of whom it named; that it was asked, and each look, stays."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.inquiries import models
from chengxin.law.facade import cites
from chengxin.retention.contracts import Due, Gone


@cites("PIPL/19", "D/paper-retention")
def sweep(due: Due) -> Iterator[Gone]:
    """Empty the masked names of queries that were asked long enough ago."""
    named = models.NamedPerson.objects.exclude(shown="")
    old = models.StatutoryQuery.objects.filter(created_at__lt=due.before, id__in=named.values("query_id"))
    for query in old.order_by("created_at", "id")[: due.limit]:
        named.filter(query_id=query.id).update(shown="")
        yield Gone(reference=query.procedure_number)
