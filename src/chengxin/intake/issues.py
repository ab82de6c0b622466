"""Say what an issue code means and what to do about it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from chengxin.catalogue.contracts import ItemVersion
from chengxin.intake.contracts import Issue
from chengxin.kernel.yaml_text import read_yaml


def explain(row: int, field: str, code: str, *, item: ItemVersion, language: str = "zh") -> Issue:
    """Return an issue in words; a gate of the item itself speaks with the item's own words."""
    title = next((known.title for known in item.fields if known.name == field), None)
    shown = (title.en if language == "en" else title.zh) if title else field
    what, next_step = _texts(code, item, language)
    return Issue(
        row=row,
        field=field,
        title=shown,
        code=code,
        what=what.format(title=shown),
        next_step=next_step,
        basis=_basis(code, item),
    )


def _basis(code: str, item: ItemVersion) -> tuple[str, ...]:
    if code in _said():
        return tuple(_said()[code].get("basis", ()))
    return next((gate.basis for gate in item.gates if gate.code == code), ())


def summary(code: str, *, language: str = "zh", item: ItemVersion | None = None) -> str:
    """Say what a code means where many rows are counted and no single field can be named."""
    what = _texts(code, item, language)[0]
    return what.replace("“{title}”", "A cell" if language == "en" else "有一格")


def _texts(code: str, item: ItemVersion | None, language: str) -> tuple[str, str]:
    place = 1 if language == "en" else 0
    if code in _said():
        said = _said()[code]
        return said["what"][place], said["next"][place]
    for gate in item.gates if item else ():
        if gate.code == code:
            return (gate.message.en if language == "en" else gate.message.zh), ""
    return code, ""


@cache
def _said() -> dict[str, dict[str, list[str]]]:
    texts: dict[str, dict[str, list[str]]] = read_yaml(Path(__file__).with_name("issues.yaml").read_text("utf-8"))
    return texts
