"""Collection over HTTP: registered clients hand in batches and read what became of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Status, UploadedFile
from pydantic import BaseModel, ConfigDict

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.files import facade as files
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch
from chengxin.intake.doors import API
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import reads_english

router = Router(tags=["batches"])
_MOST_ISSUES = 500


class IssueOut(BaseModel):
    """One questioned cell: line in the file, field, code, what happened, what to do, and its articles."""

    model_config = ConfigDict(extra="forbid")

    row: int
    field: str
    title: str
    code: str
    what: str
    next_step: str
    basis: tuple[str, ...]


class BatchOut(BaseModel):
    """One batch and what was found in it; `issues` lists the first 500."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    number: str
    item: str
    item_version: int
    state: str
    encoding: str
    formula_cells: str
    rows: int
    good: int
    questioned: int
    accepted: int
    corrected: int
    repeated: int
    held: int
    published: int
    uploaded_at: datetime
    accepted_at: datetime | None
    receipt: UUID | None
    returned_because: str
    issues: list[IssueOut]


@router.post("", auth=access.client_auth("batch.upload"), response={201: BatchOut}, summary="Hand in a batch")
@no_records
def hand_in(request: HttpRequest, item: Form[str], file: File[UploadedFile]) -> Status[BatchOut]:
    """Take a file for a catalogue item, check every row, and ask for the approval of a second person.

    Send `Idempotency-Key` to make a repeated request answer with the same batch.
    """
    actor, moment = access.actor_of(request), now()
    if file.size is None or file.size > API.bytes:
        raise Refused(
            Refusal(
                code="TOO_LARGE",
                what="文件超过 {most} MB。",
                next_step="请分成几个文件。",
                values={"most": f"{API.bytes / 1e6:.0f}"},
            )
        )
    key = request.headers.get("Idempotency-Key", "")[:80]
    with files.landed(file.chunks()) as path, access.acting_for(actor, channel=Channel.INTAKE, purpose="filing"):
        batch = intake.upload(
            path,
            file_name=file.name or "",
            item_code=item,
            actor=actor,
            now=moment,
            channel="api",
            idempotency_key=key,
        )
        if batch.state == "validated" and batch.good:
            batch = intake.submit(batch.id, actor=actor, now=moment)
        return Status(201, _out(batch))


@router.get("/{batch_id}", auth=access.client_auth("batch.read"), response=BatchOut, summary="Read a batch")
@no_records
def read(request: HttpRequest, batch_id: UUID) -> BatchOut:
    """Answer with the state, the counts and the issues of a batch of the client's own body."""
    actor = access.actor_of(request)
    with access.acting_for(actor, channel=Channel.INTAKE, purpose="filing"):
        return _out(intake.get_batch(batch_id))


def _out(batch: Batch) -> BatchOut:
    item = catalogue.get_item_version(batch.item_code, version=batch.item_version)
    language = "en" if reads_english() else "zh"
    issues = [
        intake.explain(row, field, code, item=item, language=language)
        for row, field, code in intake.list_questioned(batch.id, limit=_MOST_ISSUES)
    ]
    return BatchOut(
        id=batch.id,
        number=batch.number,
        item=batch.item_code,
        item_version=batch.item_version,
        state=batch.state,
        encoding=batch.encoding,
        formula_cells=batch.formula_cells,
        rows=batch.rows,
        good=batch.good,
        questioned=batch.questioned,
        accepted=batch.accepted,
        corrected=batch.corrected,
        repeated=batch.repeated,
        held=batch.held,
        published=batch.published,
        uploaded_at=batch.uploaded_at,
        accepted_at=batch.accepted_at,
        receipt=batch.receipt_id,
        returned_because=batch.returned_because,
        issues=[IssueOut.model_validate(issue, from_attributes=True) for issue in issues],
    )
