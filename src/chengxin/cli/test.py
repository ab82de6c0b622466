"""`chengxin test`: the tests on a PostgreSQL of their own."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

DEBIAN_BINARIES = "/usr/lib/postgresql/{version}/bin"
DESCRIPTION = (
    "Everything but --postgres goes to pytest: `chengxin test -k archive`, `chengxin test src/chengxin/law`. "
    "Without words of your own all tests run, one process a core (`-n 0`: in one process)."
)
ALL_CORES = ["-n", "logical", "--dist", "worksteal"]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    # A prefix character nobody types leaves every word to pytest.
    parser = subparsers.add_parser(
        "test", help="run the tests", description=DESCRIPTION, prefix_chars="\0", add_help=False
    )
    parser.add_argument("words", nargs="*", metavar="[--postgres VERSION] PYTEST_ARGUMENT")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Choose the PostgreSQL, then let pytest do the work."""
    parser = argparse.ArgumentParser(prog="chengxin test", description=DESCRIPTION, add_help=False, allow_abbrev=False)
    parser.add_argument("--postgres", metavar="VERSION")
    own, words = parser.parse_known_args(arguments.words)
    environment = dict(os.environ)
    if own.postgres:
        folder = Path(DEBIAN_BINARIES.format(version=own.postgres))
        if not (folder / "postgres").exists():
            print(
                f"There is no PostgreSQL {own.postgres} in {folder}: apt-get install postgresql-{own.postgres}, "
                "or set CHENGXIN_PG_BIN to its folder.",
                file=sys.stderr,
            )
            return 2
        environment["CHENGXIN_PG_BIN"] = str(folder)
    if not any(Path(word.partition("::")[0]).exists() or word in {"-n", "-k"} for word in words):
        words = [*ALL_CORES, *words]
    root = Path(os.environ.get("CHENGXIN_HOME", Path.cwd()))
    return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=root, env=environment, check=False).returncode  # noqa: S603
