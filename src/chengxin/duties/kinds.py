"""The kinds of measures, read from `kinds.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chengxin.casework.contracts import Words
from chengxin.duties.contracts import Kind
from chengxin.kernel.yaml_text import read_yaml
from chengxin.law.facade import check_citation


@cache
def kinds() -> Mapping[str, Kind]:
    """Return what a platform may do to a merchant, by code."""
    found = {}
    for code, said in read_yaml(Path(__file__).with_name("kinds.yaml").read_text("utf-8")).items():
        for citation in said["basis"]:
            check_citation(citation)
        found[code] = Kind(
            code=code,
            title=Words(**said["title"]),
            basis=tuple(said["basis"]),
            is_public=said["public"],
            grades={grade: Words(**words) for grade, words in said.get("grades", {}).items()},
        )
    return found
