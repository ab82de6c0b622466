"""The standards there are: versions of the files of `shelf/`, and those that amendments brought about."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from chengxin.amendments import facade as amendments
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.standards.contracts import Source, Standard
from chengxin.standards.reading import read_sources, read_versions

BEGINNING: Final = "standard."
SHELF: Final = Path(__file__).with_name("shelf")


@cache
def sources() -> dict[str, Source]:
    """Return what figures of a shop there are, by code."""
    return read_sources()


def codes() -> list[str]:
    """Return the codes of the standards that files hold."""
    return sorted(_shipped())


def history(code: str) -> list[Standard]:
    """Return the versions of a standard, the oldest first; one no file and no amendment knows has none."""
    later = [one for one in amendments.list_approved(code) if isinstance(one, Standard)]
    return [*_shipped().get(code, ()), *later]


def in_force(code: str, *, on: date) -> Standard | None:
    """Return the version that holds on a day, or None."""
    found = [one for one in history(code) if one.effective_on <= on]
    return found[-1] if found else None


def get_version(code: str, version: int) -> Standard:
    """Return one version, or refuse."""
    found = [one for one in history(code) if one.version == version]
    if not found:
        raise Refused(absent())
    return found[-1]


def code_of(slug: str) -> str:
    """Return the code that an address means."""
    return BEGINNING + slug.replace("-", "_")


def slug_of(code: str) -> str:
    """Return how a code stands in addresses."""
    return code.removeprefix(BEGINNING).replace("_", "-")


def absent() -> Refusal:
    """Return the refusal of an unknown standard or version."""
    return Refusal(code="ABSENT", what="没有找到这个评价指标标准。", next_step="请到“评价指标标准”页查看现行版本。")


@cache
def _shipped() -> dict[str, tuple[Standard, ...]]:
    found = {}
    for file in sorted(SHELF.glob("*.yaml")):
        versions = read_versions(file.read_text("utf-8"), where=file.name)
        found[versions[0].code] = tuple(versions)
    return found
