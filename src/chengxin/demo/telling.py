"""Tell the scenario in a demonstration that stands: the site in a process of its own, the worker in another."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from chengxin.database import facade as database
from chengxin.demo.correction import WHO, Correction, Ending
from chengxin.demo.interception import KEEPS, Interception
from chengxin.demo.interception import Ending as Lifted
from chengxin.demo.life.stage import Stage
from chengxin.demo.province import Province
from chengxin.demo.state import read_state
from chengxin.demo.visitor import Visitor

PATIENCE = 60.0
_LOG_GOES_ON = 5.0


def tell_correction(*, port: int, say: Callable[[str], None]) -> Ending:
    """Play the scenario against the site at a port of this machine, which it starts and ends."""
    folder = database.var_dir() / "demo" / "correction"
    with _served_stage(port) as (stage, address):
        return Correction(
            stage=stage,
            platform=f"{address}/api/v1",
            folder=folder,
            fetch=Visitor(address, username=WHO).fetch,
            carry=lambda later: carry(later, folder=folder),
            settle=lambda: time.sleep(_LOG_GOES_ON),
            say=say,
        ).tell()


def tell_interception(*, port: int, say: Callable[[str], None]) -> Lifted:
    """Play the interception and its end against the site at a port of this machine, which it starts and ends."""
    folder = database.var_dir() / "demo" / "interception"
    with _served_stage(port) as (stage, address):
        return Interception(
            stage=stage,
            platform=f"{address}/api/v1",
            folder=folder,
            keep=lambda: carry(timedelta(), folder=folder, tasks=KEEPS),
            carry=lambda later: carry(later, folder=folder),
            say=say,
        ).tell()


def carry(later: timedelta, *, folder: Path, tasks: Sequence[str] = ()) -> None:
    """Let a worker run tasks and deliver what is due so much later; for this run alone it may call localhost."""
    own = {"CHENGXIN_WEBHOOK_NETWORKS": "127.0.0.0/8, ::1/128", "CHENGXIN_WEBHOOK_CA": str(folder / "localhost.pem")}
    seconds = str(int(later.total_seconds()))
    words = [sys.executable, "-m", "chengxin.demo.carrying", seconds, *tasks]
    subprocess.run(words, env={**os.environ, **own}, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words


@contextmanager
def _served_stage(port: int) -> Iterator[tuple[Stage, str]]:
    """Return the stage of the province that stands and the address of its site, served while the block runs."""
    state = read_state(database.var_dir() / "demo" / "state.json")
    if state is None:
        raise LookupError("The province is not built yet.")
    address = f"http://127.0.0.1:{port}"
    with serving(port):
        wait_for_site(address)
        yield Stage(Province(state.size, today=state.today, seed=state.seed)), address


@contextmanager
def serving(port: int) -> Iterator[None]:
    """Serve the site while the block runs."""
    words = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "1"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--no-ws"),
        *("--log-level", "warning", "chengxin.site.wsgi:application"),
    ]
    with subprocess.Popen(words, env={**os.environ, "CHENGXIN_PROCESS": "web"}) as site:  # noqa: S603 - our own words
        try:
            yield
        finally:
            site.terminate()


def wait_for_site(address: str) -> None:
    """Wait until the site answers."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{address}/api/v1/health", timeout=PATIENCE).close()  # noqa: S310 - our own site
        except urllib.error.HTTPError:
            return  # It answers, if only that its worker is away.
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)
        else:
            return
