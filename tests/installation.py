"""An installation of a test's own: its folder, its PostgreSQL, its web server, all of which the test may kill.

Run as a program (`python -m tests.installation`) it opens one office in the installation of its environment and prints
who can sign in: session keys of the clerk and the approver, and the credentials of a registered client.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from chengxin.crypto.keys import create_missing
from chengxin.database import postmaster
from chengxin.database.connection import embedded_server
from chengxin.database.testing import state_of
from chengxin.kernel.clock import legal_day, now

ROOT = Path(__file__).resolve().parents[1]
CHENGXIN = str(Path(sys.executable).parent / "chengxin")
MADE_FROM = [*(ROOT / "src" / "chengxin" / name for name in ("access", "catalogue", "crypto")), ROOT / "tests"]
PATIENCE = 60.0
TOKEN = "a" * 32


class Answer:
    """What the web server said."""

    def __init__(self, status: int, text: str) -> None:
        self.status = status
        self.text = text


class Installation:
    """Commands, pages and database of one installation."""

    def __init__(self, folder: Path) -> None:
        own = {name: value for name, value in os.environ.items() if not name.startswith("CHENGXIN_")}
        own.pop("DATABASE_URL", None)
        kept = {name: os.environ[name] for name in ("CHENGXIN_PG_BIN",) if name in os.environ}
        self.environ = {**own, **kept, "CHENGXIN_HOME": str(ROOT), "CHENGXIN_VAR": str(folder / "var")}
        self.environ |= {"CHENGXIN_DEMO": "1", "CHENGXIN_SECRET_KEY": "a-key-for-tests-only"}
        self.environ |= {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "chengxin.site.settings"}
        self.database = embedded_server(self.environ)
        self.port = _free_port()
        self._web: subprocess.Popen[bytes] | None = None

    def prepare(self) -> dict[str, Any]:
        """Make the installation and open its office, or take a copy of one that was made today from the same code."""
        folder = Path(self.environ["CHENGXIN_VAR"])
        kept = ROOT / "var" / "test-installations" / f"{legal_day(now())}-{state_of(ROOT, MADE_FROM)}"
        kept.parent.mkdir(parents=True, exist_ok=True)
        with Path(f"{kept.parent}.lock").open("w") as alone:
            fcntl.flock(alone, fcntl.LOCK_EX)
            if not kept.exists():
                for old in kept.parent.iterdir():
                    shutil.rmtree(old)
                who = self._prepare(folder)
                self.database.stop()
                _copy(folder, half_made := kept.with_suffix(".half"))
                (half_made / "who.json").write_text(json.dumps(who), encoding="utf-8")
                half_made.rename(kept)
            else:
                _copy(kept, folder)
        self.database.start()
        return json.loads((kept / "who.json").read_text(encoding="utf-8"))

    def _prepare(self, folder: Path) -> dict[str, Any]:
        self.command("migrate")
        create_missing(folder / "keys")
        return json.loads(_said([sys.executable, "-m", "tests.installation"], self.environ).splitlines()[-1])

    def citizen(self, number: str) -> dict[str, str]:
        """Open an account for the adult with an identity number, and return its session key."""
        words = [sys.executable, "-m", "tests.installation", number]
        return json.loads(_said(words, self.environ).splitlines()[-1])

    def command(self, *words: str) -> str:
        """Run `chengxin …` and return what it printed."""
        return _said([CHENGXIN, *words], self.environ)

    def start_command(self, *words: str, stderr: int | None = None) -> subprocess.Popen[bytes]:
        """Start `chengxin …` and leave it running; the caller waits for it or kills it."""
        return subprocess.Popen([CHENGXIN, *words], cwd=ROOT, env=self.environ, start_new_session=True, stderr=stderr)

    def serve(self) -> None:
        """Start the web server and wait until it answers."""
        self._web = self.start_command("serve", "--port", str(self.port), "--workers", "1", "--matching-port", "0")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._is_listened_to():
                return
            time.sleep(0.1)
        raise AssertionError("the web server did not start")

    def kill_web(self) -> None:
        """Kill the web server with all its processes (SIGKILL), and wait until the last of them has let go of its port.

        The next server would otherwise be taken for up while it is the dead one that still answers the call.
        """
        if self._web is None:
            return
        kill(self._web)
        self._web = None
        end = time.monotonic() + PATIENCE
        while self._is_listened_to():
            assert time.monotonic() < end, "a killed web server still listens"
            time.sleep(0.02)

    def _is_listened_to(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False

    def kill_database(self) -> None:
        """Kill the postmaster (SIGKILL), as the machine's memory guard would."""
        pid = postmaster.read_pid(self.database.cluster)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)

    def stop_database_now(self) -> None:
        """Stop the database without letting anybody finish (pg_ctl -m immediate)."""
        self.database._run("pg_ctl", "-w", "-D", str(self.database.cluster), "-m", "immediate", "stop")

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database as its superuser, past row security."""
        with psycopg.connect(self.database.conninfo(dbname="chengxin"), autocommit=True) as connection:
            return connection.execute(sql, values).fetchall()

    @contextmanager
    def stalled_at(self, table: str) -> Iterator[None]:
        """Let everybody who wants to write to a table wait, until the block ends or the database does."""
        holder = psycopg.connect(self.database.conninfo(dbname="chengxin"))
        try:
            holder.execute(f"lock table {table} in share mode")
            yield
        finally:
            holder.close()

    def wait_for_a_waiter(self) -> int:
        """Wait until somebody waits for a lock, and return the process id of that backend."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self.ask("select pid from pg_stat_activity where wait_event_type = 'Lock'")
            if found:
                return int(found[0][0])
            time.sleep(0.05)
        raise AssertionError("nobody came to the locked table")

    def wait_until_nobody_waits(self) -> None:
        """Wait until the backend of a killed process has noticed that its client is gone."""
        busy = "select 1 from pg_stat_activity where usename ~ '^chengxin' and xact_start is not null"
        end = time.monotonic() + PATIENCE
        while self.ask(busy):
            assert time.monotonic() < end, "a backend works on for a client that is gone"
            time.sleep(0.05)

    def get(self, path: str, *, session: str = "", client: str = "") -> Answer:
        """Open a page as whoever holds the session, or an address of the API as a client."""
        return self._send(path, None, session=session, client=client)

    def post(self, path: str, *, session: str, **values: str) -> Answer:
        """Send a form as whoever holds the session."""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN, **values}).encode()
        return self._send(path, body, session=session)

    def _send(self, path: str, body: bytes | None, *, session: str = "", client: str = "") -> Answer:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body)
        cookies = {"sessionid": session, "csrftoken": TOKEN}
        request.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in cookies.items() if value))
        if client:
            request.add_header("Authorization", f"Basic {b64encode(client.encode()).decode()}")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
                return Answer(reply.status, reply.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode())


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its children at once (SIGKILL)."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def own_installation() -> Iterator[Installation]:
    """Give a folder with an installation in it, and leave nothing running behind."""
    with tempfile.TemporaryDirectory(prefix="chengxin-test-") as name:
        Path(name).chmod(0o755)
        installation = Installation(Path(name))
        try:
            yield installation
        finally:
            installation.kill_web()
            installation.database.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _copy(made: Path, to: Path) -> None:
    """Copy a folder with the owners of its files: the database belongs to an account of its own."""
    shutil.rmtree(to, ignore_errors=True)
    subprocess.run(["cp", "-a", made, to], check=True)


def _said(words: list[str], environ: dict[str, str]) -> str:
    done = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _open_office() -> None:
    import django

    django.setup()

    from chengxin.access import facade as access
    from chengxin.access.tests.cast import sign_in
    from chengxin.catalogue import facade as catalogue
    from chengxin.intake.tests.conftest import MARKET, SETUP, open_office

    catalogue.load(now=now())
    office = open_office("YTSJ", "云汀市市场监督管理局", MARKET, "390100", ("penalty",))
    new = access.register_client(
        "exporter", body=office.body, scopes=["batch.upload", "batch.read"], actor=SETUP, now=now()
    )
    sessions = {}
    for name in ("clerk", "approver"):
        sessions[name] = sign_in(f"ytsj-{name}").cookies["sessionid"].value
    print(json.dumps({**sessions, "client": f"{new.client.id}:{new.secret}"}))


def _open_citizen(number: str) -> None:
    import django

    django.setup()
    from chengxin.archives.tests.conftest import citizen, sign_in

    citizen("citizen", number)
    print(json.dumps({"citizen": sign_in("citizen").cookies["sessionid"].value}))


if __name__ == "__main__":
    if sys.argv[1:]:
        _open_citizen(sys.argv[1])
    else:
        _open_office()
