"""Tell a living PostgreSQL from a dead one that still seems to live."""

from __future__ import annotations

import os
import time
from pathlib import Path

NO_PROCESS = 4_194_305
"""Above the largest process id of Linux (2^22), so no process has it."""


def process_state(pid: int) -> str:
    """Return `gone`, `zombie` or `running`."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return "gone" if Path("/proc/self/stat").exists() else _state_without_proc(pid)
    return "zombie" if status.rsplit(")", 1)[1].split()[0] in {"Z", "X"} else "running"


def _state_without_proc(pid: int) -> str:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return "gone"
    except PermissionError:
        return "running"
    return "running"


def read_pid(cluster: Path) -> int | None:
    """Return the process id in `postmaster.pid`, or None."""
    try:
        return int((cluster / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def settled_state(pid: int, *, patience: float = 2.0) -> str:
    """Return the state after giving the parent a moment to reap a zombie; without an init it never will."""
    end = time.monotonic() + patience
    while (state := process_state(pid)) == "zombie" and time.monotonic() < end:
        time.sleep(0.05)
    return state


def bury(cluster: Path, *, socket_directory: Path, port: int) -> None:
    """Make PostgreSQL see that its predecessor, a zombie, is dead.

    Both pg_ctl and postgres take an unreaped process for a live one. The file stays, with a process id that cannot
    exist, so that postgres still looks at the shared memory named in it and refuses while old backends use it.
    """
    pid_file = cluster / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(NO_PROCESS), *lines[1:]]) + "\n")
    for name in (f".s.PGSQL.{port}", f".s.PGSQL.{port}.lock"):
        (socket_directory / name).unlink(missing_ok=True)
