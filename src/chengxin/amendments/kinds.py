"""What can be amended: kinds by the beginning of their codes, and catalogue items, the kind of every other code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from chengxin.amendments.contracts import Kind
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion, Words

_CODE: Final = re.compile(r"(?m)^code:\s*[\"']?([\w.]+)")


def kind_of(code: str) -> Kind:
    """Return the kind a code belongs to: `standard.ecommerce` is of the kind that settings name for `standard`."""
    beginning, _, rest = code.partition(".")
    name = settings.AMENDED.get(beginning) if rest else None
    return import_string(name) if name else ITEMS


def kind_of_text(text: str) -> Kind:
    """Return the kind of a draft by the code it says; without one the loader of items says what is missing."""
    said = _CODE.search(text)
    return kind_of(said[1]) if said else ITEMS


def other_kinds() -> Iterator[Kind]:
    """Yield the kinds beside catalogue items, by their codes."""
    return (import_string(name) for _beginning, name in sorted(settings.AMENDED.items()))


def _publish(item: ItemVersion, reference: str, now: datetime) -> int:
    return catalogue.publish(item, reference=reference, now=now)


def _current(on: date) -> list[ItemVersion]:
    return [one for one in catalogue.list_items(on=on) if not one.group]


ITEMS: Final = Kind(
    name=Words(zh="目录条目", en="Catalogue item"),
    template="amendments/parts/item.html",
    read_draft=catalogue.read_draft,
    draft_of=catalogue.draft_of,
    definition_of=catalogue.definition_of,
    value_of=catalogue.item_of,
    history=catalogue.item_history,
    list_current=_current,
    differences=catalogue.differences,
    parts=lambda item, on: catalogue.preview(item, on=on),
    publish=_publish,
    address=lambda code: reverse("catalogue_item", args=[code]),
)
