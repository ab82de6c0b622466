"""Letters of representatives (委托书): what one must show at a counter, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import orjson

from chengxin.archives import models
from chengxin.crypto.contracts import Aad
from chengxin.files import facade as files
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact, upgrade_id_no
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.subjects import facade as subjects


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """A letter (委托书) as the clerk types it; `scan` is its image. `Claim.document` is then the representative's."""

    name: str
    number: str
    letter_number: str
    signed_on: date
    scan: Path


def check_mandate(mandate: Mandate, *, represented: str, now: datetime) -> None:
    """Refuse a letter of tomorrow, a representative who is nobody or the person, and an image that is none."""
    number = upgrade_id_no(compact(mandate.number))
    fault = check_number(number, kind=IdentifierKind.ID_NO)
    if fault is not NumberFault.NONE:
        raise Refused(
            Refusal(code=fault.code, what="{fault}。", field="representative_number", values={"fault": fault.message})
        )
    if number == upgrade_id_no(compact(represented)):
        raise Refused(
            Refusal(
                code="HALL-ONE-PERSON",
                what="代理人和本人是同一个号码。",
                next_step="本人到场的，请按本人到场办理。",
                field="representative_number",
            )
        )
    if mandate.signed_on > legal_day(now):
        raise Refused(
            Refusal(
                code="HALL-LETTER-DAY", what="委托书的日期还没有到。", next_step="请核对委托书。", field="signed_on"
            )
        )
    _check_scan(mandate.scan)


def keep_mandate(mandate: Mandate, *, subject_id: UUID, visit_id: UUID, document_digest: str) -> None:
    """Write a letter down with its visit, in the transaction of the report; it is sealed for the represented."""
    content = orjson.dumps(
        {
            "name": mandate.name,
            "number": upgrade_id_no(compact(mandate.number)),
            "letter_number": mandate.letter_number,
        }
    )
    aad = Aad(table="archives_mandate", column="sealed", row=visit_id)
    models.Mandate.objects.create(
        visit_id=visit_id,
        subject_id=subject_id,
        signed_on=mandate.signed_on,
        document_digest=document_digest,
        sealed=subjects.seal_many([subject_id], [content], aads=[aad])[0],
    )


def _check_scan(scan: Path) -> None:
    if files.find_document(scan) is None:
        raise Refused(
            Refusal(
                code="HALL-SCAN",
                what="委托书的影像要是 PDF、JPEG 或者 PNG，最多 10 MB。",
                next_step="请重新扫描或者拍照再上传。",
                field="letter",
            )
        )
