"""The words of the site and those of the document are the same."""

from __future__ import annotations

from pathlib import Path

from chengxin.portals.glossary_document import glossary_document
from chengxin.portals.words import read_glossary

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "glossary.md"


def test_the_document_says_what_the_page_says() -> None:
    assert DOCUMENT.read_text("utf-8") == glossary_document(), "run python -m chengxin.portals.glossary_document"


def test_no_word_is_explained_twice_or_left_without_a_meaning() -> None:
    terms = read_glossary()
    assert len({term.zh for term in terms}) == len({term.en for term in terms}) == len(terms)
    assert all(term.meaning_zh.endswith("。") and term.meaning_en.endswith(".") for term in terms)
