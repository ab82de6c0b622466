"""Read the draft of an item version that somebody hands in, with the same checks as the files; and write one down.

A draft is YAML in the words of the files: a whole item, or a later version that says what changes. It is data: one
document, no aliases, of a sensible size.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

import yaml

from chengxin.catalogue.building import FEN, built
from chengxin.catalogue.check import unknown_to_law
from chengxin.catalogue.contracts import Field, ItemVersion, Words
from chengxin.catalogue.loader import laid_over
from chengxin.catalogue.schema import ItemError, read_written
from chengxin.catalogue.shelf import item_history
from chengxin.catalogue.yaml_files import SHIPPED
from chengxin.kernel.refusal import Refusal, Refused

LARGEST: Final = 200_000
WHERE: Final = "draft"
_SAME: Final = (
    *("code", "version", "effective_on", "title", "summary", "national_class", "nature", "subject_kinds", "sources"),
    *("basis", "share_scope", "update_cycle", "row_key", "report_within", "group", "group_part", "list_kind"),
    *("standing", "ignored_headers", "person_publicity_key", "categories"),
)
_UNIT: Final = {scale: unit for unit, scale in FEN.items()}


class _Plain(yaml.SafeLoader):
    """YAML without aliases: a few lines of them can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:  # noqa: ANN401 - as PyYAML has it
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not read here: write it out")
        return super().compose_node(parent, index)


def read_draft(text: str) -> ItemVersion:
    """Return the item version a draft describes, or raise `ItemError` with a line for each mistake.

    What the loader refuses in files is refused here: red lines, articles and keys nobody knows, contradictions.
    """
    raw = _document(text)
    history = item_history(str(raw.get("code", "")))
    wanted = history[-1].version + 1 if history else 1
    if raw.get("version", 1) != wanted:
        raise ItemError([f"{WHERE}: `version` is {raw.get('version', 1)}; the next version of this item is {wanted}."])
    if history:
        raw = laid_over(written_of(history[-1]), raw)
    item = built(read_written(raw, where=WHERE), where=WHERE, folder=SHIPPED)
    if problems := list(unknown_to_law(item)):
        raise ItemError([f"{WHERE}: {problem}" for problem in problems])
    if history and item.effective_on <= history[-1].effective_on:
        raise ItemError([f"{WHERE}: a later version takes effect on a later day than {history[-1].effective_on}."])
    return item


def draft_of(code: str) -> str:
    """Return the YAML from which the next version of an item is written: the newest one whole, counted up."""
    history = item_history(code)
    if not history:
        raise Refused(Refusal(code="ABSENT", what="目录里没有这一条目。", next_step="请到“目录清单”页核对代码。"))
    return as_yaml({**written_of(history[-1]), "version": history[-1].version + 1})


def as_yaml(raw: dict[str, Any]) -> str:
    """Return a written item as YAML, in the order of the schema and with its Chinese as it is."""
    return yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, width=100, default_flow_style=None)


def written_of(item: ItemVersion) -> dict[str, Any]:
    """Return the written form of an item version; blocks and named lists are written out."""
    clocks = {name: getattr(item.clocks, name) for name in ("publicity", "query", "use", "retention")}
    if item.clocks.publicity_by_source:
        clocks["publicity_by_source"] = dict(item.clocks.publicity_by_source)
    written = {
        **{name: _plain(getattr(item, name)) for name in _SAME},
        "disclosure": {kind.value: _plain(modes) for kind, modes in sorted(item.disclosure.items())},
        "clocks": clocks,
        "orders": [{"earlier": one.earlier, "later": one.later, "code": one.code} for one in item.orders],
        "gates": [dict(_said(gate)) for gate in item.gates],
        "row_categories": [dict(_said(one)) for one in item.row_categories],
        "fields": [_written_field(field) for field in item.fields],
    }
    return {name: value for name, value in written.items() if value not in ("", [])}


def _document(text: str) -> dict[str, Any]:
    if len(text) > LARGEST:
        raise ItemError([f"{WHERE}: it is longer than {LARGEST} characters."])
    try:
        documents = list(yaml.load_all(text, Loader=_Plain))
    except (yaml.YAMLError, RecursionError) as error:
        raise ItemError([f"{WHERE}: this is not YAML that can be read: {error}"]) from None
    if len(documents) != 1 or not isinstance(documents[0], dict):
        raise ItemError([f"{WHERE}: write one item, a mapping that begins with `code:`."])
    found: dict[str, Any] = documents[0]
    if not isinstance(found.get("fields", []), list) or not all(
        isinstance(one, dict) for one in found.get("fields", [])
    ):
        raise ItemError([f"{WHERE}: `fields` is a list of columns."])
    return found


def _written_field(field: Field) -> dict[str, Any]:
    said = {
        "name": field.name,
        "title": _plain(field.title),
        "type": field.type.value,
        **{name: True for name in ("required", "multiple", "personal", "public") if getattr(field, name)},
        "max": field.max_length,
        "required_for": _plain(field.required_for),
        "headers": list(field.headers),
        "codes": [dict(_said(code)) for code in field.codes],
        "unit": _UNIT.get(field.scale, ""),
        "mask": field.mask,
        "use": field.use.value if field.use else "",
        "note": _plain(field.note) if field.note else "",
        "source": field.source,
    }
    return {name: value for name, value in said.items() if value not in ("", [])}


def _said(value: object) -> Iterator[tuple[str, Any]]:
    """Yield what a small part says; what is empty is left out."""
    for name, one in vars(value).items():
        if one not in ("", ()):
            yield name, _plain(one)


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever YAML can hold
    if isinstance(value, Words):
        # A phrase of codes.yaml with an unquoted colon was published as a mapping; it is a text all the same.
        return [value.zh, value.en if isinstance(value.en, str) else str(value.en).strip("{}").replace("'", "")]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
