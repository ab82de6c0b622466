"""A Spark cluster of two workers, of which one is killed while it works, answers as DuckDB does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chengxin.lake.comparing import differences
from chengxin.lake.engines import DuckDB
from chengxin.lake.queries import list_queries
from chengxin.lake.running import run
from chengxin.lake.spark import open_spark, why_not_spark
from chengxin.lake.store import Store
from chengxin.lake.tests.test_running import FIRST, filled

__all__ = ["filled"]
WHY_NOT = why_not_spark()
pytestmark = pytest.mark.skipif(WHY_NOT is not None, reason=f"{WHY_NOT.code if WHY_NOT else ''}: uv sync --extra spark")
SETTINGS = {
    "spark.executor.memory": "512m",
    "spark.driver.host": "127.0.0.1",
    "spark.cores.max": "2",
    "spark.sql.shuffle.partitions": "2",
}
END = FIRST + timedelta(days=5)


def test_a_cluster_that_loses_a_worker_midway_answers_as_duckdb_does(filled: Store, tmp_path: Path) -> None:
    from chengxin.lake.tests.spark_cluster import kill, started

    with started(tmp_path / "cluster") as cluster:
        engine = open_spark(cluster.master, settings=SETTINGS)
        try:
            until(lambda: executors(engine) == 2)
            killer = threading.Thread(target=lambda: (until(lambda: is_busy(engine)), kill(cluster.workers[0])))
            killer.start()
            for name in list_queries():
                other = run(name, from_day=FIRST, until_day=END, engine=engine, store=filled)
                one = run(name, from_day=FIRST, until_day=END, engine=DuckDB(), store=filled)
                assert one.rows > 0
                assert differences(one, other) == []
            killer.join()
            assert [worker.poll() is None for worker in cluster.workers] == [False, True]
            until(lambda: executors(engine) == 1)
        finally:
            engine.close()


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def executors(engine: Any) -> int:
    """Return how many executors there are beside the driver."""
    return engine._session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1


def is_busy(engine: Any) -> bool:
    """Tell whether a task runs."""
    tracker = engine._session.sparkContext.statusTracker()
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return any(stage is not None and stage.numActiveTasks > 0 for stage in stages)
