"""One row that a decision brings (单笔报送): checked like a file of one line, entered for two people."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion
from chengxin.files import facade as files
from chengxin.files.facade import open_sheet
from chengxin.intake.acceptance import enter
from chengxin.intake.actions import plan, upload
from chengxin.intake.contracts import BatchState, Issue, RowCheck
from chengxin.intake.doors import PAGE
from chengxin.intake.issues import explain
from chengxin.intake.queries import get_for_change, list_questioned
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records import facade as records
from chengxin.subjects import facade as subjects

Cells = Mapping[str, str]


def check_row(cells: Cells, *, item_code: str, actor: Actor, now: datetime, language: str = "zh") -> RowCheck:
    """Check one row by field name as acceptance would, and find or make its subject when nothing is wrong with it."""
    item = catalogue.get_item(item_code, on=legal_day(now))
    with files.landed([_sheet(cells, item)]) as path:
        sheet = open_sheet(path, limits=PAGE)
        validator = plan(item, sheet.headings, body=actor.body, now=now)
        (checked,) = [validator.check(block) for block in sheet.blocks]
    found = tuple(
        explain(row["row"], row["field"], row["code"], item=item, language=language)
        for row in checked.issues.iter_rows(named=True)
    )
    if found:
        return RowCheck(issues=found)
    claims = checked.good.select("row", **{name: f"@{name}" for name in ("kind", "id_kind", "number", "name")})
    ((_, subject_id, _, code),) = subjects.resolve_many(claims, now=now, actor=actor).rows()
    if subject_id is None:
        held = Issue(
            row=2,
            field=item.row_key[-1],
            title="",
            code=code,
            what="主体需要人工核对。",
            next_step="请核对姓名和号码。",
        )
        return RowCheck(issues=(held,))
    return RowCheck(issues=(), subject_id=UUID(hex=subject_id))


def file_row(cells: Cells, *, item_code: str, approved_by: str, actor: Actor, now: datetime) -> tuple[UUID, UUID]:
    """Enter one decided row in the running transaction and return its subject and its record.

    `actor` files it and `approved_by` is the other person who decided it; the database wants two. Raises `Refused`
    when the row would be questioned: what a file may not bring, a decision may not bring either.
    """
    item = catalogue.get_item(item_code, on=legal_day(now))
    with files.landed([_sheet(cells, item)]) as path:
        batch = upload(path, file_name="认定.csv", item_code=item_code, actor=actor, now=now, channel="page")
    if batch.questioned:
        _, field, code = list_questioned(batch.id, limit=1)[0]
        raise Refused(_questioned(explain(2, field, code, item=item)))
    row = get_for_change(batch.id, states=(BatchState.VALIDATED,))
    enter(row, actor=actor, approved_by=approved_by, now=now)
    filed = records.list_filed(batch.id, accepted_at=now)
    if not filed:
        raise Refused(
            Refusal(
                code="B-HELD",
                what="这一条没有入库。",
                why="主体需要人工核对，或者同样的记录已经在库。",
                next_step="请先核对主体，再入库。",
            )
        )
    return batch.id, filed[0].record_id


def _sheet(cells: Cells, item: ItemVersion) -> bytes:
    """Write a sheet of one line: every required column, and whatever was filled in."""
    fields = [field for field in item.fields if field.required or cells.get(field.name)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.title.zh for field in fields])
    writer.writerow([cells.get(field.name, "") for field in fields])
    return text.getvalue().encode()


def _questioned(issue: Issue) -> Refusal:
    return Refusal(
        code=issue.code,
        what="“{title}”没有通过检查：{what}",
        next_step="请改正后再试：{next_step}",
        basis=issue.basis,
        field=issue.field,
        values={"title": issue.title, "what": issue.what, "next_step": issue.next_step},
    )
