"""A service manager for a proof: the five processes of an installation, each on its own, started again when it ends.

They are run as in production, each with its own login and none keeping another beside it. A process that ends by
itself, such as a worker that meets the database in its recovery, is started again as systemd would (`Restart=always`).
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.installation import CHENGXIN, ROOT, Installation

from chengxin.database import postmaster

PAUSE = 0.2
SERVICES = {
    "key service": ("keyservice",),
    "sequencer": ("log", "sequence"),
    "job worker": ("work",),
    "web worker": ("serve", "--workers", "1"),
}
DATABASE = "database"


class Services:
    """Keep the services of an installation running; `kill` ends one without a word (SIGKILL)."""

    def __init__(self, own: Installation) -> None:
        url = f"postgresql:///chengxin?host={quote(str(own.database.socket_directory), safe='')}"
        self._own = own
        self._environ = {**own.environ, "DATABASE_URL": url}
        self._log = Path(own.environ["CHENGXIN_VAR"]) / "services.log"
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._is_over = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self.restarts = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run all services while the block runs."""
        for name in SERVICES:
            self._start(name)
        self._keeper.start()
        try:
            yield
        finally:
            self._is_over.set()
            self._keeper.join()
            for process in self._running.values():
                _kill_group(process)

    def kill(self, name: str) -> None:
        """Kill one service; of the web the process that answers, whose supervisor lives on."""
        if name == DATABASE:
            pid = postmaster.read_pid(self._own.database.cluster)
            assert pid is not None, "the database is not running"
            os.kill(pid, signal.SIGKILL)
        elif name == "web worker":
            for child in _children(self._running[name].pid):
                os.kill(child, signal.SIGKILL)
        else:
            os.kill(self._running[name].pid, signal.SIGKILL)

    def _start(self, name: str) -> None:
        words = SERVICES[name]
        if name == "web worker":
            words = (*words, "--port", str(self._own.port))
        with self._log.open("ab") as said:
            self._running[name] = subprocess.Popen(
                [CHENGXIN, *words], cwd=ROOT, env=self._environ, start_new_session=True, stdout=said, stderr=said
            )

    def _keep(self) -> None:
        while not self._is_over.wait(PAUSE):
            if not self._own.database.alive:
                self._own.database.start()
                self.restarts += 1
            for name, process in list(self._running.items()):
                if process.poll() is not None:
                    _kill_group(process)
                    self._start(name)
                    self.restarts += 1


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def _children(pid: int) -> list[int]:
    """Return the processes below one that have none below them."""
    below = [int(word) for file in Path(f"/proc/{pid}/task").glob("*/children") for word in file.read_text().split()]
    return [leaf for child in below for leaf in (_children(child) or [child])]


def wait_until(what: str, holds: object, *, patience: float = 90.0) -> float:
    """Wait until something holds, and return how many seconds that took."""
    began = time.monotonic()
    assert callable(holds)
    while not holds():
        assert time.monotonic() - began < patience, f"It never came about: {what}."
        time.sleep(0.05)
    return time.monotonic() - began
