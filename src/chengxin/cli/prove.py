"""`chengxin prove NAME`: attack the product on a database of its own, and print what was tried."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("prove", help="attack the product and print what was tried")
    parser.add_argument("names", nargs="*", metavar="NAME", help="of those that --list names")
    parser.add_argument("--list", action="store_true", help="say which proofs there are")
    parser.add_argument("--all", action="store_true", help="run every proof")
    parser.add_argument("--short", action="store_true", help="the form that runs with every change")
    parser.add_argument("--json", action="store_true", help="print one object per proof; progress goes to stderr")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """List the proofs, or run some; exit 1 when one does not hold."""
    sys.path.insert(0, os.environ.get("CHENGXIN_HOME", str(Path.cwd())))
    proving = importlib.import_module("tests.proving")
    known = proving.names()
    if arguments.list:
        _set_up_django()
        for name in known:
            print(f"{name:<16}{proving.load(name).SUMMARY}")
        return 0
    unknown = sorted(set(arguments.names) - set(known))
    if unknown or not (arguments.names or arguments.all):
        asked = f"There is no proof {', '.join(unknown)}." if unknown else "Name a proof, or say --all."
        print(f"{asked} The proofs are {', '.join(known)}.", file=sys.stderr)
        return 2
    wanted = known if arguments.all else arguments.names
    said = _progress(sys.stderr if arguments.json else sys.stdout)
    return _shown(proving.prove_each(wanted, short=arguments.short, report=said), as_json=arguments.json)


def _set_up_django() -> None:
    """Let the modules of proofs be read: they name tables."""
    import django  # noqa: PLC0415 - quick to start without

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
    django.setup()


def _progress(stream: Any) -> Callable[[str], None]:  # noqa: ANN401 - a text stream
    began = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {line}", file=stream, flush=True)

    return say


def _shown(outcomes: Iterable[Any], *, as_json: bool) -> int:
    has_failed = False
    for outcome in outcomes:
        has_failed = has_failed or bool(outcome.failure)
        if as_json:
            print(json.dumps(asdict(outcome), ensure_ascii=False), flush=True)
            continue
        print(f"{'FAILED' if outcome.failure else 'holds '} {outcome.name} ({outcome.seconds:,.1f} s)")
        for what, count in outcome.counts.items():
            print(f"    {count:>12,}  {what}")
        if outcome.failure:
            print(f"    {outcome.failure}")
    return 1 if has_failed else 0
