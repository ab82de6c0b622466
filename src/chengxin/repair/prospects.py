"""What a subject can do about each of its adverse lines today: the rule asked on facts read from the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import FieldUse, ItemVersion, Nature
from chengxin.kernel.clock import legal_day
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, MarkKind, Provenance, Record
from chengxin.repair.contracts import Prospect
from chengxin.repair.disclosure import Content
from chengxin.repair.gates import why_not_repair
from chengxin.repair.models import Application
from chengxin.repair.rules import RepairFacts, advise, papers_needed
from chengxin.ui.facade import reads_english

_OVER = {MarkKind.WITHDRAWN, MarkKind.REPAIRED}
_SPECIAL = frozenset({"drugs", "emergency", "fire"})


def repairable_records(subject_id: UUID, *, now: datetime) -> list[Record]:
    """Return the adverse, determined lines of a subject that stand and are not over."""
    return [
        record
        for record in records.list_of_subject(subject_id)
        if record.nature is Nature.ADVERSE
        and record.provenance is Provenance.DETERMINED
        and record.determined_on is not None
        and not {mark.kind for mark in record.marks} & _OVER
        and records.usable(record, channel=Channel.SELF, at=now)
    ]


def prospects_of(found: Sequence[Record], contents: Mapping[UUID, Content], *, now: datetime) -> list[Prospect]:
    """Return what can be done about each of a subject's lines, asked of the rule together (lists, repeats)."""
    if not found:
        return []
    on = legal_day(now)
    open_numbers = dict(
        Application.objects.filter(subject_id=found[0].subject_id, closed_at__isnull=True).values_list(
            "record_id", "number"
        )
    )
    return [
        _prospect(record, found, contents, on=on, number=open_numbers.get(record.record_id, "")) for record in found
    ]


def _prospect(
    record: Record, found: Sequence[Record], contents: Mapping[UUID, Content], *, on: date, number: str
) -> Prospect:
    item = catalogue.get_item_version(record.item_code, version=record.item_version)
    content = contents[record.record_id]
    facts = _facts(record, item, content, found, contents, on=on)
    return Prospect(
        record=record,
        content=content,
        title=_text(item, content, FieldUse.TITLE) or item.title.zh,
        kind=item.title.en if reads_english() and item.title.en else item.title.zh,
        document_no=_text(item, content, FieldUse.DOCUMENT_NO),
        facts=facts,
        advice=advise(facts, on=on, pack=settings.LAW_PACK),
        refusal=why_not_repair(facts, on=on, pack=settings.LAW_PACK),
        papers=papers_needed(facts.penalty_kinds),
        open_number=number,
    )


def _facts(
    record: Record,
    item: ItemVersion,
    content: Content,
    found: Sequence[Record],
    contents: Mapping[UUID, Content],
    *,
    on: date,
) -> RepairFacts:
    assert record.determined_on is not None
    body = access.find_body(record.body)
    fields = set(body.fields_of_work) if body else set()
    kinds = frozenset(filter(None, _text(item, content, FieldUse.PENALTY_KIND).split(";")))
    lists = {catalogue.get_item_version(one.item_code, version=one.item_version).list_kind for one in _live(found, on)}
    return RepairFacts(
        determined_on=record.determined_on,
        severity=record.severity or "general",
        subject_kind=record.subject_kind,
        penalty_kinds=kinds,
        is_market_penalty="market" in fields and bool(kinds),
        is_special_field=bool(fields & _SPECIAL),
        is_list_entry=item.list_kind == "serious",
        is_on_serious_list="serious" in lists,
        is_on_abnormal_list="abnormal" in lists,
        is_repeated=_is_repeated(record, item, content, found, contents),
        published_on=legal_day(record.published_at) if record.published_at else None,
        publicity_ends_on=None if record.not_public_because else record.publicity_ends_on,
        use_ends_on=record.use_ends_on,
    )


def _live(found: Sequence[Record], on: date) -> list[Record]:
    return [one for one in found if one.use_ends_on is None or on < one.use_ends_on]


def _is_repeated(
    record: Record, item: ItemVersion, content: Content, found: Sequence[Record], contents: Mapping[UUID, Content]
) -> bool:
    """Tell whether the same body's field punished the same kind of act again after this line was determined."""
    kind = _text(item, content, FieldUse.TITLE)
    return any(
        other.record_id != record.record_id
        and other.item_code == record.item_code
        and other.determined_on is not None
        and record.determined_on is not None
        and other.determined_on > record.determined_on
        and bool(kind)
        and _text(item, contents[other.record_id], FieldUse.TITLE) == kind
        for other in found
    )


def _text(item: ItemVersion, content: Content, use: FieldUse) -> str:
    field = item.field_for(use)
    return str(content.get(field.name) or "") if field else ""
