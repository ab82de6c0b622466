"""What a nomination holds under its nominee's key: the fields that say who it is, and the deeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

import orjson

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Sealed
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Field, FieldUse, ItemVersion
from chengxin.crypto.contracts import Aad
from chengxin.honours import models
from chengxin.honours.contracts import Kind
from chengxin.honours.kinds import get_kind
from chengxin.kernel.actor import Actor
from chengxin.subjects import facade as subjects

PURPOSE: Final = "honour"
_WHO: Final = frozenset(
    {
        FieldUse.SUBJECT_NAME,
        FieldUse.SUBJECT_ID_TYPE,
        FieldUse.SUBJECT_ID_NO,
        FieldUse.SUBJECT_USCC,
        FieldUse.BIRTH_DATE,
    }
)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Who is nominated, as the item's fields, and for what deeds (事迹)."""

    who: Mapping[str, str]
    story: str


def asked_fields(kind: Kind, *, on: date) -> list[Field]:
    """Return the fields by which a clerk says who is nominated."""
    return [field for field in catalogue.get_item(kind.item, on=on).fields if field.use in _WHO]


def name_of(draft: Draft) -> str:
    """Return the nominee's name as it was written."""
    return draft.who.get("subject_name", "")


def row_of(
    kind: Kind, item: ItemVersion, draft: Draft, *, number: str, body: str, awarded_on: date, until: date
) -> dict[str, str]:
    """Return the row an award is filed as; its consent is the answer under the number of the nomination."""
    source = access.get_body(body)
    filled = {
        "honour_title": kind.title.zh,
        "honour_document": number,
        "determined_on": awarded_on.isoformat(),
        "valid_until": until.isoformat(),
        "declined": "否",
        "consent_no": number,
        "body_name": source.name_zh,
        "body_code": source.uscc,
    }
    names = {field.name for field in item.fields}
    return {name: text for name, text in {**filled, **draft.who}.items() if name in names and text}


def seal(row_id: UUID, subject_id: UUID, draft: Draft) -> bytes:
    """Seal a draft for its row."""
    text = orjson.dumps({"who": dict(draft.who), "story": draft.story})
    return subjects.seal_many([subject_id], [text], aads=[_aad(row_id)])[0]


def open_draft(
    row: models.Nomination, *, actor: Actor, channel: str, basis: tuple[str, ...], now: datetime
) -> Draft | None:
    """Open a draft by an event its nominee sees; None once it was declined and destroyed."""
    if not row.sealed:
        return None
    keys = subjects.wrapped_keys([row.subject_id])
    sealed = Sealed(
        subject_id=row.subject_id,
        wrapped_key=keys.get(row.subject_id, b""),
        aad=_aad(row.id),
        ciphertext=bytes(row.sealed),
    )
    (text,) = audit.disclose(
        [sealed],
        actor=actor,
        purpose=PURPOSE,
        channel=channel,
        basis=basis,
        categories=(get_kind(row.kind).item,),
        reference=row.number,
        now=now,
    )
    if not text:
        return None
    said = orjson.loads(text)
    return Draft(who=said["who"], story=said["story"])


def _aad(row_id: UUID) -> Aad:
    return Aad(table="honours_nomination", column="sealed", row=row_id)
