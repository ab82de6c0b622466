"""Read what may be promised from templates.yaml."""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from chengxin.commitments.contracts import Bounds, Content, Maker, Template

TAGS: Final = ("quality", "price", "delivery", "payment", "after_sale")
Key = tuple[Maker, Content]


@lru_cache(maxsize=1)
def templates() -> Mapping[Key, Template]:
    """Return the sentences by who promises and what, in the order of the file."""
    return MappingProxyType(read_templates(Path(__file__).with_name("templates.yaml").read_text(encoding="utf-8")))


def read_templates(text: str) -> dict[Key, Template]:
    """Return templates from YAML; one that could not be measured, or lacks its words or its law, is an error."""
    found = {}
    for maker, contents in yaml.safe_load(text).items():
        for content, said in contents.items():
            template = _template(Maker(maker), Content(content), said)
            found[template.maker, template.content] = template
    return found


def _template(maker: Maker, content: Content, said: Mapping[str, Any]) -> Template:
    values = {name: Bounds(**bounds) for name, bounds in said["values"].items()}
    for text in (said["zh"], said["en"]):
        if {name for _, name, _, _ in string.Formatter().parse(text) if name} != set(values):
            raise ValueError(f"{maker}.{content}: each value stands in both languages, and nothing else does.")
    if not values or not said["basis"] or not set(said["tags"]) <= set(TAGS):
        raise ValueError(f"{maker}.{content}: a promise has a number, an article and tags of {TAGS}.")
    return Template(
        maker=maker,
        content=content,
        tags=tuple(said["tags"]),
        zh=said["zh"],
        en=said["en"],
        values=MappingProxyType(values),
        basis=tuple(said["basis"]),
    )
