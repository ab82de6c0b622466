"""Files and functions stay small; `size_exceptions.txt` names the few that are not yet, and only shrinks."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXCEPTIONS = ROOT / "tools" / "size_exceptions.txt"
SOFT_PYTHON_LINES = 250
FUNCTION_LINES = 40
FILE_LINES = {".py": 400, ".html": 120, ".sql": 100}
PLACES = ("src", "tests", "tools")
NOT_OURS = ("migrations", "static", "__pycache__")


def source_files() -> list[Path]:
    """Return the files under the budget: all of ours but migrations, which are written once and never grow."""
    found = (file for place in PLACES for file in (ROOT / place).rglob("*") if file.suffix in FILE_LINES)
    return sorted(file for file in found if not set(file.relative_to(ROOT).parts) & set(NOT_OURS))


def measured() -> Iterator[tuple[str, int, int]]:
    """Yield name, lines and allowed lines of every file and function."""
    for file in source_files():
        name, text = file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        yield name, len(text.splitlines()), FILE_LINES[file.suffix]
        if file.suffix == ".py":
            for function in ast.walk(ast.parse(text)):
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    lines = (function.end_lineno or function.lineno) - function.lineno + 1
                    yield f"{name}:{function.name}", lines, FUNCTION_LINES


def exceptions() -> dict[str, int]:
    """Return the checked exceptions: name and lines."""
    lines = EXCEPTIONS.read_text(encoding="utf-8").splitlines() if EXCEPTIONS.exists() else []
    pairs = (line.rsplit(" ", 1) for line in lines if line and not line.startswith("#"))
    return {name: int(count) for name, count in pairs}


def problems() -> list[str]:
    """Return what is too large, and which exceptions must shrink."""
    excepted = exceptions()
    found: list[str] = []
    for name, lines, allowed in measured():
        agreed = excepted.pop(name, allowed)
        if lines > agreed:
            found.append(f"{name} has {lines} lines, allowed are {agreed}: split it by topic")
        elif agreed > allowed and lines < agreed:
            found.append(
                f"{name} has shrunk to {lines} lines: say so in {EXCEPTIONS.name}, or strike it out at {allowed}"
            )
    return found + [f"{EXCEPTIONS.name} names {name}, which is not there: strike it out" for name in excepted]


def main() -> int:
    """Print what is wrong, or how near the budget we are."""
    found = problems()
    print("\n".join(found))
    large = [name for name, lines, _ in measured() if name.endswith(".py") and lines > SOFT_PYTHON_LINES]
    if large:
        print(f"over {SOFT_PYTHON_LINES} lines: {', '.join(large)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
