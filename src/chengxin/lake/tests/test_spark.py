"""Spark answers as DuckDB does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chengxin.lake.comparing import differences
from chengxin.lake.contracts import Engine
from chengxin.lake.engines import DuckDB
from chengxin.lake.queries import list_queries
from chengxin.lake.running import run
from chengxin.lake.spark import open_spark, why_not_spark
from chengxin.lake.store import Store
from chengxin.lake.tests.test_running import END, FIRST, filled

__all__ = ["filled"]
WHY_NOT = why_not_spark()
pytestmark = pytest.mark.skipif(WHY_NOT is not None, reason=f"{WHY_NOT.code if WHY_NOT else ''}: uv sync --extra spark")


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    engine = open_spark("local[1]")
    yield engine
    engine.close()


@pytest.mark.parametrize("name", list_queries())
def test_spark_answers_as_duckdb_does(name: str, filled: Store, spark: Engine) -> None:
    one = run(name, from_day=FIRST, until_day=END, engine=DuckDB(), store=filled)
    other = run(name, from_day=FIRST, until_day=END, engine=spark, store=filled)
    assert one.rows > 0
    assert differences(one, other) == []


def test_spark_runs_over_an_empty_lake(store: Store, spark: Engine) -> None:
    assert run("document_facts", from_day=FIRST, until_day=END, engine=spark, store=store).rows == 0
