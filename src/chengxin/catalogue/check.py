"""Check the catalogue as a whole: its parts, its groups, its articles and its keys of law."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.catalogue.contracts import ItemVersion
from chengxin.catalogue.rules import why_not_declare
from chengxin.catalogue.shelf import get_code_list, item_history, list_departments, list_groups, list_item_codes
from chengxin.law import facade as law
from chengxin.law.contracts import UnknownArticle

GROUP_COUNT = 26


def check_items() -> tuple[str, ...]:
    """Return what is wrong with the catalogue, a line for each; an empty answer means nothing is."""
    return tuple(_problems())


def _problems() -> Iterator[str]:
    for code in list_item_codes():
        history = item_history(code)
        for place, item in enumerate(history, 1):
            name = f"item `{code}` version {item.version}"
            yield from (f"{name}: {refusal.filled(refusal.what)}" for refusal in why_not_declare(item))
            if item.version != place:
                yield f"{name}: versions count 1, 2, 3 without a gap."
            if place > 1 and item.effective_on <= history[place - 2].effective_on:
                yield f"{name}: a later version takes effect on a later day."
    yield from _group_problems()
    yield from _law_problems()


def _law_problems() -> Iterator[str]:
    """Name each cited article and each key of law that law does not know."""
    for article, codes in sorted(cited_articles().items()):
        try:
            law.check_citation(article)
        except UnknownArticle as error:
            yield f"items {_named(codes)}: {error}"
    for key, codes in sorted(law_keys().items()):
        try:
            law.get_entry(key)
        except law.UnknownKey:
            yield f"items {_named(codes)}: law has no key `{key}`; correct it, or add it to a law.yaml."


def unknown_to_law(item: ItemVersion) -> Iterator[str]:
    """Name each article and each key of law an item names and law does not know."""
    for article in sorted(_articles(item)):
        try:
            law.check_citation(article)
        except UnknownArticle as error:
            yield f"`basis`: {error}"
    for key in sorted(_keys(item)):
        try:
            law.get_entry(key)
        except law.UnknownKey:
            yield f"`clocks` or `gates`: law has no key `{key}`."


def _named(codes: list[str]) -> str:
    return ", ".join(codes[:3]) + (f" and {len(codes) - 3} more" if len(codes) > 3 else "")


def _group_problems() -> Iterator[str]:
    groups = list_groups()
    if [group.code for group in groups] != [f"G{number:02}" for number in range(1, GROUP_COUNT + 1)]:
        yield f"groups: there are {GROUP_COUNT} groups, G01 to G{GROUP_COUNT}."
    fields = {code.value for code in get_code_list("credit_field")}
    departments = {department.code for department in list_departments()}
    for group in groups:
        if not group.departments or not set(group.departments) <= departments:
            yield f"group {group.code}: it needs a supervising department of codes.yaml."
        if not group.fields or not set(group.fields) <= fields:
            yield f"group {group.code}: it needs at least one of the fields F01 to F23."


def cited_articles() -> dict[str, list[str]]:
    """Return each article the catalogue cites, with the items that cite it."""
    cited: dict[str, list[str]] = {}
    for code in list_item_codes():
        for item in item_history(code):
            for article in _articles(item):
                cited.setdefault(article, []).append(code)
    return cited


def law_keys() -> dict[str, list[str]]:
    """Return each key of law the catalogue names, with the items that name it."""
    named: dict[str, list[str]] = {}
    for code in list_item_codes():
        for item in item_history(code):
            for key in _keys(item):
                named.setdefault(key, []).append(code)
    return named


def _articles(item: ItemVersion) -> set[str]:
    return {*item.basis, *(article for gate in item.gates for article in gate.basis)}


def _keys(item: ItemVersion) -> set[str]:
    clocks = item.clocks
    keys = {clocks.publicity, clocks.query, clocks.use, clocks.retention, item.report_within, item.person_publicity_key}
    keys |= {key for _, key in clocks.publicity_by_source} | {gate.at_least for gate in item.gates}
    return keys - {""}
