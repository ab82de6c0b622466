"""Lineage (数据血缘): from a line to its batch, file, persons, times and receipt; nothing personal is opened for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch, Mended, Origin
from chengxin.intake.models import Batch as BatchRow
from chengxin.intake.models import Fix
from chengxin.intake.queries import get_batch, list_batches
from chengxin.intake.supply import PURPOSE, get_source, resource_of
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records import facade as records
from chengxin.records.contracts import Filed

_READER = platform("lineage")


def list_batches_of(actor: Actor, body: str, *, limit: int, offset: int, now: datetime) -> list[Batch]:
    """Return the batches of a source body, newest first, for whoever may read its register."""
    get_source(actor, body, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        return list_batches(body, limit=limit, offset=offset)


def count_batches_of(actor: Actor, body: str, *, now: datetime) -> int:
    """Return how many batches `list_batches_of` has."""
    get_source(actor, body, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        return BatchRow.objects.filter(body=body).count()


def filed_of(actor: Actor, batch_id: UUID, *, limit: int, offset: int, now: datetime) -> tuple[Batch, str, list[Filed]]:
    """Return a batch, the door it came by, and what its lines became, by line."""
    batch, channel = _batch(actor, batch_id, now=now)
    return batch, channel, _filed(batch, limit=limit, offset=offset)


def origin_of(actor: Actor, batch_id: UUID, row: int, *, now: datetime) -> Origin:
    """Return where the record of a line comes from; a line that became none is absent."""
    batch, channel = _batch(actor, batch_id, now=now)
    became = tuple(_filed(batch, row=row, limit=10))
    if not became:
        raise _absent()
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        # The corrected text stays sealed: not even its ciphertext is read.
        mended = Fix.objects.filter(batch_id=batch.id, row=row).exclude(field="").order_by("field")
        cells = tuple(
            Mended(field=field, by=by, at=at) for field, by, at in mended.values_list("field", "fixed_by", "fixed_at")
        )
    return Origin(batch=batch, channel=channel, row=row, mended=cells, became=became)


def _batch(actor: Actor, batch_id: UUID, *, now: datetime) -> tuple[Batch, str]:
    """Return a batch that row security and the decision table both let the actor see."""
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        batch = get_batch(batch_id)
        channel = BatchRow.objects.values_list("channel", flat=True).get(id=batch_id)
    body = access.get_body(batch.body)
    access.require(actor, action="lineage.read", resource=resource_of("batch", body), purpose=PURPOSE, now=now)
    return batch, channel


def _filed(batch: Batch, *, limit: int, offset: int = 0, row: int | None = None) -> list[Filed]:
    """Read what lines became as the platform: an office may see that a record came of a line, not the record."""
    if batch.accepted_at is None:
        return []
    with access.acting_for(_READER, channel=Channel.JOB, purpose=PURPOSE):
        return records.list_filed(batch.id, accepted_at=batch.accepted_at, row=row, limit=limit, offset=offset)


def _absent() -> Refused:
    return Refused(
        Refusal(
            code="ABSENT",
            what="这一行没有成为记录。",
            why="它有疑问、与库中已有的相同，或者文件里没有这一行。",
            next_step="请核对批次和行号。",
        )
    )
