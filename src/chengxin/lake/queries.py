"""Read the logical queries and bind their parameters as typed literals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.yaml_text import read_yaml
from chengxin.lake.contracts import ColumnType, Query, Sieve, Through, Withheld

_HERE = Path(__file__).parent
_PARAMETER = re.compile(r":([a-z][a-z_]*)\b")


@cache
def list_queries() -> dict[str, Query]:
    """Return every logical query by name."""
    declared: dict[str, dict[str, Any]] = read_yaml((_HERE / "queries.yaml").read_text("utf-8"))
    return {name: _query(name, said) for name, said in declared.items()}


def get_query(name: str) -> Query:
    """Return a query, or refuse a name that is none."""
    if name not in list_queries():
        raise Refused(
            Refusal(
                code="L-NO-QUERY",
                what="没有“{name}”这个查询。",
                next_step="可以运行的有：{known}。",
                values={"name": name, "known": "、".join(list_queries())},
            )
        )
    return list_queries()[name]


def bound(query: Query, values: Mapping[str, date | int]) -> str:
    """Return the text with its parameters as literals of their types; nothing else is ever put into it."""

    def literal(found: re.Match[str]) -> str:
        value = values[found[1]]
        return f"date '{value.isoformat()}'" if isinstance(value, date) else str(int(value))

    return _PARAMETER.sub(literal, query.sql)


def _query(name: str, said: dict[str, Any]) -> Query:
    return Query(
        name=name,
        title=(said["title"][0], said["title"][1]),
        sql=(_HERE / "queries" / f"{name}.sql").read_text("utf-8"),
        inputs={dataset: (before, after) for dataset, (before, after) in said["inputs"].items()},
        parameters=said.get("parameters", {}),
        columns={column: ColumnType(kind) for column, kind in said["columns"].items()},
        order=tuple(said["order"]),
        withheld=_withheld(said["withheld"]) if "withheld" in said else None,
        sieve=_sieve(said["sieve"]) if "sieve" in said else None,
    )


def _withheld(said: dict[str, Any]) -> Withheld:
    return Withheld(count=said["count"], floor=said["floor"], keys=tuple(said["keys"]))


def _sieve(said: dict[str, Any]) -> Sieve:
    through = {name: Through(**one) for name, one in said["through"].items()}
    return Sieve(**{**said, "shared_by": tuple(said["shared_by"]), "through": through})
