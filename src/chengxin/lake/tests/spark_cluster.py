"""A Spark standalone cluster of a master and two workers, each a process group of its own on this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyspark

from chengxin.lake.spark import java_home

LIMIT = 60.0
ADDRESS = re.compile(r"spark://[\w.\-]+:\d+")


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Where the master listens, and its workers."""

    master: str
    workers: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def started(folder: Path) -> Iterator[Cluster]:
    """Start a cluster whose logs and work lie in a folder, and end every process of it afterwards."""
    own: list[subprocess.Popen[bytes]] = []
    try:
        own.append(_process("master.Master", folder / "master"))
        master = _said(folder / "master" / "log", ADDRESS, own[0])
        for name in ("one", "two"):
            small = ("--cores", "1", "--memory", "512m", "--work-dir", str(folder / name / "work"))
            own.append(_process("worker.Worker", folder / name, *small, master))
        for name, worker in zip(("one", "two"), own[1:], strict=True):
            _said(folder / name / "log", re.compile("Successfully registered with master"), worker)
        yield Cluster(master=master, workers=tuple(own[1:]))
    finally:
        for process in own:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and what it started, at once."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _process(name: str, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    folder.mkdir(parents=True)
    home = Path(pyspark.__file__).parent
    environment = {**os.environ, "JAVA_HOME": java_home(), "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    program = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}"]
    place = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*program, *place, *words], env=environment, stdout=log, stderr=log, start_new_session=True
        )


def _said(log: Path, wanted: re.Pattern[str], process: subprocess.Popen[bytes]) -> str:
    """Wait until a log says something, and return it."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end and process.poll() is None:
        if found := wanted.search(log.read_text("utf-8", errors="replace")):
            return found[0]
        time.sleep(0.1)
    raise RuntimeError(log.read_text("utf-8", errors="replace")[-2000:])
