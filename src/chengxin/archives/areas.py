"""The fields of departments under a few headings (`areas.yaml`), for whoever chooses among them on a phone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from chengxin.catalogue import facade as catalogue
from chengxin.kernel.yaml_text import read_yaml
from chengxin.ui.facade import in_language

SHIPPED: Final = Path(__file__).parent / "areas.yaml"
_EVERY: Final = "any"
Offered = list[tuple[str, list[tuple[str, str]]]]


def fields_offered() -> Offered:
    """Return every field in the reader's language under its heading, each once; what has none stands last."""
    titles = {one.code: one.title for one in catalogue.list_departments() if one.code != _EVERY}
    headings = _headings()
    placed = {code for _zh, _en, codes in headings for code in codes}
    last = len(headings) - 1
    return [
        (
            in_language(zh, en),
            [
                (code, in_language(titles[code].zh, titles[code].en))
                for code in (*codes, *(sorted(titles.keys() - placed) if place == last else ()))
                if code in titles
            ],
        )
        for place, (zh, en, codes) in enumerate(headings)
    ]


@cache
def _headings() -> list[tuple[str, str, tuple[str, ...]]]:
    rows = read_yaml(SHIPPED.read_text("utf-8"))
    return [(row["title"]["zh"], row["title"]["en"], tuple(row["fields"])) for row in rows]
