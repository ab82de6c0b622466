"""Read the rules of points and the hints; a file that rests on anything but good deeds is refused."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Nature
from chengxin.incentives.contracts import Occasion, PointRule
from chengxin.kernel.yaml_text import read_yaml
from chengxin.measures import facade as measures

HERE: Final = Path(__file__).parent


class NotAGoodDeed(ValueError):
    """A rule rests on an item that is not favourable; the message names it."""


def favourable_items(on: date) -> dict[str, tuple[str, str]]:
    """Return the favourable items in force on a day by code, each with its title in Chinese and English."""
    found = catalogue.list_items(on=on)
    return {item.code: (item.title.zh, item.title.en) for item in found if item.nature is Nature.FAVOURABLE}


@cache
def point_rules() -> tuple[PointRule, ...]:
    """Return the published rules of points."""
    return read_point_rules((HERE / "points.yaml").read_text(encoding="utf-8"))


def read_point_rules(text: str) -> tuple[PointRule, ...]:
    """Build the rules from their text; each adds, none takes away."""
    rules = tuple(PointRule(**row) for row in read_yaml(text))
    if worse := [rule.item for rule in rules if not 0 < rule.points <= rule.most]:
        raise NotAGoodDeed(f"Points only add: {', '.join(worse)}.")
    _only_good([rule.item for rule in rules])
    return rules


@cache
def hints() -> tuple[dict[str, Any], ...]:
    """Return the hints as they are written."""
    rows = read_yaml((HERE / "hints.yaml").read_text(encoding="utf-8"))
    for row in rows:
        _only_good(row["items"])
        row["occasions"] = [Occasion(code) for code in row["occasions"]]
        if "unless" in row:
            measures.get_measure(row["unless"])
    return tuple(rows)


def _only_good(items: Collection[str]) -> None:
    wrong = [code for code in items if any(one.nature is not Nature.FAVOURABLE for one in catalogue.item_history(code))]
    if wrong or not items:
        raise NotAGoodDeed(f"Not favourable: {', '.join(wrong) or 'nothing named'}.")
