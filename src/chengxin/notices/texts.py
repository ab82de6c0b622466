"""Find notice texts by code: `<package>/notices.yaml` of each installed package."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from django.apps import apps

from chengxin.kernel.yaml_text import read_yaml
from chengxin.notices.contracts import Notice, Text
from chengxin.ui.facade import day_in

OUTSIDE = "outside"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def text_of(notice: Notice, *, language: str = "zh") -> Text:
    """Return a notice as a person reads it, with its parameters filled in."""
    return fill(notice.text, notice.parameters, language=language)


def outside_text(*, language: str = "zh") -> Text:
    """Return all that ever leaves by message or letter: that there is something to read, and where."""
    return fill(OUTSIDE, {}, language=language)


def fill(code: str, parameters: Mapping[str, str], *, language: str) -> Text:
    """Return a text by its code with parameters, days as people write them.

    Raises LookupError for an unknown code or a missing parameter.
    """
    said = {name: _written(value, language=language) for name, value in parameters.items()}
    try:
        chosen = _texts()[code][language]
        return Text(title=chosen["title"].format_map(said), body=chosen["body"].format_map(said))
    except KeyError as error:
        raise LookupError(f"The notice text {code} ({language}) lacks {error}.") from error


def _written(value: str, *, language: str) -> str:
    if not _DAY.fullmatch(value):
        return value
    return day_in(date.fromisoformat(value), english=language == "en")


def names_in(code: str) -> frozenset[str]:
    """Return the parameters a text wants; raises LookupError for an unknown code."""
    if code not in _texts():
        raise LookupError(f"There is no notice text {code}.")
    parts = (part for text in _texts()[code].values() for part in text.values())
    return frozenset(name for part in parts for _, name, _, _ in string.Formatter().parse(part) if name)


@cache
def _texts() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    found: dict[str, Mapping[str, Mapping[str, str]]] = {}
    for application in apps.get_app_configs():
        file = Path(application.path) / "notices.yaml"
        if application.name.startswith("chengxin.") and file.exists():
            for code, text in read_yaml(file.read_text(encoding="utf-8")).items():
                if code in found:
                    raise ValueError(f"{application.name}: the notice text {code} exists already.")
                found[code] = text
    return found
