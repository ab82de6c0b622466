"""`chengxin check`: everything that can be said about the source without running the tests."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

TOOLS = Path(sys.executable).parent
AT_ONCE = 2


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: a command that ends with 0 when all is well."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a check said, and how long it took."""

    check: Check
    passed: bool
    said: str
    seconds: float


def _tool(name: str) -> str:
    return str(TOOLS / name)


def _module(name: str) -> tuple[str, ...]:
    return (sys.executable, "-W", "error", "-m", name)


# The slowest first, so that two at once end together.
CHECKS = (
    Check(
        name="types",
        command=(
            _tool("mypy"),
            "src/chengxin",
            "src/chengxin_verify",
            "src/chengxin_witness",
            "src/chengxin_subscriber",
            "tools",
            "benches",
            "conftest.py",
        ),
    ),
    Check(name="lint", command=(_tool("ruff"), "check", ".", "chengxin")),
    Check(name="format", command=(_tool("ruff"), "format", "--check", ".", "chengxin")),
    Check(name="imports", command=(_tool("lint-imports"), "--no-cache", "--no-logo")),
    Check(name="settings", command=(_tool("django-admin"), "check", "--fail-level", "WARNING")),
    Check(name="migrations", command=(_tool("django-admin"), "makemigrations", "--check", "--dry-run")),
    Check(name="templates", command=_module("tools.templates")),
    Check(name="translations", command=_module("tools.translations")),
    Check(name="law", command=(*_module("tools.data_checks"), "law")),
    Check(name="catalogue", command=(*_module("tools.data_checks"), "catalogue")),
    Check(name="redlines", command=_module("tools.red_lines")),
    Check(name="clauses", command=_module("tools.clauses")),
    Check(name="sizes", command=_module("tools.sizes")),
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("check", help="lint, types, imports, sizes, migrations, words, law, clauses")
    parser.add_argument("only", nargs="*", metavar="NAME", help=f"of {', '.join(check.name for check in CHECKS)}")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the checks, a line for each, and at the end what the failing ones said."""
    unknown = sorted(set(arguments.only) - {check.name for check in CHECKS})
    if unknown:
        print(f"There is no check {', '.join(unknown)}.", file=sys.stderr)
        return 2
    wanted = [check for check in CHECKS if not arguments.only or check.name in arguments.only]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = [_reported(outcome) for outcome in pool.map(_outcome, wanted)]
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        print(f"\n── {outcome.check.name} " + "─" * 60)
        print(outcome.said.strip())
    print(f"\n{len(outcomes) - len(failed)} of {len(outcomes)} checks passed.", end=" " if failed else "\n")
    if failed:
        print(f"Failed: {', '.join(outcome.check.name for outcome in failed)}.")
    return 1 if failed else 0


def _outcome(check: Check) -> Outcome:
    root = Path(os.environ.get("CHENGXIN_HOME", Path.cwd()))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "chengxin.site.settings"}
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 - the commands are those above
        check.command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(check=check, passed=done.returncode == 0, said=done.stdout, seconds=time.monotonic() - began)


def _reported(outcome: Outcome) -> Outcome:
    is_ours = outcome.check.command[0] == sys.executable
    note = outcome.said.strip().splitlines()[-1:] if outcome.passed and is_ours else []
    mark = "ok    " if outcome.passed else "FAILED"
    print(f"{mark} {outcome.check.name:<13}{outcome.seconds:6.1f} s", *note, sep="  ", flush=True)
    return outcome
