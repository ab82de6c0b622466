"""Cells corrected in the page: sealed, kept beside the file, applied whenever it is read again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.audit import facade as audit
from chengxin.audit.contracts import Sealed
from chengxin.crypto import facade as crypto
from chengxin.crypto.contracts import Aad
from chengxin.intake.models import Batch, Fix, QuestionedRow
from chengxin.kernel import clock
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.text import clean

_LONGEST = 10_000
_DROPPED = ""


def keep(batch: Batch, *, row: int, field: str, text: str, actor: Actor, now: datetime) -> None:
    """Keep the corrected text of a cell, in place of an earlier correction."""
    if len(text) > _LONGEST or not 1 <= row <= 2**31 - 1:
        raise Refused(Refusal(code="B-FIX", what="改正的内容太长。", next_step="请缩短后再保存。"))
    if not _is_open(batch, row):
        raise Refused(
            Refusal(
                code="B-FIX-ROW",
                what="这一行没有疑问，不能在这里改动。",
                why="通过检查的行按文件原样入库。",
                next_step="确实有误的，请在源系统改正后重新上传。",
            )
        )
    _write(batch, row=row, field=field, text=clean(text).text, actor=actor, now=now)


def _is_open(batch: Batch, row: int) -> bool:
    """Tell whether a row is questioned, or was and has been corrected: no other row may be changed here."""
    return (
        QuestionedRow.objects.filter(batch_id=batch.id, row=row).exists()
        or Fix.objects.filter(batch_id=batch.id, row=row).exists()
    )


def drop(batch: Batch, *, row: int, actor: Actor, now: datetime) -> None:
    """Leave a row out."""
    _write(batch, row=row, field=_DROPPED, text="", actor=actor, now=now)


def of(batch_id: UUID) -> tuple[dict[tuple[int, str], str], frozenset[int]]:
    """Return the corrected cells of a batch and the rows left out; reading them is an event."""
    found = list(Fix.objects.filter(batch_id=batch_id).order_by("row", "field"))
    corrected = [fix for fix in found if fix.field != _DROPPED]
    sealed = [_sealed_of(fix) for fix in corrected]
    texts = audit.read_upload(sealed, reference=str(batch_id), now=clock.now()) if sealed else []
    cells = {(fix.row, fix.field): text.decode() for fix, text in zip(corrected, texts, strict=True)}
    return cells, frozenset(fix.row for fix in found if fix.field == _DROPPED)


def _sealed_of(fix: Fix) -> Sealed:
    value = bytes(fix.sealed)
    start = 2 + int.from_bytes(value[:2], "big")
    return Sealed(
        subject_id=fix.batch_id,
        wrapped_key=value[2:start],
        aad=_aad(fix.batch_id, fix.row, fix.field),
        ciphertext=value[start:],
    )


def _write(batch: Batch, *, row: int, field: str, text: str, actor: Actor, now: datetime) -> None:
    (key,) = crypto.new_keys([batch.id.bytes])
    sealed = crypto.seal(key.sealing, text.encode(), aad=_aad(batch.id, row, field))
    Fix.objects.update_or_create(
        batch_id=batch.id,
        row=row,
        field=field,
        defaults={
            "sealed": len(key.wrapped).to_bytes(2, "big") + key.wrapped + sealed,
            "body": batch.body,
            "fixed_by": actor.key,
            "fixed_at": now,
        },
    )


def _aad(batch_id: UUID, row: int, field: str) -> Aad:
    return Aad(table="intake_fix", column=field or "dropped", row=batch_id, version=row)
