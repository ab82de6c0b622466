"""What ends of letters about honours: their words, some months after the answer."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.honours import models
from chengxin.retention.contracts import Due, Gone


def sweep(due: Due) -> Iterator[Gone]:
    """Empty letters that were answered long enough ago; number, outcome and answer stay."""
    answered = models.Letter.objects.filter(replied_at__lt=due.before).exclude(text="")
    for row in answered.select_for_update().order_by("id")[: due.limit]:
        row.text = ""
        row.save(update_fields=["text"])
        yield Gone(reference=row.number)
