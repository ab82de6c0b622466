"""What a draft holds: the item's fields, those a clerk writes and those the procedure itself fills in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import orjson

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Sealed
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Category, Field, FieldUse, ItemVersion, Nature
from chengxin.crypto.contracts import Aad
from chengxin.determinations import models
from chengxin.determinations.contracts import Determination
from chengxin.determinations.gates import ArrearsFacts, why_not_arrears
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal
from chengxin.subjects import facade as subjects

PURPOSE: Final = "determination"
TABLE: Final = "determinations_determination"
_FILLED: Final = frozenset(
    {
        FieldUse.DETERMINED_ON,
        FieldUse.NOTIFIED_ON,
        FieldUse.REMEDY_ENDED_ON,
        FieldUse.PROVENANCE,
        FieldUse.BODY_NAME,
        FieldUse.BODY_CODE,
        FieldUse.CHALLENGE,
    }
)
Cells = Mapping[str, str]


def items_for(body: str, *, on: date) -> list[ItemVersion]:
    """Return the adverse items a body may determine on a day: those it may file, lists left out."""
    found = [catalogue.find_item(code, on=on) for code in access.items_of(body, on=on)]
    return [item for item in found if item is not None and item.nature is Nature.ADVERSE and not item.list_kind]


def asked_fields(item: ItemVersion) -> Sequence[Field]:
    """Return the fields a clerk writes; days of decision and service come from the procedure."""
    return [field for field in item.fields if field.use not in _FILLED or _is_reminder(item, field)]


def whole_cells(
    item: ItemVersion, cells: Cells, *, body: str, decided_on: date, served_on: date, over_on: date
) -> Cells:
    """Return a draft with what the procedure fills in, as a row that can be filed."""
    source = access.get_body(body)
    filled = {
        FieldUse.DETERMINED_ON: decided_on.isoformat(),
        FieldUse.NOTIFIED_ON: served_on.isoformat(),
        FieldUse.REMEDY_ENDED_ON: over_on.isoformat(),
        FieldUse.PROVENANCE: "认定",
        FieldUse.BODY_NAME: source.name_zh,
        FieldUse.BODY_CODE: source.uscc,
    }
    added = {field.name: text for use, text in filled.items() if (field := item.field_for(use)) is not None}
    return {**added, **{name: text for name, text in cells.items() if text}}


def why_not_draft(item: ItemVersion, cells: Cells, *, on: date, pack: str) -> Refusal | None:
    """Ask the gate of arrears about a draft of an item that is one; other items have their gates at acceptance."""
    if Category.UTILITY_ARREARS not in item.categories:
        return None
    told = cells.get("notified_on", "")
    facts = ArrearsFacts(
        notified_on=date.fromisoformat(told) if told else None,
        amount=int(float(cells.get("amount") or 0) * 100),
        is_disputed=cells.get("undisputed") not in {"是", "true"},
        is_hardship_excluded=cells.get("hardship_excluded") in {"是", "true"},
    )
    return why_not_arrears(facts, on=on, pack=pack)


def needs_finality(item: ItemVersion) -> bool:
    """Tell whether an item wants the remedies to be over (期满未提起) before a decision becomes a record."""
    return item.field_for(FieldUse.REMEDY_ENDED_ON) is not None


def seal_draft(row_id: UUID, subject_id: UUID, cells: Cells) -> bytes:
    """Seal a draft for its row."""
    return subjects.seal_many([subject_id], [orjson.dumps(cells)], aads=[_aad(row_id)])[0]


def open_drafts(
    rows: Sequence[models.Determination], *, actor: Actor, channel: str, basis: tuple[str, ...], now: datetime
) -> list[Determination]:
    """Return determinations with their drafts opened; each subject gets one event."""
    if not rows:
        return []
    keys = subjects.wrapped_keys(sorted({row.subject_id for row in rows}))
    opened = audit.disclose(
        [
            Sealed(
                subject_id=row.subject_id,
                wrapped_key=keys.get(row.subject_id, b""),
                aad=_aad(row.id),
                ciphertext=bytes(row.sealed),
            )
            for row in rows
        ],
        actor=actor,
        purpose=PURPOSE,
        channel=channel,
        basis=basis,
        categories=tuple(sorted({row.item_code for row in rows})),
        reference=rows[0].number if len(rows) == 1 else "",
        now=now,
    )
    return [_value(row, orjson.loads(text or b"{}")) for row, text in zip(rows, opened, strict=True)]


def _value(row: models.Determination, cells: Cells) -> Determination:
    return Determination(
        id=row.id,
        number=row.number,
        body=row.body,
        subject_id=row.subject_id,
        item_code=row.item_code,
        case_id=row.case_id,
        drafted_at=row.drafted_at,
        noticed_on=row.noticed_on,
        decided_on=row.decided_on,
        served_on=row.served_on,
        record_id=row.record_id,
        undone_at=row.undone_at,
        undo_case_id=row.undo_case_id,
        cells=cells,
    )


def _is_reminder(item: ItemVersion, field: Field) -> bool:
    """Tell whether a day of notice is that of a reminder before the decision, as for arrears, and so is written."""
    return field.use is FieldUse.NOTIFIED_ON and Category.UTILITY_ARREARS in item.categories


def _aad(row_id: UUID) -> Aad:
    return Aad(table=TABLE, column="sealed", row=row_id)


def today_cells(item: ItemVersion, cells: Cells, *, body: str, now: datetime) -> Cells:
    """Return a draft as it would be filed if every day were today, to check all the rest of it before anybody is told.

    The end of remedies is set before today: whether they are over is asked when the decision is entered.
    """
    on = legal_day(now)
    early = date.fromordinal(on.toordinal() - 1)
    return whole_cells(item, cells, body=body, decided_on=early, served_on=early, over_on=early)
