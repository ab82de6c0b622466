"""What ends of an amendment: the words of comments that were not published. Assessments stay with the decision."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.amendments import models
from chengxin.amendments.contracts import Look
from chengxin.retention.contracts import Due, Gone


def sweep(due: Due) -> Iterator[Gone]:
    """Empty hidden comments of amendments that were decided long enough ago."""
    hidden = models.Comment.objects.filter(look=Look.HIDDEN, amendment__decided_at__lt=due.before).exclude(text="")
    for row in hidden.select_for_update(of=("self",)).order_by("id")[: due.limit]:
        row.text, row.name = "", ""
        row.save(update_fields=["text", "name"])
        yield Gone(reference=str(row.id))
