"""The glossary (词汇): terms of the field in both languages, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chengxin.kernel.yaml_text import read_yaml


@dataclass(frozen=True, kw_only=True)
class Term:
    """One word of the platform, in both languages, with what it means to a reader."""

    zh: str
    en: str
    meaning_zh: str
    meaning_en: str


@cache
def read_glossary() -> tuple[Term, ...]:
    """Return the terms in the order of the file."""
    file = Path(__file__).with_name("data") / "glossary.yaml"
    return tuple(
        Term(zh=zh, en=en, meaning_zh=meaning_zh, meaning_en=meaning_en)
        for zh, en, meaning_zh, meaning_en in read_yaml(file.read_text("utf-8"))
    )
