"""The canonical JSON of an item version, and its digest: what is published is recognised again byte for byte."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from pydantic import TypeAdapter

from chengxin.catalogue.contracts import ItemVersion

_ITEM = TypeAdapter(ItemVersion)


def definition_of(item: ItemVersion) -> dict[str, Any]:
    """Return an item version as plain JSON values; sets are sorted, what stands at its default is left out."""
    definition: dict[str, Any] = _plain(item)
    return definition


def item_of(definition: object) -> ItemVersion:
    """Return the item version a published definition describes: the way back from `definition_of`."""
    return _ITEM.validate_python(definition)


def digest_of(item: ItemVersion) -> str:
    """Return the SHA-256 of the canonical JSON."""
    text = json.dumps(definition_of(item), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> Any:  # noqa: ANN401  The values are whatever JSON can hold.
    if is_dataclass(value) and not isinstance(value, type):
        # Leaving defaults out keeps old digests when the contract grows a field.
        said = {field.name: getattr(value, field.name) for field in fields(value)}
        defaults = {field.name: field.default for field in fields(value)}
        return {name: _plain(one) for name, one in said.items() if one != defaults[name]}
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
