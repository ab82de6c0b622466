"""`chengxin bench NAME`: a figure of ours, its yardstick's from the same run, and the ratio."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from pathlib import Path

NAMES = (
    "archive",
    "blocks",
    "disclosure",
    "documents",
    "intake",
    "lake",
    "link",
    "log",
    "misuse",
    "raters",
    "report",
    "reputation",
    "screen",
    "search",
    "verify",
)
SEEDED = frozenset({"documents", "misuse", "raters", "reputation"})
SHORTENED = frozenset({"link", "raters", "reputation", "screen"})
ON_RATINGS = frozenset({"raters", "reputation"})
ON_LABELS = frozenset({"raters"})


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("bench", help="measure beside a yardstick")
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the file (default 1 000 000)")
    parser.add_argument("--seed", type=int, help="repeat a drawn world (default: a new one that nobody knows)")
    parser.add_argument("--short", action="store_true", help="a form of seconds, where there is one")
    parser.add_argument(
        "--ratings", type=Path, help="reputation, raters: also on this file of source,target,rating,time"
    )
    parser.add_argument("--labels", type=Path, help="raters: who is known in that file, source,label")
    parser.add_argument("--json", action="store_true", help="print one object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run a bench of the checkout's `benches/` folder and print its figures."""
    root = Path(os.environ.get("CHENGXIN_HOME", Path.cwd()))
    sys.path.insert(0, str(root))
    asked = {"seed": SEEDED, "short": SHORTENED, "ratings": ON_RATINGS, "labels": ON_LABELS}
    drawn = {word: getattr(arguments, word) for word, benches in asked.items() if arguments.name in benches}
    figures = importlib.import_module(f"benches.{arguments.name}").run(root, rows=arguments.rows, **drawn)
    if arguments.json:
        print(json.dumps(figures))
        return 0
    for name, figure in figures.items():
        shown = figure if isinstance(figure, dict) else {"": figure}
        said = (f"{what} {value if isinstance(value, str) else f'{value:,}'}".strip() for what, value in shown.items())
        print(f"{name:<28}" + "   ".join(said))
    return 0
