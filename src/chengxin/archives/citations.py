"""Cited articles in words a reader knows: 《行政处罚法》第48条."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.translation import gettext

from chengxin.archives.contracts import Article
from chengxin.law import facade as law
from chengxin.ui.facade import reads_english

_PARTS = re.compile(r"^(?P<code>[^/]+)(?:/(?P<article>[^¶(]+))?(?:¶(?P<paragraph>\d+))?")
_STATE = "中华人民共和国"


def article(citation: str) -> Article:
    """Return a cited article in the reader's language."""
    return _article(citation, reads_english())


@lru_cache(maxsize=2048)
def _article(citation: str, english: bool) -> Article:
    statute = next((one for one in law.list_statutes() if one.code == citation.partition("/")[0]), None)
    found = _PARTS.match(citation)
    if statute is None or found is None:
        return Article(citation=citation, name=citation, text="")
    title = statute.title.en if english else f"《{statute.title.zh.removeprefix(_STATE)}》"
    number, paragraph = found["article"] or "", found["paragraph"]
    if number.isdigit():
        place = gettext("第%(number)s条") % {"number": number}
        if paragraph:
            place += gettext("第%(number)s款") % {"number": paragraph}
        title = f"{title}{' ' if english else ''}{place}"
    return Article(citation=citation, name=title, text=law.article_text(citation))
