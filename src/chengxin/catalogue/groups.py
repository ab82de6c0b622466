"""Expand the declared groups (重点人群) × five parts into written items, so that no part is ever copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chengxin.catalogue.contracts import Group, ItemVersion, Words
from chengxin.catalogue.yaml_files import SHIPPED, read_yaml
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites

PARTS = ("basic", "qualification", "performance", "honour", "dishonesty")


def expanded_items(declared: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield one written item for each group and each part it may have (`group.G04.qualification`)."""
    for group in declared["groups"]:
        for part in PARTS:
            if part not in group.get("without_parts", ()):
                yield _item(declared, group, part)


def declared_groups() -> tuple[Group, ...]:
    """Return the 26 groups in the order of their codes; no installation adds one or a part of one."""
    groups = (
        Group(
            code=raw["code"],
            title=Words(zh=raw["title"][0], en=raw["title"][1]),
            departments=tuple(raw["departments"]),
            fields=tuple(raw["fields"]),
            limits=Words(zh=raw["limits"][0], en=raw["limits"][1]) if "limits" in raw else None,
            parts=tuple(part for part in PARTS if part not in raw.get("without_parts", ())),
            item_codes=tuple(
                f"group.{raw['code']}.{part}" for part in PARTS if part not in raw.get("without_parts", ())
            ),
        )
        for raw in read_yaml(SHIPPED / "groups.yaml")[0]["groups"]
    )
    return tuple(sorted(groups, key=lambda group: group.code))


@cites("SEED1/3.2", "D/determined-only")
def why_not_part(item: ItemVersion) -> Refusal | None:
    """Return why an item may not be of the group it names: civil servants and motorists have no performance part."""
    if not item.group and not item.group_part:
        return None
    parts = {group.code: group.parts for group in declared_groups()}.get(item.group, ())
    if item.group_part in parts:
        return None
    said = ", ".join(parts) or "none: it is not one of the 26 groups"
    return Refusal(
        code="GROUP_PART",
        what=f"`group_part`: {item.group or 'no group'} has no part `{item.group_part}`; its parts are {said}. "
        "(GROUP_PART, D/determined-only)",
        basis=("D/determined-only",),
    )


def _item(declared: Mapping[str, Any], group: Mapping[str, Any], part: str) -> dict[str, Any]:
    template = dict(declared["parts"][part])
    words = template.pop("part_title")
    item = {**declared["common"], **template}
    item |= {
        "code": f"group.{group['code']}.{part}",
        "title": [f"{group['title'][0]}{words[0]}", f"{group['title'][1]}: {words[1]}"],
        "sources": group["departments"],
        "group": group["code"],
        "group_part": part,
        "basis": [*group.get("basis", ()), *template.get("basis", ())],
    }
    return item
