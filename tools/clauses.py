"""Which clause of the two opinions is proven by which tests, and where it shows: `./chengxin check clauses`."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
CLAUSES = ROOT / "src" / "chengxin" / "catalogue" / "clauses.yaml"


def read_clauses() -> dict[str, dict[str, Any]]:
    """Return the clauses that are built, by id."""
    clauses: dict[str, dict[str, Any]] = yaml.safe_load(CLAUSES.read_text("utf-8"))
    return clauses


def tests_by_clause() -> dict[str, list[str]]:
    """Return the tests that carry the mark of a clause, found by reading the test files."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted([*ROOT.glob("src/**/tests/test_*.py"), *ROOT.glob("tests/test_*.py")]):
        tree = ast.parse(file.read_text("utf-8"))
        everywhere = [mark for node in tree.body if isinstance(node, ast.Assign) for mark in _marks(node.value)]
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                marks = [mark for decorator in node.decorator_list for mark in _marks(decorator)]
                for clause in [*marks, *everywhere]:
                    found[clause].append(f"{file.relative_to(ROOT).as_posix()}::{node.name}")
    return found


def problems() -> list[str]:
    """Return the clauses that a test claims and nobody listed, and those that are listed and no test proves."""
    clauses, tests = read_clauses(), tests_by_clause()
    unknown = [f"{one} is marked by {tests[one][0]} and has no row" for one in sorted(set(tests) - set(clauses))]
    return [*unknown, *(f"{one} has a row and no test" for one in sorted(set(clauses) - set(tests)))]


def _marks(node: ast.expr) -> Iterator[str]:
    """Yield the ids of `pytest.mark.clause("…")` in an expression."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "clause":
            yield from (one.value for one in part.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


if __name__ == "__main__":
    said = problems()
    sys.stderr.writelines(f"{CLAUSES.relative_to(ROOT)}: {one}\n" for one in said)
    sys.exit(1 if said else 0)
