"""Standards as YAML: whole versions, and later ones that say what changes; mistakes are answered in lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import TypeAdapter, ValidationError

from chengxin.catalogue.contracts import Words
from chengxin.catalogue.facade import ItemError
from chengxin.kernel.yaml_text import read_all_yaml
from chengxin.law import facade as law
from chengxin.law.contracts import UnknownArticle
from chengxin.standards import rules
from chengxin.standards.contracts import Source, Standard

LONGEST: Final = 100_000
_STANDARD: Final = TypeAdapter(Standard)
_SOURCES: Final = TypeAdapter(dict[str, Source])
_WORDS: Final = frozenset({"title", "summary", "definition", "origin", "unit", "whole"})
_NAMED: Final = frozenset({"dimensions", "indicators"})


def read_sources() -> dict[str, Source]:
    """Return what figures of a shop there are, by code."""
    said = read_all_yaml(Path(__file__).with_name("sources.yaml").read_text("utf-8"))[0]
    return _SOURCES.validate_python({code: _worded({"code": code, **one}) for code, one in said.items()})


def read_versions(text: str, *, where: str) -> list[Standard]:
    """Return the versions a file holds, each laid over the one before."""
    found: list[Standard] = []
    raw: dict[str, Any] = {}
    for document in _documents(text, where):
        raw = laid_over(raw, document)
        found.append(_checked(raw, where=where))
    return found


def read_one(text: str, *, over: Standard | None, where: str) -> Standard:
    """Return the one version a draft describes: a whole one, or what changes in the newest."""
    documents = _documents(text, where)
    if len(documents) != 1:
        raise ItemError([f"{where}: write one version, a mapping that begins with `code:`."])
    written = laid_over(written_of(over), documents[0]) if over else documents[0]
    return _checked(written, where=where)


def written_of(standard: Standard) -> dict[str, Any]:
    """Return a version as plain values, as files write it."""
    found: dict[str, Any] = _listed(_STANDARD.dump_python(standard, mode="json"))
    return found


def as_definition(standard: Standard) -> dict[str, Any]:
    """Return a version as JSON values: what amendments keep and everybody compares."""
    found: dict[str, Any] = _STANDARD.dump_python(standard, mode="json")
    return found


def of_definition(definition: object) -> Standard:
    """Return the version a kept definition describes."""
    return _STANDARD.validate_python(definition)


def laid_over(earlier: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Return a written version with a later one laid over it: what is not said stays, `drop` names what goes."""
    dropped = set(change.get("drop", ()))
    result = {**earlier, **{name: value for name, value in change.items() if name not in {*_NAMED, "drop"}}}
    for name in _NAMED:
        old = {one["name"]: one for one in earlier.get(name, ())}
        for one in change.get(name, ()):
            old[one["name"]] = {**old.get(one["name"], {}), **one}
        result[name] = [one for one in old.values() if one["name"] not in dropped]
    return result


def _documents(text: str, where: str) -> list[dict[str, Any]]:
    if len(text) > LONGEST:
        raise ItemError([f"{where}: it is longer than {LONGEST} characters."])
    if "*" in text and any(isinstance(one, yaml.AliasToken) for one in _tokens(text, where)):
        raise ItemError([f"{where}: aliases (*name) are not read here: write it out."])
    try:
        found = read_all_yaml(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise ItemError([f"{where}: this is not YAML that can be read: {error}"]) from None
    if not found or not all(isinstance(one, dict) and _is_listed(one) for one in found):
        raise ItemError(
            [f"{where}: a version is a mapping; `dimensions` and `indicators` are lists, each with a name."]
        )
    return found


def _tokens(text: str, where: str) -> list[yaml.Token]:
    try:
        return list(yaml.scan(text))
    except yaml.YAMLError as error:
        raise ItemError([f"{where}: this is not YAML that can be read: {error}"]) from None


def _is_listed(raw: Mapping[str, Any]) -> bool:
    lists = [raw.get(name, []) for name in _NAMED]
    return all(
        isinstance(one, list) and all(isinstance(part, dict) and "name" in part for part in one) for one in lists
    )


def _checked(raw: Mapping[str, Any], *, where: str) -> Standard:
    try:
        standard = _STANDARD.validate_python(_worded(raw))
    except ValidationError as error:
        lines = [f"{where}: `{'.'.join(map(str, one['loc']))}`: {one['msg']}" for one in error.errors()]
        raise ItemError(lines) from None
    lines = [*rules.problems(standard, read_sources()), *_unknown_articles(standard)]
    if lines:
        raise ItemError([f"{where}: {line}" for line in lines])
    return standard


def _unknown_articles(standard: Standard) -> list[str]:
    found = []
    for article in sorted({article for one in standard.indicators for article in one.basis}):
        try:
            law.check_citation(article)
        except UnknownArticle as error:
            found.append(f"`basis`: {error}")
    return found


def _worded(raw: Any) -> Any:  # noqa: ANN401 - what YAML holds
    """Return written values with each text in two languages as `Words` has it."""
    if isinstance(raw, list):
        return [_worded(one) for one in raw]
    if not isinstance(raw, dict):
        return raw
    return {
        name: {"zh": value[0], "en": value[1]}
        if name in _WORDS and isinstance(value, list) and len(value) == len(Words.__dataclass_fields__)
        else _worded(value)
        for name, value in raw.items()
    }


def _listed(raw: Any) -> Any:  # noqa: ANN401 - what JSON holds
    if isinstance(raw, list):
        return [_listed(one) for one in raw]
    if not isinstance(raw, dict):
        return raw
    return [raw["zh"], raw["en"]] if set(raw) == {"zh", "en"} else {name: _listed(one) for name, one in raw.items()}


def code_in(text: str, *, where: str) -> str:
    """Return the code a draft says, or ""."""
    return str(_documents(text, where)[0].get("code", ""))
