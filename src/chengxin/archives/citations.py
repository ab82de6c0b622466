"""Cited articles in words a reader knows, 《行政处罚法》第48条, with the page that shows them."""

from __future__ import annotations

from functools import lru_cache

from chengxin.archives.contracts import Article
from chengxin.catalogue import facade as catalogue
from chengxin.law import facade as law
from chengxin.ui.facade import reads_english


def article(citation: str) -> Article:
    """Return a cited article in the reader's language."""
    return _article(citation, reads_english())


@lru_cache(maxsize=2048)
def _article(citation: str, _english: bool) -> Article:
    name, url = catalogue.citation(citation), catalogue.citation_url(citation)
    return Article(citation=citation, name=name, text=law.article_text(citation) if url else "", url=url)
