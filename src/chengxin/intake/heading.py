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
            raise Refused(_no("H-BLANK", f"第 {place + 1} 列没有表头。", "请补上表头，或删去这一列。"))
        name = known.get(plain)
        if name is None:
            if plain not in ignored:
                unknown.append(heading)
        elif name in found:
            raise Refused(
                _no(
                    "H-TWICE",
                    f"“{headings[found[name]]}”和“{heading}”是同一个字段，出现了两次。",
                    "请只保留一列。",
                    heading,
                )
            )
        else:
            found[name] = place
    if unknown:
        raise Refused(_unknown(unknown, item, known))
    missing = [field for field in item.fields if field.required and field.name not in found]
    if missing:
        titles = "、".join(f"“{field.title.zh}”" for field in missing)
        raise Refused(
            _no("H-MISSING", f"缺少必填的列：{titles}。", "请使用本条目的模板，或补上这些列。", missing[0].name)
        )
    return found


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
            hints[f"“{heading}”是不是“{titles[known[near]]}”？"] += 1
    listed = "、".join(f"“{heading}”" for heading in unknown[:8])
    return Refusal(
        code="H-UNKNOWN",
        what=f"目录条目“{item.title.zh}”第 {item.version} 版没有这些列：{listed}。",
        why="目录之外的信息不得归集。",
        next_step="".join(hints) or "请删去这些列，或核对是否选错了条目。",
        basis=("SH/11", "SD/15"),
        field=unknown[0],
    )


def _no(code: str, what: str, next_step: str, field: str = "") -> Refusal:
    return Refusal(code=code, what=what, next_step=next_step, field=field)
