"""What ends of a complaint: every text, paper and contact, with its key; and the account on the shop's page."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from chengxin.casework import facade as casework
from chengxin.disputes import models
from chengxin.retention.contracts import Due, Gone


def sweep(due: Due) -> Iterator[Gone]:
    """Destroy complaints whose case was closed long enough ago; the code finds nothing from then on."""
    kept = models.Dispute.objects.filter(destroyed_at__isnull=True).select_for_update().order_by("id")
    over = casework.closed_before(list(kept.values_list("number", flat=True)), due.before)
    ended = [row for row in kept if row.number in over]
    for row in ended[: due.limit]:
        digests = [*models.Entry.objects.filter(dispute_id=row.id).order_by("place").values_list("digest", flat=True)]
        gone = Gone(reference=row.number, digests=tuple(digest for digest in (*digests, row.contact) if digest))
        row.destroyed_at, row.contact, row.caller_tag, row.public_text, row.public_reply = due.now, "", None, "", ""
        row.save(update_fields=["destroyed_at", "contact", "caller_tag", "public_text", "public_reply"])
        yield gone


def holds(digests: set[str]) -> set[str]:
    """Return which of these files belong to a complaint that is still kept."""
    held = models.Entry.objects.filter(digest__in=digests, dispute__destroyed_at__isnull=True)
    named = models.Dispute.objects.filter(Q(contact__in=digests), destroyed_at__isnull=True)
    return {*held.values_list("digest", flat=True), *named.values_list("contact", flat=True)}
