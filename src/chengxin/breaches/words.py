"""The closed lists a breach is described with, read from `words.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from chengxin.casework.contracts import Words
from chengxin.kernel.yaml_text import read_yaml


@cache
def words_of(kind: str) -> Mapping[str, Words]:
    """Return one list by code: cause, harm, remedies, advice or authority."""
    written = read_yaml(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return {code: Words(**said) for code, said in written[kind].items()}


def said_in(language: str, kind: str, codes: Iterable[str]) -> str:
    """Return codes of a list as one text."""
    known = words_of(kind)
    return ("；" if language == "zh" else "; ").join(getattr(known[code], language) for code in codes)
