"""What ends of a case: its papers, with their keys, and words to colleagues; its steps stay, with digests."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.casework import models
from chengxin.casework.queries import papers_of
from chengxin.retention.contracts import Due, Gone
from chengxin.retention.facade import undestroyed

KIND = "case_paper"


def sweep(due: Due) -> Iterator[Gone]:
    """Name cases with papers that were closed long enough ago; what colleagues wrote to each other is emptied."""
    with_papers = models.Step.objects.exclude(evidence=[], note="").values("case_id")
    ended = models.Case.objects.filter(is_closed=True, closed_at__lt=due.before, id__in=with_papers)
    for row in undestroyed(ended, kind=KIND, by="number").order_by("closed_at", "id")[: due.limit]:
        models.Step.objects.filter(case_id=row.id).exclude(note="").update(note="")
        yield Gone(reference=row.number, subject_id=row.subject_id, digests=papers_of(row.id))


def holds(digests: set[str]) -> set[str]:
    """Return which of these files are papers of a case that still keeps them."""
    kept = undestroyed(models.Case.objects.all(), kind=KIND, by="number").values("id")
    steps = models.Step.objects.filter(evidence__overlap=sorted(digests), case_id__in=kept)
    return {digest for papers in steps.values_list("evidence", flat=True) for digest in papers} & digests
