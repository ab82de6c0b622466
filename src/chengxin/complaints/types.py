"""The kinds of tips, read from `types.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chengxin.casework.contracts import Words
from chengxin.complaints.contracts import TipType
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.yaml_text import read_yaml

ROUTES = frozenset({"above", "office"})


@cache
def tip_types() -> Mapping[str, TipType]:
    """Return the kinds of tips that are open, by code."""
    return read_types(Path(__file__).with_name("types.yaml").read_text("utf-8"))


def read_types(text: str) -> dict[str, TipType]:
    """Return kinds of tips from YAML; a word that means nothing here is an error."""
    found = {}
    for code, said in read_yaml(text).items():
        if said["route"] not in ROUTES:
            raise ValueError(f"tip type {code}: route is one of {sorted(ROUTES)}.")
        found[code] = TipType(
            code=code,
            title=Words(**said.pop("title")),
            summary=Words(**said.pop("summary")),
            never=Words(**said.pop("never")),
            asks=tuple(Words(**one) for one in said.pop("asks")),
            **said,
        )
    return found


def get_type(code: str) -> TipType:
    """Return one kind of tip, or refuse."""
    found = tip_types().get(code)
    if found is None:
        raise Refused(
            Refusal(code="TIP-NO-TYPE", what="没有这一类举报。", next_step="请在举报页选择类型。", field="type")
        )
    return found
