"""The source's correction of a line under objection: one line through the same checks as every file (归集)."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import orjson

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Field, FieldType, FieldUse, ItemVersion
from chengxin.database.contracts import Channel as Door
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.objections import models
from chengxin.objections.actions import PURPOSE
from chengxin.objections.content import open_content

_FIXED = {
    *(FieldUse.SUBJECT_NAME, FieldUse.SUBJECT_KIND, FieldUse.SUBJECT_USCC, FieldUse.SUBJECT_ID_TYPE),
    *(FieldUse.SUBJECT_ID_NO, FieldUse.BODY_CODE, FieldUse.BODY_NAME, FieldUse.PROVENANCE),
}


def get_line(actor: Actor, case_id: UUID, *, now: datetime) -> tuple[Case, ItemVersion, dict[str, str]]:
    """Return a case with its item and the line as it would be filed, cell by cell."""
    content = open_content(actor, case_id, now=now)
    item = catalogue.get_item(content.record.item_code, on=now.date())
    return content.case, item, _cells(item, content.fields)


def may_change(field: Field, item: ItemVersion) -> bool:
    """Tell whether a correction may change a field: not whom the line is about, nor what tells it from others."""
    return field.use not in _FIXED and field.name not in item.row_key


def propose(
    actor: Actor,
    case_id: UUID,
    *,
    verb: str,
    changed: Mapping[str, str],
    reasons: str,
    papers: Sequence[str] = (),
    now: datetime,
) -> Case:
    """Propose a correction or a supplement with the line it leads to; nothing changes until a second person decides."""
    content = open_content(actor, case_id, now=now)
    case, record = content.case, content.record
    item = catalogue.get_item(record.item_code, on=now.date())
    before = _cells(item, content.fields)
    allowed = {field.name for field in item.fields if may_change(field, item)}
    after = before | {name: text for name, text in changed.items() if name in allowed}
    refuse_if(_UNCHANGED if after == before else None)
    with access.acting_for(actor, channel=Door.INTAKE, purpose=PURPOSE, case_ref=case.number):
        refuse_if(casework.why_not_take(case.id, verb=verb, actor=actor, reasons=reasons, evidence=papers))
        place = models.Correction.objects.filter(case_id=case.id).count() + 1
        batch = _file(after, item=item, number=case.number, place=place, actor=actor, now=now)
        models.Correction.objects.create(
            id=new_id(now),
            case_id=case.id,
            record_id=record.record_id,
            version=record.version,
            batch_id=batch.id,
            body=actor.body,
            proposed_by=actor.key,
            at=now,
        )
        return casework.take(case.id, verb=verb, actor=actor, now=now, reasons=reasons, evidence=papers)


def _file(
    cells: Mapping[str, str], *, item: ItemVersion, number: str, place: int, actor: Actor, now: datetime
) -> Batch:
    """Hand the corrected line in like any file; what the checks question is refused with its field.

    Blank lines tell the files of one case apart: the same line proposed again is a batch of its own.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "line")
        path.write_bytes(orjson.dumps({name: text for name, text in cells.items() if text}) + b"\n" * place)
        batch = intake.upload(
            path, file_name=f"{number}.jsonl", item_code=item.code, actor=actor, now=now, channel="page"
        )
    issues = intake.list_questioned(batch.id, limit=1)
    if batch.good != 1 or issues:
        raise Refused(_questioned(issues, item))
    return intake.submit(batch.id, actor=actor, now=now)


def _questioned(issues: Sequence[tuple[int, str, str]], item: ItemVersion) -> Refusal:
    _row, name, code = issues[0] if issues else (0, "", "")
    titles = {field.name: field.title.zh for field in item.fields}
    return Refusal(
        code="OBJ-QUESTIONED",
        what="更正后的内容没有通过检查：{field}（{code}）。",
        why="更正和报送用同一套检查。",
        next_step="请改正这一项再提交。",
        field=f"f_{name}" if name in titles else "",
        values={"field": titles.get(name, "") or "整行", "code": code or "B-NOTHING"},
    )


def _cells(item: ItemVersion, fields: Mapping[str, object]) -> dict[str, str]:
    return {field.name: _cell(field, fields.get(field.name)) for field in item.fields}


def _cell(field: Field, value: object) -> str:
    """Write a stored value as a source would file it."""
    if value is None or value == "":
        return ""
    if field.type is FieldType.MONEY:
        return format((Decimal(str(value)) / field.scale).normalize(), "f")
    if field.type is FieldType.BOOLEAN:
        return "是" if value is True or value == "true" else "否"
    if isinstance(value, list):
        return "；".join(str(one) for one in value)
    return str(value)


_UNCHANGED = Refusal(
    code="OBJ-UNCHANGED",
    what="更正的内容和原来完全一样。",
    next_step="请改动有误的项目；没有错误的，请提出维持。",
)
