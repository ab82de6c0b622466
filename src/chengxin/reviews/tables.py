"""Who rates what, and why a review may be hidden: read from `sides.yaml` and `grounds.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chengxin.casework.contracts import Words
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.facade import check_citation
from chengxin.reviews.contracts import About, Ground, Side


@cache
def dimensions(side: Side, about: About = About.TRADE) -> Mapping[str, Words]:
    """Return what a side rates, by code; of a parcel both sides rate the same."""
    chosen = side.value if about is About.TRADE else about.value
    return {code: Words(**said) for code, said in _read("sides.yaml")[chosen].items()}


@cache
def grounds() -> Mapping[str, Ground]:
    """Return the grounds on which a review may be hidden, by code."""
    found = {}
    for code, said in _read("grounds.yaml").items():
        for citation in said["basis"]:
            check_citation(citation)
        found[code] = Ground(code=code, title=Words(**said["title"]), basis=tuple(said["basis"]))
    return found


def _read(name: str) -> Any:  # noqa: ANN401 - as YAML has it
    return read_yaml(Path(__file__).with_name(name).read_text("utf-8"))
