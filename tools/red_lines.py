"""Every red line has tests that exist and run: `./chengxin check redlines` (red line 24)."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
RED_LINES = ROOT / "src" / "chengxin" / "portals" / "data" / "red_lines.yaml"
COUNT = 24
_NAME = re.compile(r"test_redline_(\d\d)_\w+")
_PASSED_OVER = {"skip", "skipif", "xfail"}


def is_red_line(name: str) -> bool:
    """Tell whether a test is one of a red line, by its name."""
    return name.startswith("test_redline_")


def tests_by_number() -> tuple[dict[int, list[str]], list[str]]:
    """Return the tests of each red line, and those of them that are marked to be passed over."""
    found: dict[int, list[str]] = defaultdict(list)
    passed_over: list[str] = []
    for file in sorted([*ROOT.glob("src/**/tests/test_*.py"), *ROOT.glob("tests/test_*.py")]):
        text = file.read_text("utf-8")
        if "test_redline_" not in text:
            continue
        tree = ast.parse(text)
        whole_file = any(_passes_over(node.value) for node in tree.body if isinstance(node, ast.Assign))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (named := _NAME.fullmatch(node.name)):
                found[int(named[1])].append(node.name)
                if whole_file or any(_passes_over(decorator) for decorator in node.decorator_list):
                    passed_over.append(f"{file.relative_to(ROOT).as_posix()}::{node.name}")
    return found, passed_over


def _passes_over(expression: ast.expr) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr in _PASSED_OVER for part in ast.walk(expression))


def problems() -> list[str]:
    """Return what keeps a build from being released."""
    listed: list[dict[str, Any]] = yaml.safe_load(RED_LINES.read_text("utf-8"))
    numbers = [line["number"] for line in listed]
    said = [] if numbers == list(range(1, COUNT + 1)) else [f"the page lists {numbers}, not 1 to {COUNT}"]
    found, passed_over = tests_by_number()
    said += [f"red line {number} has no test test_redline_{number:02}_…" for number in numbers if not found.get(number)]
    said += [f"red line {line['number']} names no test" for line in listed if not line["tests"]]
    said += [
        f"red line {line['number']} names {test}, which is no test of it"
        for line in listed
        for test in line["tests"]
        if test not in found.get(line["number"], ())
    ]
    return said + [f"{test} is a test of a red line and is passed over" for test in passed_over]


def main() -> int:
    """Print what is wrong, or how many tests hold the lines."""
    said = problems()
    for problem in said:
        print(problem)
    if not said:
        print(f"{COUNT} red lines, {sum(map(len, tests_by_number()[0].values()))} tests")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
