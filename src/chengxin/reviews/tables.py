"""Who rates what, and why a review may be hidden: read from `sides.yaml` and `grounds.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chengxin.casework.contracts import Words
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.facade import check_citation
from chengxin.reviews.contracts import Ground, Side


@cache
def dimensions(side: Side) -> Mapping[str, Words]:
    """Return what a side rates, by code."""
    return {code: Words(**said) for code, said in _read("sides.yaml")[side.value].items()}


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
