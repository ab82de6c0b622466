"""Where a cited article can be read: its place on the page of its text."""

from __future__ import annotations

from django.urls import reverse

from chengxin.law import facade as law


def citation_url(citation: str) -> str:
    """Return the address of the cited article on the page of its text; a text we do not know has none."""
    code = citation.partition("/")[0]
    if law.find_statute(code) is None:
        return ""
    article = article_of(citation)
    return reverse("policy", args=[code]) + (f"#{anchor(article)}" if article else "")


def article_of(citation: str) -> str:
    """Return the article a citation names, without paragraph and item; "" for a whole text."""
    return citation.partition("/")[2].partition("¶")[0].partition("(")[0]


def anchor(article: str) -> str:
    """Return the anchor of an article on the page of its text."""
    return f"a{article}"
