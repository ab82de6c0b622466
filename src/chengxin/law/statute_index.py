"""The index of texts: which exist, since when, and which articles; `@cites` refuses every other citation."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from chengxin.kernel.refusal import Refusal
from chengxin.kernel.yaml_text import read_all_yaml
from chengxin.law.contracts import Level, Statute, UnknownArticle, Words, refusal

P = ParamSpec("P")
R = TypeVar("R")

_FOLDER = Path(__file__).with_name("statutes")
_CITATION = re.compile(r"^(?P<code>[A-Za-z0-9]+)(?:/(?P<article>[a-z][a-z-]*|\d+(?:\.\d+)?)(?:¶\d+)?(?:\(\d+\))?)?$")


@cache
def statutes() -> Mapping[str, Statute]:
    """Return every text of the index by its abbreviation."""
    found: dict[str, Statute] = {}
    for source in sorted(_FOLDER.glob("*.yaml")):
        for document in read_all_yaml(source.read_text("utf-8")):
            statute = _statute(document)
            if statute.code in found:
                raise ValueError(f"{source.name}: '{statute.code}' is in the index twice.")
            found[statute.code] = statute
    return found


def _statute(document: dict[str, Any]) -> Statute:
    return Statute(
        code=document["code"],
        title=Words(**document["title"]),
        status=document["status"],
        source=document.get("source", ""),
        adopted_on=document.get("adopted_on"),
        effective_on=document.get("effective_on"),
        expires_on=document.get("expires_on"),
        repeals=tuple(document.get("repeals", ())),
        repealed_by=document.get("repealed_by", ""),
        policy=document.get("policy", False),
        level=Level(document.get("level", Level.DESIGN if document["status"] == "design" else "missing")),
        last_article=document.get("last_article", 0),
        from_memory=frozenset(str(number) for number in document.get("from_memory", ())),
        articles={str(number): text for number, text in document.get("articles", {}).items()},
        note=document.get("note", ""),
    )


def find_statute(citation: str) -> Statute | None:
    """Return the text a citation names, or None."""
    return statutes().get(citation.partition("/")[0])


def level_of(citation: str) -> Level:
    """Return the rank of the text a citation names."""
    check_citation(citation)
    return statutes()[citation.partition("/")[0]].level


def check_citation(citation: str) -> None:
    """Raise `UnknownArticle` unless the index holds the text and the article."""
    match = _CITATION.match(citation)
    statute = statutes().get(match["code"]) if match else None
    if match is None or statute is None:
        raise UnknownArticle(f"'{citation}' names no text of law/statutes. Add the text, or correct the citation.")
    article = match["article"]
    if article is None:
        if statute.status == "held":
            raise UnknownArticle(f"'{citation}' must name an article: the whole text of {statute.code} is held.")
        return
    known = article in statute.articles or (article.isdigit() and 1 <= int(article) <= statute.last_article)
    if not known:
        raise UnknownArticle(f"'{citation}': {statute.title.zh} holds no such article in law/statutes.")


def is_article(citation: str) -> bool:
    """Tell whether the index holds the text and the article a citation names."""
    try:
        check_citation(citation)
    except UnknownArticle:
        return False
    return True


def is_unread(citation: str) -> bool:
    """Tell whether a citation rests on memory or on an excerpt: nobody has read the text, or not that article."""
    return is_from_memory(citation) or statutes()[citation.partition("/")[0]].source == "W"


def is_from_memory(citation: str) -> bool:
    """Tell whether a citation rests on memory alone: it must be shown as 暂定 until somebody compared it."""
    check_citation(citation)
    statute = statutes()[citation.partition("/")[0]]
    match = _CITATION.match(citation)
    article = match["article"] if match is not None else None
    return statute.source.startswith("M") or article in statute.from_memory


def article_text(citation: str) -> str:
    """Return the words kept of a cited article, without them an empty text."""
    check_citation(citation)
    match = _CITATION.match(citation)
    statute = find_statute(citation)
    if match is None or statute is None or match["article"] is None:
        return ""
    return statute.articles.get(match["article"], "")


def why_not_citable(citations: Iterable[str], *, on: date) -> Refusal | None:
    """Return why a new act may not cite these texts on a day (not yet in force, expired, repealed), or None."""
    for citation in citations:
        check_citation(citation)
        statute = find_statute(citation)
        if statute is None or statute.state(on=on) == "in_force":
            continue
        state = statute.state(on=on)
        words = {"not_yet": "尚未施行", "expired": "已失效", "repealed": "已废止"}[state]
        return refusal(
            f"LAW_{state.upper()}",
            what=f"《{statute.title.zh}》在{on.isoformat()}{words}，不能作为依据。",
            why=f"施行日期 {statute.effective_on or '不详'}，有效期至 {statute.expires_on or '未写明'}。",
            next_step="请引用当日有效的依据。",
            basis=(citation,),
        )
    return None


def cites(*citations: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Name the articles a rule carries out; `chengxin law explain` and `check` read them."""
    if not citations:
        raise UnknownArticle("@cites needs at least one citation; a design choice cites D/….")
    for citation in citations:
        check_citation(citation)

    def mark(rule: Callable[P, R]) -> Callable[P, R]:
        rule.__dict__["cites"] = citations
        return rule

    return mark


@cache
def list_rules(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Return every rule under a folder with the articles it carries out, read without importing it."""
    found: dict[str, tuple[str, ...]] = {}
    for source in sorted(folder.rglob("*.py")):
        text = source.read_text("utf-8")
        if "cites(" not in text or "tests" in source.relative_to(folder).parts:
            continue  # Parsing is a hundred times slower than reading.
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                citations = tuple(article for decorator in node.decorator_list for article in _cited(decorator))
                if citations:
                    found[f"{source.parent.name}.{source.stem}.{node.name}"] = citations
    return found


def _cited(decorator: ast.expr) -> tuple[str, ...]:
    if not isinstance(decorator, ast.Call):
        return ()
    called = decorator.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    if name != "cites":
        return ()
    return tuple(
        part.value for part in decorator.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )
