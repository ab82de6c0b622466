"""The kinds of acts, read from `kinds.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chengxin.casework.contracts import Words
from chengxin.kernel.yaml_text import read_yaml


@cache
def kinds() -> Mapping[str, Words]:
    """Return what an association may do to a member, by code."""
    said = read_yaml(Path(__file__).with_name("kinds.yaml").read_text("utf-8"))
    return {code: Words(**words) for code, words in said.items()}
