"""A text of the law as its page shows it: what we hold of it, and what of the platform rests on each article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.catalogue import plain_words as plain
from chengxin.catalogue.citations import anchor, article_of
from chengxin.catalogue.clauses import Clause, clauses_of
from chengxin.catalogue.contracts import ItemVersion
from chengxin.catalogue.shelf import list_items
from chengxin.law import facade as law
from chengxin.ui.facade import Link, title_at


@dataclass(frozen=True, kw_only=True)
class Rests:
    """What rests on a text or one of its articles: catalogue items, values and gates by title, rules by name."""

    items: tuple[Link, ...] = ()
    titles: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything rests on it."""
        return bool(self.items or self.titles or self.rules)


@dataclass(frozen=True, kw_only=True)
class Done:
    """One clause of a policy that is built: what it asks, and the pages where it shows."""

    asks: str
    pages: tuple[Link, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ArticleView:
    """One article: its name and anchor, the lines of its text as far as kept, what rests on it.

    A section of a policy has a heading instead of lines, and asks for something that can be built.
    """

    name: str
    anchor: str
    heading: str
    may_be_built: bool
    lines: tuple[str, ...]
    rests: Rests
    done: tuple[Done, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TextView:
    """A text with its articles: those the platform cites, those kept beside them, what cites it as a whole."""

    statute: law.Statute
    cited: tuple[ArticleView, ...]
    others: tuple[ArticleView, ...]
    whole: Rests


def view_of(statute: law.Statute, *, on: date, opens: Callable[[str], bool] = lambda _address: True) -> TextView:
    """Return a text as its page shows it on a day; a page that `opens` not to its reader is named without a link."""
    cited = cited_articles(statute.code, on=on)
    places = sorted({*cited, *(number for number in statute.articles)} - {""}, key=_order)
    views = [_article_view(statute, number, on=on, opens=opens) for number in places]
    told = [view for view in views if view.rests or view.done or statute.policy or statute.status == "design"]
    return TextView(
        statute=statute,
        cited=tuple(told),
        others=tuple(view for view in views if view not in told and view.lines),
        whole=rests_on(statute.code, "", on=on),
    )


def _article_view(statute: law.Statute, number: str, *, on: date, opens: Callable[[str], bool]) -> ArticleView:
    name = law.article_name(number, is_policy=statute.policy)
    # The texts keep their paragraphs and items apart by a space, which Chinese otherwise does not use.
    lines = tuple(statute.articles.get(number, "").split())
    built = clauses_of(statute.code).get(number, ())
    return ArticleView(
        name="" if statute.status == "design" else plain.said(name),
        anchor=anchor(number),
        heading=lines[0] if statute.policy and lines else "",
        lines=() if statute.policy else lines,
        may_be_built=statute.policy and "." in number,
        rests=rests_on(statute.code, number, on=on),
        done=tuple(_done(clause, opens) for clause in built),
    )


def _done(clause: Clause, opens: Callable[[str], bool]) -> Done:
    elsewhere = tuple(place for place in clause.shown if place not in clause.pages)
    pages = tuple(
        Link(text=title_at(address) or address, url=address if opens(address) else "") for address in clause.pages
    )
    return Done(asks=plain.said(clause.asks), pages=pages, elsewhere=elsewhere)


def cited_articles(code: str, *, on: date) -> frozenset[str]:
    """Return the articles of a text that the platform cites; "" when it cites the whole."""
    by_law = (cite for use in law.list_uses(code) for cite in use.cites)
    by_items = (cite for item in items_citing(code, on=on) for cite in citations_of(item))
    return frozenset(article_of(cite) for cite in (*by_law, *by_items) if cite.partition("/")[0] == code)


def items_citing(code: str, *, on: date) -> tuple[ItemVersion, ...]:
    """Return the catalogue items in force that rest on a text."""
    return tuple(
        item for item in list_items(on=on) if any(cite.partition("/")[0] == code for cite in citations_of(item))
    )


def citations_of(item: ItemVersion) -> frozenset[str]:
    """Return what an item cites: its basis and the basis of its gates."""
    return frozenset((*item.basis, *(cite for gate in item.gates for cite in gate.basis)))


def rests_on(code: str, article: str, *, on: date) -> Rests:
    """Return what rests on one article of a text, or with "" on the text cited as a whole."""
    uses = [use for use in law.list_uses(code) if _names(use.cites, code, article)]
    return Rests(
        items=tuple(_links(item for item in items_citing(code, on=on) if _names(citations_of(item), code, article))),
        titles=tuple(dict.fromkeys(plain.said(use.title) for use in uses if use.kind != "rule")),
        rules=tuple(use.key for use in uses if use.kind == "rule"),
    )


def _names(cites: Iterable[str], code: str, article: str) -> bool:
    return any(cite.partition("/")[0] == code and article_of(cite) == article for cite in cites)


def _links(items: Iterable[ItemVersion]) -> Sequence[Link]:
    """Return the way to each item; the five parts of 26 archives are one way together."""
    found, of_groups = [], 0
    for item in items:
        if item.group:
            of_groups += 1
        else:
            found.append(Link(text=plain.said(item.title), url=reverse("catalogue_item", args=[item.code])))
    if of_groups:
        text = _("重点人群信用档案（%(n)s个条目）") % {"n": of_groups}
        found.append(Link(text=text, url=reverse("catalogue_groups")))
    return found


def _order(number: str) -> tuple[int, int, str]:
    chapter, _dot, section = number.partition(".")
    if chapter.isdigit() and (section.isdigit() or not section):
        return int(chapter), int(section or 0), ""
    return 0, 0, number
