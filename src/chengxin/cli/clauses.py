"""`chengxin clauses`: each clause with its tests and pages, and what is missing."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("clauses", help="which clause is proven by which tests")
    parser.add_argument("--json", action="store_true", help="print one object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every clause; exit 1 when one has no test, or a test names a clause that is not listed."""
    sys.path.insert(0, os.environ.get("CHENGXIN_HOME", str(Path.cwd())))
    reader = importlib.import_module("tools.clauses")
    clauses, tests = reader.read_clauses(), reader.tests_by_clause()
    missing = sorted(set(clauses) - set(tests))
    unknown = sorted(set(tests) - set(clauses))
    if arguments.json:
        listed = {
            clause: {"asks": said["asks"], "shown": said["shown"], "tests": tests.get(clause, [])}
            for clause, said in clauses.items()
        }
        print(json.dumps({"clauses": listed, "missing": missing, "unknown": unknown}, ensure_ascii=False))
        return 1 if missing or unknown else 0
    for clause, said in clauses.items():
        print(f"{clause:<7}{said['asks'][0]}  ({', '.join(said['shown'])})")
        for test in tests.get(clause, ["no test"]):
            print(f"         {test}")
    for clause in unknown:
        print(f"{clause}: marked by a test and not listed in catalogue/clauses.yaml", file=sys.stderr)
    return 1 if missing or unknown else 0
