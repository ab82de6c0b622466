"""A citation in words a reader knows: PIPL/45¶2 is 《个人信息保护法》第45条第2款."""

from __future__ import annotations

import re
from functools import lru_cache

from chengxin.law.contracts import Statute, Words
from chengxin.law.statute_index import find_statute, is_article, is_from_memory

_PARTS = re.compile(r"^[^/]+/(?P<article>[^¶(]+)(?:¶(?P<paragraph>\d+))?(?:\((?P<item>\d+)\))?$")
_STATE = "中华人民共和国"
_DIGITS = "〇一二三四五六七八九十"
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@lru_cache(maxsize=4096)
def name_of(citation: str) -> Words:
    """Return what a citation is called in both languages; one we do not know is returned as it stands.

    What is cited from memory says that it is provisional (暂定), wherever it is named.
    """
    statute = find_statute(citation)
    if statute is None:
        return Words(zh=citation, en=citation)
    title = short_title(statute.title.zh)
    if statute.status == "design":
        return statute.title
    words = _place(citation, statute, title)
    if not is_article(citation) or not is_from_memory(citation):
        return words
    return Words(zh=f"{words.zh}（暂定）", en=f"{words.en} (provisional)")


def _place(citation: str, statute: Statute, title: str) -> Words:
    zh = f"《{title}》" if not title.startswith("《") else title
    found = _PARTS.match(citation)
    if found is None:
        return Words(zh=zh, en=statute.title.en)
    place = article_name(found["article"], is_policy=statute.policy)
    zh, en = zh + place.zh, f"{statute.title.en}, {place.en}"
    if found["paragraph"]:
        zh, en = f"{zh}第{found['paragraph']}款", f"{en}, paragraph {found['paragraph']}"
    if found["item"]:
        zh, en = f"{zh}第{found['item']}项", f"{en}, item {found['item']}"
    return Words(zh=zh, en=en)


def article_name(article: str, *, is_policy: bool = False) -> Words:
    """Return what an article is called within its text: 48 is 第48条; in a policy 3 is 三 and 3.2 is 三（二）."""
    if article.isdigit() and is_policy:
        return Words(zh=_DIGITS[int(article)], en=_ROMAN[int(article)])
    if article.isdigit():
        return Words(zh=f"第{article}条", en=f"Article {article}")
    chapter, dot, section = article.partition(".")
    if dot and chapter.isdigit() and section.isdigit():
        return Words(zh=f"{_DIGITS[int(chapter)]}（{_DIGITS[int(section)]}）", en=f"{_ROMAN[int(chapter)]} ({section})")
    return Words(zh=article, en=article)


def short_title(title: str) -> str:
    """Return a title as people say it, without the name of the state before it."""
    return title.removeprefix(_STATE)
