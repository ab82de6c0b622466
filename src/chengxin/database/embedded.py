"""Start and stop the embedded PostgreSQL: one folder, one server, whoever starts it and however it ended last time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from psycopg.conninfo import make_conninfo

from chengxin.database import postmaster
from chengxin.database.binaries import (
    ServerUnavailable,
    find_binaries,
    major_version,
    placed,
    reachable,
    server_account,
)
from chengxin.database.tuning import server_settings

PORT = 5432
LONGEST_SOCKET_PATH = 90
START_PATIENCE = 60.0
INCLUDE = "include 'launcher.conf'\n"


def socket_directory(data_dir: Path) -> Path:
    """Return the folder of the server's socket: in the data folder, or short and plain when that path is neither."""
    inside = placed(data_dir) / "cluster"
    text = str(inside)
    if len(text.encode()) <= LONGEST_SOCKET_PATH and not set(text) & set(" ,'\"\\"):
        return inside
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"chengxin-{os.geteuid()}-{digest}"


class EmbeddedServer:
    """Run one PostgreSQL on one data folder, reached only through a socket its own user can open."""

    def __init__(self, data_dir: Path, *, durable: bool = True, binaries: Path | None = None) -> None:
        self.home = placed(data_dir)
        self.cluster = self.home / "cluster"
        self.socket_directory = socket_directory(data_dir)
        self.port = PORT
        self.durable = durable
        self.binaries = reachable(binaries or find_binaries())
        self._account = server_account()

    def conninfo(self, *, user: str = "postgres", dbname: str = "postgres") -> str:
        """Return how a client connects as one login to one database."""
        return make_conninfo(host=str(self.socket_directory), port=self.port, user=user, dbname=dbname)

    @property
    def alive(self) -> bool:
        """Tell whether the server answers, burying a predecessor that was killed and never reaped."""
        pid = postmaster.read_pid(self.cluster)
        if pid is None:
            return False
        if postmaster.settled_state(pid) == "running" and self._answers():
            return True
        if postmaster.settled_state(pid) == "zombie":
            postmaster.bury(self.cluster, socket_directory=self.socket_directory, port=self.port)
        return False

    def start(self) -> Self:
        """Start the server unless it runs; make its data folder first if there is none."""
        self._make_home()
        with self._locked():
            if not self.alive:
                self._make_cluster()
                self._configure()
                self._launch()
        return self

    def stop(self) -> None:
        """Stop the server if it runs, ending its sessions and writing everything down."""
        if not self.home.exists():
            return
        with self._locked():
            if self.alive:
                self._run("pg_ctl", "-w", "-t", "60", "-D", str(self.cluster), "-m", "fast", "stop")

    @property
    def _identity(self) -> dict[str, Any]:
        if self._account is None:
            return {}
        return {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}

    def _own(self, folder: Path, *, mode: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if self._account is not None:
            os.chown(folder, self._account.pw_uid, self._account.pw_gid)
        folder.chmod(mode)

    def _make_home(self) -> None:
        try:
            self._own(self.home, mode=0o700)
        except PermissionError as error:
            raise ServerUnavailable(
                f"{self.home} belongs to another user of this machine (was it made by root?). "
                "Run as that user, remove the folder, or set CHENGXIN_VAR to a folder of your own."
            ) from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with Path(f"{self.home}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _run(self, program: str, *words: str) -> None:
        # A daemon keeps the streams it was started with: a pipe would hang a caller that reads it to the end.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(  # noqa: S603
                [str(self.binaries / program), *words],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd="/",
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                check=False,
                **self._identity,
            )
            if done.returncode != 0:
                said.seek(0)
                raise ServerUnavailable(f"{program} failed: {said.read().decode(errors='replace').strip()}")

    def _answers(self) -> bool:
        end = time.monotonic() + START_PATIENCE
        words = [str(self.binaries / "pg_isready"), "-q", "-h", str(self.socket_directory), "-p", str(self.port)]
        while time.monotonic() < end:
            answer = subprocess.run(words, check=False, cwd="/", **self._identity).returncode  # noqa: S603
            if answer == 0:
                return True
            pid = postmaster.read_pid(self.cluster)
            if pid is None or postmaster.process_state(pid) != "running":
                return False
            time.sleep(0.1)  # It starts, recovers or stops just now.
        return False

    def _make_cluster(self) -> None:
        version_file = self.cluster / "PG_VERSION"
        version = major_version(self.binaries)
        if self._is_whole():
            if (made_by := version_file.read_text().strip()) != str(version):
                raise ServerUnavailable(
                    f"{self.cluster} was made by PostgreSQL {made_by}, the programs are PostgreSQL {version}. "
                    "Choose the right ones with CHENGXIN_PG_BIN, or another folder with CHENGXIN_VAR."
                )
            return
        shutil.rmtree(self.cluster, ignore_errors=True)  # An initdb that was interrupted left half a cluster.
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=C.UTF-8"]
        locale = builtin if version >= 17 else ["--locale=C.UTF-8"]
        safety = [] if self.durable else ["--no-sync"]
        self._run("initdb", "-D", str(self.cluster), "-U", "postgres", "-E", "UTF8", "-A", "trust", *locale, *safety)
        (self.cluster / "initdb.done").touch()

    def _is_whole(self) -> bool:
        return (self.cluster / "initdb.done").exists() and (self.cluster / "PG_VERSION").exists()

    def _configure(self) -> None:
        if self.socket_directory != self.cluster:
            self._own(self.socket_directory, mode=0o700)
        settings = server_settings(durable=self.durable, socket_directory=str(self.socket_directory), port=self.port)
        launcher = self.cluster / "launcher.conf"
        launcher.write_text("".join(f"{name} = '{value}'\n" for name, value in settings.items()))
        launcher.chmod(0o644)
        main = self.cluster / "postgresql.conf"
        if INCLUDE not in main.read_text():
            with main.open("a") as file:
                file.write(INCLUDE)

    def _launch(self) -> None:
        log = self.cluster / "server.log"
        end = time.monotonic() + START_PATIENCE
        while True:
            begin = log.stat().st_size if log.exists() else 0
            try:
                self._run("pg_ctl", "-w", "-t", "60", "-D", str(self.cluster), "-l", str(log), "start")
            except ServerUnavailable as error:
                said = log.read_bytes()[begin:].decode(errors="replace") if log.exists() else ""
                # Backends of a killed server need a moment to notice; until then postgres refuses, rightly.
                if "still in use" in said and time.monotonic() < end:
                    time.sleep(0.2)
                    continue
                raise ServerUnavailable(f"PostgreSQL does not start in {self.cluster}: {said[-2000:]}") from error
            return
