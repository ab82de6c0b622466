"""What a listing rests on: a record of the same body about the same subject that still stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.determinations import facade as determinations
from chengxin.kernel.actor import Actor
from chengxin.kernel.text import fold
from chengxin.lists.contracts import Family, Kind
from chengxin.lists.gates import ListingFacts
from chengxin.lists.kinds import kind_of_item
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, MarkKind, Record
from chengxin.subjects import facade as subjects

_HEAVIER = frozenset({"serious"})


def find_basis_key(cells: Mapping[str, str], *, actor: Actor) -> tuple[UUID, UUID] | None:
    """Return (subject, record) that the draft rests on, inside the drafter's context, or None.

    It is the document number of an operator's record, or the number of a determination of the drafter's own body.
    """
    number = cells.get("basis_document_no", "").strip()
    if found := determinations.find_entered(number, body=actor.body):
        return found
    operator = subjects.find_operator(cells.get("uscc", ""))
    wanted = fold(number)
    for record in records.list_of_subject(operator.id) if operator and wanted else ():
        if record.body == actor.body and record.document_key == wanted and kind_of_item(record.item_code) is None:
            return record.subject_id, record.record_id
    return None


def find_basis(subject_id: UUID, record_id: UUID, *, at: datetime) -> Record | None:
    """Return a record a listing may rest on at this moment, or None: taken back, repaired, frozen or run out."""
    record = records.find_by_id(subject_id, record_id)
    return record if record is not None and records.usable(record, channel=Channel.LISTED, at=at) else None


def listing_facts(kind: Kind, cells: Mapping[str, str], *, basis: Record | None, body: str) -> ListingFacts:
    """Return what the gate of listing asks."""
    return ListingFacts(
        has_standard=kind.shut is None,
        reason=cells.get("entry_reason", ""),
        legal_basis=cells.get("legal_basis", ""),
        measures_told=cells.get("measures_told", ""),
        exit_told=cells.get("exit_conditions", ""),
        basis_is_usable=basis is not None and kind.family is Family.SERIOUS,
        basis_has_objection=basis is not None and any(mark.kind is MarkKind.OBJECTION for mark in basis.marks),
        needs_heavier_penalty=kind.needs_heavier_penalty,
        is_heavier_penalty=basis is not None and basis.severity in _HEAVIER,
        needs_upper_consent=access.get_body(body).level in kind.needs_upper_consent,
        upper_consent_no=cells.get("upper_consent_no", ""),
    )
