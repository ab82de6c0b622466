"""The key service as tests run it: the real process, on a socket of its own, which a test may kill and start again."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from chengxin.cli.keyservice import is_answering

PATIENCE = 30.0
COMMAND = [sys.executable, "-c", "from chengxin.cli.main import main; main()", "keyservice", "--until-parent-ends"]


class TestKeyService:
    """A key service for the logins, keys and database of a test run; `with` starts it and points everybody at it."""

    __test__ = False

    def __init__(self, url: str, **settings: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="chengxin-keys-")
        self.socket = Path(self._folder.name, "keys.sock")
        self.log = Path(self._folder.name, "log")
        self._settings = {"DATABASE_URL": url, "CHENGXIN_KEY_SOCKET": str(self.socket), **settings}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._before = os.environ.get("CHENGXIN_KEY_SOCKET")
        os.environ["CHENGXIN_KEY_SOCKET"] = str(self.socket)
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        del os.environ["CHENGXIN_KEY_SOCKET"]
        if self._before is not None:
            os.environ["CHENGXIN_KEY_SOCKET"] = self._before
        self._folder.cleanup()

    def start(self) -> None:
        """Start it and wait until it answers."""
        environ = {**os.environ, **self._settings}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(COMMAND, env=environ, stdin=subprocess.PIPE, stderr=log)
        end = time.monotonic() + PATIENCE
        while not is_answering():
            assert time.monotonic() < end, self.log.read_text()
            assert self._process.poll() is None, self.log.read_text()
            time.sleep(0.02)

    def kill(self) -> None:
        """Kill it (SIGKILL)."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def opened(self) -> list[UUID]:
        """Return the events it wrote that it opened values for, in order."""
        return [UUID(found) for found in re.findall(r" open event=(\S+)", self.log.read_text())]

    def refused(self) -> list[tuple[UUID, str]]:
        """Return the events it wrote that it refused, and why."""
        found = re.findall(r" refuse event=(\S+) why=(\S+)", self.log.read_text())
        return [(UUID(event), why) for event, why in found]
