"""Look in a static copy of a page for what it has to show (页面公示核查): words alone, nothing is fetched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from chengxin.casework.contracts import Words
from chengxin.kernel.yaml_text import read_yaml

MODEL: Final = "disclosures 2026-11"
LARGEST: Final = 2_000_000
_UNSEEN: Final = frozenset({"script", "style", "template", "noscript"})
_WORDED: Final = frozenset({"alt", "title", "aria-label", "placeholder"})


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """One item a kind of page has to show (公示项)."""

    code: str
    page: str
    title: Words
    any: tuple[str, ...]
    never: str
    clears: Words
    basis: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What was looked for on a page and what was not there; `page` is the digest of the copy."""

    page: str
    asked: tuple[Disclosure, ...]
    missing: tuple[Disclosure, ...]


@cache
def disclosures() -> Mapping[str, Disclosure]:
    """Return the items by code."""
    said = read_yaml(Path(__file__).with_name("disclosures.yaml").read_text("utf-8"))
    return {
        code: Disclosure(
            code=code,
            page=one["page"],
            title=Words(**one["title"]),
            any=tuple(one.get("any", ())),
            never=one.get("never", ""),
            clears=Words(**one["clears"]),
            basis=tuple(one["basis"]),
        )
        for code, one in said.items()
    }


def look(source: str, *, page: str) -> Looked:
    """Return which items of a kind of page a copy of one does not show."""
    seen = _words_of(source)
    asked = tuple(one for one in disclosures().values() if one.page == page)
    missing = tuple(one for one in asked if not _is_shown(one, seen=seen, source=source))
    return Looked(page=hashlib.sha256(source.encode()).hexdigest(), asked=asked, missing=missing)


def _is_shown(one: Disclosure, *, seen: str, source: str) -> bool:
    if one.never:
        return re.search(one.never, source, re.IGNORECASE) is None
    return any(re.search(pattern, seen) for pattern in one.any)


def _words_of(source: str) -> str:
    reader = _Reader()
    reader.feed(source[:LARGEST])
    reader.close()
    return " ".join(reader.words)


class _Reader(HTMLParser):
    """Gather the words of a page that a reader can see, those of pictures too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)
        self.words += [value for name, value in attrs if name in _WORDED and value]

    def handle_endtag(self, tag: str) -> None:
        if self._unseen and self._unseen[-1] == tag:
            self._unseen.pop()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)
