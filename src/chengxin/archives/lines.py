"""Make a line with its five answers from a record, as one reader may see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from chengxin.archives import rules, values, wording
from chengxin.archives.bodies import body_name
from chengxin.archives.citations import article
from chengxin.archives.contracts import Article, Line
from chengxin.archives.language import once_per_language
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion, Nature
from chengxin.kernel.clock import legal_day
from chengxin.records.contracts import Channel, MarkKind, Record
from chengxin.records.facade import why_not_usable
from chengxin.ui.facade import reads_english


def line_of(
    record: Record,
    *,
    content: Mapping[str, object],
    at: datetime,
    statement: str = "",
    stated_at: datetime | None = None,
    public: bool = False,
    also: frozenset[str] = frozenset(),
) -> Line:
    """Return the line of a record; with `public` only what anyone may read and what an agreement opens (`also`)."""
    item = catalogue.get_item_version(record.item_code, version=record.item_version)
    why_not_public = why_not_usable(record, channel=Channel.PUBLIC, at=at)
    standing = rules.standing_at(record, at=at, is_public=why_not_public is None)
    starts_on, ends_on = rules.lifetime(record, standing=standing)
    provisional = wording.is_provisional(record, item)
    return Line(
        record_id=record.record_id,
        version=record.version,
        item_code=record.item_code,
        section=rules.section_of(record, item, standing=standing),
        tab=rules.tab_of(item),
        standing=standing,
        has_objection=any(mark.kind is MarkKind.OBJECTION for mark in record.marks),
        **_what_it_says(item, content, public=public, also=also),
        **_where_it_is_from(record),
        allowed_because=_allowed_because(item.code, item.version, reads_english()),
        basis=basis_of(item),
        seen_by=wording.seen_by(record, why_not_public=why_not_public),
        is_public=why_not_public is None,
        starts_on=starts_on,
        ends_on=ends_on,
        ends=wording.ends_words(rules.endings(record)),
        ends_note=wording.ends_note(record, standing=standing, ends_on=ends_on, is_provisional=provisional),
        is_provisional=provisional,
        can_do=wording.can_do(record, standing=standing),
        is_adverse=record.nature is Nature.ADVERSE,
        statement=statement,
        stated_at=stated_at,
    )


def _what_it_says(
    item: ItemVersion, content: Mapping[str, object], *, public: bool, also: frozenset[str]
) -> dict[str, Any]:
    facts, fields = values.facts_of(item, content, public=public, also=also)
    return {
        "kind": values.words(item.title),
        "title": values.title_of(item, content),
        "facts": facts,
        "fields": fields,
    }


def _where_it_is_from(record: Record) -> dict[str, Any]:
    return {
        "written_by": body_name(record.body),
        "written_on": legal_day(record.lineage.accepted_at),
        "batch": record.lineage.batch_id.hex[-8:],
        "row_number": record.lineage.row_number,
    }


def basis_of(item: ItemVersion) -> tuple[Article, ...]:
    """Return the articles that allow an item, in words."""
    return _articles(item.basis)


@once_per_language
def _articles(basis: tuple[str, ...]) -> tuple[Article, ...]:
    return tuple(article(citation) for citation in basis)


@lru_cache(maxsize=2048)
def _allowed_because(code: str, version: int, _english: bool) -> str:
    """Say why an item is allowed, once per item version and language."""
    item = catalogue.get_item_version(code, version=version)
    return wording.allowed_because(item, article(item.basis[0]).name if item.basis else "")
