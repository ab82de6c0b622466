"""What a shop may sell and the licence that takes, read from `categories.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chengxin.casework.contracts import Words
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.facade import check_citation
from chengxin.market.contracts import Category


@cache
def categories() -> Mapping[str, Category]:
    """Return the categories by code, in the order of the file."""
    return read_categories(Path(__file__).with_name("categories.yaml").read_text("utf-8"))


def read_categories(text: str) -> dict[str, Category]:
    """Return categories from YAML; one without a basis that can be cited is an error."""
    found = {}
    for code, said in read_yaml(text).items():
        for citation in said["basis"]:
            check_citation(citation)
        found[code] = Category(
            code=code,
            title=Words(**said["title"]),
            licences=frozenset(said["licences"]),
            content=said.get("content", ""),
            basis=tuple(said["basis"]),
        )
    return found
