"""What ends of a tip: every text, paper and identity, with its key."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from chengxin.casework import facade as casework
from chengxin.complaints import models
from chengxin.retention.contracts import Due, Gone


def sweep(due: Due) -> Iterator[Gone]:
    """Destroy tips whose case was closed long enough ago; the reporter's code finds nothing from then on."""
    kept = models.Tip.objects.filter(destroyed_at__isnull=True).select_for_update().order_by("id")
    over = casework.closed_before(list(kept.values_list("number", flat=True)), due.before)
    ended = [row for row in kept if row.number in over]
    for row in ended[: due.limit]:
        digests = [*models.Entry.objects.filter(tip_id=row.id).order_by("place").values_list("digest", flat=True)]
        gone = Gone(reference=row.number, digests=tuple(digest for digest in (*digests, row.identity) if digest))
        row.destroyed_at, row.identity, row.caller_tag = due.now, "", None
        row.save(update_fields=["destroyed_at", "identity", "caller_tag"])
        yield gone


def holds(digests: set[str]) -> set[str]:
    """Return which of these files belong to a tip that is still kept."""
    held = models.Entry.objects.filter(digest__in=digests, tip__destroyed_at__isnull=True)
    named = models.Tip.objects.filter(Q(identity__in=digests), destroyed_at__isnull=True)
    return {*held.values_list("digest", flat=True), *named.values_list("identity", flat=True)}
