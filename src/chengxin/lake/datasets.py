"""Read the declared datasets."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.yaml_text import read_yaml
from chengxin.lake.contracts import Dataset, Field, Issue, Kind

_HERE = Path(__file__).parent


@cache
def list_datasets() -> dict[str, Dataset]:
    """Return every dataset by name."""
    declared: dict[str, dict[str, Any]] = read_yaml((_HERE / "datasets.yaml").read_text("utf-8"))
    return {name: _dataset(name, said) for name, said in declared.items()}


def get_dataset(name: str) -> Dataset:
    """Return a dataset, or refuse a name that is none."""
    if name not in list_datasets():
        raise Refused(
            Refusal(
                code="L-NO-DATASET",
                what="没有“{name}”这种交易数据。",
                next_step="可以报送的有：{known}。",
                values={"name": name, "known": "、".join(list_datasets())},
            )
        )
    return list_datasets()[name]


def explain(row: int, field: str, code: str, *, dataset: Dataset, language: str = "zh") -> Issue:
    """Return a questioned cell in words."""
    place = 1 if language == "en" else 0
    title = next((known.title[place] for known in dataset.fields if known.name == field), field)
    said = _said()[code]
    return Issue(
        row=row,
        field=field,
        code=code,
        what=said["what"][place].replace("{title}", title),
        next_step=said["next"][place],
    )


@cache
def _said() -> dict[str, dict[str, list[str]]]:
    texts: dict[str, dict[str, list[str]]] = read_yaml((_HERE / "issues.yaml").read_text("utf-8"))
    return texts


def _dataset(name: str, said: dict[str, Any]) -> Dataset:
    return Dataset(
        name=name,
        title=(said["title"][0], said["title"][1]),
        key=tuple(said["key"]),
        moment=said["moment"],
        newest=said.get("newest", ""),
        fields=tuple(_field(field, content) for field, content in said["fields"].items()),
    )


def _field(name: str, said: dict[str, Any]) -> Field:
    return Field(
        name=name,
        title=(said["title"][0], said["title"][1]),
        kind=Kind(said["type"]),
        required=said.get("required", False),
        codes=tuple(said.get("codes", ())),
        least=said.get("least"),
        most=said.get("most"),
        may_be_future=said.get("future", False),
        domain=said.get("domain", ""),
        everywhere=said.get("scope") == "everywhere",
    )
