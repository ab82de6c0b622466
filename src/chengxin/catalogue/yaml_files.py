"""Read YAML files of the catalogue, each once per change, and the lists all items share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chengxin.catalogue.schema import ItemError
from chengxin.kernel.yaml_text import read_all_yaml

SHIPPED = Path(__file__).parent / "items"


@cache
def _yaml_text(path: Path, _stamp: int) -> tuple[Any, ...]:
    try:
        return tuple(document for document in read_all_yaml(path.read_text("utf-8")) if document is not None)
    except yaml.YAMLError as error:
        raise ItemError([f"{path.name}: this is not YAML that can be read: {error}"]) from None


def read_yaml(path: Path) -> tuple[Any, ...]:
    """Return the documents of a file, or raise `ItemError` when it is not YAML."""
    return _yaml_text(path, path.stat().st_mtime_ns)


def read_lists(folder: Path) -> Mapping[str, Any]:
    """Return the code lists, departments and phrases of the catalogue, with those of `folder` laid over them."""
    lists = {name: dict(values) for name, values in read_yaml(SHIPPED / "codes.yaml")[0].items()}
    if folder != SHIPPED and (folder / "codes.yaml").exists():
        for name, values in read_yaml(folder / "codes.yaml")[0].items():
            lists.setdefault(name, {}).update(values)
    return lists
