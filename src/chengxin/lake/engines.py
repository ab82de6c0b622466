"""DuckDB, the embedded engine, and the choice between it and Spark."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import duckdb

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lake.contracts import ColumnType, Engine, Input

NAMES = ("duckdb", "spark")
_TYPES = {
    ColumnType.TEXT: "varchar",
    ColumnType.INTEGER: "bigint",
    ColumnType.DATE: "date",
    ColumnType.DOUBLE: "double",
}


def open_engine(name: str = "") -> Engine:
    """Return the engine of a name, or the installation's own: `CHENGXIN_LAKE_ENGINE`, which is DuckDB if unsaid."""
    wanted = name or os.environ.get("CHENGXIN_LAKE_ENGINE", "duckdb")
    if wanted == "duckdb":
        return DuckDB()
    if wanted == "spark":
        from chengxin.lake.spark import open_spark  # noqa: PLC0415 - an extra; nobody else needs it to be there

        return open_spark()
    raise Refused(
        Refusal(
            code="L-ENGINE",
            what="没有“{name}”这种计算引擎。",
            next_step="可以使用的有：{known}。",
            values={"name": wanted, "known": "、".join(NAMES)},
        )
    )


class DuckDB:
    """DuckDB inside this process; what does not fit into memory goes to a folder beside the result."""

    name = "duckdb"
    is_embedded = True

    def __init__(self, *, threads: int | None = None, memory: str = "") -> None:
        self._threads, self._memory = threads, memory or os.environ.get("CHENGXIN_LAKE_MEMORY", "")

    @property
    def version(self) -> str:
        """Return the version of the engine."""
        return duckdb.__version__

    def run(self, sql: str, *, inputs: Mapping[str, Input], out: Path) -> None:
        """Write the rows of a query to a Parquet file."""
        with duckdb.connect(config=self._config(out)) as connection:
            connection.execute("set enable_progress_bar = false")  # Else a slow query writes into what we print.
            for name, known in inputs.items():
                connection.execute(f"create view {name} as {_scan(known)}")
            connection.execute(f"copy ({sql}) to '{_quoted(out)}' (format parquet, compression zstd)")

    def close(self) -> None:
        """Give back nothing: each run opens and closes its own."""

    def _config(self, out: Path) -> dict[str, str | bool | int | float | list[str]]:
        config: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": str(out.parent / ".spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            # Nobody relies on the order of rows in a file, and keeping it costs half of the time of writing.
            "preserve_insertion_order": "false",
        }
        if self._threads:
            config["threads"] = self._threads
        if self._memory:
            config["memory_limit"] = self._memory
        return config


def _scan(known: Input) -> str:
    if not known.files:
        columns = ", ".join(f"cast(null as {_TYPES[kind]}) as {name}" for name, kind in known.columns.items())
        return f"select {columns} where false"
    names = ", ".join(f"'{_quoted(file)}'" for file in known.files)
    days = f"day >= date '{known.first}' and day < date '{known.end}'"
    return f"select {', '.join(known.columns)} from read_parquet([{names}], hive_partitioning = false) where {days}"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
