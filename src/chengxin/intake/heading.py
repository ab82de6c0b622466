"""Find the catalogue item's fields in a file's headings: official codes, Chinese names, older editions."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from chengxin.catalogue.contracts import ItemVersion
from chengxin.kernel.refusal import Refusal, Refused

_DECORATION = re.compile(r"[\s*＊：:·\"'“”‘’（）()【】\[\]]+")


def match_headings(headings: Sequence[str], item: ItemVersion) -> dict[str, int]:
    """Return field name → column place; a column of an older edition that is no longer collected is left out.

    Raises `Refused`: H-UNKNOWN names a column outside the active version, H-MISSING a required field without a
    column, H-TWICE a field with two columns, H-BLANK a column with cells and no heading.
    """
    known = _names(item)
    ignored = {_plain(name) for name in item.ignored_headers}
    found: dict[str, int] = {}
    unknown: list[str] = []
    for place, heading in enumerate(headings):
        plain = _plain(heading)
        if not plain:
            raise Refused(_no("H-BLANK", "第 {place} 列没有表头。", "请补上表头，或删去这一列。", place=place + 1))
        name = known.get(plain)
        if name is None:
            if plain not in ignored:
                unknown.append(heading)
        elif name in found:
            raise Refused(
                _no(
                    "H-TWICE",
                    "“{first}”和“{second}”是同一个字段，出现了两次。",
                    "请只保留一列。",
                    heading,
                    first=headings[found[name]],
                    second=heading,
                )
            )
        else:
            found[name] = place
    if unknown:
        raise Refused(_unknown(unknown, item, known))
    _require_columns(item, found)
    return found


def _require_columns(item: ItemVersion, found: Mapping[str, int]) -> None:
    """Refuse a file without a column for every required field."""
    missing = [field for field in item.fields if field.required and field.name not in found]
    if missing:
        raise Refused(
            _no(
                "H-MISSING",
                "缺少必填的列：{titles}。",
                "请使用本条目的模板，或补上这些列。",
                missing[0].name,
                titles="、".join(f"“{field.title.zh}”" for field in missing),
            )
        )


def _names(item: ItemVersion) -> Mapping[str, str]:
    """Return every accepted heading of an item, plain, with the field it names; a field's own title goes first."""
    names = {_plain(field.title.zh): field.name for field in item.fields}
    for field in item.fields:
        for heading in (field.name, *field.headers):
            names.setdefault(_plain(heading), field.name)
    return names


def _plain(heading: str) -> str:
    return _DECORATION.sub("", unicodedata.normalize("NFKC", heading)).upper()


def _unknown(unknown: Sequence[str], item: ItemVersion, known: Mapping[str, str]) -> Refusal:
    """Name the columns outside the active version, with the nearest field when one is near."""
    titles = {field.name: field.title.zh for field in item.fields}
    hints: Counter[str] = Counter()
    for heading in unknown:
        for near in difflib.get_close_matches(_plain(heading), known, n=1, cutoff=0.7):
            hints[f"“{heading}” → “{titles[known[near]]}”"] += 1
    return Refusal(
        code="H-UNKNOWN",
        what="目录条目“{item}”第 {version} 版没有这些列：{columns}。",
        why="目录之外的信息不得归集。",
        next_step="请核对表头是否写错：{hints}。" if hints else "请删去这些列，或核对是否选错了条目。",
        basis=("SH/11", "SD/15"),
        field=unknown[0],
        values={
            "item": item.title.zh,
            "version": str(item.version),
            "columns": "、".join(f"“{heading}”" for heading in unknown[:8]),
            "hints": "、".join(hints),
        },
    )


def _no(code: str, what: str, next_step: str, field: str = "", **values: object) -> Refusal:
    given = {name: str(value) for name, value in values.items()}
    return Refusal(code=code, what=what, next_step=next_step, field=field, values=given)
