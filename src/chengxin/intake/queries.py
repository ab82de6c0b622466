"""Read batches and what is questioned in them; row security shows a body only its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from chengxin.intake.contracts import Batch, BatchState, Quality
from chengxin.intake.models import Batch as BatchRow
from chengxin.intake.models import QuestionedRow
from chengxin.kernel.clock import start_of
from chengxin.kernel.refusal import Refusal, Refused


def get_batch(batch_id: UUID) -> Batch:
    """Return a batch, or refuse as if it did not exist."""
    row = _rows().filter(id=batch_id).first()
    if row is None:
        raise _absent()
    return batch_of(row)


def list_batches(body: str, *, limit: int = 50, offset: int = 0) -> list[Batch]:
    """Return a body's batches, newest first."""
    rows = _rows().filter(body=body).order_by("-id")
    return [batch_of(row) for row in rows[offset : offset + limit]]


def count_batches(body: str) -> int:
    """Return how many batches a body has handed in."""
    return BatchRow.objects.filter(body=body).count()


def get_for_change(batch_id: UUID, *, states: Sequence[BatchState]) -> BatchRow:
    """Lock a batch that is in one of the states, or refuse."""
    row = _rows().select_for_update(of=("self",)).filter(id=batch_id).first()
    if row is None:
        raise _absent()
    if row.state not in states:
        raise Refused(
            Refusal(
                code="B-STATE", what="这个批次现在不能这样处理。", why="它的状态已经变了。", next_step="请刷新页面。"
            )
        )
    return row


def wait_for_twin(*marks: str) -> None:
    """Wait until nobody else hands in what bears these marks; from here to the end of the transaction we do."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", ["intake " + " ".join(marks)])


def find_same_key(uploaded_by: str, key: str) -> Batch | None:
    """Return the batch that came with this idempotency key, if one did."""
    row = _rows().filter(uploaded_by=uploaded_by, idempotency_key=key).first()
    return batch_of(row) if key and row else None


def find_same_file(body: str, item_code: str, digest: str) -> Batch | None:
    """Return the live batch of the same file, if it was handed in before."""
    rows = _rows().filter(body=body, item_code=item_code, file_digest=digest)
    row = rows.exclude(state=BatchState.RETURNED).first()
    return batch_of(row) if row else None


def list_questioned(batch_id: UUID, *, limit: int = 200, offset: int = 0) -> list[tuple[int, str, str]]:
    """Return (line, field, code) of the issues of a batch, by line."""
    found = QuestionedRow.objects.filter(batch_id=batch_id).order_by("row", "field", "code")
    return list(found.values_list("row", "field", "code")[offset : offset + limit])


def file_digest_of(batch_id: UUID) -> str:
    """Return the digest under which a batch's file is kept."""
    return BatchRow.objects.values_list("file_digest", flat=True).get(id=batch_id)


def count_issues(batch_id: UUID) -> list[tuple[str, int]]:
    """Return how often each issue code occurs in a batch, the most frequent first."""
    found = QuestionedRow.objects.filter(batch_id=batch_id).values("code").annotate(times=Count("row"))
    return [(row["code"], row["times"]) for row in found.order_by("-times", "code")]


def quality_of(body: str, *, since: date, until: date) -> Quality:
    """Return the filing quality of a body in [since, until): acceptance, linkage, timeliness."""
    batches = BatchRow.objects.filter(
        body=body, uploaded_at__gte=start_of(since), uploaded_at__lt=start_of(until)
    ).exclude(state=BatchState.RETURNED)
    sums = batches.aggregate(
        *(
            Sum(name, default=0)
            for name in ("rows", "accepted", "corrected", "repeated", "questioned", "linked", "late")
        ),
        batches=Count("id"),
    )
    codes = QuestionedRow.objects.filter(batch_id__in=batches.values("id")).values("code").annotate(times=Count("row"))
    return Quality(
        body=body,
        batches=sums["batches"],
        rows=sums["rows__sum"],
        accepted=sums["accepted__sum"] + sums["corrected__sum"] + sums["repeated__sum"],
        questioned=sums["questioned__sum"],
        linked=sums["linked__sum"],
        late=sums["late__sum"],
        since=since,
        until=until,
        by_code=tuple((row["code"], row["times"]) for row in codes.order_by("-times", "code")),
    )


def _rows() -> QuerySet[BatchRow]:
    """Return the batches, each with the number of its item version and without the whole of its definition."""
    return BatchRow.objects.select_related("item").defer("item__definition")


def batch_of(row: BatchRow) -> Batch:
    """Return a batch as other packages see it."""
    return Batch(
        id=row.id,
        number=row.number,
        body=row.body,
        item_code=row.item_code,
        item_version=row.item.version,
        state=BatchState(row.state),
        file_name=row.file_name,
        media=row.media,
        encoding=row.encoding,
        formula_cells=row.formula_cells,
        size=row.size,
        rows=row.rows,
        good=row.good,
        questioned=row.questioned,
        accepted=row.accepted,
        corrected=row.corrected,
        repeated=row.repeated,
        held=row.held,
        linked=row.linked,
        late=row.late,
        published=row.published,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        approved_by=row.approved_by,
        accepted_at=row.accepted_at,
        case_id=row.case_id,
        receipt_id=row.receipt_id,
        returned_because=row.returned_because,
    )


def _absent() -> Refused:
    return Refused(Refusal(code="ABSENT", what="没有这个批次。", next_step="请核对编号。"))
