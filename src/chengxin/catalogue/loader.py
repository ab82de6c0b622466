"""Read the item files of a folder into item versions; a later version is laid over the one before it.

`items/*.yaml` hold items (one or many documents in a file), `items/blocks/*.yaml` hold field sets, `items/codes.yaml`
holds the code lists, departments and standing phrases, `items/groups.yaml` declares the 26 groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from chengxin.catalogue.building import built
from chengxin.catalogue.contracts import ItemVersion
from chengxin.catalogue.groups import expanded_items
from chengxin.catalogue.schema import ItemError, read_written
from chengxin.catalogue.yaml_files import read_yaml

NOT_ITEMS = frozenset({"codes.yaml", "groups.yaml"})


def load_items(folder: Path) -> tuple[ItemVersion, ...]:
    """Read every item version of a folder, sorted by code and version, or raise `ItemError` with all mistakes."""
    items: list[ItemVersion] = []
    problems: list[str] = []
    for where, raw in _documents(folder):
        try:
            items.append(built(read_written(raw, where=where), where=where, folder=folder))
        except ItemError as error:
            problems += error.problems
    problems += _repeated(items)
    if problems:
        raise ItemError(problems)
    return tuple(sorted(items, key=lambda item: (item.code, item.version)))


def _documents(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each written item version with its file name; a later version inherits from the one before it."""
    if not folder.is_dir():
        raise ItemError([f"{folder.name}: this folder of catalogue items does not exist."])
    latest: dict[str, dict[str, Any]] = {}
    paths = [path for path in sorted(folder.glob("*.yaml")) if path.name not in NOT_ITEMS]
    written = [(path.name, raw) for path in paths for raw in _with_defaults(read_yaml(path))]
    if (folder / "groups.yaml").exists():
        written += [("groups.yaml", raw) for raw in expanded_items(read_yaml(folder / "groups.yaml")[0])]
    for where, raw in written:
        if isinstance(raw, dict) and raw.get("code") in latest and raw.get("version", 1) > 1:
            raw = laid_over(latest[raw["code"]], raw)  # noqa: PLW2901
        if isinstance(raw, dict):
            latest[str(raw.get("code"))] = raw
        yield where, raw


def _with_defaults(documents: Iterable[Any]) -> Iterator[Any]:
    """Lay each item over the `defaults` document that stands before it in the same file."""
    defaults: dict[str, Any] = {}
    for raw in documents:
        if isinstance(raw, dict) and set(raw) == {"defaults"}:
            defaults = raw["defaults"]
        else:
            yield {**defaults, **raw} if isinstance(raw, dict) and raw.get("version", 1) == 1 else raw


def laid_over(earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """Return a later version: its words replace those before, its fields replace by name or are added, `drop` goes."""
    dropped = set(later.get("drop", ()))
    changed = {_column(field): field for field in later.get("fields", ())}
    kept = [changed.pop(_column(field), field) for field in earlier["fields"] if _column(field) not in dropped]
    body = {key: value for key, value in later.items() if key != "drop"}
    return {**earlier, **body, "fields": [*kept, *changed.values()]}


def _column(entry: Mapping[str, Any]) -> str:
    return str(entry.get("name") or f"block {entry.get('block')}")


def _repeated(items: Iterable[ItemVersion]) -> list[str]:
    counts = Counter((item.code, item.version) for item in items)
    return [
        f"item `{code}` version {version} is written {count} times."
        for (code, version), count in counts.items()
        if count > 1
    ]
