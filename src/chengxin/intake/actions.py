"""Hand in, fix and submit a batch. Every function runs inside the context its door has opened."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion
from chengxin.database.facade import Landing, copy_frame
from chengxin.files import facade as files
from chengxin.files.contracts import Sheet
from chengxin.files.facade import open_sheet
from chengxin.intake import fixes
from chengxin.intake.checking import check_sheet
from chengxin.intake.contracts import Batch, BatchState, Checked
from chengxin.intake.doors import BY_CHANNEL
from chengxin.intake.heading import match_headings
from chengxin.intake.models import Batch as BatchRow
from chengxin.intake.models import QuestionedRow
from chengxin.intake.queries import batch_of, find_same_file, find_same_key, get_for_change, wait_for_twin
from chengxin.intake.validation import Validator
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused

_MOST_ISSUES = 200_000
_LONG_NUMBER = re.compile(r"\d{6,}")
_FOUND = Landing("intake_found", {"number": "integer", "field": "text", "code": "text"})


def upload(
    path: Path,
    *,
    file_name: str,
    item_code: str,
    actor: Actor,
    now: datetime,
    channel: str,
    idempotency_key: str = "",
) -> Batch:
    """Take a file in: keep it sealed, check every row, and answer with what was found.

    The same file for the same item, or the same idempotency key, answers with the batch that stands already.
    Raises `Refused` when the file cannot be read, its headings do not fit, or the body may not file the item.
    """
    item = catalogue.get_item(item_code, on=legal_day(now))
    _require(actor, "batch.upload", item_code, now=now)
    digest = files.digest_of(path)
    if standing := _find_twin(actor, item_code, digest, idempotency_key):
        return standing
    sheet = open_sheet(path, limits=BY_CHANNEL[channel])
    validator = plan(item, sheet.headings, body=actor.body, now=now)
    batch_id = new_id(now)
    found = _check_all(sheet, validator, batch_id, actor.body, channel=channel)
    files.keep(path)
    row = BatchRow.objects.create(
        **_filed(item, actor=actor, now=now, channel=channel, idempotency_key=idempotency_key),
        id=batch_id,
        number=f"PC{legal_day(now):%Y%m%d}-{batch_id.hex[-8:].upper()}",
        file_digest=digest,
        file_name=_LONG_NUMBER.sub("…", Path(file_name).name)[:200],
        media=sheet.media,
        encoding=sheet.encoding,
        formula_cells="、".join(sheet.formula_cells),
        size=path.stat().st_size,
        **dict(zip(("rows", "good", "questioned"), found, strict=True)),
    )
    _tell(Kind.FILE, row, actor=actor, now=now, count=row.rows)
    return batch_of(row)


def _find_twin(actor: Actor, item_code: str, digest: str, key: str) -> Batch | None:
    """Return the batch of the same key or file, waiting for one that is handed in at this moment."""
    if key:
        wait_for_twin("key", actor.key, key)
        if standing := find_same_key(actor.key, key):
            return standing
    wait_for_twin("file", actor.body, item_code, digest)
    return find_same_file(actor.body, item_code, digest)


def _filed(item: ItemVersion, *, actor: Actor, now: datetime, channel: str, idempotency_key: str) -> dict[str, Any]:
    """Return what a batch says of who filed it, when, by which door, for which item."""
    return {
        "body": actor.body,
        "item_id": catalogue.item_version_id(item.code, version=item.version),
        "item_code": item.code,
        "state": BatchState.VALIDATED,
        "channel": channel,
        "idempotency_key": idempotency_key,
        "uploaded_by": actor.key,
        "uploaded_at": now,
        "approved_by": "",
        "returned_because": "",
    }


def submit(batch_id: UUID, *, actor: Actor, now: datetime) -> Batch:
    """Ask for the approval of a second person; questioned rows stay behind and can be fixed in the next batch."""
    row = get_for_change(batch_id, states=(BatchState.VALIDATED,))
    _require(actor, "batch.upload", row.item_code, now=now)
    if row.good == 0:
        raise Refused(
            Refusal(code="B-NOTHING", what="这个批次没有可以入库的行。", next_step="请先改正疑问数据，或重新上传文件。")
        )
    case = casework.open_case(
        "batch_approval",
        ref=Ref(kind="batch", id=str(row.id)),
        body=row.body,
        opened_by=actor,
        facts={"number": row.number, "item": row.item_code, "rows": row.rows, "good": row.good},
        now=now,
    )
    row.state, row.case_id = BatchState.SUBMITTED, case.id
    row.save(update_fields=["state", "case_id"])
    return batch_of(row)


def fix_cell(batch_id: UUID, *, row: int, field: str, text: str, actor: Actor, now: datetime) -> Batch:
    """Correct one cell of a questioned row and check the batch again."""
    batch = get_for_change(batch_id, states=(BatchState.VALIDATED, BatchState.RETURNED))
    _require(actor, "row.fix", batch.item_code, now=now)
    fixes.keep(batch, row=row, field=field, text=text, actor=actor, now=now)
    return check_again(batch, now=now)


def drop_row(batch_id: UUID, *, row: int, actor: Actor, now: datetime) -> Batch:
    """Leave a row out of the batch; the file keeps it, acceptance passes it over."""
    batch = get_for_change(batch_id, states=(BatchState.VALIDATED, BatchState.RETURNED))
    _require(actor, "row.fix", batch.item_code, now=now)
    fixes.drop(batch, row=row, actor=actor, now=now)
    return check_again(batch, now=now)


def check_again(batch: BatchRow, *, now: datetime) -> Batch:
    """Read the kept file again with the fixes applied, and write what is questioned now."""
    item = catalogue.get_item_version(batch.item_code, version=batch.item.version)
    with files.opened(batch.file_digest, unlock=audit.unlock) as path:
        sheet = open_sheet(path, limits=BY_CHANNEL[batch.channel])
        validator = plan(item, sheet.headings, body=batch.body, now=now, batch_id=batch.id)
        QuestionedRow.objects.filter(batch_id=batch.id).delete()
        batch.rows, batch.good, batch.questioned = _check_all(
            sheet, validator, batch.id, batch.body, channel=batch.channel
        )
    batch.state = BatchState.VALIDATED
    batch.save(update_fields=["rows", "good", "questioned", "state"])
    return batch_of(batch)


def plan(
    item: ItemVersion, headings: tuple[str, ...], *, body: str, now: datetime, batch_id: UUID | None = None
) -> Validator:
    """Return the validator of a sheet for an item, with the fixes of a batch if it has some."""
    cells, dropped = fixes.of(batch_id) if batch_id else ({}, frozenset())
    return Validator(
        item,
        match_headings(headings, item),
        on=legal_day(now),
        body=access.get_body(body).uscc,
        demo=settings.DEMO,
        fixes=cells,
        dropped=dropped,
    )


def _check_all(sheet: Sheet, validator: Validator, batch_id: UUID, body: str, *, channel: str) -> tuple[int, int, int]:
    """Check every block, keep its issues, and return how many rows there are, pass, and are questioned."""
    rows = good = questioned = kept = 0
    with connection.cursor() as cursor:
        for checked in check_sheet(sheet, validator, limits=BY_CHANNEL[channel]):
            rows, good = rows + checked.rows, good + checked.good_rows
            questioned += checked.issues["row"].n_unique()
            if checked.issues.height and kept < _MOST_ISSUES:
                kept += _keep_issues(cursor, checked, batch_id, body)
    return rows, good, questioned


def _keep_issues(cursor: CursorWrapper, checked: Checked, batch_id: UUID, body: str) -> int:
    issues = checked.issues.unique().head(_MOST_ISSUES)
    copy_frame(cursor, issues.select(pl.col("row").alias("number"), "field", "code"), into=_FOUND)
    cursor.execute(
        "insert into intake_questioned_row (batch_id, row, field, code, body)"
        " select %s, number, field, code, %s from pg_temp.intake_found on conflict do nothing",
        [batch_id, body],
    )
    return issues.height


def _require(actor: Actor, action: str, item_code: str, *, now: datetime) -> None:
    access.require(
        actor,
        action=action,
        resource=Resource(
            kind="batch",
            body=actor.body,
            item_code=item_code,
            source_bodies=access.source_bodies(item_code, on=legal_day(now)),
        ),
        purpose="filing",
        now=now,
    )


def _tell(kind: Kind, row: BatchRow, *, actor: Actor, now: datetime, count: int) -> None:
    audit.record_event(
        Event(
            kind=kind,
            actor=actor,
            at=now,
            purpose="filing",
            channel="intake",
            categories=(row.item_code,),
            reference=row.number,
            count=count,
        )
    )
